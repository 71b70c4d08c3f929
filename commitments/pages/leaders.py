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
    asked = LeaderFilter(
        request.GET, queryset=Leader.objects.published().as_of(request.as_of).with_offices()
    )
    page = paginate(narrow(asked), request)
    return render(request, "commitments/leader_list.html", {"page": page})


@conditional("page", "as_of")
def leader_detail(request, slug):
    summits = (
        Participation.objects.published()
        .as_of(request.as_of)
        .select_related("summit", "party", "tenure")
    )
    leaders = Leader.objects.published().as_of(request.as_of).with_offices()
    leaders = leaders.prefetch_related(
        Prefetch("participations", summits.order_by("-summit__starts_on"))
    )
    leader = find_record(leaders, request, slug)
    own = undertakings_of(leader).as_of(request.as_of)
    shown = {
        "leader": leader,
        "page": paginate(find_leader_pledges(leader, request.as_of), request),
        "record": build_scorecards_by(own).get(()),
        "years": build_years(own),
    }
    return render(request, "commitments/leader_detail.html", shown)


def undertakings_of(leader):
    """Return the undertakings the leader bound a party to, and those of the party for which they
    stated a pledge.

    What another party owes by the same pledge, or by their claim, is no part of their record.
    """
    spoken_for = Q(pledge__stated_by_leader=leader, party=F("pledge__stated_by"))
    return Undertaking.objects.published().filter(Q(leader=leader) | spoken_for)


def find_leader_pledges(leader, as_of):
    """Return the pledges the leader stated or bound a party to."""
    rows = Pledge.objects.published().as_of(as_of)
    bound = Undertaking.objects.published().as_of(as_of).filter(leader=leader)
    return rows.filter(Q(stated_by_leader=leader) | Q(pk__in=bound.values("pledge"))).for_listing()
