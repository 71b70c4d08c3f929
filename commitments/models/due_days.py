"""The last day on which each party can keep its part in time."""

from datetime import date
from typing import NamedTuple

from commitments.models.criteria import Criteria
from commitments.models.pledges import Pledge
from commitments.models.targets import Target, TargetRole
from commitments.verdicts.dates import Precision

# A party with one of these has said that no day ends its part.
ENDLESS = (Precision.ONGOING, Precision.RECURRING)


class DueDays(NamedTuple):
    """What may set the last day of a part, beside its own deadline; each may be None.

    They are the due day of the party's own primary target, the pledge's deadline, the due day of
    the primary target that all parties share, and the day from which the criteria can be judged.
    """

    own_target: date | None
    pledge_deadline: date | None
    common_target: date | None
    judged_from: date | None


def choose_due_day(undertaking, days: DueDays) -> date | None:
    """Return the last day of `undertaking`: its own deadline, else the first of `days` there is."""
    if undertaking.deadline_precision in ENDLESS:
        return None
    for day in (undertaking.deadline, *days):
        if day is not None:
            return day
    return None


def find_due_days(undertakings) -> dict[int, date | None]:
    """Return {undertaking pk: last day}, as the rows of their pledges are stored now.

    Three statements, however many there are.
    """
    pledges = {row.pledge_id for row in undertakings}
    rows = Pledge.objects.filter(pk__in=pledges)
    deadlines = dict(rows.values_list("pk", "deadline"))
    targets = Target.objects.filter(pledge__in=pledges, role=TargetRole.PRIMARY)
    target_days = {}
    for pledge, undertaking, due in targets.values_list("pledge", "undertaking", "due"):
        target_days[pledge, undertaking] = due
    criteria = Criteria.objects.filter(pledge__in=pledges)
    # Of several versions the newest is set last.
    criteria = criteria.order_by("number")
    judged_from = dict(criteria.values_list("pledge", "judged_from"))
    days = {}
    for row in undertakings:
        pledge = row.pledge_id
        due_days = DueDays(
            own_target=target_days.get((pledge, row.pk)),
            pledge_deadline=deadlines.get(pledge),
            common_target=target_days.get((pledge, None)),
            judged_from=judged_from.get(pledge),
        )
        days[row.pk] = choose_due_day(row, due_days)
    return days
