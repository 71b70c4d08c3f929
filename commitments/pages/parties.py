from typing import NamedTuple

from django.db.models import F, Prefetch
from django.shortcuts import render

from commitments.filters import PartyFilter
from commitments.models import Leader, Party, Pledge, Undertaking
from commitments.pages.asking import find_record
from commitments.pages.conditional import conditional
from commitments.pages.paging import narrow, paginate
from commitments.pages.terms import keep_begun, list_other_names
from commitments.scoreboard import build_scorecards_by, build_years
from commitments.tallies import count_all_verdicts, count_verdicts_by
from commitments.verdicts.rollup import Rollup


class PartyRow(NamedTuple):
    """A party in the list, and the verdicts on what it owes; None if it owes nothing."""

    party: Party
    verdicts: Rollup | None


@conditional(*PartyFilter.names(), "page")
def party_list(request):
    parties = Party.objects.published().as_of(request.as_of).with_undertakings()
    filterset = PartyFilter(request.GET, queryset=parties)
    page = paginate(narrow(filterset), request)
    context = {
        "page": page,
        "rows": list_party_rows(page, on=request.today, as_of=request.as_of),
    }
    return render(request, "commitments/party_list.html", context)


def list_party_rows(parties, *, on, as_of):
    """Return a `PartyRow` for each of `parties`. One statement."""
    keys = [party.pk for party in parties]
    undertakings = Undertaking.objects.published().as_of(as_of)
    undertakings = undertakings.filter(party__in=keys)
    verdicts = count_verdicts_by(undertakings, "party", on=on)
    rows = []
    for party in parties:
        row = PartyRow(party, verdicts.get(party.pk))
        rows.append(row)
    return rows


@conditional("page", "as_of")
def party_detail(request, slug):
    parties = Party.objects.published().as_of(request.as_of)
    parties = parties.with_members().with_names()
    party = find_record(parties, request, slug)
    undertakings = Undertaking.objects.published().as_of(request.as_of)
    undertakings = undertakings.filter(party=party)
    pledges = find_party_pledges(undertakings)
    page = paginate(pledges, request)
    context = {
        "party": party,
        "names": list_other_names(party, by=request.as_of),
        "page": page,
        "verdicts": count_all_verdicts(undertakings, on=request.today),
        "record": build_scorecards_by(undertakings, on=request.today).get(()),
        "years": build_years(undertakings, on=request.today),
        "terms": keep_begun(find_terms(party), by=request.as_of),
        "memberships": keep_begun(find_memberships(party), by=request.as_of),
    }
    return render(request, "commitments/party_detail.html", context)


def find_party_pledges(undertakings):
    """Return the pledges that have `undertakings`, those of one party, each with these only: a
    pledge may have 31 other parties.
    """
    parts = Prefetch(
        "undertakings",
        undertakings.for_listing(),
        to_attr="listed_undertakings",
    )
    return (
        Pledge.objects.published()
        .as_of(undertakings.day)
        .filter(pk__in=undertakings.values("pledge"))
        .select_related("summit", "stated_by")
        .prefetch_related(parts)
    )


def find_terms(party):
    """Return the terms of office of the public leaders of `party`, the present ones first."""
    public = Leader.objects.published()
    terms = party.tenures.filter(leader__in=public).select_related("leader")
    return terms.order_by(F("starts_on").desc(nulls_last=True), "leader__name")


def find_memberships(party):
    """Return the memberships of `party` in public blocs."""
    public = Party.objects.published()
    memberships = party.member_of.filter(bloc__in=public).select_related("bloc")
    return memberships.order_by("bloc__name", "starts_on")
