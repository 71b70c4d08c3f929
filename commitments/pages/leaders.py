from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render

from commitments.filters import LeaderFilter
from commitments.models import Leader, Participation, Pledge
from commitments.pages.conditional import conditional
from commitments.pages.paging import narrowed, page_of


@conditional(*LeaderFilter.names(), "page")
def leader_list(request):
    asked = LeaderFilter(request.GET, queryset=Leader.objects.published().prefetch_related("tenures__party"))
    page = page_of(narrowed(asked), request)
    return render(request, "commitments/leader_list.html", {"page": page})


@conditional("page")
def leader_detail(request, slug):
    summits = Participation.objects.published().select_related("summit", "party", "tenure")
    leader = get_object_or_404(
        Leader.objects.published().prefetch_related(
            "tenures__party", Prefetch("participations", summits.order_by("-summit__starts_on"))
        ),
        slug=slug,
    )
    page = page_of(pledges_of(leader), request)
    return render(request, "commitments/leader_detail.html", {"leader": leader, "page": page})


def pledges_of(leader):
    """Return the pledges the leader stated or bound a party to."""
    rows = Pledge.objects.published()
    own = rows.filter(stated_by_leader=leader).values("pk") | rows.filter(undertakings__leader=leader).values("pk")
    return rows.filter(pk__in=own).for_listing()
