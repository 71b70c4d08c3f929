"""Summits in the order of time, each with what became of the pledges made there."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, Value

from commitments.models import Pledge, Undertaking
from commitments.verdicts.rollup import Rollup, rollup
from commitments.verdicts.statuses import NOT_ASSESSED


@dataclass(frozen=True)
class Tally:
    """How many pledges, and the verdicts on their parties."""

    pledges: int
    verdicts: Rollup


def tallies(field, rows, *, as_of=None) -> dict[int, Tally]:
    """Count pledges and verdicts by `field` of the pledge ("summit"), for the keys of `rows`. Two statements.

    With `as_of`: the pledges made by that day, and the verdicts shown then.

    Counted for the rows of one page: counting over the join for all of them costs 25 times as much.
    """
    keys = [row.pk for row in rows]
    pledges = Pledge.objects.published().as_of(as_of).filter(**{f"{field}__in": keys}).order_by()
    totals = dict(pledges.values_list(field).annotate(Count("pk", distinct=True)))
    owed = Undertaking.objects.published().as_of(as_of).filter(**{f"pledge__{field}__in": keys})
    verdicts = tally_by(owed, f"pledge__{field}")
    return {key: Tally(totals.get(key, 0), verdicts.get(key, rollup([]))) for key in keys}


def tally_by(undertakings, key) -> dict:
    """Count verdicts of `undertakings` by `key`, the exempt apart. One statement."""
    counted, exempt = defaultdict(Counter), Counter()
    is_exempt = ExpressionWrapper(~Q(exempt_reason=""), BooleanField())
    rows = undertakings.order_by().annotate(is_exempt=is_exempt)
    rows = rows.values_list(key, "is_exempt", F(undertakings.status_column))
    for value, apart, status, count in rows.annotate(Count("pk")):
        if apart:
            exempt[value] += count
        else:
            counted[value][status or NOT_ASSESSED] += count
    return {value: rollup(counted[value].elements(), exempt=exempt[value]) for value in counted.keys() | exempt.keys()}


def tally(undertakings) -> Rollup:
    """Count the verdicts of `undertakings`, the exempt apart. One statement."""
    return tally_by(undertakings.annotate(everything=Value(1)), "everything").get(1, rollup([]))
