from django.db.models import F, Prefetch
from django.shortcuts import render

from commitments.filters import PartyFilter
from commitments.models import Leader, Party, Pledge, Undertaking
from commitments.pages.asking import find_record
from commitments.pages.conditional import conditional
from commitments.pages.paging import narrow, paginate
from commitments.scoreboard import build_scorecards_by, build_years
from commitments.tallies import count_all_verdicts, count_verdicts_by


@conditional(*PartyFilter.names(), "page")
def party_list(request):
    parties = Party.objects.published().as_of(request.as_of).with_undertakings()
    page = paginate(narrow(PartyFilter(request.GET, queryset=parties)), request)
    owed = (
        Undertaking.objects.published()
        .as_of(request.as_of)
        .filter(party__in=[party.pk for party in page])
    )
    counts = count_verdicts_by(owed, "party")
    rows = [(party, counts.get(party.pk)) for party in page]
    return render(request, "commitments/party_list.html", {"page": page, "rows": rows})


@conditional("page", "as_of")
def party_detail(request, slug):
    party = find_record(
        Party.objects.published().as_of(request.as_of).with_members(), request, slug
    )
    own = Undertaking.objects.published().as_of(request.as_of).filter(party=party)
    page = paginate(find_party_pledges(own), request)
    shown = {
        "party": party,
        "page": page,
        "verdicts": count_all_verdicts(own),
        "record": build_scorecards_by(own).get(()),
        "years": build_years(own),
        "leaders": keep_begun(leaders_of(party), by=request.as_of),
        "blocs": keep_begun(blocs_of(party), by=request.as_of),
    }
    return render(request, "commitments/party_detail.html", shown)


def find_party_pledges(own):
    """Return the pledges in which a party has the parts `own`, each with those only: not with those
    of 31 allies.
    """
    return (
        Pledge.objects.published()
        .as_of(own.day)
        .filter(pk__in=own.values("pledge"))
        .select_related("summit", "stated_by")
        .prefetch_related(
            Prefetch("undertakings", own.for_listing(), to_attr="listed_undertakings")
        )
    )


def keep_begun(times, *, by):
    """Return those of `times`, terms and memberships, that had begun by a day; None: all."""
    return [row for row in times if by is None or row.starts_on is None or row.starts_on <= by]


def leaders_of(party):
    """Return the leaders of `party`, once for each office, the present ones first."""
    offices = Leader.objects.published().filter(tenures__party=party)
    return offices.annotate(
        office=F("tenures__office"),
        office_ja=F("tenures__office_ja"),
        starts_on=F("tenures__starts_on"),
        ends_on=F("tenures__ends_on"),
    ).order_by(F("tenures__starts_on").desc(nulls_last=True), "name")


def blocs_of(party):
    """Return the blocs `party` is or was in, with the days: from the bloc's side, since that may be
    a draft.
    """
    blocs = Party.objects.published().filter(memberships__member=party)
    return blocs.annotate(starts_on=F("memberships__starts_on"), ends_on=F("memberships__ends_on"))
