"""How many pledges each option of a facet would leave.

Each facet is counted without its own filter and with all others, so that a count is what a reader
gets by choosing the option. This takes eight statements, however many filters are set: one for the
columns of the pledge, one for those of the summit, one for what verdicts say of themselves, and one
for each of the five other facets.
"""

from collections import Counter
from typing import NamedTuple

from django.db.models import CharField, Count, F, Q, Value

from commitments.filters import ByUndertaking
from commitments.models import Pledge
from commitments.verdicts.statuses import NOT_ASSESSED

# The facets that are columns of the pledge. Each has few values, so that one statement can count
# all their combinations.
PLEDGE_COLUMNS = {
    "kind": "kind",
    "attribution": "attribution",
    "modality": "modality",
    "year": "made_on__year",
}
SUMMIT_COLUMNS = (
    "summit",
    "summit__slug",
    "summit__series",
    "summit__series__slug",
)
# The facets that are columns of our verdict.
OUR_COLUMNS = ("cause", "confidence")
# The facets that are a question, with the answers to it that are options.
ANSWERS = {
    "late": ("yes",),
    "judged_by": ("ours", "others"),
    "may_be_out_of_date": ("yes",),
}
# Of rows of pledges, and of rows of undertakings.
ROW_COUNT = Count("pk")
PLEDGE_COUNT = Count("pledge", distinct=True)


class SummitCount(NamedTuple):
    """How many pledges were made at a summit, which may belong to no series."""

    summit: int
    summit_slug: str
    series: int | None
    series_slug: str | None
    count: int


