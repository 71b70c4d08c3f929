"""What holds for every target and every series, not only for those somebody thought of."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal, localcontext
from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from commitments.verdicts.findings import Finding
from commitments.verdicts.measuring import find_goal
from commitments.verdicts.repeating import record_inputs, repeat
from commitments.verdicts.rules import RULES, evaluate
from commitments.verdicts.statuses import CLOSED
from commitments.verdicts.targets import (
    CEILINGS,
    EXACT,
    FALLS,
    FLOORS,
    Comparator,
    Figure,
    Kind,
    Period,
    RuleTarget,
    choose_figures,
)

FIRST, LAST = date(2018, 1, 1), date(2032, 12, 31)
days = st.dates(FIRST, LAST)
values = st.decimals("-50", "50", places=2)


@st.composite
def observations(draw):
    number = draw(st.integers(2018, 2030))
    kind = draw(st.sampled_from(["actual", "estimate", "budget", "projection"]))
    period = Period(date(number, 1, 1), date(number, 12, 31))
    return Figure(period, draw(values), draw(st.integers(2, 3)), kind, draw(days))


series = st.lists(observations(), max_size=12)


@st.composite
def targets(draw):
    comparator = draw(st.sampled_from(list(Comparator)))
    base = draw(st.none() | values) if comparator is not Comparator.BELOW_BASELINE else draw(values)
    return RuleTarget(
        kind=draw(st.sampled_from([kind for kind in Kind if kind is not Kind.MILESTONE])),
        due=draw(days),
        value=draw(values),
        comparator=comparator,
        baseline=base,
        baseline_day=draw(st.none() | days),
        window_start=draw(st.none() | days),
        decimals=draw(st.none() | st.integers(0, 3)),
        partly_met_share=draw(st.none() | st.decimals("0.1", "0.9", places=1)),
        accepts=frozenset(
            draw(st.sets(st.sampled_from(["actual", "estimate", "budget"]), min_size=1))
        ),
        per_cent=draw(st.booleans()),
        binds_from=draw(st.none() | days),
        steps=tuple(draw(st.lists(st.tuples(days, values), max_size=2))),
        upper_value=draw(st.none() | values),
        partly_value=draw(st.none() | values),
    )


def told_apart(*, by):
    """Series in which no two figures agree in all of `by`."""
    return st.lists(
        observations(),
        min_size=1,
        max_size=12,
        unique_by=lambda row: tuple(getattr(row, n) for n in by),
    )


# What one release says twice of a period is told apart by its value, if by nothing else.
@given(
    targets(), told_apart(by=["period", "kind", "released_on", "value"]), days, days, st.randoms()
)
def test_the_order_of_the_figures_never_matters(target, rows, as_of, known_on, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    found = evaluate(target, rows, as_of=as_of, known_on=known_on)
    assert evaluate(target, shuffled, as_of=as_of, known_on=known_on) == found


@given(targets(), series, days, days)
def test_a_finding_survives_json_exactly(target, rows, as_of, known_on):
    """To the last digit: 2.00 does not come back as 2."""
    finding = evaluate(target, rows, as_of=as_of, known_on=known_on)
    back = Finding.from_json(json.loads(json.dumps(finding.as_json())))
    assert (back, repr(back)) == (finding, repr(finding))


@given(targets(), series, days, days)
def test_a_finding_can_be_repeated_from_its_stored_inputs_alone(target, rows, as_of, known_on):
    body = json.loads(json.dumps(record_inputs(target, rows, as_of=as_of, known_on=known_on)))
    assert repeat(body) == evaluate(target, rows, as_of=as_of, known_on=known_on)


@given(
    targets(),
    series,
    st.lists(observations(), min_size=1, max_size=4),
    st.integers(1, 900),
    days,
    days,
)
def test_a_later_release_never_changes_what_was_known_before(
    target, rows, late, wait, as_of, known_on
):
    late = [replace(row, released_on=known_on + timedelta(days=wait)) for row in late]
    before = evaluate(target, rows, as_of=as_of, known_on=known_on)
    assert evaluate(target, [*late, *rows], as_of=as_of, known_on=known_on) == before


@given(targets(), series, days, days)
def test_once_the_day_has_passed_nothing_is_on_track_or_off_it(target, rows, as_of, known_on):
    assume(as_of > target.due)
    finding = evaluate(target, rows, as_of=as_of, known_on=known_on)
    assert finding.status in CLOSED | {"in_progress"}


@given(targets(), series, days, days)
def test_before_the_day_the_day_itself_does_not_matter_to_the_path(target, rows, as_of, known_on):
    """Today's figures, and the same figures looked at again before the deadline: one answer."""
    assume(as_of <= target.due)
    here = evaluate(target, rows, as_of=as_of, known_on=known_on)
    there = evaluate(target, rows, as_of=target.due, known_on=known_on)
    # Of what is held, the gaps that lie in the past are named.
    assert here._replace(missing=()) == there._replace(missing=())


