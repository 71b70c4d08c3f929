"""What a timeline shows of the record: summits by series, each with its pledges, fewer parts where
there are many.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from commitments.models import Pledge, Undertaking
from commitments.models.undertakings import ours_on
from commitments.timeline.windows import Window
from commitments.verdicts.dates import ImpreciseDate
from commitments.verdicts.rollup import Rollup, add_rollups, rollup
from commitments.verdicts.statuses import NOT_ASSESSED

# Up to so many pledges are lines of their own, and so many summits marks of their own; more are
# drawn together. With all of them a page stays under 200 kB, and its lines can still be told apart.
MOST_LINES, MOST_MARKS, MOST_LANES, MOST_ALONG = 160, 90, 12, 40

PLEDGE = (
    "pk",
    "summit",
    "slug",
    "title",
    "made_on",
    "deadline",
    "deadline_precision",
    "deadline_fiscal_start",
    "deadline_from",
    "title_ja",
)


@dataclass(frozen=True)
class PledgeLine:
    """A pledge: from the day it was made to its deadline, if it names one, and to the day of its
    last verdict.
    """

    slug: str
    title: str
    made: date
    due: ImpreciseDate
    verdicts: Rollup
    judged: date | None
    title_ja: str = ""


@dataclass(frozen=True)
class SummitMark:
    """A summit, or `summits` of one lane in one step of the scale drawn as one: then it has no slug
    and no name.
    """

    slug: str
    name: str
    city: str
    first: date
    last: date
    pledges: int
    verdicts: Rollup
    lines: list[PledgeLine] = field(default_factory=list)
    summits: int = 1
    name_ja: str = ""


@dataclass(frozen=True)
class Lane:
    """The marks of one series in the order of time; `series` is None for the summits of none, and
    of small ones.
    """

    series: object
    marks: list[SummitMark]

    @property
    def summits(self) -> int:
        return sum(mark.summits for mark in self.marks)

    @property
    def pledges(self) -> int:
        return sum(mark.pledges for mark in self.marks)


@dataclass(frozen=True)
class Timeline:
    """`before` and `after` count the summits outside the window; `lined`: pledges are lines, not
    bars.
    """

    window: Window
    lanes: list[Lane]
    before: int
    after: int
    lined: bool
    grouped: bool

    @property
    def summits(self) -> int:
        return sum(lane.summits for lane in self.lanes)

    @property
    def pledges(self) -> int:
        return sum(lane.pledges for lane in self.lanes)


def read_timeline(summits, window: Window, *, all_series: Iterable = ()) -> Timeline:
    """Return what `window` shows of `summits`, public ones, read as of their day. Four statements.

    A summit before the window is in it while the deadline of one of its pledges is.
    """
    held = Q(ends_on__gte=window.first)
    sides = summits.order_by().aggregate(
        before=Count("pk", filter=~held), after=Count("pk", filter=Q(starts_on__gte=window.end))
    )
    running = (
        Pledge.objects.published()
        .as_of(summits.day)
        .filter(
            Q(summit__ends_on__gte=window.first) | Q(deadline__gte=window.first),
            summit__in=summits.order_by().filter(starts_on__lt=window.end).values("pk"),
        )
    )
    rows = list(
        running.order_by("made_on", "deadline", "slug").values_list(*PLEDGE)[: MOST_LINES + 1]
    )
    lined = len(rows) <= MOST_LINES
    if lined:
        shown = _summits(summits, window, held | Q(pk__in=[row[1] for row in rows]))
        marks = _lined(shown, rows, summits.day)
    else:
        marks = _counted(_summits(summits, window, held), summits.day)
    grouped = len(marks) > MOST_MARKS
    lanes = _lanes(marks, {one.pk: one for one in all_series})
    if grouped:
        lanes = [Lane(lane.series, merge_marks(lane.marks, window)) for lane in lanes]
    return Timeline(window=window, lanes=lanes, lined=lined, grouped=grouped, **sides)


def read_lanes_along(summits, window: Window) -> Timeline:
    """Return the summits of `window` on one lane, their pledges counted only. Two statements."""
    marks = [
        mark
        for _series, mark in _counted(
            _summits(summits, window, Q(ends_on__gte=window.first)), summits.day
        )
    ]
    grouped = len(marks) > MOST_ALONG
    lanes = [Lane(None, merge_marks(marks, window) if grouped else marks)] if marks else []
    return Timeline(window=window, lanes=lanes, before=0, after=0, lined=True, grouped=grouped)


def _summits(summits, window, held) -> list[tuple]:
    """Return each summit's key, series, and what a mark begins with. One statement."""
    pledges = Pledge.objects.published().as_of(summits.day).filter(summit=OuterRef("pk"))
    counted = pledges.order_by().values("summit").annotate(Count("pk")).values("pk__count")
    return list(
        summits.filter(held, starts_on__lt=window.end)
        .annotate(count=Coalesce(Subquery(counted), 0))
        .order_by("starts_on", "slug")
        .values_list(
            "pk", "series", "slug", "name", "city", "starts_on", "ends_on", "count", "name_ja"
        )
    )


