"""Two parties or two summits side by side: `?party=japan&party=united-states`."""

from collections import defaultdict
from typing import NamedTuple

from django import forms
from django.core.exceptions import BadRequest
from django.db.models import Case, Count, Model, Prefetch, Value, When, Window
from django.shortcuts import render
from django.utils.translation import gettext as _

from commitments.models import Participation, Party, Pledge, Summit, SummitKind, Undertaking
from commitments.models.roots import SLUG
from commitments.pages.asking import NotYet
from commitments.pages.conditional import conditional
from commitments.pages.paging import paginate
from commitments.scoreboard import build_board, count_ours_by
from commitments.verdicts.rollup import Rollup

SLUGS = forms.CharField(max_length=160, validators=[SLUG], strip=False)
# Of the pledges that one party owes and the other does not. The list of pledges has them all.
MOST_EACH = 10


class ComparedKind(NamedTuple):
    """What can be compared: its model, its order, and the path to it from an undertaking.

    Two records stand in this order whatever the address says, so that a comparison is one page.
    """

    model: type[Model]
    order: tuple[str, str]
    path: str


KINDS = {
    "party": ComparedKind(Party, ("name", "slug"), "party"),
    "summit": ComparedKind(Summit, ("starts_on", "slug"), "pledge__summit"),
}


class OwnUndertakings(NamedTuple):
    """What a party owes, and the party it is compared with does not."""

    party: Party
    undertakings: list[Undertaking]


class SharedParty(NamedTuple):
    """A party at both summits, with its verdicts at each; None where it owes nothing."""

    party: Party
    verdicts: list[Rollup | None]


@conditional(*KINDS, "page", "as_of")
def comparison(request):
    kind, slugs = read_slugs(request.GET)
    records = read_compared(kind, slugs, request.as_of)
    context = {
        "kind": kind,
        "records": records,
        "offered": {
            "party": list_comparable("party", request.as_of),
            "summit": list_comparable("summit", request.as_of),
        },
    }
    if len(records) == 2:
        compare = compare_parties if kind == "party" else compare_summits
        context |= compare(records, request)
        return render(request, "commitments/comparison.html", context)
    # Nothing tells apart the slugs of a draft, of a withdrawn record, and one that was never used.
    public_slugs = {record.slug for record in records}
    unknown = [slug for slug in slugs if slug not in public_slugs]
    context["unknown"] = unknown
    status = 404 if unknown else 200
    return render(request, "commitments/comparison_choice.html", context, status=status)


def read_slugs(parameters):
    """Return the kind in the address, "" for none, and at most two slugs of it.

    Anything else is refused with the reason.
    """
    slugs_by_kind = {}
    for kind in KINDS:
        slugs = filter(None, parameters.getlist(kind))
        # Each slug once, in the order of the address.
        unique = list(dict.fromkeys(slugs))
        if unique:
            slugs_by_kind[kind] = unique
    if not slugs_by_kind:
        return "", []
    kind, slugs = slugs_by_kind.popitem()
    if slugs_by_kind or len(slugs) > 2:
        raise BadRequest(_("Give two parties or two summits: as party=japan&party=united-states."))
    try:
        return kind, [SLUGS.clean(slug) for slug in slugs]
    except forms.ValidationError as error:
        reason = " ".join(error.messages)
        raise BadRequest(f"“{kind}”: {reason}") from None


def read_compared(kind, slugs, as_of):
    """Return the public records of `kind` with these slugs, in the order of `KINDS`."""
    if not slugs:
        return []
    model = KINDS[kind].model
    public = model.objects.published().filter(slug__in=slugs)
    order = KINDS[kind].order
    records = list(public.order_by(*order))
    if kind == "summit" and as_of:
        for summit in records:
            if summit.starts_on > as_of:
                raise NotYet(summit)
    return records


def list_comparable(kind, as_of):
    """Return the records there are to choose from: those with an undertaking to compare."""
    model, order, path = KINDS[kind]
    undertakings = Undertaking.objects.published().as_of(as_of)
    keys = undertakings.order_by().values(path)
    return model.objects.published().as_of(as_of).filter(pk__in=keys).order_by(*order)


