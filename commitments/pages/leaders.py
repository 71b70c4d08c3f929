from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, render

from commitments.filters import LeaderFilter
from commitments.models import Leader, Participation, Pledge, Undertaking
from commitments.pages.conditional import conditional
from commitments.pages.paging import narrowed, page_of
from commitments.scoreboard import scorecards_by, years


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
    own = undertakings_of(leader)
    shown = {
        "leader": leader,
        "page": page_of(pledges_of(leader), request),
        "record": scorecards_by(own).get(()),
        "years": years(own),
    }
    return render(request, "commitments/leader_detail.html", shown)


def undertakings_of(leader):
    """Return the undertakings the leader bound a party to, and those of the pledges they stated."""
    return Undertaking.objects.published().filter(Q(leader=leader) | Q(pledge__stated_by_leader=leader))


def pledges_of(leader):
    """Return the pledges the leader stated or bound a party to."""
    rows = Pledge.objects.published()
    own = rows.filter(stated_by_leader=leader).values("pk") | rows.filter(undertakings__leader=leader).values("pk")
    return rows.filter(pk__in=own).for_listing()