@given(targets(), series, days)
def test_nothing_is_closed_as_missed_before_its_deadline_has_passed(target, rows, known_on):
    assert evaluate(target, rows, as_of=target.due, known_on=known_on).status not in {
        "not_met",
        "partly_met",
    }


@given(targets(), series, days, days)
def test_nothing_is_closed_without_an_accepted_figure(target, rows, as_of, known_on):
    finding = evaluate(target, rows, as_of=as_of, known_on=known_on)
    if finding.status in CLOSED:
        assert finding.decided_by is not None
        assert finding.decided_by.kind in target.accepts
        assert finding.decided_by.released_on <= known_on


def better(row, target, step):
    """`row` with a value `step` (0 to 20) nearer to what was promised, or further beyond it; equal:
    only nearer.
    """
    if target.comparator in FLOORS:
        return replace(row, value=row.value + step)
    if target.comparator in CEILINGS:
        return replace(row, value=row.value - step)
    goal = find_goal(target)
    return row if goal is None else replace(row, value=goal + (row.value - goal) * (20 - step) / 20)


WORST_FIRST = ["not_met", "partly_met", "met"]


# Of two releases of one day a value may decide: let none be told apart by it alone.
@given(
    targets(),
    told_apart(by=["period", "kind", "released_on"]),
    st.none() | st.integers(0, 11),
    st.decimals("0", "20", places=2),
    st.just(LAST) | days,
)
def test_better_figures_never_worsen_a_closed_verdict(target, rows, which, step, as_of):
    """All of them or one; of every kind and comparator but a sum to be hit exactly, where more may
    be too much, and two values, between which some are no better than others.
    """
    assume(target.kind is not Kind.TOTAL or target.comparator is not Comparator.EQUAL)
    assume(target.comparator is not Comparator.BETWEEN)
    # A second bound is weaker than the first; as drawn it may be on the other side of it.
    target = replace(target, partly_value=None)
    before = evaluate(target, rows, as_of=as_of, known_on=LAST).status
    if before not in WORST_FIRST:
        return
    moved = [
        better(row, target, step) if which in (None, at) else row for at, row in enumerate(rows)
    ]
    after = evaluate(target, moved, as_of=as_of, known_on=LAST)
    if before == "not_met" and after.status not in CLOSED:
        # The period that failed, or the sum that was too much, no longer is; others are missing: it
        # waits for them.
        assert after.reason == "awaiting_data" and after.missing
    else:
        assert WORST_FIRST.index(after.status) >= WORST_FIRST.index(before)


@given(targets(), series, st.randoms(), days, days)
def test_figures_that_do_not_count_change_nothing(target, rows, random, as_of, known_on):
    """The figures a rule does not choose may be dropped: a finding can be repeated from those it
    does.
    """
    counted = choose_figures(rows, target.accepts, known_on)
    random.shuffle(counted)
    found = evaluate(target, rows, as_of=as_of, known_on=known_on)
    assert evaluate(target, counted, as_of=as_of, known_on=known_on) == found


@given(targets(), series, st.lists(st.tuples(days, values), max_size=2), days, days)
def test_interim_steps_never_decide(target, rows, steps, as_of, known_on):
    with_steps = evaluate(replace(target, steps=tuple(steps)), rows, as_of=as_of, known_on=known_on)
    without = evaluate(replace(target, steps=()), rows, as_of=as_of, known_on=known_on)
    if {with_steps.status, without.status} & CLOSED:
        assert with_steps._replace(borderline=without.borderline) == without


def in_units_of(power, target, rows):
    """The same with values, target and baseline in a unit 10**power as large, and as many decimals
    more.
    """

    def scaled(value):
        return None if value is None else value.scaleb(-power, EXACT)

    # A percentage has no unit.
    bare = (
        target.kind is Kind.CHANGE
        and target.per_cent
        and target.comparator is not Comparator.BELOW_BASELINE
    )
    other = replace(
        target,
        value=target.value if bare else scaled(target.value),
        upper_value=target.upper_value if bare else scaled(target.upper_value),
        partly_value=target.partly_value if bare else scaled(target.partly_value),
        baseline=scaled(target.baseline),
        steps=tuple((day, scaled(value)) for day, value in target.steps),
        decimals=target.decimals if bare or target.decimals is None else target.decimals + power,
    )
    moved = [replace(row, value=scaled(row.value), decimals=row.decimals + power) for row in rows]
    return other, moved, (lambda value: value) if bare else scaled, scaled


