"""How many pledges were made, and what the verdicts on them are: counted in the database."""

from dataclasses import dataclass

from django.db.models import Count

from commitments.models import Pledge, Undertaking
from commitments.scoreboard import count_ours_by
from commitments.verdicts.rollup import Rollup, rollup


@dataclass(frozen=True)
class Tally:
    """How many pledges, and the verdicts on their parties."""

    pledges: int
    verdicts: Rollup


def count_by_record(field, rows, *, on, as_of=None) -> dict[int, Tally]:
    """Return {key: tally} of `rows`, which `field` of a pledge, such as "summit", points at.

    What is overdue on the day `on` is counted as that. With `as_of`: the pledges made by that day,
    and the verdicts shown then. Two statements.

    Only the rows of one page are counted: to count over the join for all of them costs 25 times as
    much.
    """
    keys = [row.pk for row in rows]
    pledges = count_pledges_of(field, keys, as_of)
    verdicts = count_verdicts_of(field, keys, on, as_of)
    tallies = {}
    for key in keys:
        tallies[key] = Tally(
            pledges=pledges.get(key, 0),
            verdicts=verdicts.get(key, rollup([])),
        )
    return tallies


def count_pledges_of(field, keys, as_of) -> dict[int, int]:
    """Return {key: number of pledges} whose `field` has one of `keys`. One statement."""
    of_keys = {f"{field}__in": keys}
    pledges = Pledge.objects.published()
    pledges = pledges.as_of(as_of)
    pledges = pledges.filter(**of_keys)
    pledges = pledges.order_by()
    rows = pledges.values_list(field)
    pledge_count = Count("pk", distinct=True)
    numbers = rows.annotate(pledge_count)
    return dict(numbers)


def count_verdicts_of(field, keys, on, as_of) -> dict[int, Rollup]:
    """Return {key: verdicts} on the pledges whose `field` has one of `keys`. One statement."""
    column = f"pledge__{field}"
    of_keys = {f"{column}__in": keys}
    undertakings = Undertaking.objects.published()
    undertakings = undertakings.as_of(as_of)
    undertakings = undertakings.filter(**of_keys)
    return count_verdicts_by(undertakings, column, on=on)


def count_verdicts_by(undertakings, key, *, on) -> dict:
    """Count verdicts of `undertakings` by `key`, as `count_ours_by` does. One statement."""
    verdicts = {}
    groups = count_ours_by(undertakings, [key], on=on)
    for values, counts in groups.items():
        (value,) = values
        verdicts[value] = counts
    return verdicts


def count_all_verdicts(undertakings, *, on) -> Rollup:
    """Count the same without a key. One statement."""
    counts = count_ours_by(undertakings, (), on=on)
    nothing = rollup([])
    return counts.get((), nothing)
