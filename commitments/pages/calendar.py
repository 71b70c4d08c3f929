from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.utils.translation import gettext as _

from commitments.pages.conditional import conditional
from commitments.pages.deadlines import AHEAD, WHEN, count_by_when, list_due
from commitments.pages.paging import paginate


@conditional("when", "page")
def calendar(request):
    when = request.GET.get("when") or AHEAD
    if when not in WHEN:
        values = ", ".join(WHEN)
        raise BadRequest(_("“when”: Give one of: %(values)s.") % {"values": values})
    pledges = list_due(when, on=request.today)
    context = {
        "when": when,
        "page": paginate(pledges.for_listing(), request),
        "counts": count_by_when(on=request.today),
    }
    return render(request, "commitments/calendar.html", context)
