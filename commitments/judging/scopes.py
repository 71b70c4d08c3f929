"""What an evaluation may be narrowed to: a period and a release, and what the record lacks of them.

A target is judged as if it were due in the period, and by the figures of the release.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commitments.judging.periods import name_period
from commitments.models import Indicator, Target
from commitments.verdicts.dates import parse_day, span
from commitments.verdicts.periods import list_periods, move_deadline
from commitments.verdicts.targets import Figure, Period, RuleTarget


class NotHeld(Exception):
    """Nothing that was published is of the period or the release that an evaluation asks for.

    The message says which are held; `name` is the parameter at fault.
    """

    def __init__(self, name, message):
        super().__init__(message)
        self.name = name


@dataclass(frozen=True)
class Scope:
    """The period and the release that an evaluation asks for; "" for any.

    The period is written as in addresses: 2019, FY2019, 2019-Q3 or a day. The release is a slug; of
    an event it is that of its evidence.
    """

    period: str = ""
    release: str = ""

    @property
    def is_whole(self):
        """Whether all figures are asked for, and no other period than that of the deadline."""
        return not self.period and not self.release

    def find_period(self, indicator: Indicator | None) -> Period | None:
        """Return the days of the period in the figures of `indicator`, or of an event."""
        day = parse_day(self.period)
        if day:
            return Period(day, day)
        if indicator:
            return indicator.find_period(self.period)
        days = span(self.period)
        return days and Period(*days)


@dataclass(frozen=True)
class Narrowed:
    """A target and its figures within a scope.

    `is_held` is False where no figure is of the period and the release. `periods` are those with a
    figure that counts in any release, `releases` the releases that have one.
    """

    target: RuleTarget
    series: list[Figure]
    is_held: bool = True
    periods: tuple[Period, ...] = ()
    releases: frozenset[str] = frozenset()


WHOLE = Scope()


def narrow(
    row: Target, target: RuleTarget, series: list[Figure], scope: Scope, *, known_on: date
) -> Narrowed:
    """Return the rule target of `row` and its figures, narrowed to `scope`."""
    if scope.is_whole:
        return Narrowed(target, series)
    counting = [figure for figure in series if figure.released_on <= known_on]
    periods = list_periods(target, counting, known_on=known_on)
    releases = {figure.release for figure in counting}
    own = counting
    if scope.release:
        own = [figure for figure in counting if figure.release == scope.release]
    is_held = bool(list_periods(target, own, known_on=known_on))
    if scope.period:
        days = scope.find_period(row.indicator)
        target = move_deadline(target, days)
        if not row.is_milestone:
            own = [figure for figure in own if not _is_longer(figure.period, days)]
            held = list_periods(target, own, known_on=known_on)
            is_held = any(_is_of(period, days) for period in held)
    return Narrowed(target, own, is_held, tuple(periods), frozenset(releases))


def _is_longer(period, days):
    """Whether `period` has all of `days` and more: its figure would count for them otherwise."""
    return period != days and period.holds(days.start) and period.holds(days.end)


def _is_of(period, days):
    """Whether a figure for `period` is one for `days`: both end together, and it begins within."""
    return period.end == days.end and period.start >= days.start


def refuse_unheld(rows: Iterable[Target], parts: Iterable[Narrowed], scope: Scope):
    """Raise NotHeld if none of `parts`, the narrowed targets of `rows`, is of the scope."""
    pairs = list(zip(rows, parts, strict=True))
    if not pairs or any(part.is_held for _row, part in pairs):
        return
    releases = set()
    for _row, part in pairs:
        releases |= part.releases
    if scope.release and scope.release not in releases:
        raise NotHeld("release", _explain_release(scope.release, releases))
    if not scope.period:
        sentence = f"No figure of {scope.release} is of a kind that counts here."
        raise NotHeld("release", sentence)
    raise NotHeld("period", _explain_period(pairs, scope))


def _explain_release(release, held):
    if not held:
        return "No figure for this pledge was published by then."
    names = ", ".join(sorted(held))
    return f"No figure of {release} was published for this pledge by then. These were: {names}."


def _explain_period(pairs, scope):
    """Return which periods are held, with the nearest to the one asked for."""
    names = {}
    for row, part in pairs:
        for period in part.periods:
            names[period] = name_period(period.start, period.end, row.indicator)
    source = ""
    if scope.release:
        source = f" in {scope.release}"
    sentence = f"No figure for {scope.period} is held{source}."
    if not names:
        return f"{sentence} None for this pledge was published by then."
    in_order = sorted(names, key=_read_days)
    asked = scope.find_period(pairs[0][0].indicator)
    nearest = min(in_order, key=lambda period: abs(period.end - asked.end))
    first, last = names[in_order[0]], names[in_order[-1]]
    return f"{sentence} Held are {first} to {last}; the nearest is {names[nearest]}."


def _read_days(period):
    return period.end, period.start
