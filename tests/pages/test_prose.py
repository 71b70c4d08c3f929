import re

import pytest
from django.core.management import call_command
from django.utils.html import escape

from commitments.management.commands import write_methodology
from commitments.models import Attribution, Modality
from commitments.pages import prose
from commitments.templatetags.wording import ATTRIBUTIONS, MODALITIES
from commitments.verdicts.definitions.telling import DEFINITIONS
from commitments.verdicts.statuses import MEANINGS


@pytest.fixture
def methodology(read, db):
    return read("/methodology/")


@pytest.mark.parametrize("meaning", MEANINGS.values(), ids=MEANINGS)
def test_every_status_is_named_with_its_definition(methodology, meaning):
    assert f"<td>{meaning.word}</td>" in methodology
    assert f"<td>{meaning.definition}</td>" in methodology


@pytest.mark.parametrize("code", [*Attribution, *Modality])
def test_every_attribution_and_modality_is_defined_as_on_the_page_of_a_pledge(methodology, code):
    label, meaning = {**ATTRIBUTIONS, **MODALITIES}[code].split(": ")
    assert label == code.label
    assert f"<td>{label}</td>\n<td>{meaning[0].upper()}{meaning[1:]}" in methodology


@pytest.mark.parametrize("rule", DEFINITIONS, ids=lambda rule: rule.code)
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
    stale.write_text(prose.METHODOLOGY.read_text().replace("Equality satisfies", "Equality is not enough"))
    for module in (prose, write_methodology):
        monkeypatch.setattr(module, "METHODOLOGY", stale)
    prose.methodology_text.cache_clear()
    yield stale
    prose.methodology_text.cache_clear()


def test_the_page_tells_the_rules_from_the_program_and_not_from_the_file(stale, read, db):
    text = read("/methodology/")
    assert "Equality satisfies, save for" in text and "Equality is not enough" not in text


def test_the_command_writes_them_into_the_file_and_nothing_else(stale, capsys):
    committed = stale.read_text().replace("Equality is not enough", "Equality satisfies")
    call_command("write_methodology")
    assert "methodology.md has the rules" in capsys.readouterr().out
    assert stale.read_text() == committed


def test_the_about_page_is_the_installations_own(read, db, settings):
    settings.SITE_ABOUT, settings.SITE_CONTACT = "Run by <b>us</b>.", "desk@example.org"
    text = read("/about/")
    assert "Run by &lt;b&gt;us&lt;/b&gt;." in text
    assert "mailto:desk@example.org" in text
