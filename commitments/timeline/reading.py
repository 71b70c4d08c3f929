"""The summits and pledges that a timeline shows, read for one window.

Summits are arranged by series. Where there are many, pledges are counted instead of drawn as
lines, and summits that lie close together share a mark.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from commitments.models import Pledge, SummitStanding, Undertaking
from commitments.models.undertakings import ours_on
from commitments.scoreboard import group_parts
from commitments.timeline.marks import (
    Lane,
    PledgeLine,
    SummitMark,
    Timeline,
    merge_marks,
)
from commitments.timeline.windows import Window
from commitments.verdicts.dates import ImpreciseDate
from commitments.verdicts.rollup import PartCount, Rollup, add_rollups, count_parts, rollup

# Above these numbers, pledges are counted instead of drawn as lines, and summits share marks. With
# all of them a page stays under 200 kB, and its lines can still be told apart.
MOST_LINES, MOST_MARKS, MOST_LANES, MOST_ALONG = 160, 90, 12, 40

PLEDGE_COLUMNS = (
    "pk",
    "summit",
    "slug",
    "title",
    "made_on",
    "deadline",
    "deadline_precision",
    "deadline_fiscal_start",
    "deadline_from",
    "deadline_fiscal_named",
    "title_ja",
)
SUMMIT_COLUMNS = (
    "pk",
    "series",
    "slug",
    "name",
    "city",
    "starts_on",
    "starts_on_precision",
    "ends_on",
    "ends_on_precision",
    "standing",
    "count",
    "name_ja",
)


class SeriesMark(NamedTuple):
    """A mark and the key of the series its summit belongs to, None without a series."""

    series: int | None
    mark: SummitMark


class VerdictCount(NamedTuple):
    """The verdicts of several undertakings, the day of our newest one, and how many of ours may be
    out of date.
    """

    verdicts: Rollup
    judged: date | None
    aged: int


NO_VERDICTS = VerdictCount(rollup([]), None, 0)


def read_timeline(summits, window: Window, *, today: date, all_series: Iterable = ()) -> Timeline:
    """Return what `window` shows of `summits`, public ones, read as of their day. What is overdue
    on the day `today` is shown as overdue. Four statements.

    A summit held before the window is shown as long as one of its pledges has a deadline in the
    window or after it.
    """
    held_since_start = Q(ends_on__gte=window.first)
    outside = summits.order_by().aggregate(
        before=Count("pk", filter=~held_since_start),
        after=Count("pk", filter=Q(starts_on__gte=window.end)),
    )
    pledges = _read_pledges(summits, window)
    lined = len(pledges) <= MOST_LINES
    if lined:
        has_pledges = Q(pk__in=[pledge.summit for pledge in pledges])
        rows = _read_summits(summits, window, held_since_start | has_pledges)
        marks = _mark_with_lines(rows, pledges, summits.day, today)
    else:
        rows = _read_summits(summits, window, held_since_start)
        marks = _mark_with_counts(rows, summits.day, today)
    grouped = len(marks) > MOST_MARKS
    lanes = _arrange_lanes(marks, {series.pk: series for series in all_series})
    if grouped:
        lanes = [Lane(lane.series, merge_marks(lane.marks, window)) for lane in lanes]
    return Timeline(window=window, lanes=lanes, lined=lined, grouped=grouped, **outside)


def read_lanes_along(summits, window: Window, *, today: date) -> Timeline:
    """Return the summits of `window` on one lane, with their pledges only counted.

    Two statements.
    """
    rows = _read_summits(summits, window, Q(ends_on__gte=window.first))
    marks = [mark for _series, mark in _mark_with_counts(rows, summits.day, today)]
    grouped = len(marks) > MOST_ALONG
    if grouped:
        marks = merge_marks(marks, window)
    lanes = [Lane(None, marks)] if marks else []
    return Timeline(window=window, lanes=lanes, before=0, after=0, lined=True, grouped=grouped)


def _read_pledges(summits, window) -> list:
    """Return the pledges that run in the window, at most one more than may be lines.

    One statement.
    """
    begun = summits.order_by().filter(starts_on__lt=window.end)
    running = Q(summit__ends_on__gte=window.first) | Q(deadline__gte=window.first)
    pledges = (
        Pledge.objects.published()
        .as_of(summits.day)
        .filter(running, summit__in=begun.values("pk"))
        .order_by("made_on", "deadline", "slug")
        .values_list(*PLEDGE_COLUMNS, named=True)
    )
    return list(pledges[: MOST_LINES + 1])


def _read_summits(summits, window, condition) -> list:
    """Return the summits that meet `condition` and begin before the window ends. One statement."""
    counts = (
        Pledge.objects.published()
        .as_of(summits.day)
        .filter(summit=OuterRef("pk"))
        .order_by()
        .values("summit")
        .annotate(Count("pk"))
        .values("pk__count")
    )
    rows = (
        summits.filter(condition, starts_on__lt=window.end)
        .annotate(count=Coalesce(Subquery(counts), 0))
        .order_by("starts_on", "slug")
        .values_list(*SUMMIT_COLUMNS, named=True)
    )
    return list(rows)


def _mark_with_lines(summits, pledges, day, today) -> list[SeriesMark]:
    """Return a mark for each summit, with lines for its `pledges`. One statement."""
    keys = [pledge.pk for pledge in pledges]
    undertakings = Undertaking.objects.published().as_of(day).filter(pledge__in=keys)
    lines = _build_lines(pledges, _count_verdicts_by("pledge", undertakings, today))
    marks = []
    for summit in summits:
        lines_here = lines[summit.pk]
        verdicts = add_rollups(line.verdicts for line in lines_here)
        marks.append(_build_mark(summit, verdicts, lines_here))
    return marks


def _mark_with_counts(summits, day, today) -> list[SeriesMark]:
    """Return a mark for each summit, with the verdicts on all its pledges. One statement."""
    keys = [summit.pk for summit in summits]
    undertakings = Undertaking.objects.published().as_of(day).filter(pledge__summit__in=keys)
    counts = _count_verdicts_by("pledge__summit", undertakings, today)
    marks = []
    for summit in summits:
        verdicts = counts.get(summit.pk, NO_VERDICTS).verdicts
        marks.append(_build_mark(summit, verdicts, []))
    return marks


def _build_mark(summit, verdicts: Rollup, lines: list[PledgeLine]) -> SeriesMark:
    mark = SummitMark(
        slug=summit.slug,
        name=summit.name,
        city=summit.city,
        first=summit.starts_on,
        last=summit.ends_on,
        begins=ImpreciseDate.from_first_day(summit.starts_on, summit.starts_on_precision),
        ends=ImpreciseDate(summit.ends_on, summit.ends_on_precision),
        standing=""
        if summit.standing == SummitStanding.HELD
        else SummitStanding(summit.standing).label,
        pledges=summit.count,
        verdicts=verdicts,
        lines=lines,
        name_ja=summit.name_ja,
    )
    return SeriesMark(summit.series, mark)


def _count_verdicts_by(key, undertakings, today) -> dict[int, VerdictCount]:
    """Count the verdicts that are shown on `undertakings`, by `key`. One statement."""
    day = undertakings.day
    judged_on = F("current_assessment__as_of") if day is None else ours_on(day, "as_of")
    rows = undertakings.alias(judged_on=judged_on).with_age(on=today)
    groups = group_parts(rows, [key], on=today)
    groups = groups.annotate(
        Count("pk"),
        newest=Max("judged_on"),
        aged=Count("pk", filter=Q(is_aged=True)),
    )
    parts = defaultdict(list)
    days = defaultdict(list)
    aged = Counter()
    for owner, *values, newest, aged_here in groups:
        parts[owner].append(PartCount(*values))
        aged[owner] += aged_here
        if newest:
            days[owner].append(newest)
    counts = {}
    for owner, rows_of_owner in parts.items():
        newest = max(days[owner], default=None)
        counts[owner] = VerdictCount(count_parts(rows_of_owner), newest, aged[owner])
    return counts


def _build_lines(pledges, counts) -> dict[int, list[PledgeLine]]:
    """Return the lines of `pledges` by the key of their summit."""
    lines = defaultdict(list)
    for pledge in pledges:
        verdicts, judged, aged = counts.get(pledge.pk, NO_VERDICTS)
        due = ImpreciseDate(
            pledge.deadline,
            pledge.deadline_precision,
            pledge.deadline_fiscal_start,
            pledge.deadline_from,
            pledge.deadline_fiscal_named,
        )
        line = PledgeLine(
            slug=pledge.slug,
            title=pledge.title,
            made=pledge.made_on,
            due=due,
            verdicts=verdicts,
            judged=judged,
            aged=aged,
            title_ja=pledge.title_ja,
        )
        lines[pledge.summit].append(line)
    return lines


def _arrange_lanes(marks: list[SeriesMark], series: dict) -> list[Lane]:
    """Return a lane for each of the largest series, and a last one for all other summits.

    The series with most pledges comes first. `series` are the records by their keys.
    """
    by_series = defaultdict(list)
    remaining_marks = []
    for key, mark in marks:
        if key in series:
            by_series[key].append(mark)
        else:
            remaining_marks.append(mark)
    all_lanes = [Lane(series[key], marks_of_series) for key, marks_of_series in by_series.items()]
    all_lanes.sort(key=_largest_first)
    lanes = all_lanes[:MOST_LANES]
    for small_lane in all_lanes[MOST_LANES:]:
        remaining_marks += small_lane.marks
    if remaining_marks:
        remaining_marks.sort(key=lambda mark: (mark.first, mark.slug))
        lanes.append(Lane(None, remaining_marks))
    return lanes


def _largest_first(lane: Lane) -> tuple[int, str, str]:
    return -lane.pledges, lane.series.name, lane.series.slug