def compare_parties(parties, request):
    """Return two parties' boards, the pledges that both owe, and what each owes alone."""
    as_of = request.as_of
    undertakings = Undertaking.objects.published().as_of(as_of).filter(party__in=parties)
    page = paginate(find_shared_pledges(parties, undertakings, as_of), request)
    first, second = parties
    # Both parts of a pledge stand in the order of the parties.
    for pledge in page:
        pledge.listed_undertakings.sort(key=lambda part: part.party_id != first.pk)
    each = [
        OwnUndertakings(first, list_own_undertakings(first, second, as_of)),
        OwnUndertakings(second, list_own_undertakings(second, first, as_of)),
    ]
    board = build_board(
        parties,
        undertakings,
        "party",
        on=request.today,
    )
    return {
        "board": board,
        "page": page,
        "each": each,
    }


def find_shared_pledges(parties, undertakings, as_of):
    """Return the pledges that all `parties` owe, each with those of `undertakings` in it."""
    pledges = Pledge.objects.published().as_of(as_of)
    for party in parties:
        parts = Undertaking.objects.published().filter(party=party)
        pledges = pledges.filter(pk__in=parts.values("pledge"))
    parts = undertakings.for_listing()
    prefetch = Prefetch("undertakings", parts, to_attr="listed_undertakings")
    return pledges.select_related("summit").prefetch_related(prefetch)


def list_own_undertakings(party, other, as_of):
    """Return what `party` owes and `other` does not, of summits that both took part in.

    Their bilateral summits come first, then the newest pledges; at most `MOST_EACH`. Each row has
    the `number` of all. One statement.
    """
    rows = Undertaking.objects.published().as_of(as_of).filter(party=party)
    for participant in (party, other):
        participations = Participation.objects.published().filter(party=participant)
        rows = rows.filter(pledge__summit__in=participations.values("summit"))
    undertakings_of_other = Undertaking.objects.published().filter(party=other)
    is_bilateral = When(pledge__summit__kind=SummitKind.BILATERAL, then=Value(0))
    rows = (
        rows.exclude(pledge__in=undertakings_of_other.values("pledge"))
        .annotate(number=Window(Count("pk")))
        .select_related("pledge__summit", "current_assessment")
        .order_by(
            Case(is_bilateral, default=Value(1)),
            "-pledge__made_on",
            "pledge__slug",
        )
    )
    return list(rows[:MOST_EACH])


def compare_summits(summits, request):
    """Return what came of two summits, and the parties that took part in both, or owe what was
    pledged at both.
    """
    undertakings = Undertaking.objects.published().as_of(request.as_of)
    undertakings = undertakings.filter(pledge__summit__in=summits)
    today = request.today
    keys = ["pledge__summit", "party"]
    verdicts = count_ours_by(undertakings, keys, on=today)
    board = build_board(
        summits,
        undertakings,
        "pledge__summit",
        on=today,
    )
    return {
        "both": list_shared_parties(summits, verdicts),
        "board": board,
    }


def list_shared_parties(summits, verdicts):
    """Return a `SharedParty` for each party that took part in both `summits`, or owes something
    pledged there; `verdicts` are by summit and party.
    """
    participations = Participation.objects.published().filter(summit__in=summits)
    pairs = participations.values_list("summit", "party")
    parties_by_summit = defaultdict(set)
    for summit_key, party_key in {*pairs, *verdicts}:
        parties_by_summit[summit_key].add(party_key)
    summit_keys = [summit.pk for summit in summits]
    first, second = summit_keys
    keys = parties_by_summit[first] & parties_by_summit[second]
    parties = Party.objects.published().filter(pk__in=keys)
    shared = []
    for party in parties.order_by("name", "slug"):
        cells = [verdicts.get((key, party.pk)) for key in summit_keys]
        shared.append(SharedParty(party, cells))
    return shared
