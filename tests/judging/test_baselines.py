"""Two bounds, changes in words, and baselines that are read from the series as it was known."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.judging.differing import build_findings
from commitments.judging.evaluating import evaluate_pledge
from commitments.verdicts.findings import Finding
from commitments.verdicts.repeating import repeat

pytestmark = pytest.mark.django_db
NOW = {"as_of": date(2026, 11, 22), "known_on": date(2026, 11, 22)}
DUE = date(2025, 12, 31)


@pytest.fixture
def make_change(settle, make_pledge):
    """A pledge of a change in per cent, due at the end of 2025; published."""

    def make(indicator, parties, **fields):
        pledge = make_pledge("change", parties=parties, state="draft")
        defaults = {"kind": "change", "label": "Emissions", "per_cent": True, "due": DUE}
        pledge.targets.create(indicator=indicator, **{**defaults, **fields})
        return settle(pledge)

    return make


def find(pledge, **days):
    """Return {party: finding}."""
    parts = evaluate_pledge(pledge, **{**NOW, **days})
    return {part.undertaking.party.slug: part.primary.finding for part in parts}


@pytest.mark.parametrize(
    "comparator, value, status, required",
    [
        pytest.param("falls_by_at_least", 45, "not_met", -45, id="cut by at least 45 per cent"),
        pytest.param("falls_by_at_least", 5, "met", -5, id="cut by at least 5"),
        pytest.param("falls_by_at_most", 4, "not_met", -4, id="cut by at most 4"),
        pytest.param("rises_by_at_least", 1, "not_met", 1, id="raised by at least 1"),
        pytest.param("rises_by_at_most", 1, "met", 1, id="raised by at most 1"),
    ],
)
def test_a_change_in_words_from_10_to_9_5(
    make_change, make_figures, japan, comparator, value, status, required
):
    indicator = make_figures("emissions", (japan, 2025, "9.50"))
    pledge = make_change(
        indicator,
        [japan],
        comparator=comparator,
        value=Decimal(value),
        baseline_value=Decimal(10),
        baseline_period="2010",
    )
    finding = find(pledge)["japan"]
    assert (finding.status, finding.required, finding.actual) == (status, required, -5)


@pytest.mark.parametrize(
    "figure, status",
    [
        pytest.param("72.00", "met", id="28 per cent less"),
        pytest.param("72.01", "partly_met", id="a little less than 28"),
        pytest.param("74.00", "partly_met", id="26 per cent less"),
        pytest.param("74.01", "not_met", id="a little less than 26"),
    ],
)
def test_of_a_cut_by_26_to_28_per_cent_the_larger_may_decide_met(
    make_change, make_figures, japan, figure, status
):
    pledge = make_change(
        make_figures("emissions", (japan, 2025, figure)),
        [japan],
        comparator="falls_by_at_least",
        value=Decimal(26),
        upper_value=Decimal(28),
        met_at="upper",
        baseline_value=Decimal(100),
        baseline_period="2005",
    )
    assert find(pledge)["japan"].status == status


def test_of_two_bounds_the_smaller_may_decide_met(settle, make_pledge, make_figures, japan):
    pledge = make_pledge("ceiling", state="draft")
    pledge.targets.create(
        kind="stand", label="Share", indicator=make_figures("share", (japan, 2025, "2.50")), due=DUE,
        comparator="at_most", value=Decimal(2), upper_value=Decimal(3), met_at="lower",
    )  # fmt: skip
    assert find(settle(pledge))["japan"].status == "partly_met"


@pytest.mark.parametrize("figure, status", [("2.00", "met"), ("3.00", "met"), ("3.01", "not_met")])
def test_between_two_values_both_included(settle, make_pledge, make_figures, japan, figure, status):
    pledge = make_pledge("band", state="draft")
    pledge.targets.create(
        kind="stand", label="Share", indicator=make_figures("share", (japan, 2025, figure)), due=DUE,
        comparator="between", value=Decimal(2), upper_value=Decimal(3),
    )  # fmt: skip
    assert find(settle(pledge))["japan"].status == status


@pytest.fixture
def own_starts(make_change, make_figures, make_party, japan):
    """Thirty per cent less than each party's own figure of 2005: Japan fell by 30, France by 20,
    and of Spain nothing is known for 2005.
    """
    france, spain = make_party("france"), make_party("spain")
    indicator = make_figures(
        "emissions",
        (japan, 2005, "200.00"),
        (japan, 2025, "140.00"),
        (france, 2005, "50.00"),
        (france, 2025, "40.00"),
        (spain, 2006, "10.00"),
        (spain, 2025, "1.00"),
    )
    return make_change(
        indicator,
        [japan, france, spain],
        comparator="falls_by_at_least",
        value=Decimal(30),
        baseline_period="2005",
    )


def test_each_party_may_start_from_its_own_figure_of_a_period(own_starts):
    findings = find(own_starts)
    assert {party: finding.status for party, finding in findings.items()} == {
        "japan": "met",
        "france": "not_met",
        "spain": "in_progress",
    }
    assert findings["france"].actual == -20
    assert findings["spain"].reason == "uncomparable"


def test_the_baseline_is_read_as_it_was_known(own_starts, make_figures, japan):
    make_figures("emissions", (japan, 2005, "180.00"), released_on=date(2026, 6, 1))
    make_figures("emissions", (japan, 2005, "1.00"), released_on=date(2026, 7, 1), state="draft")
    assert find(own_starts, known_on=date(2026, 5, 31))["japan"].status == "met"
    assert find(own_starts, known_on=date(2026, 6, 1))["japan"].status == "not_met"
    assert find(own_starts)["japan"].status == "not_met"


def test_only_a_kind_that_the_target_accepts_is_a_baseline(make_change, make_figures, japan):
    indicator = make_figures("emissions", (japan, 2005, "200", "estimate"), (japan, 2025, "100"))
    pledge = make_change(
        indicator,
        [japan],
        comparator="falls_by_at_least",
        value=Decimal(30),
        baseline_period="2005",
    )
    assert find(pledge)["japan"].reason == "uncomparable"
    pledge.targets.update(accepts=["actual", "estimate"])
    assert find(pledge)["japan"].status == "met"


def test_a_baseline_that_was_typed_goes_before_the_series(own_starts):
    own_starts.targets.update(baseline_value=Decimal(100))
    assert find(own_starts)["france"].actual == -60


def test_a_fiscal_year_of_the_baseline_is_named_as_the_indicator_says(
    make_change, make_figures, japan
):
    indicator = make_figures("emissions", (japan, 2025, "70.00"))
    indicator.releases.get().observations.create(
        party=japan,
        period_start=date(2004, 4, 1),
        period_end=date(2005, 3, 31),
        value=Decimal(100),
        decimals=0,
        kind="actual",
    )
    type(indicator).objects.update(fiscal_year_starts=4, fiscal_year_named="end")
    pledge = make_change(
        indicator,
        [japan],
        comparator="falls_by_at_least",
        value=Decimal(30),
        baseline_period="FY2005",
    )
    assert find(pledge)["japan"].status == "met"
    type(indicator).objects.update(fiscal_year_named="start")
    assert find(pledge)["japan"].reason == "uncomparable"


def test_stored_inputs_repeat_the_finding_and_say_where_the_baseline_was_read(own_starts):
    parts = {part.undertaking.party.slug: part for part in evaluate_pledge(own_starts, **NOW)}
    [definition] = build_findings(parts["japan"], **NOW)["definitions"]
    assert definition["inputs"]["target"]["baseline"] == "200"
    assert definition["inputs"]["target"]["baseline_day"] == "2005-12-31"
    assert definition["baseline"]["release"] == "emissions-2026-01-15"
    assert definition["baseline"]["period"] == {"start": "2005-01-01", "end": "2005-12-31"}
    assert repeat(definition["inputs"]) == Finding.from_json(definition["finding"])
    [definition] = build_findings(parts["spain"], **NOW)["definitions"]
    assert "baseline" not in definition


def test_an_interim_target_in_per_cent_starts_from_the_partys_own_figure_too(own_starts):
    common = own_starts.targets.values("indicator_id", "comparator", "baseline_period").get()
    own_starts.targets.create(
        kind="change",
        role="interim",
        label="Halfway",
        per_cent=True,
        value=Decimal(15),
        due=date(2015, 12, 31),
        **common,
    )
    parts = evaluate_pledge(own_starts, **NOW)
    steps = {part.undertaking.party.slug: part.primary.target.steps for part in parts}
    assert steps == {
        "japan": ((date(2015, 12, 31), Decimal(170)),),
        "france": ((date(2015, 12, 31), Decimal("42.5")),),
        "spain": (),
    }


def test_a_page_reads_the_baseline_however_many_figures_came_later(
    client, own_starts, make_figures, japan, monkeypatch
):
    from commitments.judging import figures

    years = range(2006, 2025)
    rows = [(japan, year, "150.00") for year in years]
    make_figures("emissions", *rows, released_on=date(2026, 2, 1))
    monkeypatch.setattr(figures, "ROWS_READ", 5)
    text = " ".join(client.get(own_starts.get_absolute_url()).html().split())
    assert "−30%" in text


def test_the_page_says_what_each_party_starts_from_and_who_lacks_it(client, own_starts):
    text = " ".join(client.get(own_starts.get_absolute_url()).html().split())
    assert "from each party’s own figure for 2005 in 2025" in text
    assert "There is no figure for 2005 to measure from." in text
    japanese = client.get(f"/ja{own_starts.get_absolute_url()}").html()
    assert "各国・機関自身の2005の数値" in japanese
    assert "起点となる2005の数値がありません。" in japanese


def test_the_page_shows_two_bounds_the_source_of_the_baseline_and_that_no_day_is_named(
    client, settle, make_pledge, make_figures, make_source, japan
):
    pledge = make_pledge("two-bounds", state="draft")
    pledge.targets.create(
        kind="change",
        label="Emissions",
        indicator=make_figures("emissions", (japan, 2025, "73.00")),
        per_cent=True,
        comparator="falls_by_at_least",
        value=Decimal(26),
        upper_value=Decimal(28),
        met_at="upper",
        baseline_value=Decimal(100),
        baseline_period="2005",
        baseline_source=make_source("inventory"),
        no_due_day=True,
    )
    text = " ".join(client.get(settle(pledge).get_absolute_url()).html().split())
    assert "has fallen by at least 28% from its level of 2005 (100)" in text
    assert "Partly met at 26%." in text
    assert "That is a level of 72% or less." in text
    assert 'The baseline is from: <a href="https://example.org/inventory"' in text
    assert "No due day is named." in text
    assert "Partly met: 74%" in text


def test_a_small_chart_draws_the_level_of_the_partys_own_start(client, own_starts):
    text = client.get("/pledges/change/chart.svg", {"party": "japan"}).content.decode()
    assert "At most 140%" in text
    text = client.get("/pledges/change/chart.svg", {"party": "spain"}).content.decode()
    assert "At most" not in text
