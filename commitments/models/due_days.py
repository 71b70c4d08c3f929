"""The last day on which each party can keep its part in time."""

from datetime import date

from commitments.models.criteria import Criteria
from commitments.models.pledges import Pledge
from commitments.models.targets import Target, TargetRole
from commitments.verdicts.dates import Precision

# A party with one of these has said that no day ends its part.
ENDLESS = (Precision.ONGOING, Precision.RECURRING)


def choose_due_day(undertaking, *, own_target=None, pledge_deadline=None, judged_from=None):
    """Return the last day of `undertaking`, None without one.

    Its own deadline counts, else the due day of its own primary target, else the deadline of the
    pledge, else the day from which the criteria can be judged.
    """
    if undertaking.deadline_precision in ENDLESS:
        return None
    for day in (undertaking.deadline, own_target, pledge_deadline, judged_from):
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
    targets = Target.objects.filter(pledge__in=pledges)
    targets = targets.filter(role=TargetRole.PRIMARY, undertaking__isnull=False)
    own_targets = dict(targets.values_list("undertaking", "due"))
    criteria = Criteria.objects.filter(pledge__in=pledges)
    # Of several versions the newest is set last.
    criteria = criteria.order_by("number")
    judged_from = dict(criteria.values_list("pledge", "judged_from"))
    days = {}
    for row in undertakings:
        days[row.pk] = choose_due_day(
            row,
            own_target=own_targets.get(row.pk),
            pledge_deadline=deadlines.get(row.pledge_id),
            judged_from=judged_from.get(row.pledge_id),
        )
    return days