def _lined(shown, rows, day) -> list[tuple]:
    """Return (series, mark) for each summit, with its pledges of `rows`. One statement."""
    owed = Undertaking.objects.published().as_of(day).filter(pledge__in=[row[0] for row in rows])
    lines = _lines(rows, count_shown_by(owed, "pledge"))
    return [
        (
            series,
            SummitMark(
                *summit,
                add_rollups(line.verdicts for line in lines[pk]),
                lines[pk],
                name_ja=japanese,
            ),
        )
        for pk, series, *summit, japanese in shown
    ]


def _counted(shown, day) -> list[tuple]:
    """Return (series, mark) for each summit, with the verdicts on all its pledges counted. One
    statement.
    """
    owed = (
        Undertaking.objects.published()
        .as_of(day)
        .filter(pledge__summit__in=[row[0] for row in shown])
    )
    counted = count_shown_by(owed, "pledge__summit")
    return [
        (series, SummitMark(*summit, counted.get(pk, (rollup([]), None))[0], name_ja=japanese))
        for pk, series, *summit, japanese in shown
    ]


def count_shown_by(undertakings, key) -> dict[int, tuple[Rollup, date | None]]:
    """Count the verdicts shown on `undertakings` by `key`, with the day of our newest. One
    statement.
    """
    counted, exempt, judged = defaultdict(Counter), Counter(), {}
    day = undertakings.day
    rows = undertakings.order_by().annotate(
        is_exempt=ExpressionWrapper(~Q(exempt_reason=""), BooleanField()),
        judged_on=F("current_assessment__as_of") if day is None else ours_on(day, "as_of"),
    )
    grouped = rows.values_list(key, "is_exempt", F(undertakings.status_column))
    for one, is_exempt, status, count, newest in grouped.annotate(Count("pk"), Max("judged_on")):
        if is_exempt:
            exempt[one] += count
        else:
            counted[one][status or NOT_ASSESSED] += count
        judged[one] = max(filter(None, [judged.get(one), newest]), default=None)
    return {
        one: (rollup(counted[one].elements(), exempt=exempt[one]), judged[one]) for one in judged
    }


def _lines(rows, verdicts) -> dict[int, list[PledgeLine]]:
    lines = defaultdict(list)
    for pk, summit, slug, title, made, *due, japanese in rows:
        judged = verdicts.get(pk, (rollup([]), None))
        lines[summit].append(PledgeLine(slug, title, made, ImpreciseDate(*due), *judged, japanese))
    return lines


def _lanes(marks, series) -> list[Lane]:
    """Return a lane for each series, the one with most pledges first, and one for the rest."""
    by_series = defaultdict(list)
    for key, mark in marks:
        by_series[key if key in series else None].append(mark)
    lanes = [Lane(series[key], marks) for key, marks in by_series.items() if key is not None]
    lanes.sort(key=lambda lane: (-lane.pledges, lane.series.name, lane.series.slug))
    rest = [*by_series[None], *(mark for lane in lanes[MOST_LANES:] for mark in lane.marks)]
    rest.sort(key=lambda mark: (mark.first, mark.slug))
    return lanes[:MOST_LANES] + ([Lane(None, rest)] if rest else [])


def merge_marks(marks: list[SummitMark], window: Window) -> list[SummitMark]:
    """Return one mark for all those that begin in the same step of the scale."""
    steps = defaultdict(list)
    for mark in marks:
        steps[window.step_of(mark.first)].append(mark)
    return [_together(day, ones) for day, ones in steps.items()]


def _together(day: date, marks: list[SummitMark]) -> SummitMark:
    if len(marks) == 1:
        return marks[0]
    return SummitMark(
        slug="",
        name="",
        city="",
        first=day,
        last=max(mark.last for mark in marks),
        pledges=sum(mark.pledges for mark in marks),
        verdicts=add_rollups(mark.verdicts for mark in marks),
        lines=[line for mark in marks for line in mark.lines],
        summits=len(marks),
    )
