"""How many pledges were made, and what the verdicts on them are: counted in the database."""

from dataclasses import dataclass

from django.db.models import Count, Value

from commitments.models import Pledge, Undertaking
from commitments.scoreboard import count_by
from commitments.verdicts.rollup import Rollup, rollup


@dataclass(frozen=True)
class Tally:
    """How many pledges, and the verdicts on their parties."""

    pledges: int
    verdicts: Rollup


def count_by_record(field, rows, *, as_of=None) -> dict[int, Tally]:
    """Count pledges and verdicts by `field` of the pledge ("summit"), for the keys of `rows`. Two
    statements.

    With `as_of`: the pledges made by that day, and the verdicts shown then.

    Counted for the rows of one page: counting over the join for all of them costs 25 times as much.
    """
    keys = [row.pk for row in rows]
    pledges = Pledge.objects.published().as_of(as_of).filter(**{f"{field}__in": keys}).order_by()
    totals = dict(pledges.values_list(field).annotate(Count("pk", distinct=True)))
    owed = Undertaking.objects.published().as_of(as_of).filter(**{f"pledge__{field}__in": keys})
    verdicts = count_verdicts_by(owed, f"pledge__{field}")
    return {key: Tally(totals.get(key, 0), verdicts.get(key, rollup([]))) for key in keys}


def count_verdicts_by(undertakings, key) -> dict:
    """Count verdicts of `undertakings` by `key`, the exempt apart. One statement."""
    counted = count_by(
        undertakings, [key], status=undertakings.status_column, exempt="exempt_reason"
    )
    return {value: verdicts for (value,), verdicts in counted.items()}


def count_all_verdicts(undertakings) -> Rollup:
    """Count the verdicts of `undertakings`, the exempt apart. One statement."""
    return count_verdicts_by(undertakings.annotate(everything=Value(1)), "everything").get(
        1, rollup([])
    )
