"""How parties did: counts of verdicts, ours and each outside assessor's apart, never one number
without its parts.

A read for pages and API; undertakings read `as_of` a day are counted as of then. Ours are the
verdicts of our own published assessments; an outside assessor's are the newest that they published
on each undertaking. Neither stands in for the other here.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q

from commitments.models import OutsideVerdict, Party, Summit, Topic, Undertaking
from commitments.verdicts.rollup import Rollup, rollup
from commitments.verdicts.statuses import NOT_ASSESSED


@dataclass(frozen=True)
class Scorecard:
    """Verdicts on some undertakings: ours on all of them, and by assessor what outsiders judged of
    them.
    """

    ours: Rollup = field(default_factory=lambda: rollup([]))
    outside: dict[Party, Rollup] = field(default_factory=dict)


@dataclass(frozen=True)
class BoardRow:
    """One party: all it owes, and by topic, None where it owes nothing; or one summit: all that is
    owed from it.
    """

    record: Party | Summit
    total: Scorecard
    cells: list[Scorecard | None]


@dataclass(frozen=True)
class Board:
    """A pledge on two topics counts under both, one on none only in the total: rows do not add up,
    and need not.
    """

    topics: list[Topic]
    rows: list[BoardRow]

    @property
    def is_judged_outside(self):
        return any(row.total.outside for row in self.rows)

    @property
    def by_topic(self):
        """The board turned round: each topic with the cells of all rows."""
        return list(
            zip(self.topics, zip(*(row.cells for row in self.rows), strict=True), strict=True)
        )

    @property
    def by_assessor(self):
        """Each outside assessor, by name, with what they judged of each row: None where they judged
        nothing.
        """
        assessors = {assessor for row in self.rows for assessor in row.total.outside}
        return [
            (assessor, [row.total.outside.get(assessor) for row in self.rows])
            for assessor in sorted(assessors, key=lambda assessor: (assessor.name, assessor.pk))
        ]


# What the rows of a board can be sorted by; "-" before the name is the largest first.
ORDERS = {
    "pledges": lambda row: row.total.ours.parties,
    "party": lambda row: row.record.name,
    "score": lambda row: row.total.ours.mean_score if row.total.ours.is_enough else None,
}


def build_scorecard(party, undertakings=None) -> Scorecard:
    """Return the scorecard of `party`. Three statements; two where no outsider judged it."""
    rows = Undertaking.objects.published() if undertakings is None else undertakings
    return build_scorecards_by(rows.filter(party=party)).get((), Scorecard())


def build_scoreboard(undertakings=None, *, by="-pledges") -> Board:
    """Return every party's scorecard, in all and by topic, of `undertakings` or all public ones.
    Eight statements.
    """
    rows = Undertaking.objects.published() if undertakings is None else undertakings
    parties = Party.objects.published().filter(pk__in=rows.order_by().values("party"))
    board = build_board(parties.order_by("name", "slug"), rows, "party")
    return Board(board.topics, sort_rows(board.rows, by))


def build_board(records, undertakings, key) -> Board:
    """Return the scorecard of each of `records`, found by `key` in public `undertakings`, in their
    order.

    Eight statements, if one reads the records.
    """
    totals = build_scorecards_by(undertakings, key)
    by_topic = build_scorecards_by(undertakings, key, "pledge__topics")
    # Names last, and only public ones: a draft's topic has rows here, but no column.
    topics = list(
        Topic.objects.published().filter(pk__in={topic for _record, topic in by_topic} - {None})
    )
    rows = [
        BoardRow(
            record,
            totals.get((record.pk,), Scorecard()),
            [by_topic.get((record.pk, topic.pk)) for topic in topics],
        )
        for record in records
    ]
    return Board(topics, rows)


def sort_rows(rows, by) -> list[BoardRow]:
    """Return `rows` in the order `by`, equal ones as they stood; a mean that is not shown sorts
    nothing: it is last.
    """
    value = ORDERS[by.removeprefix("-")]
    with_value = [row for row in rows if value(row) is not None]
    ordered = sorted(with_value, key=value, reverse=by.startswith("-"))
    return ordered + [row for row in rows if value(row) is None]


def build_years(undertakings) -> list[tuple[int, Scorecard]]:
    """Return the scorecard of each year in which pledges were made, the newest first. Three
    statements.
    """
    cards = build_scorecards_by(undertakings, "pledge__made_on__year")
    return [(year, cards[year,]) for (year,) in sorted(cards, reverse=True)]


def build_scorecards_by(undertakings, *keys) -> dict[tuple, Scorecard]:
    """Return scorecards of public `undertakings` by the values of `keys`. Three statements at
    most.
    """
    ours = count_by(
        undertakings, keys, status=undertakings.ours_column("status"), exempt="exempt_reason"
    )
    theirs = count_by(
        OutsideVerdict.objects.published()
        .as_of(undertakings.day)
        .newest_of_each()
        .filter(undertaking__in=undertakings),
        ("report__assessor", *(f"undertaking__{key}" for key in keys)),
        status="status",
        exempt="undertaking__exempt_reason",
    )
    assessors = Party.objects.published().filter(pk__in={assessor for assessor, *_key in theirs})
    outside = defaultdict(dict)
    for assessor in assessors:
        for (who, *key), counted in theirs.items():
            if who == assessor.pk:
                outside[tuple(key)][assessor] = counted
    return {key: Scorecard(ours.get(key, rollup([])), outside.get(key, {})) for key in ours}


def count_by(rows, keys, *, status, exempt) -> dict[tuple, Rollup]:
    """Count what the field `status` of `rows` says by the values of `keys`, the exempt apart. One
    statement.
    """
    counted, apart = defaultdict(Counter), Counter()
    is_exempt = ExpressionWrapper(~Q(**{exempt: ""}), BooleanField())
    grouped = (
        rows.order_by().annotate(is_exempt=is_exempt).values_list(*keys, "is_exempt", F(status))
    )
    for *key, set_apart, word, count in grouped.annotate(Count("pk")):
        if set_apart:
            apart[tuple(key)] += count
        else:
            counted[tuple(key)][word or NOT_ASSESSED] += count
    return {
        key: rollup(counted[key].elements(), exempt=apart[key])
        for key in counted.keys() | apart.keys()
    }
