"""How parties did: counts of our verdicts and, apart from them, of each outside assessor's.

Pages and API read these. Undertakings read `as_of` a day are counted as of then. Ours are the
verdicts of our own published assessments; an outside assessor's are the newest that they published
on each undertaking. Here neither replaces the other, and no number comes without its parts.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q

from commitments.models import OutsideVerdict, Party, Summit, Topic, Undertaking
from commitments.verdicts.rollup import PartCount, Rollup, count_parts, rollup


@dataclass(frozen=True)
class Scorecard:
    """Verdicts on some undertakings: ours on all of them, and each assessor's on some of them."""

    ours: Rollup = field(default_factory=lambda: rollup([]))
    outside: dict[Party, Rollup] = field(default_factory=dict)


@dataclass(frozen=True)
class BoardRow:
    """What one party owes, or what is owed from one summit: in all and by topic.

    A cell is None where nothing is owed on its topic.
    """

    record: Party | Summit
    total: Scorecard
    cells: list[Scorecard | None]

    @property
    def shown_mean(self):
        """The mean score of our verdicts; None where they are too few for one."""
        ours = self.total.ours
        if ours.is_enough:
            return ours.mean_score
        return None


class TopicCells(NamedTuple):
    """A topic with the cells of all rows of a board."""

    topic: Topic
    cells: list[Scorecard | None]


class AssessorCells(NamedTuple):
    """An outside assessor with their verdicts on each row; None where they judged nothing."""

    assessor: Party
    cells: list[Rollup | None]


@dataclass(frozen=True)
class Board:
    """Scorecards of several parties or summits, in all and by topic.

    A pledge on two topics counts under both, one on no topic only in the total: the cells of a row
    need not add up.
    """

    topics: list[Topic]
    rows: list[BoardRow]

    @property
    def is_judged_outside(self):
        verdicts = [row.total.outside for row in self.rows]
        return any(verdicts)

    @property
    def by_topic(self) -> list[TopicCells]:
        rows = [row.cells for row in self.rows]
        columns = []
        for number, topic in enumerate(self.topics):
            cells = [row[number] for row in rows]
            columns.append(TopicCells(topic, cells))
        return columns

    @property
    def by_assessor(self) -> list[AssessorCells]:
        """The outside verdicts on the rows, by the name of the assessor."""
        verdicts = [row.total.outside for row in self.rows]
        assessors = set().union(*verdicts)
        columns = []
        for assessor in sorted(assessors, key=attrgetter("name", "pk")):
            cells = [counts.get(assessor) for counts in verdicts]
            columns.append(AssessorCells(assessor, cells))
        return columns


# What the rows of a board can be sorted by; "-" before the name puts the largest first.
ORDERS = {
    "pledges": lambda row: row.total.ours.parties,
    "party": lambda row: row.record.name,
    "score": lambda row: row.shown_mean,
}


def build_scorecard(party, undertakings=None) -> Scorecard:
    """Return the scorecard of `party`. Three statements; two where no outsider judged it."""
    if undertakings is None:
        undertakings = Undertaking.objects.published()
    rows = undertakings.filter(party=party)
    cards = build_scorecards_by(rows)
    # Without keys all undertakings are one group.
    key = ()
    return cards.get(key, Scorecard())


def build_scoreboard(undertakings=None, *, by="-pledges", on=None) -> Board:
    """Return the scorecard of every party that owes one of `undertakings`, or any public one.

    Eight statements.
    """
    if undertakings is None:
        undertakings = Undertaking.objects.published()
    owed = undertakings.order_by()
    keys = owed.values("party")
    parties = Party.objects.published()
    parties = parties.filter(pk__in=keys)
    parties = parties.order_by("name", "slug")
    board = build_board(parties, undertakings, "party", on=on)
    rows = sort_rows(board.rows, by)
    return Board(board.topics, rows)


def build_board(records, undertakings, path, *, on=None) -> Board:
    """Return a row for each of `records`, in their order, with the scorecards of `undertakings`.

    `path` leads from an undertaking to its record. Eight statements, if one reads the records.
    """
    totals = build_scorecards_by(undertakings, path, on=on)
    by_topic = build_scorecards_by(undertakings, path, "pledge__topics", on=on)
    topic_keys = {topic for _record, topic in by_topic}
    topics = load_topics(topic_keys)
    rows = []
    for record in records:
        key = (record.pk,)
        total = totals.get(key, Scorecard())
        cell_keys = [(record.pk, topic.pk) for topic in topics]
        cells = [by_topic.get(cell_key) for cell_key in cell_keys]
        row = BoardRow(record, total, cells)
        rows.append(row)
    return Board(topics, rows)


def load_topics(keys) -> list[Topic]:
    """Return the public topics with these keys; a draft's topic has scorecards, but no column."""
    keys = keys - {None}
    topics = Topic.objects.published()
    topics = topics.filter(pk__in=keys)
    return list(topics)


