"""The page of a source: what was read in it sentence by sentence, and what rests on it."""

from django.db.models import Count, Prefetch, Q
from django.shortcuts import render

from commitments.models import Evidence, Pledge, Source
from commitments.pages.asking import find_record
from commitments.pages.conditional import conditional


@conditional("as_of")
def source_detail(request, slug):
    sources = Source.objects.published().as_of(request.as_of)
    sources = sources.select_related("issued_at")
    source = find_record(sources, request, slug)
    pledges = Pledge.objects.published().as_of(request.as_of)
    evidence = Evidence.objects.published().as_of(request.as_of)
    evidence = evidence.filter(source=source)
    statements = read_statements(source, pledges)
    quoted = find_quoting(pledges, source)
    proven = count_evidence(pledges, evidence)
    context = {
        "source": source,
        "statements": statements,
        "quoted": quoted,
        "proven": proven,
    }
    return render(request, "commitments/source_detail.html", context)


def read_statements(source, pledges):
    """Return the statements of `source`, each with those of `pledges` that track it."""
    tracking = pledges.order_by("slug")
    tracking = Prefetch("pledges", tracking, to_attr="tracking_pledges")
    statements = source.statements.order_by("pk")
    return list(statements.prefetch_related(tracking))


def find_quoting(pledges, source):
    """Return those of `pledges` whose words stand in `source`, in the first or another language."""
    first = Q(source=source)
    other = Q(quotes__source=source)
    rows = pledges.filter(first | other).distinct()
    return rows.order_by("-made_on", "slug")


def count_evidence(pledges, evidence):
    """Return those of `pledges` that the `evidence` bears on, each with how many rows of it do."""
    is_from_it = Q(evidence__in=evidence)
    rows = pledges.annotate(
        evidence_count=Count("evidence", filter=is_from_it),
    )
    rows = rows.filter(evidence_count__gt=0)
    return rows.order_by("-made_on", "slug")
