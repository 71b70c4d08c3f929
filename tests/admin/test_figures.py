"""Figures at the desk: one outside the bounds of its indicator is asked about."""

from decimal import Decimal

import pytest

from commitments.models import Indicator, Release

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(make_figures):
    indicator = make_figures("share")
    indicator.lowest = Decimal(0)
    indicator.highest = Decimal(100)
    indicator.save()
    return indicator


@pytest.fixture
def enter_figure(save, address, at_desk, researcher, japan):
    """Add a release with one figure by its form; return the errors of the figure, by field."""

    def enter(indicator, **typed):
        row = {
            "party": japan.pk,
            "period_start": "2024-01-01",
            "period_end": "2024-12-31",
            "kind": "actual",
            **typed,
        }
        posted = {f"observations-0-{name}": value for name, value in row.items()}
        page = address(Release, "add")
        answer = save(
            at_desk(researcher),
            page,
            indicator=indicator.pk,
            title="Shares",
            released_on="2025-06-30",
            **posted,
        )
        if answer.status_code == 302:
            return {}
        [inline] = answer.context["inline_admin_formsets"]
        return inline.formset.forms[0].errors

    return enter


@pytest.mark.parametrize(
    "value, side",
    [
        pytest.param("-0.1", "below 0, the lowest", id="just below"),
        pytest.param("0", "", id="the lowest"),
        pytest.param("100", "", id="the highest"),
        pytest.param("100.1", "above 100, the highest", id="just above"),
    ],
)
def test_a_figure_outside_the_bounds_is_asked_about(enter_figure, share, value, side):
    errors = enter_figure(share, value=value)
    if not side:
        assert errors == {}
        return
    assert errors == {
        "value": [
            f"This is {side} possible figure of share (%). Correct it, or tick “outside the bounds"
            " on purpose” in this row."
        ]
    }


def test_a_tick_keeps_it(enter_figure, share):
    assert enter_figure(share, value="100.1", outside_bounds="on") == {}
    assert share.releases.get(title="Shares").observations.get().value == Decimal("100.1")


def test_without_bounds_every_figure_is_taken(enter_figure, make_figures):
    assert enter_figure(make_figures("amount"), value="-100.1") == {}


def test_a_kept_figure_is_not_asked_about_again(
    enter_figure, share, save, address, at_desk, researcher
):
    enter_figure(share, value="100.1", outside_bounds="on")
    release = share.releases.get(title="Shares")
    answer = save(at_desk(researcher), address(release), note="Read in the annex.")
    assert answer.status_code == 302
    release.refresh_from_db()
    assert release.note == "Read in the annex."


def test_a_published_figure_has_no_box(make_figures, japan, address, at_desk, researcher):
    indicator = make_figures("share", (japan, 2024, "1.97"))
    page = at_desk(researcher).get(address(indicator.releases.get()))
    assert "1.97" in page.html()
    assert "Outside" not in page.html()


@pytest.mark.parametrize(
    "typed, field, sentence",
    [
        pytest.param(
            {"period_end": "2025-07-01"}, "kind", "an actual cannot be known yet", id="a day early"
        ),
        pytest.param({"period_end": "2025-06-30"}, "", "", id="on the day of the release"),
        pytest.param({"period_end": "2025-07-01", "kind": "estimate"}, "", "", id="an estimate"),
        pytest.param({"decimals": "0"}, "decimals", "has 1 decimals", id="fewer than it has"),
        pytest.param({"decimals": "2"}, "", "", id="more than it has"),
    ],
)
def test_a_figure_nobody_can_have_printed_is_refused(enter_figure, share, typed, field, sentence):
    errors = enter_figure(share, value="1.6", **typed)
    assert set(errors) == ({field} if field else set())
    assert sentence in str(errors)


@pytest.mark.parametrize("highest, is_saved", [("0", True), ("-0.1", False)], ids=["same", "below"])
def test_the_highest_figure_is_not_below_the_lowest(
    save, address, at_desk, researcher, highest, is_saved
):
    typed = {"name": "Share", "unit": "%", "definition": "d", "publisher": "p"}
    page = address(Indicator, "add")
    bounds = {"lowest": "0", "highest": highest}
    answer = save(at_desk(researcher), page, frequency="annual", **typed, **bounds)
    assert Indicator.objects.exists() is is_saved
    if not is_saved:
        assert set(answer.context["adminform"].form.errors) == {"highest"}
