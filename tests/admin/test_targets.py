"""Targets at the desk: a change in words, a due day, numbers as people write them."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.judging.differing import evaluate_on
from commitments.models import Target

pytestmark = pytest.mark.django_db


@pytest.fixture
def pledge(make_pledge):
    return make_pledge(state="draft", quote="We will cut emissions by at least 45 % by 2030.")


@pytest.fixture
def enter_target(save, address, make_figures, japan, at_desk, researcher):
    """Add a target to a pledge by its form; return the errors by field, or the target."""

    def enter_target(pledge, **typed):
        figure = (japan, 2030, "9.5")
        indicator = make_figures("emissions", figure, released_on=date(2031, 1, 15))
        row = {
            "label": "Emissions",
            "kind": "change",
            "indicator": indicator.pk,
            "value": "45",
            "due": "2030",
            "baseline_value": "10",
            **typed,
        }
        posted = {f"targets-0-{name}": value for name, value in row.items()}
        posted = {name: value for name, value in posted.items() if value != ""}
        posted.setdefault("targets-0-role", "primary")
        posted["targets-0-accepts"] = ["actual"]
        page = address(pledge)
        answer = save(at_desk(researcher), page, **{"targets-TOTAL_FORMS": "1"}, **posted)
        if answer.status_code == 302:
            return Target.objects.get()
        formsets = [inline.formset for inline in answer.context["inline_admin_formsets"]]
        [targets] = [formset for formset in formsets if formset.prefix == "targets"]
        return targets.forms[0].errors

    return enter_target


def test_a_change_says_nothing_before_somebody_chooses(enter_target, pledge):
    assert enter_target(pledge) == {
        "comparator": ["Choose how a figure is held against the value."]
    }


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        pytest.param({"comparator": "at_least"}, "comparator", "“falls by at least”", id="signed"),
        pytest.param(
            {"comparator": "at_most", "value": "-45"}, "comparator", "“falls by at least”",
            id="signed, below zero",
        ),
        pytest.param({"comparator": "equal"}, "value", "write −45", id="exactly a rise"),
        pytest.param(
            {"comparator": "rises_by_at_least"}, "comparator", "“falls by at least”", id="a rise"
        ),
        pytest.param(
            {"comparator": "falls_by_at_least", "value": "-45"}, "value", "Write 45 without a sign",
            id="twice below zero",
        ),
        pytest.param(
            {"kind": "reach", "comparator": "falls_by_at_least"}, "comparator",
            "Only a change falls or rises", id="a level that falls",
        ),
        pytest.param(
            {"kind": "reach", "comparator": "at_most"}, "kind", "a change by 45 %", id="no level"
        ),
        pytest.param({"comparator": "falls_by_at_least", "due": ""}, "due", "tick “no due day”",
                     id="no due day"),
        pytest.param(
            {"comparator": "falls_by_at_least", "due": "", "role": "interim"}, "due",
            "An interim step needs its day", id="an interim step without a day",
        ),
        pytest.param(
            {"comparator": "falls_by_at_least", "due": "", "no_due_day": "on", "role": "interim"},
            "no_due_day", "untick this", id="an interim step of no day",
        ),
        pytest.param(
            {"comparator": "falls_by_at_least", "due": "2024"}, "due",
            "31 December 2024 is before the pledge was made", id="a day before the pledge",
        ),
        pytest.param({"comparator": "falls_by_at_least", "value": "1" * 25 + "." + "1" * 20},
                     "value", "This is longer than any number can be", id="45 digits"),
        pytest.param({"comparator": "falls_by_at_least", "value": "0." + "1" * 21}, "value",
                     "20 of them after the point", id="21 decimals"),
        pytest.param(
            {"comparator": "falls_by_at_least", "upper_value": "40", "met_at": "lower"},
            "upper_value", "is the larger one", id="bounds the wrong way round",
        ),
        pytest.param(
            {"comparator": "falls_by_at_least", "upper_value": "50"}, "met_at",
            "Say which of two values decides", id="two bounds and no word",
        ),
        pytest.param({"comparator": "falls_by_at_least", "baseline_period": "long ago"},
                     "baseline_period", "This is not a date. Write", id="a period of no days"),
        pytest.param({"comparator": "falls_by_at_least", "baseline_period": "Q1 2020", "baseline_value": ""},
                     "baseline_period", "Write it like theirs: 2030", id="a quarter of yearly figures"),
        pytest.param({"comparator": "falls_by_at_least", "value": "1,234"}, "value",
                     "Write 1234 or 1.234", id="a comma that may be either"),
        pytest.param({"comparator": "falls_by_at_least", "value": "45 %"}, "value",
                     "Leave the percent sign out", id="a percent sign"),
    ],
)  # fmt: skip
def test_a_target_that_would_say_something_else_is_refused_beside_its_field(
    enter_target, pledge, typed, field, sentence
):
    refused = enter_target(pledge, **typed)
    assert set(refused) == {field}
    [words] = refused[field]
    assert sentence in words


@pytest.mark.parametrize("per_cent", ["", "on"], ids=["in its unit", "in per cent"])
def test_cut_by_45_per_cent_is_not_met_by_a_cut_of_5(enter_target, pledge, per_cent, settle):
    target = enter_target(pledge, comparator="falls_by_at_least", per_cent=per_cent)
    assert (target.value, target.due) == (45, date(2030, 12, 31))
    undertaking = settle(pledge).undertakings.get()
    evaluated = evaluate_on(undertaking, date(2031, 6, 1))
    assert evaluated.primary.finding.status == "not_met"


def test_the_first_choice_of_a_comparator_is_none_and_then_a_fall(
    address, pledge, at_desk, researcher
):
    page = at_desk(researcher).get(address(pledge))
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    [targets] = [formset for formset in formsets if formset.prefix == "targets"]
    choices = targets.empty_form.fields["comparator"].choices
    assert choices[0][0] == ""
    assert choices[1][1][0] == ("falls_by_at_least", "Falls by at least")
    assert targets.empty_form["comparator"].value() in (None, "")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1 234,5678901234567890123", "1234.5678901234567890123"),
        ("1234567890123456789012345", "1234567890123456789012345"),
    ],
)
def test_numbers_keep_every_digit_that_was_typed(enter_target, pledge, typed, value):
    target = enter_target(pledge, comparator="falls_by_at_least", value=typed)
    target.refresh_from_db()
    assert target.value == Decimal(value)


def test_no_due_day_is_enough(enter_target, pledge):
    target = enter_target(pledge, comparator="falls_by_at_least", due="", no_due_day="on")
    assert target.due is None


def test_one_typed_baseline_is_not_for_several_parties(enter_target, make_pledge, make_party):
    parties = [make_party("france"), make_party("italy")]
    shared = make_pledge("shared", state="draft", parties=parties)
    refused = enter_target(shared, comparator="falls_by_at_least")
    assert set(refused) == {"baseline_value"}
    assert "Leave this empty" in refused["baseline_value"][0]


def test_an_older_signed_target_can_still_be_edited(
    save, errors, address, pledge, make_figures, japan, at_desk, researcher
):
    indicator = make_figures("emissions", (japan, 2025, "9.5"))
    target = pledge.targets.create(
        label="Emissions", kind="change", indicator=indicator, value=-45, comparator="at_most"
    )
    answer = save(at_desk(researcher), address(pledge), **{"targets-0-label_ja": "排出"})
    assert answer.status_code == 302, errors(answer)
    target.refresh_from_db()
    assert (target.label_ja, target.comparator, target.value) == ("排出", "at_most", -45)
