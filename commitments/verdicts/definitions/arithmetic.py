"""The arithmetic of the worked examples: from the figures to every number of what is found.

Its numbers come from the example. A test works out what stands before each sign of equality.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from commitments.verdicts.definitions.forms import Example, PaceExample, RollupExample, _
from commitments.verdicts.definitions.markup import (
    Say,
    bracket_negative,
    write_day,
    write_number,
)
from commitments.verdicts.measuring import MEASURED_FROM_ZERO, find_stretch, list_corners
from commitments.verdicts.statuses import SCORES
from commitments.verdicts.targets import Figure, Kind, RuleTarget


class Step(NamedTuple):
    """A line such as “gap 2.03 − 2 = 0.03”: its name, and signs with places for written numbers."""

    name: str
    signs: str

    def write(self, numbers: dict[str, str], say: Say) -> str:
        name = say(self.name)
        signs = self.signs.format(**numbers)
        return f"{name} {signs}"


SUM = Step(_("sum"), "{terms} = {actual}")
DIFFERENCE = Step(_("change"), "({value} − {start}) / {start} × 100 = {actual}")
GAP = Step(_("gap"), "{rounded} − {subtrahend} = {gap}")
SHARE_FROM_ZERO = Step(_("share of the way"), "{rounded} / {required} = {share}")
SHARE_FROM_START = Step(
    _("share of the way"), "({rounded} − {start}) / ({required} − {start}) = {share}"
)
PATH = Step(_("path"), "{line} = {path}")
PACE = (
    Step(_("a year"), "({latest} − {begun}) × 365.25 / {days} = {per_year}"),
    Step(_("needed a year"), "({goal} − {latest}) × 365.25 / {days_left} = {needed_per_year}"),
    PATH,
)
ARRIVAL = "({goal} − {latest}) × {days} / ({latest} − {begun})"
ROLLUP = (
    Step(_("mean"), "({terms}) / {scored} = {mean}"),
    Step(_("of a hundred"), "({mean} + 1) / 2 × 100 = {percent}"),
)


def write_arithmetic(example: Example, say: Say) -> Iterator[str]:
    """Yield the steps from the figures to the numbers of a finding."""
    target = example.target
    finding = example.finding
    row = finding.decided_by
    if row is None or finding.actual is None or finding.required is None:
        return
    numbers = _write_numbers(
        value=row.value,
        actual=finding.actual,
        rounded=target.rounded(finding.actual),
        required=finding.required,
        start=target.baseline,
        gap=finding.gap,
        share=finding.share,
        path=finding.path,
    )
    if target.kind is Kind.TOTAL:
        terms = [write_number(figure.value) for figure in example.series]
        numbers["terms"] = " + ".join(terms)
        yield SUM.write(numbers, say)
    if target.kind is Kind.CHANGE and target.baseline is not None:
        yield DIFFERENCE.write(numbers, say)
    if target.decimals is not None:
        yield say(_("rounded {value} to {rounded}")).format(
            value=numbers["actual"],
            rounded=numbers["rounded"],
        )
    if finding.gap is not None:
        numbers["subtrahend"] = bracket_negative(numbers["required"])
        yield GAP.write(numbers, say)
    if finding.share is not None:
        step = _choose_share(target)
        yield step.write(numbers, say)
    if finding.path is not None:
        numbers["line"] = describe_line(target, row.period.end)
        yield PATH.write(numbers, say)
    if finding.borderline:
        yield describe_range(row, say)


def _write_numbers(**values: Decimal | None) -> dict[str, str]:
    numbers = {}
    for name, value in values.items():
        if value is not None:
            numbers[name] = write_number(value)
    return numbers


def _choose_share(target: RuleTarget) -> Step:
    if target.baseline is None or target.kind in MEASURED_FROM_ZERO:
        return SHARE_FROM_ZERO
    return SHARE_FROM_START


def describe_range(row: Figure, say: Say) -> str:
    """Return what a printed figure may be unrounded."""
    half = Decimal(5).scaleb(-row.decimals - 1)
    sentence = say(_("it may be anything from {low} to under {high}"))
    return sentence.format(
        low=write_number(row.value - half),
        high=write_number(row.value + half),
    )


def describe_line(target: RuleTarget, day: date) -> str:
    """Return the path between the two corners around `day`."""
    corners = list_corners(target)
    start, end = find_stretch(corners, day)
    days_gone = (day - start.day).days
    days_in_all = (end.day - start.day).days
    base = write_number(start.value)
    goal = write_number(end.value)
    return f"{base} + ({goal} − {base}) × {days_gone} / {days_in_all}"


def describe_pace(example: PaceExample, say: Say) -> Iterator[str]:
    """Yield the steps to the numbers of a pace."""
    pace = example.pace
    due = example.target.due
    assert due and pace.arrives_on
    days = (pace.latest_on - pace.since).days
    days_left = (due - pace.latest_on).days
    numbers = _write_numbers(
        begun=pace.begun,
        latest=pace.latest,
        goal=pace.goal,
        per_year=pace.per_year,
        needed_per_year=pace.needed_per_year,
        path=pace.required,
        days=Decimal(days),
        days_left=Decimal(days_left),
    )
    numbers["line"] = describe_line(example.target, pace.latest_on)
    for step in PACE:
        yield step.write(numbers, say)
    sentence = say(_("{days} days after {day} it arrives: {arrives_on}"))
    yield sentence.format(
        days=ARRIVAL.format(**numbers),
        day=write_day(pace.latest_on, say),
        arrives_on=write_day(pace.arrives_on, say),
    )


def describe_rollup(example: RollupExample, say: Say) -> Iterator[str]:
    """Yield the steps to the mean of several verdicts."""
    rollup = example.rollup
    numbers = _write_numbers(
        scored=Decimal(rollup.scored),
        mean=rollup.mean_score,
        percent=rollup.percent,
    )
    terms = []
    for status in example.statuses:
        if status in SCORES:
            score = write_number(Decimal(SCORES[status]))
            terms.append(bracket_negative(score))
    numbers["terms"] = " + ".join(terms)
    for step in ROLLUP:
        yield step.write(numbers, say)
