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
from commitments.tallies import count_all_verdicts, count_by_record


@conditional(*TimelineFilter.names(), "page")
def summit_list(request):
    summits = Summit.objects.published().as_of(request.as_of).for_listing()
    asked = TimelineFilter(request.GET, queryset=summits)
    summits = narrow(asked)
    # A page has a number in the list only.
    if asked.form.cleaned_data["view"] == "list" or request.GET.get("page"):
        return render(request, "commitments/summit_list.html", build_list_context(request, summits))
    return render(
        request,
        "commitments/summit_timeline.html",
        timelines.build_timeline_content(request, asked, summits),
    )


def build_list_context(request, summits):
    """Return what the template of the list needs: a page of `summits`."""
    page = paginate(summits, request)
    counts = count_by_record("summit", page, as_of=request.as_of)
    rows = [(summit, counts[summit.pk]) for summit in page]
    return {
        "page": page,
        "rows": rows,
        "all_series": SummitSeries.objects.published(),
        "kinds": SummitKind.choices,
    }


@conditional("as_of")
def summit_detail(request, slug):
    people = people_at(Participation.objects.published())
    summits = Summit.objects.published().as_of(request.as_of).select_related("series", "country")
    summit = find_record(
        summits.prefetch_related(Prefetch("participations", people)), request, slug
    )
    documents = list(documents_of(summit).as_of(request.as_of))
    pledges = (
        Pledge.objects.published()
        .as_of(request.as_of)
        .filter(summit=summit)
        .for_listing()
        .order_by("slug")
    )
    owed = Undertaking.objects.published().as_of(request.as_of).filter(pledge__summit=summit)
    shown = {
        "summit": summit,
        "documents": documents,
        "coverage": coverage(documents),
        "pledges": pledges,
        "matrix": build_matrix(pledges),
        "verdicts": count_all_verdicts(owed),
    }
    return render(request, "commitments/summit_detail.html", shown)


def people_at(participations):
    """Order who was there: the parties with their leader, those without, then organisations and
    groups.
    """
    state = When(party__kind__in=[PartyKind.STATE, PartyKind.AREA], then=0)
    named = When(leader__isnull=False, then=0)
    order = (Case(state, default=1), Case(named, default=1), "party__name", "leader__name")
    return participations.select_related("party", "leader", "tenure").order_by(*order)


def documents_of(summit):
    """Return the documents issued at `summit` with what a full reading of each found."""
    documents = Source.objects.published().filter(issued_at=summit)
    return documents.prefetch_related("statements__pledge__summit").order_by("published_on", "slug")


def coverage(documents):
    """Count what was read and what of it is tracked; the rest is listed with the reasons."""
    read = [document for document in documents if document.statements.all()]
    statements = [statement for document in read for statement in document.statements.all()]
    # A pledge that is still a draft is not tracked yet, as far as anybody outside can know.
    untracked = [one for one in statements if not (one.pledge and one.pledge.is_public)]
    return {
        "documents": len(read),
        "statements": len(statements),
        "tracked": len(statements) - len(untracked),
        "untracked": untracked,
    }
