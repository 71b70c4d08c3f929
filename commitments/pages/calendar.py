from typing import NamedTuple

from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.utils.translation import gettext as _

from commitments.due_days import (
    AHEAD,
    PASSED,
    WHEN,
    DueDay,
    count_by_when,
    keep_due,
    list_due,
    list_due_days,
    with_due_days,
)
from commitments.models import Pledge
from commitments.pages.conditional import conditional
from commitments.pages.paging import paginate


class CalendarRow(NamedTuple):
    """A pledge with those of its due days that the calendar shows, the nearest first."""

    pledge: Pledge
    days: list[DueDay]

    @property
    def day(self):
        return self.days[0].day


@conditional("when", "page")
def calendar(request):
    when = request.GET.get("when") or AHEAD
    if when not in WHEN:
        values = ", ".join(WHEN)
        raise BadRequest(_("“when”: Give one of: %(values)s.") % {"values": values})
    pledges = list_due(when, on=request.today).for_listing()
    page = paginate(with_due_days(pledges), request)
    context = {
        "when": when,
        "page": page,
        "rows": build_rows(page, when, request.today),
        "counts": count_by_when(on=request.today),
    }
    return render(request, "commitments/calendar.html", context)


def build_rows(pledges, when, today) -> list[CalendarRow]:
    """Return a row for each of `pledges` with its days that are due `when`."""
    rows = []
    for pledge in pledges:
        days = keep_due(list_due_days(pledge), when, on=today)
        if when == PASSED:
            days.reverse()
        rows.append(CalendarRow(pledge, days))
    return rows
