"""What holds for every target and every series, not only for those somebody thought of."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal, localcontext

from hypothesis import assume, given
from hypothesis import strategies as st

from commitments.verdicts.findings import Finding
from commitments.verdicts.repeating import inputs, repeat
from commitments.verdicts.rules import evaluate
from commitments.verdicts.statuses import CLOSED
from commitments.verdicts.targets import Comparator, Kind, Observation, Period, Target, chosen

FIRST, LAST = date(2018, 1, 1), date(2032, 12, 31)
days = st.dates(FIRST, LAST)
values = st.decimals("-50", "50", places=2)
RISING = [Comparator.AT_LEAST]


@st.composite
def observations(draw):
    number = draw(st.integers(2018, 2030))
    kind = draw(st.sampled_from(["actual", "estimate", "budget", "projection"]))
    period = Period(date(number, 1, 1), date(number, 12, 31))
    return Observation(period, draw(values), draw(st.integers(2, 3)), kind, draw(days))


series = st.lists(observations(), max_size=12)


@st.composite
def targets(draw, comparators=tuple(Comparator)):
    comparator = draw(st.sampled_from(list(comparators)))
    base = draw(st.none() | values) if comparator is not Comparator.BELOW_BASELINE else draw(values)
    return Target(
        kind=draw(st.sampled_from([kind for kind in Kind if kind is not Kind.MILESTONE])),
        due=draw(days),
        value=draw(values),
        comparator=comparator,
        baseline=base,
        baseline_day=draw(st.none() | days),
        window_start=draw(st.none() | days),
        decimals=draw(st.none() | st.integers(0, 3)),
        partly_met_share=draw(st.none() | st.decimals("0.1", "0.9", places=1)),
        accepts=frozenset(draw(st.sets(st.sampled_from(["actual", "estimate", "budget"]), min_size=1))),
        per_cent=draw(st.booleans()),
        binds_from=draw(st.none() | days),
        steps=tuple(draw(st.lists(st.tuples(days, values), max_size=2))),
    )


@given(targets(), series, days, days, st.randoms())
def test_the_order_of_the_figures_never_matters(target, rows, as_of, known_on, random):
    # Two releases of one day for the same figure: which is newer is not known to anybody.
    assume(len({(row.period, row.kind, row.released_on) for row in rows}) == len(rows))
    shuffled = list(rows)
    random.shuffle(shuffled)
    found = evaluate(target, rows, as_of=as_of, known_on=known_on)
    assert evaluate(target, shuffled, as_of=as_of, known_on=known_on) == found


@given(targets(), series, days, days)
def test_a_finding_survives_json_exactly(target, rows, as_of, known_on):
    finding = evaluate(target, rows, as_of=as_of, known_on=known_on)
    assert Finding.from_json(finding.as_json()) == finding


@given(targets(), series, days, days)
def test_a_finding_can_be_repeated_from_its_stored_inputs_alone(target, rows, as_of, known_on):
    body = json.loads(json.dumps(inputs(target, rows, as_of=as_of, known_on=known_on)))
    assert repeat(body) == evaluate(target, rows, as_of=as_of, known_on=known_on)


@given(targets(), series, observations(), days, days)
def test_a_later_release_never_changes_what_was_known_before(target, rows, late, as_of, known_on):
    late = replace(late, released_on=known_on + timedelta(days=1))
    before = evaluate(target, rows, as_of=as_of, known_on=known_on)
    assert evaluate(target, [*rows, late], as_of=as_of, known_on=known_on) == before


@given(targets(), series, days)
def test_nothing_is_closed_as_missed_before_its_deadline_has_passed(target, rows, known_on):
    assert evaluate(target, rows, as_of=target.due, known_on=known_on).status not in {"not_met", "partly_met"}


@given(targets(), series, days, days)
def test_nothing_is_closed_without_an_accepted_figure(target, rows, as_of, known_on):
    finding = evaluate(target, rows, as_of=as_of, known_on=known_on)
    if finding.status in CLOSED:
        assert finding.decided_by is not None
        assert finding.decided_by.kind in target.accepts
        assert finding.decided_by.released_on <= known_on


# Of two releases of one day a name decides, not the value: let no value be what tells them apart.
told_apart = st.lists(
    observations(), min_size=1, max_size=12, unique_by=lambda row: (row.period, row.kind, row.released_on)
)


@given(targets(comparators=RISING), told_apart, st.integers(0, 11), st.decimals("0", "20", places=2), days, days)
def test_one_better_figure_never_undoes_a_verdict_of_met(target, rows, which, more, as_of, known_on):
    better = [replace(row, value=row.value + more) if at == which % len(rows) else row for at, row in enumerate(rows)]
    if evaluate(target, rows, as_of=as_of, known_on=known_on).status == "met":
        assert evaluate(target, better, as_of=as_of, known_on=known_on).status == "met"


WORST_FIRST = ["not_met", "partly_met", "met"]


@given(targets(comparators=RISING), series, st.decimals("0", "20", places=2), days, days)
def test_better_figures_never_worsen_a_closed_verdict(target, rows, more, as_of, known_on):
    before = evaluate(target, rows, as_of=as_of, known_on=known_on).status
    better = [replace(row, value=row.value + more) for row in rows]
    after = evaluate(target, better, as_of=as_of, known_on=known_on).status
    # The share of the way is turned round where the target lies below its baseline.
    assume(target.baseline is None or target.value is None or target.value > max(target.baseline, 0))
    assume(target.value is not None and target.value > 0)
    if before == "not_met" and after not in CLOSED:
        # The period that failed no longer does, and others are missing: it waits for them.
        return
    if before in WORST_FIRST:
        assert WORST_FIRST.index(after) >= WORST_FIRST.index(before)


@given(targets(), series, st.randoms(), days, days)
def test_figures_that_do_not_count_change_nothing(target, rows, random, as_of, known_on):
    """The figures a rule does not choose may be dropped: a finding can be repeated from those it does."""
    counted = chosen(rows, target.accepts, known_on)
    random.shuffle(counted)
    found = evaluate(target, rows, as_of=as_of, known_on=known_on)
    assert evaluate(target, counted, as_of=as_of, known_on=known_on) == found


@given(targets(), series, st.lists(st.tuples(days, values), max_size=2), days, days)
def test_interim_steps_never_decide(target, rows, steps, as_of, known_on):
    with_steps = evaluate(replace(target, steps=tuple(steps)), rows, as_of=as_of, known_on=known_on)
    without = evaluate(replace(target, steps=()), rows, as_of=as_of, known_on=known_on)
    if {with_steps.status, without.status} & CLOSED:
        assert replace(with_steps, borderline=without.borderline) == without


@given(targets(), series, st.integers(1, 4), days, days)
def test_another_unit_changes_no_status(target, rows, power, as_of, known_on):
    """A thousand tonnes for a tonne: values, target and baseline scaled alike, and the decimals with them."""
    assume(target.decimals is None or target.decimals >= power)

    def scaled(value):
        return None if value is None else value.scaleb(power)

    other = replace(
        target,
        value=scaled(target.value),
        baseline=scaled(target.baseline),
        # A percentage has no unit.
        per_cent=False,
        steps=tuple((day, scaled(value)) for day, value in target.steps),
        decimals=None if target.decimals is None else target.decimals - power,
    )
    moved = [replace(row, value=scaled(row.value), decimals=max(row.decimals - power, 0)) for row in rows]
    assume(all(row.decimals >= power for row in rows))
    here = evaluate(replace(target, per_cent=False), rows, as_of=as_of, known_on=known_on)
    there = evaluate(other, moved, as_of=as_of, known_on=known_on)
    assert (there.status, there.reason, there.borderline) == (here.status, here.reason, here.borderline)


@given(values, values, st.integers(0, 3))
def test_borderline_means_that_a_true_value_behind_the_figure_flips_it(value, wanted, decimals):
    """Searched by hand: many true values that are printed as this figure, against its verdict."""
    printed = round(value, decimals)
    row = Observation(Period(date(2024, 1, 1), date(2024, 12, 31)), Decimal(printed), decimals, "actual", FIRST)
    target = Target(Kind.STAND, date(2024, 12, 31), wanted)
    finding = evaluate(target, [row], as_of=LAST, known_on=LAST)
    low, high = row.bounds
    with localcontext(prec=60):
        behind = [low, high, *(low + (high - low) * step / 50 for step in range(51)), min(max(wanted, low), high)]
    flips = any((one >= wanted) != (row.value >= wanted) for one in behind)
    assert finding.borderline is flips
