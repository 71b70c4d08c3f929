"""What an evaluation may be narrowed to: a period and a release, and what the record lacks of them.

A target is judged as if it were due in the period, and by the figures of the release.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from commitments.judging.periods import abbreviate_period
from commitments.models import Indicator, Target
from commitments.models.indicators import find_named_period
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

    The period is written as people do: 2019, FY2019, 2019-Q3 or a day. The release is a slug; of an
    event it is that of its evidence.
    """

    period: str = ""
    release: str = ""

    @property
    def is_whole(self):
        """Whether all figures are asked for, and no other period than that of the deadline."""
        return not self.period and not self.release

    def find_period(self, indicator: Indicator | None) -> Period | None:
        """Return the days of the period in the figures of `indicator`, or of an event; None where
        it names none.
        """
        if indicator is None:
            return find_named_period(self.period)
        return indicator.find_period(self.period)


WHOLE = Scope()


@dataclass(frozen=True)
class Narrowed:
    """A target and its figures within a scope.

    `is_held` is False where no figure is of the period and the release. `periods` are those with a
    figure that counts in any release, in order; `releases` are the slugs of those releases.
    """

    row: Target
    target: RuleTarget
    series: list[Figure]
    is_held: bool = True
    periods: list[Period] = field(default_factory=list)
    releases: set[str] = field(default_factory=set)

    def name(self, period: Period) -> str:
        """Return the name of a period in the figures of the target."""
        return abbreviate_period(period.start, period.end, self.row.indicator)

    @property
    def held_from(self) -> str | None:
        """The name of the first period held."""
        if not self.periods:
            return None
        return self.name(self.periods[0])

    @property
    def held_to(self) -> str | None:
        """The name of the last period held."""
        if not self.periods:
            return None
        return self.name(self.periods[-1])


def narrow_to_scope(
    row: Target, target: RuleTarget, series: list[Figure], scope: Scope, *, known_on: date
) -> Narrowed:
    """Return the rule target of `row` and its figures, narrowed to `scope`."""
    if scope.is_whole:
        return Narrowed(row, target, series)
    known = [figure for figure in series if figure.released_on <= known_on]
    own = known
    if scope.release:
        own = [figure for figure in known if figure.release == scope.release]
    narrowed_target = target
    days = None
    if scope.period:
        days = scope.find_period(row.indicator)
        if days is None:
            own = []
        else:
            narrowed_target = move_deadline(target, days)
            own = _leave_out_longer(own, days)
    held = list_periods(target, own, known_on=known_on)
    is_held = bool(held)
    if days and not row.is_milestone:
        is_held = any(_is_of(period, days) for period in held)
    return Narrowed(
        row=row,
        target=narrowed_target,
        series=own,
        is_held=is_held,
        periods=list_periods(target, known, known_on=known_on),
        releases={figure.release for figure in known},
    )


def _leave_out_longer(figures, days):
    """Leave out figures for longer periods than `days`, which the rules would take for it too."""
    kept_figures = []
    for figure in figures:
        period = figure.period
        holds_all = period.holds(days.start) and period.holds(days.end)
        if period == days or not holds_all:
            kept_figures.append(figure)
    return kept_figures


def _is_of(period, days):
    """Whether a figure for `period` is one for `days`: both end together, and it begins within."""
    return period.end == days.end and period.start >= days.start


def refuse_unheld(parts: Iterable[Narrowed], scope: Scope):
    """Raise NotHeld if none of `parts` is of the scope."""
    parts = list(parts)
    if not parts or any(part.is_held for part in parts):
        return
    releases = set()
    for part in parts:
        releases |= part.releases
    if scope.release and scope.release not in releases:
        message = _explain_release(scope.release, releases)
        raise NotHeld("release", message)
    if scope.period:
        message = _explain_period(parts, scope)
        raise NotHeld("period", message)
    message = f"No figure of {scope.release} is of a kind that counts here."
    raise NotHeld("release", message)


def _explain_release(release, held):
    if not held:
        return "No figure for this pledge was published by then."
    in_order = sorted(held)
    names = ", ".join(in_order)
    return f"No figure of {release} was published for this pledge by then. These were: {names}."


def _explain_period(parts, scope):
    """Return which periods are held, with the nearest to the one asked for."""
    names = {}
    for part in parts:
        for period in part.periods:
            names[period] = part.name(period)
    source = ""
    if scope.release:
        source = f" in {scope.release}"
    sentence = f"No figure for {scope.period} is held{source}."
    if not names:
        return f"{sentence} None for this pledge was published by then."
    in_order = sorted(names, key=_read_days)
    first = names[in_order[0]]
    last = names[in_order[-1]]
    held = f"{sentence} Held are {first} to {last}"
    days = scope.find_period(parts[0].row.indicator)
    if days is None:
        return f"{held}."
    nearest = names[_find_nearest(in_order, days)]
    return f"{held}; the nearest is {nearest}."


def _find_nearest(periods, days):
    def measure_distance(period):
        distance = period.end - days.end
        return abs(distance)

    return min(periods, key=measure_distance)


def _read_days(period):
    return period.end, period.start
