"""Where others judge an undertaking otherwise than we do: both verdicts, and both reasons."""

from typing import NamedTuple

from django.shortcuts import render

from commitments.filters import DisagreementFilter
from commitments.languages import text_of
from commitments.models import OutsideVerdict, Party, Undertaking
from commitments.pages.conditional import conditional
from commitments.pages.paging import narrow, paginate


class Disagreement(NamedTuple):
    """An outside verdict, and the undertaking with our verdict of the same day of the page."""

    theirs: OutsideVerdict
    undertaking: Undertaking

    @property
    def pledge(self):
        return self.undertaking.pledge


@conditional(*DisagreementFilter.names(), "page")
def disagreement_list(request):
    public = OutsideVerdict.objects.published()
    filterset = DisagreementFilter(request.GET, queryset=public)
    verdicts = narrow(filterset).newest_of_each().with_ours()
    differing = verdicts.differing().select_related("report__assessor", "report__source")
    page = paginate(differing.by_pledge(), request)
    judging = public.as_of(request.as_of).newest_of_each()
    context = {
        "page": page,
        "rows": pair_with_ours(page, as_of=request.as_of),
        "agreement": verdicts.count_agreement(),
        "form": filterset.form,
        "assessors": list_parties(judging, "report__assessor"),
        "parties": list_parties(judging, "undertaking__party"),
    }
    return render(request, "commitments/disagreement_list.html", context)


def pair_with_ours(verdicts, *, as_of) -> list[Disagreement]:
    """Return each of `verdicts` with its undertaking, which shows our verdict of the day `as_of`.

    One statement; five on a past day.
    """
    keys = [verdict.undertaking_id for verdict in verdicts]
    parts = Undertaking.objects.published().as_of(as_of)
    parts = parts.select_related("pledge__summit", "party", "current_assessment", "judged_under")
    by_key = parts.in_bulk(keys)
    rows = []
    for verdict in verdicts:
        undertaking = by_key.get(verdict.undertaking_id)
        # It may have been withdrawn since its verdict was read.
        if undertaking:
            rows.append(Disagreement(verdict, undertaking))
    return rows


def list_parties(verdicts, path) -> list[tuple[str, str]]:
    """Return the slug and name of the parties at `path` of the outside verdicts, for a menu."""
    keys = verdicts.order_by().values(path)
    parties = Party.objects.published().filter(pk__in=keys)
    options = []
    for party in parties.order_by("name", "slug"):
        name, _language = text_of(party, "name")
        options.append((party.slug, name))
    return options
