"""What a bibliography program makes of a pledge, whatever its title holds."""

import re
from datetime import date

import pytest

from commitments.ledger.bibliography import Reference, write_tex


def reference(title="Two per cent"):
    return Reference(
        "defence",
        12,
        title,
        date(2026, 3, 1),
        "Summit Ledger",
        "https://ledger.example.org/pledges/defence/at/12/",
    )


def test_bibtex_names_the_address_that_does_not_change():
    assert (
        reference().bibtex() == "@misc{defence-12,\n"
        "  author = {{Summit Ledger}},\n"
        "  title = {{Two per cent}},\n"
        "  year = {2026},\n"
        "  note = {Ledger at entry 12, 2026-03-01},\n"
        "  howpublished = {\\url{https://ledger.example.org/pledges/defence/at/12/}},\n"
        "  url = {https://ledger.example.org/pledges/defence/at/12/},\n"
        "  month = mar\n"
        "}\n"
    )


@pytest.mark.parametrize(
    "title, printed",
    [
        pytest.param("2% & $5 #1 a_b", r"2\% \& \$5 \#1 a\_b", id="what TeX takes for commands"),
        pytest.param("}, url = {x", r"\textbraceright{}, url = \textbraceleft{}x", id="braces that would end it"),
        pytest.param("{" * 3, r"\textbraceleft{}" * 3, id="unbalanced braces"),
        pytest.param("a\\input{x}", r"a\textbackslash{}input\textbraceleft{}x\textbraceright{}", id="a command"),
        pytest.param("~^", r"\textasciitilde{}\textasciicircum{}", id="accents"),
        pytest.param("one\r\n@misc{two,\x00\x0b", r"one @misc\textbraceleft{}two,", id="lines and controls"),
        pytest.param('"Ōhira" @ 防衛', '"Ōhira" @ 防衛', id="what needs nothing"),
    ],
)  # fmt: skip
def test_a_nasty_title_is_printed_as_it_is(title, printed):
    assert write_tex(title) == printed
    entry = reference(title).bibtex()
    assert f"  title = {{{{{printed}}}}},\n" in entry
    # As BibTeX reads it: a brace counts whether or not a backslash stands before it.
    depth = 0
    for character in entry:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert len(re.findall(r"^ {2}\w+ = ", entry, re.MULTILINE)) == 7


def test_csl_json_names_the_same():
    assert reference("One\nline").csl() == [
        {
            "id": "defence-12",
            "type": "webpage",
            "title": "One line",
            "author": [{"literal": "Summit Ledger"}],
            "container-title": "Summit Ledger",
            "issued": {"date-parts": [[2026, 3, 1]]},
            "note": "Ledger at entry 12, 2026-03-01",
            "URL": "https://ledger.example.org/pledges/defence/at/12/",
            "language": "en",
        }
    ]
