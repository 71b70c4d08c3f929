from django.conf import settings
from django.db.models import Prefetch
from django.shortcuts import render
from django.utils import timezone

from commitments.filters import PledgeFilter
from commitments.ledger import citing
from commitments.models import Pledge, Topic
from commitments.pages.asking import find_record
from commitments.pages.conditional import conditional
from commitments.pages.dossiers import build_dossier, with_flags
from commitments.pages.matrices import VERDICT_COLUMNS, add_day_columns
from commitments.pages.paging import narrow, paginate
from commitments.pages.pledge_queries import PledgeListQuery
from commitments.pages.pledge_searches import build_search_context
from commitments.pages.sheets import name_csv, stream_csv
from commitments.tallies import count_all_verdicts

# {heading: function that reads the cell from an undertaking}.
COLUMNS = {
    "pledge": lambda part: part.pledge.slug,
    "title": lambda part: part.pledge.title,
    "summit": lambda part: part.pledge.summit.slug if part.pledge.summit else "",
    "made_on": lambda part: part.pledge.made_on,
    "deadline": lambda part: part.pledge.deadline,
    "deadline_precision": lambda part: part.pledge.deadline_precision,
    **VERDICT_COLUMNS,
    "address": lambda part: settings.SITE_ADDRESS + part.get_absolute_url(),
}
# A file reads this many pledges at a time.
BATCH_SIZE = 1000


@conditional(*PledgeFilter.names(), "page")
def pledge_list(request):
    query = PledgeListQuery(request)
    context = query.build_form_context()
    if not query.is_valid():
        return render(request, "commitments/pledge_list.html", context, status=400)
    if request.GET.get("q"):
        context |= build_search_context(query.filterset, request)
    else:
        context |= build_browsing_context(query.filterset, request)
    # After the search, which may have replaced its matches with the nearest pledges.
    context |= query.build_filter_context()
    return render(request, "commitments/pledge_list.html", context)


def build_browsing_context(filterset, request):
    """Return a page of the pledges that the filters keep, and how many verdicts they have."""
    page = paginate(filterset.qs.for_listing(), request)
    undertakings = filterset.undertakings()
    return {
        "page": page,
        "verdicts": count_all_verdicts(undertakings, on=request.today),
    }


@conditional(*PledgeFilter.names())
def pledges_file(request):
    """Answer the list as CSV, streamed: a row for each part in a pledge that the filters keep."""
    filterset = PledgeListQuery(request).filterset
    # All keys at once, so that a slow reader holds no cursor open, and an invalid query is refused
    # before the first line.
    pledges = narrow(filterset)
    keys = list(pledges.values_list("pk", flat=True))
    values = filterset.read_values()
    undertakings = filterset.find_undertakings(values).for_listing()
    parts = read_parts(keys, undertakings)
    name = name_csv("pledges", request.as_of)
    columns = add_day_columns(COLUMNS, on=request.today)
    return stream_csv(columns, parts, name)


def read_parts(keys, undertakings):
    """Yield those of `undertakings` that are parts of the pledges with these `keys`, in batches."""
    parts = Prefetch("undertakings", undertakings, to_attr="listed_undertakings")
    pledges = Pledge.objects.published()
    pledges = pledges.select_related("summit").prefetch_related(parts)
    for start in range(0, len(keys), BATCH_SIZE):
        batch = keys[start : start + BATCH_SIZE]
        by_key = pledges.in_bulk(batch)
        for key in batch:
            # A pledge may have been withdrawn since its key was read.
            if key in by_key:
                yield from by_key[key].listed_undertakings


@conditional("as_of")
def pledge_detail(request, slug):
    public = Pledge.objects.published().as_of(request.as_of)
    topics = Topic.objects.published()
    topics = Prefetch("topics", topics)
    pledges = (
        with_flags(public)
        .prefetch_related(topics)
        .select_related("summit", "source", "stated_by", "stated_by_leader")
    )
    pledge = find_record(pledges, request, slug)
    dossier = build_dossier(pledge, on=request.today, as_of=request.as_of)
    context = {"pledge": pledge, "recorded_on": None, "seen_on": None, **dossier}
    if request.as_of:
        # A past day has no ledger entry to cite, only the day on which the page was seen.
        context["seen_on"] = timezone.now().date()
    else:
        context["recorded_on"] = citing.find_day_of_entry(request.head)
    return render(request, "commitments/pledge_detail.html", context)
