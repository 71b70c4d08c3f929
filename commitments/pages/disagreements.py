"""Where others judge an undertaking otherwise than we do: both verdicts, and both reasons."""

from itertools import groupby
from typing import NamedTuple

from django.shortcuts import render

from commitments.filters import DisagreementFilter
from commitments.languages import text_of
from commitments.models import OutsideVerdict, Party, Pledge, Undertaking
from commitments.pages.conditional import conditional
from commitments.pages.paging import narrow, paginate


class Disagreement(NamedTuple):
    """An outside verdict, and the undertaking with our verdict of the same day of the page."""

    theirs: OutsideVerdict
    undertaking: Undertaking


class PledgeRows(NamedTuple):
    """The disagreements on the parts in one pledge, and the reports that theirs stand in."""

    pledge: Pledge
    rows: list[Disagreement]

    @property
    def reports(self):
        reports = [row.theirs.report for row in self.rows]
        # Each once, in the order of the rows.
        return list(dict.fromkeys(reports))


@conditional(*DisagreementFilter.names(), "page")
def disagreement_list(request):
    public = OutsideVerdict.objects.published()
    filterset = DisagreementFilter(request.GET, queryset=public)
    verdicts = narrow(filterset).newest_of_each()
    verdicts = verdicts.with_ours()
    differing = verdicts.differing().by_pledge()
    differing = differing.select_related("report__assessor", "report__source")
    page = paginate(differing, request)
    rows = pair_with_ours(page, as_of=request.as_of)
    judging = public.as_of(request.as_of)
    judging = judging.newest_of_each()
    context = {
        "page": page,
        "pledges": group_by_pledge(rows),
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
    parts = parts.select_related(
        "pledge__summit",
        "party",
        "current_assessment",
        "judged_under",
    )
    by_key = parts.in_bulk(keys)
    rows = []
    for verdict in verdicts:
        undertaking = by_key.get(verdict.undertaking_id)
        # It may have been withdrawn since its verdict was read.
        if undertaking:
            rows.append(Disagreement(verdict, undertaking))
    return rows


def group_by_pledge(disagreements) -> list[PledgeRows]:
    """Return `disagreements`, which are in the order of their pledges, pledge by pledge."""

    def read_pledge(row):
        return row.undertaking.pledge

    groups = []
    for pledge, rows in groupby(disagreements, key=read_pledge):
        group = PledgeRows(pledge, list(rows))
        groups.append(group)
    return groups


def list_parties(verdicts, path) -> list[tuple[str, str]]:
    """Return the slug and name of the parties at `path` of the outside verdicts, for a menu."""
    keys = verdicts.order_by().values(path)
    parties = Party.objects.published().filter(pk__in=keys)
    options = []
    for party in parties.order_by("name", "slug"):
        name, _language = text_of(party, "name")
        options.append((party.slug, name))
    return options
