"""The five-second answer of a pledge's page, and how the verdict came to be what it is."""

import re
from datetime import date

import pytest

from commitments import models
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db


@shared
def many(make_party, make_pledge, make_assessment):
    """Six parties: two that met it, two that did not, one exempt, one not assessed."""
    names = ["austria", "belgium", "chile", "denmark", "estonia", "fiji"]
    pledge = make_pledge("many", state="draft", parties=[make_party(name) for name in names])
    pledge.undertakings.filter(party__slug="austria").update(exempt_reason="It has no coast.")
    models.Pledge.objects.filter(pk=pledge.pk).update(state="published")
    for name, status in [
        ("belgium", "not_met"),
        ("chile", "met"),
        ("denmark", "not_met"),
        ("estonia", "met"),
    ]:
        make_assessment(
            pledge.undertakings.get(party__slug=name),
            status,
            f"many-{name}",
            as_of=date(2026, 1, 31),
        )
    return pledge


def section(text, name):
    start = text.index(f'aria-labelledby="{name}"')
    return text[start : text.index("</section>", start)]


def test_many_parties_are_grouped_by_verdict_with_the_exempt_last(read, many):
    shown = section(read(many.get_absolute_url()), "verdicts")
    assert re.findall(r'<tr id="many--([a-z]+)"', shown) == [
        "chile", "estonia", "belgium", "denmark", "fiji", "austria",
    ]  # fmt: skip
    leads = re.findall(r'href="#(judged-[a-z_]+)"', shown)
    assert (
        leads == re.findall(r'<tbody id="(judged-[a-z_]+)"', shown) and leads[-1] == "judged-exempt"
    )


def test_days_that_all_parties_share_are_told_once(read, many, make_assessment):
    shown = section(read(many.get_absolute_url()), "verdicts")
    assert shown.count("31 January 2026") == 1
    assert ">As of<" not in shown
    make_assessment(
        many.undertakings.get(party__slug="fiji"), "met", "many-fiji", as_of=date(2026, 2, 28)
    )
    shown = section(read(many.get_absolute_url()), "verdicts")
    # Of the four others, both the day judged as of and the day of the last look.
    assert shown.count("31 January 2026") == 8
    assert ">As of<" in shown


@shared
def measured(many, make_figures):
    """The same six, with figures that a rule reads; of the exempt there is none."""
    parties = {one.slug: one for one in models.Party.objects.all()}
    figures = {
        "belgium": "1.90",
        "chile": "2.10",
        "denmark": "1.95",
        "estonia": "2.40",
        "fiji": "1.00",
    }
    indicator = make_figures(
        "share", *((parties[slug], 2024, value) for slug, value in figures.items())
    )
    many.targets.create(
        label="Share", kind="stand", indicator=indicator, value=2, due=date(2024, 12, 31)
    )
    return many


def test_each_of_many_has_the_figure_of_the_rule_beside_its_verdict_the_highest_first(
    read, measured
):
    shown = section(read(measured.get_absolute_url()), "verdicts")
    rows = re.findall(r'<tr id="many--([a-z]+)".*?</tr>', shown, re.DOTALL)
    assert rows == ["estonia", "chile", "denmark", "belgium", "fiji", "austria"]
    figures = re.findall(r'data-label="Figure"><b>(.*?)</b> <span>(.*?)</span>', shown)
    assert figures == [(f"{value}%", "2024") for value in ("2.40", "2.10", "1.95", "1.90", "1.00")]


def test_few_parties_have_no_column_of_figures(read, make_pledge, make_figures, japan, settle):
    few = make_pledge("few", state="draft")
    indicator = make_figures("share", (japan, 2024, "1.90"))
    few.targets.create(
        label="Share", kind="stand", indicator=indicator, value=2, due=date(2024, 12, 31)
    )
    assert "Figure" not in section(read(settle(few).get_absolute_url()), "verdicts")


def test_the_reasons_of_many_fold_and_a_link_to_one_lies_within_its_fold(
    read, many, make_pledge, make_assessment
):
    """A browser opens the fold around the place that an address names, not one that is named
    itself.
    """
    shown = section(read(many.get_absolute_url()), "reasons")
    folds = re.findall(r"<details.*?</details>", shown, re.DOTALL)
    assert [re.search(r'<div class="reason" id="([a-z-]+)"', fold)[1] for fold in folds] == [
        "many-belgium", "many-chile", "many-denmark", "many-estonia",
    ]  # fmt: skip
    few = make_pledge("few")
    make_assessment(few.undertakings.get(), "met")
    assert "<details" not in section(read(few.get_absolute_url()), "reasons")


def test_the_verdict_moves_along_a_strip_from_the_oldest_to_the_present(
    read, make_pledge, make_assessment
):
    part = make_pledge().undertakings.get()
    for status, day in [("in_progress", 1), ("on_track", 2), ("met", 3)]:
        make_assessment(
            part, status, f"verdict-{status.replace('_', '-')}", as_of=date(2026, day, 1)
        )
    shown = section(read(part.pledge.get_absolute_url()), "history")
    strip = shown[shown.index('<ol class="course">') : shown.index("</ol>")]
    assert re.findall(r'datetime="([0-9-]+)"', strip) == ["2026-01-01", "2026-02-01", "2026-03-01"]
    assert re.findall(r'<li class="step tone-([a-z]+)( here)?"', strip) == [
        ("moving", ""), ("moving", ""), ("kept", " here"),
    ]  # fmt: skip