class FacetCounter:
    """Counts the facets of the valid `filterset`, a `PledgeFilter`.

    The counts of a facet are {key: number of pledges}. The key is the value of a column, or the
    primary key of a record.
    """

    def __init__(self, filterset):
        self.filterset = filterset
        self.values = filterset.read_values()

    def count_all(self):
        """Return {facet: counts}. Eight statements."""
        return {
            **self.count_pledge_columns(),
            **self.count_summits(),
            "topic": self.count_topics(),
            "party": self.count_parties(),
            "leader": self.count_leaders(),
            "status": self.count_statuses(),
            **self.count_our_columns(),
            "overdue": self.count_overdue(),
        }

    def count_pledge_columns(self):
        """Return {facet: counts} of all `PLEDGE_COLUMNS`. One statement.

        A combination of values counts for a facet if it matches the filters on all other columns.
        """
        pledges = self._find_pledges(without=PLEDGE_COLUMNS)
        columns = PLEDGE_COLUMNS.values()
        rows = pledges.values_list(*columns).annotate(ROW_COUNT)
        counts = {}
        for name in PLEDGE_COLUMNS:
            counts[name] = Counter()
        for *combination, count in rows:
            pairs = zip(PLEDGE_COLUMNS, combination, strict=True)
            row = dict(pairs)
            mismatches = set()
            for name, value in row.items():
                if not self._allows(name, value):
                    mismatches.add(name)
            for name, value in row.items():
                if mismatches <= {name}:
                    counts[name][value] += count
        return counts

    def count_summits(self):
        """Return {facet: counts} of summits and series. One statement."""
        pledges = self._find_pledges(without=("summit", "series"))
        pledges = pledges.filter(summit__isnull=False)
        rows = pledges.values_list(*SUMMIT_COLUMNS).annotate(ROW_COUNT)
        summits = Counter()
        series = Counter()
        for values in rows:
            row = SummitCount(*values)
            if self._allows("series", row.series_slug):
                summits[row.summit] += row.count
            if row.series is None:
                continue
            if self._allows("summit", row.summit_slug):
                series[row.series] += row.count
        return {"summit": summits, "series": series}

    def _allows(self, name, value):
        """Whether the filter `name` is not set, or set to `value`."""
        wanted = self.values.get(name, value)
        return wanted == value

    def count_topics(self):
        pledges = self._find_pledges(without=["topic"])
        rows = pledges.values_list("topics")
        numbers = rows.annotate(ROW_COUNT)
        return dict(numbers)

    def count_parties(self):
        undertakings = self._find_undertakings(without="party")
        return _count_pledges_by("party", undertakings)

    def count_leaders(self):
        """Count a pledge for who stated it, and for each other leader who bound a party to it."""
        undertakings = self._find_undertakings(without="leader")
        speaker = "pledge__stated_by_leader"
        bound = undertakings.exclude(leader=F(speaker))
        stated_counts = undertakings.values_list(speaker).annotate(PLEDGE_COUNT)
        bound_counts = bound.values_list("leader").annotate(PLEDGE_COUNT)
        rows = stated_counts.union(bound_counts, all=True)
        counts = Counter()
        for leader, count in rows:
            counts[leader] += count
        return counts

    def count_statuses(self):
        """Count by status. An exempt party without a verdict counts for none."""
        undertakings = self._find_undertakings(without="status")
        column = undertakings.status_column
        has_verdict = ~Q(**{column: ""})
        is_bound = Q(exempt_reason="")
        undertakings = undertakings.filter(has_verdict | is_bound)
        counts = _count_pledges_by(column, undertakings)
        if "" in counts:
            number = counts.pop("")
            counts[NOT_ASSESSED] = number
        return counts

    def count_our_columns(self):
        """Return {facet: counts} of what verdicts say of themselves: of whom they are, how sure
        and how old ours are; and why there is none. One statement: a union.
        """
        counts = {}
        for name in (*ANSWERS, *OUR_COLUMNS, "unjudged_reason"):
            counts[name] = {}
        columns = [self._count_our_column(name) for name in OUR_COLUMNS]
        answers = []
        for name, values in ANSWERS.items():
            for value in values:
                answer = self._count_answer(name, value)
                answers.append(answer)
        reasons = self._count_reasons()
        rows = reasons.union(*columns, *answers, all=True)
        for name, value, count in rows:
            counts[name][value] = count
        return counts

    def _count_our_column(self, name):
        undertakings = self._find_undertakings(without=name)
        column = undertakings.ours_column(name)
        nothing = {column: ""}
        no_verdict = {f"{column}__isnull": True}
        judged = undertakings.exclude(**no_verdict)
        judged = judged.exclude(**nothing)
        facet = Value(name, CharField())
        rows = judged.values_list(
            facet,
            F(column),
        )
        return rows.annotate(PLEDGE_COUNT)

    def _count_reasons(self):
        undertakings = self._find_undertakings(without="unjudged_reason")
        rows = undertakings.with_reason(on=self.filterset.today)
        # Taken out by a filter of its own, so that the grouping has only the reason.
        unjudged = rows.exclude(reason="")
        facet = Value("unjudged_reason", CharField())
        reason = F("reason")
        grouped = unjudged.values_list(facet, reason)
        return grouped.annotate(PLEDGE_COUNT)

    def _count_answer(self, name, value):
        """Count the one answer `value` of the filter `name`."""
        undertakings = self._find_undertakings(without=name)
        answer_filter = self.filterset.filters[name]
        matching = answer_filter.filter(undertakings, value)
        facet = Value(name, CharField())
        answer = Value(value, CharField())
        rows = matching.values_list(facet, answer)
        return rows.annotate(PLEDGE_COUNT)

    def count_overdue(self):
        """Count what is overdue. What is not is no option of its own."""
        undertakings = self._find_undertakings(without="overdue")
        today = self.filterset.today
        late = undertakings.overdue(on=today)
        totals = late.aggregate(count=PLEDGE_COUNT)
        return {"true": totals["count"]}

    def _find_pledges(self, *, without):
        """Return the pledges that match all filters set except those in `without`."""
        public = Pledge.objects.published()
        values = self._leave_out({*without, "ordering"})
        matches = self.filterset.keep(
            public.as_of(self.filterset.day),
            values,
        )
        # By key, so that the columns a search adds to its rows take no part in the counting.
        keys = matches.order_by().values("pk")
        return public.filter(pk__in=keys).order_by()

    def _find_undertakings(self, *, without):
        """Return the undertakings that match all filters set except `without`."""
        undertaking_filters = {without, *ByUndertaking.base_filters}
        pledges = self._find_pledges(without=undertaking_filters)
        values = self._leave_out({without})
        undertakings = self.filterset.find_undertakings(values)
        keys = pledges.values("pk")
        undertakings = undertakings.filter(pledge__in=keys)
        return undertakings.order_by()

    def _leave_out(self, names):
        """Return the values of the filters set, without those of `names`."""
        values = self.values.copy()
        for name in names:
            values.pop(name, None)
        return values


def _count_pledges_by(column, undertakings):
    """Return {value of the column: number of pledges}."""
    rows = undertakings.values_list(F(column))
    numbers = rows.annotate(PLEDGE_COUNT)
    return dict(numbers)
