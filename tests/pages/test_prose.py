import re
from hashlib import sha256

import pytest
from django.core.management import call_command
from django.utils.html import escape
from django.utils.translation import gettext, override

from commitments.models import Attribution, Modality
from commitments.pages import prose
from commitments.templatetags.wording import ATTRIBUTIONS, MODALITIES
from commitments.verdicts.definitions.documents import DEFINITIONS
from commitments.verdicts.statuses import MEANINGS
from tests.fixtures.cases import in_one_test


@pytest.fixture
def methodology(read, db):
    return read("/methodology/")


@in_one_test("meaning", MEANINGS.values(), ids=MEANINGS)
def test_every_status_is_named_with_its_definition(methodology, meaning):
    assert f"<td>{meaning.word}</td>" in methodology
    assert f"<td>{meaning.definition}</td>" in methodology


@in_one_test("code", [*Attribution, *Modality])
def test_every_attribution_and_modality_is_defined_as_on_the_page_of_a_pledge(methodology, code):
    label, meaning = {**ATTRIBUTIONS, **MODALITIES}[code].split(": ")
    assert label == code.label
    assert f"<td>{label}</td><td>{meaning[0].upper()}{meaning[1:]}" in methodology


@in_one_test("rule", DEFINITIONS, ids=lambda rule: rule.code)
def test_every_rule_is_stated_with_a_worked_example(methodology, rule):
    section = methodology[methodology.index(f"<h3>{rule.title}: <code>{rule.code}</code></h3>") :]
    section = section[: re.search("<h[23]>", section[4:]).start()]
    for heading in ("Formula", "Boundary", "Source", "Worked example", "Finds"):
        assert f"<strong>{heading}" in section
    for example in rule.examples:
        assert escape(example.story).replace("&#x27;", "'") in section


def test_the_marks_of_what_the_program_writes_are_not_shown(methodology):
    assert "written from the program:" not in methodology and "until here" not in methodology


@pytest.fixture
def stale(tmp_path, monkeypatch):
    """The document as somebody left it who changed a rule in the program, and a word by hand."""
    stale = tmp_path / "methodology.md"
    stale.write_text(
        prose.METHODOLOGY["en"].read_text().replace("Equality satisfies", "Equality is not enough")
    )
    monkeypatch.setitem(prose.METHODOLOGY, "en", stale)
    prose.render_methodology.cache_clear()
    yield stale
    prose.render_methodology.cache_clear()


def test_the_page_tells_the_rules_from_the_program_and_not_from_the_file(stale, read, db):
    text = read("/methodology/")
    assert "Equality satisfies, save for" in text and "Equality is not enough" not in text


def test_the_command_writes_them_into_the_file_and_nothing_else(stale, monkeypatch, capsys):
    committed = stale.read_text().replace("Equality is not enough", "Equality satisfies")
    japanese = prose.METHODOLOGY["ja"].read_text()
    monkeypatch.setitem(prose.METHODOLOGY, "ja", stale.with_name("methodology.ja.md"))
    prose.METHODOLOGY["ja"].write_text(
        japanese.replace("等しければ満たした", "等しいだけでは足りない")
    )
    call_command("write_methodology")
    assert "methodology.md and methodology.ja.md have the rules" in capsys.readouterr().out
    assert stale.read_text() == committed
    assert prose.METHODOLOGY["ja"].read_text() == japanese


def sections(language):
    """Return the sections of the document that are written by hand, as (heading, text) with the
    lines unbroken.
    """
    text = prose.METHODOLOGY[language].read_text()
    text = re.sub(r"(<!-- written.*?-->).*?<!-- until", r"\1<!-- until", text, flags=re.DOTALL)
    parts = re.split(r"^##? (.*)$", text, flags=re.MULTILINE)[1:]
    return [
        (heading, " ".join(words.split()))
        for heading, words in zip(parts[::2], parts[1::2], strict=True)
    ]


def test_the_japanese_text_follows_the_english_section_by_section():
    """Each Japanese section names the English text it was made from, so a change of one asks for
    one of the other.
    """
    english, japanese = sections("en"), sections("ja")
    assert len(english) == len(japanese)
    for (heading, text), (own_heading, own_text) in zip(english, japanese, strict=True):
        mark = f"<!-- English: {sha256(f'{heading} {text}'.encode()).hexdigest()[:8]} -->"
        assert own_text.startswith(mark), (
            f"Make “{own_heading}” say what “{heading}” says, and begin with {mark}"
        )
        for sign in ("| ", "<!-- written"):
            assert own_text.count(sign) == text.count(sign), own_heading


def test_the_methodology_is_read_in_japanese(read, db):
    text = read("/ja/methodology/")
    assert "<h1>判定の方法</h1>" in text
    assert "English:" not in text and "**" not in text
    with override("ja"):
        for rule in DEFINITIONS:
            assert f"<h3>{gettext(rule.title)}：<code>{rule.code}</code></h3>" in text


def test_the_about_page_is_the_installations_own(read, db, settings):
    settings.SITE_ABOUT, settings.SITE_CONTACT = "Run by <b>us</b>.", "desk@example.org"
    text = read("/about/")
    assert "Run by &lt;b&gt;us&lt;/b&gt;." in text
    assert "mailto:desk@example.org" in text
