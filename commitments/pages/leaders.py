from django.db.models import F, Prefetch, Q
from django.shortcuts import render

from commitments.filters import LeaderFilter
from commitments.models import Leader, Participation, Pledge, Undertaking
from commitments.pages.asking import find_record
from commitments.pages.conditional import conditional
from commitments.pages.paging import narrow, paginate
from commitments.scoreboard import build_scorecards_by, build_years


@conditional(*LeaderFilter.names(), "page")
def leader_list(request):
    leaders = Leader.objects.published().as_of(request.as_of).with_offices()
    filterset = LeaderFilter(request.GET, queryset=leaders)
    page = paginate(narrow(filterset), request)
    return render(request, "commitments/leader_list.html", {"page": page})


@conditional("page", "as_of")
def leader_detail(request, slug):
    participations = (
        Participation.objects.published()
        .as_of(request.as_of)
        .select_related("summit", "party", "tenure")
        .order_by("-summit__starts_on")
    )
    leaders = (
        Leader.objects.published()
        .as_of(request.as_of)
        .with_offices()
        .prefetch_related(Prefetch("participations", participations))
    )
    leader = find_record(leaders, request, slug)
    undertakings = find_leader_undertakings(leader).as_of(request.as_of)
    pledges = find_leader_pledges(leader, request.as_of)
    context = {
        "leader": leader,
        "page": paginate(pledges, request),
        "record": build_scorecards_by(undertakings, on=request.today).get(()),
        "years": build_years(undertakings, on=request.today),
    }
    return render(request, "commitments/leader_detail.html", context)


def find_leader_undertakings(leader):
    """Return what the leader bound a party to, and the parts of the party for which they stated a
    pledge.

    What other parties owe by the same pledge, or by the leader's claim, is not on their record.
    """
    is_bound_by_leader = Q(leader=leader)
    is_stated_by_leader = Q(
        pledge__stated_by_leader=leader,
        party=F("pledge__stated_by"),
    )
    undertakings = Undertaking.objects.published()
    return undertakings.filter(is_bound_by_leader | is_stated_by_leader)


def find_leader_pledges(leader, as_of):
    """Return the pledges the leader stated or bound a party to."""
    pledges = Pledge.objects.published().as_of(as_of)
    undertakings = Undertaking.objects.published().as_of(as_of)
    bound = undertakings.filter(leader=leader)
    is_stated = Q(stated_by_leader=leader)
    is_bound = Q(pk__in=bound.values("pledge"))
    return pledges.filter(is_stated | is_bound).for_listing()
