"""The Japanese catalogue is whole: everything marked is translated, nothing is left over, the
compiled file agrees.
"""

import gettext

import pytest
from django.utils.translation import gettext as translated
from django.utils.translation import override

from commitments.verdicts.statuses import MEANINGS
from tests.fixtures import catalogues
from tests.fixtures.cases import in_one_test

HEADER, *ENTRIES = catalogues.read()


@pytest.fixture(scope="module")
def marked():
    return catalogues.marked()


def test_everything_marked_for_readers_is_translated(marked):
    known = {entry.key for entry in ENTRIES if entry.translation}
    missing = {str(path): key for key, path in marked.items() if key not in known}
    assert missing == {}, (
        "Translate these in commitments/locale/ja/LC_MESSAGES/django.po; CONTRIBUTING.md says how"
    )


def test_nothing_is_left_over_or_translated_twice(marked):
    keys = [entry.key for entry in ENTRIES]
    assert [key for key in keys if key not in marked] == []
    assert len({(context, text) for context, text, _plural in keys}) == len(keys)


def test_nothing_is_fuzzy_and_there_is_one_form_for_every_number():
    assert [entry.text for entry in ENTRIES if "fuzzy" in entry.flags] == []
    assert "Plural-Forms: nplurals=1; plural=0;" in HEADER.translation


def test_placeholders_and_tags_survive():
    for entry in ENTRIES:
        # Which of the two English forms has the number does not matter: Japanese has one.
        wanted = catalogues.placeholders(entry.plural or entry.text)
        assert catalogues.placeholders(entry.translation) == wanted, entry.text
        assert catalogues.tags(entry.translation) == catalogues.tags(entry.text), entry.text
        assert entry.text.endswith("\n") == entry.translation.endswith("\n"), entry.text


def test_the_compiled_file_says_what_the_text_says():
    """It is kept with the text, so that a machine with Python alone can serve the site."""
    with catalogues.CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)
    assert compiled.pop("") == HEADER.translation
    expected = {}
    for entry in ENTRIES:
        text = f"{entry.context}\x04{entry.text}" if entry.context else entry.text
        expected[(text, 0) if entry.plural else text] = entry.translation
    assert compiled == expected


@in_one_test("meaning", MEANINGS.values(), ids=list(MEANINGS))
def test_every_status_has_a_word_of_its_own(meaning):
    with override("ja"):
        assert translated(meaning.word) != meaning.word
        assert translated(meaning.definition) != meaning.definition
        assert len({translated(other.word) for other in MEANINGS.values()}) == len(MEANINGS)


@pytest.mark.parametrize(
    "template, found",
    [
        ('{% load i18n %}{% if x %}{% translate "One %" %}{% endif %}', [(None, "One %%", None)]),
        (
            "{% load i18n %}{% translate 'A day' context 'on a drawing' %}",
            [("on a drawing", "A day", None)],
        ),
        (
            (
                "{% load i18n %}{% blocktranslate count n=x trimmed %}\n {{ n }} one\n{% plural"
                " %}\n {{ n }} many\n{% endblocktranslate %}"
            ),
            [(None, "%(n)s one", "%(n)s many")],
        ),
    ],
)
def test_marks_in_templates_are_found(template, found):
    assert list(catalogues.in_template(template)) == found


def test_marks_in_python_are_found():
    source = '_("a")\npgettext("c", "b")\nngettext("one", "many", n)\ngettext(word)\n_(f"{x}")'
    assert list(catalogues.in_python(source)) == [
        (None, "a", None), ("c", "b", None), (None, "one", "many")
    ]  # fmt: skip
    tables = 'class Kind(TextChoices):\n  A = "a", _("A")\nclass Row(Model):\n  a = Line(_("b"))\n'
    assert list(catalogues.in_python(tables, models=True)) == [(None, "A", None)]
