"""Two parties or two summits side by side: `?party=japan&party=united-states`."""

from django import forms
from django.core.exceptions import BadRequest
from django.db.models import Case, Count, Prefetch, Value, When, Window
from django.shortcuts import render
from django.utils.translation import gettext as _

from commitments.models import Participation, Party, Pledge, Summit, SummitKind, Undertaking
from commitments.models.roots import SLUG
from commitments.pages.asking import NotYet
from commitments.pages.conditional import conditional
from commitments.pages.paging import paginate
from commitments.scoreboard import build_board, count_by

# In whatever order two are asked for, they stand in this one: a comparison is one page, under one
# address.
KINDS = {"party": (Party, ("name", "slug")), "summit": (Summit, ("starts_on", "slug"))}
SLUGS = forms.CharField(max_length=160, validators=[SLUG], strip=False)
# Of what one of two parties owes and the other does not; the list of pledges has the rest.
MOST_EACH = 10


@conditional(*KINDS, "page", "as_of")
def comparison(request):
    kind, slugs = two_asked(request.GET)
    records = records_asked(kind, slugs, request.as_of)
    shown = {
        "kind": kind,
        "records": records,
        "offered": {name: list_comparable(name, request.as_of) for name in KINDS},
    }
    if len(records) == 2:
        side = parties_beside if kind == "party" else summits_beside
        return render(request, "commitments/comparison.html", shown | side(records, request))
    # A draft's slug, a withdrawn record's and one that nobody ever used are told apart by nothing.
    shown["unknown"] = [slug for slug in slugs if slug not in {record.slug for record in records}]
    return render(
        request,
        "commitments/comparison_choice.html",
        shown,
        status=404 if shown["unknown"] else 200,
    )


def two_asked(query):
    """Return which kind is asked for, "" for none, and at most two slugs of it; anything else is
    refused in words.
    """
    asked = {name: list(dict.fromkeys(filter(None, query.getlist(name)))) for name in KINDS}
    kinds = [name for name, slugs in asked.items() if slugs]
    if len(kinds) > 1 or any(len(slugs) > 2 for slugs in asked.values()):
        raise BadRequest(_("Give two parties or two summits: as party=japan&party=united-states."))
    kind = kinds[0] if kinds else ""
    try:
        return kind, [SLUGS.clean(slug) for slug in asked.get(kind, [])]
    except forms.ValidationError as error:
        raise BadRequest(f"“{kind}”: {' '.join(error.messages)}") from None


def records_asked(kind, slugs, as_of):
    """Return the public records of `kind` with these slugs, in the order of `KINDS`."""
    if not slugs:
        return []
    model, order = KINDS[kind]
    records = list(model.objects.published().filter(slug__in=slugs).order_by(*order))
    for record in records:
        if kind == "summit" and as_of and record.starts_on > as_of:
            raise NotYet(record)
    return records


def list_comparable(kind, as_of):
    """Return what there is to choose from: of what nobody owes anything there is nothing to
    compare.
    """
    model, order = KINDS[kind]
    column = "party" if kind == "party" else "pledge__summit"
    owed = Undertaking.objects.published().as_of(as_of).order_by().values(column)
    return model.objects.published().as_of(as_of).filter(pk__in=owed).order_by(*order)


def parties_beside(parties, request):
    """Return two parties' records, the pledges they both owe with the two verdicts, and what each
    owes by itself.
    """
    own = Undertaking.objects.published().as_of(request.as_of).filter(party__in=parties)
    first, second = (
        Undertaking.objects.published().filter(party=party).values("pledge") for party in parties
    )
    pledges = (
        Pledge.objects.published().as_of(request.as_of).filter(pk__in=first).filter(pk__in=second)
    )
    parts = Prefetch("undertakings", own.for_listing(), to_attr="listed_undertakings")
    page = paginate(pledges.select_related("summit").prefetch_related(parts), request)
    keys = [party.pk for party in parties]
    for pledge in page:
        pledge.listed_undertakings.sort(key=lambda part: keys.index(part.party_id))
    each = [
        (party, owed_alone(party, other, request.as_of))
        for party, other in (parties, parties[::-1])
    ]
    return {"board": build_board(parties, own, "party"), "page": page, "each": each}


def owed_alone(party, other, as_of):
    """Return what `party` owes, and `other` does not, of summits where both were; each row has the
    `number` of all.

    Their bilateral summits come first, then the newest pledges. One statement.
    """
    rows = Undertaking.objects.published().as_of(as_of).filter(party=party)
    for one in (party, other):
        rows = rows.filter(
            pledge__summit__in=Participation.objects.published().filter(party=one).values("summit")
        )
    rows = rows.exclude(
        pledge__in=Undertaking.objects.published().filter(party=other).values("pledge")
    )
    rest = Case(When(pledge__summit__kind=SummitKind.BILATERAL, then=Value(0)), default=Value(1))
    rows = rows.annotate(number=Window(Count("pk"))).select_related(
        "pledge__summit", "current_assessment"
    )
    return list(rows.order_by(rest, "-pledge__made_on", "pledge__slug")[:MOST_EACH])


def summits_beside(summits, request):
    """Return what came of two summits, and the parties that took part in both or owe what was
    pledged at both.
    """
    owed = Undertaking.objects.published().as_of(request.as_of).filter(pledge__summit__in=summits)
    keys = [summit.pk for summit in summits]
    counted = count_by(
        owed, ["pledge__summit", "party"], status=owed.ours_column("status"), exempt="exempt_reason"
    )
    there = set(
        Participation.objects.published().filter(summit__in=summits).values_list("summit", "party")
    )
    first, second = (
        {party for summit, party in there | counted.keys() if summit == key} for key in keys
    )
    parties = Party.objects.published().filter(pk__in=first & second).order_by("name", "slug")
    both = [(party, [counted.get((key, party.pk)) for key in keys]) for party in parties]
    return {"board": build_board(summits, owed, "pledge__summit"), "both": both}