@given(targets(), series, st.integers(1, 6), days, days)
def test_another_unit_changes_nothing_but_the_unit(target, rows, power, as_of, known_on):
    """Tonnes for grams: the same status for the same reason, and every number in the other unit."""
    other, moved, compared, scaled = in_units_of(power, target, rows)
    here = evaluate(target, rows, as_of=as_of, known_on=known_on)
    there = evaluate(other, moved, as_of=as_of, known_on=known_on)
    assert there == here._replace(
        decided_by=here.decided_by and moved[rows.index(here.decided_by)],
        required=compared(here.required),
        actual=compared(here.actual),
        gap=compared(here.gap),
        path=scaled(here.path),
    )


@st.composite
def close_calls(draw):
    """A target and one to three figures so near to it that their rounding may decide."""
    kind, comparator = draw(st.sampled_from(list(RULES))), draw(st.sampled_from(list(Comparator)))
    count = draw(st.integers(1, 3))
    # To be hit exactly by several at once is another question than whether one end of all of them
    # does.
    exact = comparator in (Comparator.EQUAL, Comparator.BETWEEN)
    assume(kind is not Kind.MILESTONE and (count == 1 or not exact))
    decimals, goal = draw(st.integers(0, 3)), draw(st.sampled_from(["2", "0.7", "0", "-1.5"]))
    unit, goal = Decimal(1).scaleb(-decimals), round(Decimal(goal), decimals)
    rows = []
    for number in range(count):
        start = date(2022 + number, 1, 1)
        value = goal / (count if kind is Kind.TOTAL else 1) + draw(st.integers(-2, 2)) * unit / 2
        period = Period(start, start.replace(month=12, day=31))
        rows.append(Figure(period, round(value, decimals), decimals, "actual", FIRST))
    baseline = draw(st.sampled_from([Decimal(1), Decimal(-3), Decimal(5)]))
    if comparator is Comparator.BELOW_BASELINE:
        baseline = goal
    required = goal - baseline if kind is Kind.CHANGE else goal
    if comparator in FALLS:
        required = -required
    return replace(
        draw(targets()),
        kind=kind,
        comparator=comparator,
        due=date(2024, 12, 31),
        value=required,
        upper_value=required + draw(st.integers(0, 2)) * unit / 4,
        baseline=baseline,
        per_cent=False,
        accepts=frozenset({"actual"}),
        window_start=draw(st.sampled_from([None, date(2022, 1, 1), date(2023, 1, 1)])),
        binds_from=None,
        decimals=draw(st.none() | st.integers(0, 3)),
    ), rows


@given(close_calls(), st.just(LAST) | days)
def test_borderline_means_that_true_values_behind_the_figures_flip_it(case, as_of):
    """Searched by hand, in every combination: each figure at the ends of its interval, as printed,
    nearest the goal.
    """
    target, rows = case

    def status(*behind):
        series = [replace(row, value=value) for row, value in zip(rows, behind, strict=True)]
        return evaluate(target, series, as_of=as_of, known_on=LAST).status

    goal = find_goal(target)
    assume(goal is not None)
    nearest = [min(max(goal, row.low), row.high) for row in rows]
    values = [{row.value, row.low, row.high, near} for row, near in zip(rows, nearest, strict=True)]
    finding = evaluate(target, rows, as_of=as_of, known_on=LAST)
    with localcontext(prec=60):
        assert finding.borderline is any(
            status(*behind) != finding.status for behind in product(*values)
        )


@given(values, values, st.integers(0, 3))
def test_borderline_means_that_one_of_fifty_true_values_behind_the_figure_flips_it(
    value, wanted, decimals
):
    """Searched by hand: many true values that are printed as this figure, against its verdict."""
    printed = round(value, decimals)
    row = Figure(
        Period(date(2024, 1, 1), date(2024, 12, 31)), Decimal(printed), decimals, "actual", FIRST
    )
    target = RuleTarget(Kind.STAND, date(2024, 12, 31), wanted)
    finding = evaluate(target, [row], as_of=LAST, known_on=LAST)
    low, high = row.low, row.high
    with localcontext(prec=60):
        behind = [
            low,
            high,
            *(low + (high - low) * step / 50 for step in range(51)),
            min(max(wanted, low), high),
        ]
    flips = any((one >= wanted) != (row.value >= wanted) for one in behind)
    assert finding.borderline is flips
