from typing import NamedTuple

from django.db.models import Case, Prefetch, When
from django.shortcuts import render

from commitments.filters import TimelineFilter
from commitments.models import (
    Participation,
    PartyKind,
    Pledge,
    Source,
    Summit,
    SummitKind,
    SummitSeries,
    Undertaking,
)
from commitments.pages import timelines
from commitments.pages.asking import find_record
from commitments.pages.conditional import conditional
from commitments.pages.matrices import build_matrix
from commitments.pages.paging import narrow, paginate
from commitments.tallies import Tally, count_all_verdicts, count_by_record


class SummitRow(NamedTuple):
    """A summit in the list, and how many pledges and verdicts it has."""

    summit: Summit
    tally: Tally


@conditional(*TimelineFilter.names(), "page")
def summit_list(request):
    summits = Summit.objects.published().as_of(request.as_of).for_listing()
    filterset = TimelineFilter(request.GET, queryset=summits)
    summits = narrow(filterset)
    # Only pages of the list have a number.
    is_list = filterset.form.cleaned_data["view"] == "list" or request.GET.get("page")
    if is_list:
        context = build_list_context(request, summits)
        return render(request, "commitments/summit_list.html", context)
    context = timelines.build_timeline_content(request, filterset, summits)
    return render(request, "commitments/summit_timeline.html", context)


def build_list_context(request, summits):
    """Return what the template of the list needs: a page of `summits`."""
    page = paginate(summits, request)
    counts = count_by_record("summit", page, on=request.today, as_of=request.as_of)
    return {
        "page": page,
        "rows": [SummitRow(summit, counts[summit.pk]) for summit in page],
        "all_series": SummitSeries.objects.published(),
        "kinds": SummitKind.choices,
    }


@conditional("as_of")
def summit_detail(request, slug):
    participations = order_participations(Participation.objects.published())
    summits = (
        Summit.objects.published()
        .as_of(request.as_of)
        .select_related("series", "country")
        .prefetch_related(Prefetch("participations", participations))
    )
    summit = find_record(summits, request, slug)
    documents = list(find_documents(summit).as_of(request.as_of))
    pledges = (
        Pledge.objects.published()
        .as_of(request.as_of)
        .filter(summit=summit)
        .for_listing()
        .order_by("slug")
    )
    undertakings = Undertaking.objects.published().as_of(request.as_of)
    context = {
        "summit": summit,
        "documents": documents,
        "coverage": count_statements(documents),
        "pledges": pledges,
        "matrix": build_matrix(pledges),
        "verdicts": count_all_verdicts(
            undertakings.filter(pledge__summit=summit), on=request.today
        ),
    }
    return render(request, "commitments/summit_detail.html", context)


def order_participations(participations):
    """Order who was there: states and areas before organisations, those with a leader first."""
    is_state = When(party__kind__in=[PartyKind.STATE, PartyKind.AREA], then=0)
    has_leader = When(leader__isnull=False, then=0)
    return participations.select_related("party", "leader", "tenure").order_by(
        Case(is_state, default=1),
        Case(has_leader, default=1),
        "party__name",
        "leader__name",
    )


def find_documents(summit):
    """Return the documents issued at `summit`, with the statements that a full reading found."""
    documents = Source.objects.published().filter(issued_at=summit)
    return documents.prefetch_related("statements__pledges__summit").order_by(
        "published_on", "slug"
    )


def count_statements(documents):
    """Count the documents read in full and their statements, and list those that no public pledge
    tracks.
    """
    documents_read = 0
    statements = []
    for document in documents:
        if document.statements.all():
            documents_read += 1
            statements += document.statements.all()
    # For the public, a pledge that is still a draft tracks nothing.
    untracked = [row for row in statements if not is_tracked(row)]
    return {
        "documents": documents_read,
        "statements": len(statements),
        "tracked": len(statements) - len(untracked),
        "untracked": untracked,
    }


def is_tracked(statement):
    """Whether a public pledge tracks the statement."""
    return any(pledge.is_public for pledge in statement.pledges.all())