def sort_rows(rows, by) -> list[BoardRow]:
    """Return `rows` in the order `by`, equal ones in the order they have.

    Rows without a value to sort by, such as too few verdicts for a mean, come last in any order.
    """
    read_value = ORDERS[by.removeprefix("-")]
    with_value = []
    without_value = []
    for row in rows:
        if read_value(row) is None:
            without_value.append(row)
        else:
            with_value.append(row)
    with_value.sort(key=read_value, reverse=by.startswith("-"))
    return with_value + without_value


def build_years(undertakings, *, on=None) -> list[tuple[int, Scorecard]]:
    """Return the scorecard of each year in which pledges were made, the newest first.

    Three statements.
    """
    cards = build_scorecards_by(undertakings, "pledge__made_on__year", on=on)
    years = []
    for key in sorted(cards, reverse=True):
        (year,) = key
        years.append((year, cards[key]))
    return years


def build_scorecards_by(undertakings, *keys, on=None) -> dict[tuple, Scorecard]:
    """Return {values of `keys`: scorecard} of public `undertakings`. Three statements at most.

    With `on`, what is overdue that day is counted as that; its score stays that of its status.
    """
    ours = count_ours_by(undertakings, keys, on=on)
    outside = count_outside_by(undertakings, keys)
    cards = {}
    for key, counts in ours.items():
        theirs = outside.get(key, {})
        cards[key] = Scorecard(counts, theirs)
    return cards


def count_ours_by(undertakings, keys, *, on=None, by_standing=True) -> dict[tuple, Rollup]:
    """Return {values of `keys`: counts} of our verdicts on `undertakings`, with those that others
    alone have judged apart; see `group_parts`. One statement.
    """
    groups = group_parts(undertakings, keys, on=on, by_standing=by_standing)
    groups = groups.annotate(Count("pk"))
    width = len(keys)
    parts = defaultdict(list)
    for values in groups:
        key = values[:width]
        row = values[width:]
        part = PartCount(*row)
        parts[key].append(part)
    return count_groups(parts)


def group_parts(undertakings, keys, *, on=None, by_standing=True):
    """Return a query of groups of `undertakings`: the values of `keys`, then those of a PartCount.

    With `on`, what is overdue that day is a group of its own, and what has no verdict by the
    reason, unless they are not to be grouped `by_standing`. What is scored is always the status.
    """
    status = undertakings.status_column
    rows = undertakings.with_reason(on=on)
    column = status
    if on and by_standing:
        rows = undertakings.with_standing(on=on)
        column = "standing"
    is_exempt = ExpressionWrapper(~Q(exempt_reason=""), BooleanField())
    rows = rows.with_author()
    rows = rows.annotate(is_exempt=is_exempt)
    rows = rows.order_by()
    late = undertakings.ours_column("late")
    return rows.values_list(
        *keys,
        F(column),
        F(status),
        "reason",
        "is_exempt",
        "others_alone",
        F(late),
    )


def count_groups(parts) -> dict[tuple, Rollup]:
    """Return {key: counts} of `parts`, which are {key: list of PartCount}."""
    counts = {}
    for key, rows in parts.items():
        counts[key] = count_parts(rows)
    return counts


def count_outside_by(undertakings, keys) -> dict[tuple, dict[Party, Rollup]]:
    """Return {values of `keys`: {assessor: counts}} of the outside verdicts on `undertakings`.

    Two statements, one if there are none.
    """
    verdicts = OutsideVerdict.objects.published().as_of(undertakings.day)
    verdicts = verdicts.newest_of_each()
    verdicts = verdicts.filter(undertaking__in=undertakings)
    columns = [f"undertaking__{key}" for key in keys]
    theirs = count_by(
        verdicts,
        ["report__assessor", *columns],
        status="status",
        exempt="undertaking__exempt_reason",
    )
    by_assessor = defaultdict(dict)
    for (assessor, *key), counts in theirs.items():
        by_assessor[assessor][tuple(key)] = counts
    assessors = Party.objects.published()
    assessors = assessors.filter(pk__in=set(by_assessor))
    outside = defaultdict(dict)
    for assessor in assessors:
        by_key = by_assessor[assessor.pk]
        for key, counts in by_key.items():
            outside[key][assessor] = counts
    return outside


def count_by(verdicts, keys, *, status, exempt) -> dict[tuple, Rollup]:
    """Return {values of `keys`: counts} of what the field `status` of outside `verdicts` says.

    Rows with a text in the field `exempt` are counted apart. One statement.
    """
    no_reason = Q((exempt, ""))
    is_exempt = ExpressionWrapper(~no_reason, BooleanField())
    rows = verdicts.order_by()
    rows = rows.annotate(is_exempt=is_exempt)
    groups = rows.values_list(*keys, "is_exempt", F(status))
    groups = groups.annotate(Count("pk"))
    parts = defaultdict(list)
    for *values, exempted, code, count in groups:
        key = tuple(values)
        part = PartCount(code, code, is_exempt=exempted, number=count)
        parts[key].append(part)
    return count_groups(parts)
