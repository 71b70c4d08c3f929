from django.db.models import Count, Max
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render

from commitments.models import Indicator, Pledge, Release
from commitments.pages import series
from commitments.pages.conditional import conditional
from commitments.pages.paging import paginate
from commitments.pages.sheets import as_download, csv_lines

COLUMNS = (
    *(
        "indicator",
        "unit",
        "stage",
        "party",
        "party_name",
        "period_start",
        "period_end",
        "value",
        "kind",
    ),
    *("release", "released_on", "note"),
)


@conditional("page", "as_of")
def indicator_list(request):
    page = paginate(Indicator.objects.published(), request)
    releases = (
        Release.objects.published()
        .as_of(request.as_of)
        .filter(indicator__in=[row.pk for row in page])
        .order_by()
    )
    counts = releases.values_list("indicator").annotate(Count("pk"), Max("released_on"))
    counted = {key: (count, newest) for key, count, newest in counts}
    rows = [(indicator, *counted.get(indicator.pk, (0, None))) for indicator in page]
    return render(request, "commitments/indicator_list.html", {"page": page, "rows": rows})


@conditional("as_of")
def indicator_detail(request, slug):
    indicator = get_object_or_404(Indicator.objects.published(), slug=slug)
    rows = list(series.load_figures(indicator, as_of=request.as_of)[: series.MOST_READ])
    releases = Release.objects.published().as_of(request.as_of).filter(indicator=indicator)
    shown = {
        "indicator": indicator,
        "table": series.build_table(rows),
        "editions": series.build_editions(releases, rows),
        "is_cut": len(rows) == series.MOST_READ,
        "targets": targets_of(indicator, request.as_of),
    }
    return render(request, "commitments/indicator_detail.html", shown)


def targets_of(indicator, as_of):
    """Return the targets of public pledges that are held against `indicator`."""
    targets = indicator.targets.filter(pledge__in=Pledge.objects.published().as_of(as_of))
    return targets.select_related("pledge", "undertaking__party").order_by(
        "-pledge__made_on", "pledge__slug", "pk"
    )


@conditional("as_of")
def series_file(request, slug):
    """Answer every published figure of every release as CSV, streamed."""
    indicator = get_object_or_404(Indicator.objects.published(), slug=slug)
    rows = (
        _cells(indicator, row)
        for row in series.load_figures(indicator, as_of=request.as_of).iterator(chunk_size=1000)
    )
    response = StreamingHttpResponse(
        csv_lines(COLUMNS, rows), content_type="text/csv; charset=utf-8"
    )
    name = f"{indicator.slug}-as-of-{request.as_of}" if request.as_of else indicator.slug
    return as_download(response, f"{name}.csv")


def _cells(indicator, row):
    # As printed: 1.60 stays 1.60.
    value = round(row.value, row.decimals)
    return (
        *(indicator.slug, indicator.unit, indicator.stage, row.party.slug, row.party.name),
        *(
            row.period_start,
            row.period_end,
            value,
            row.kind,
            row.release.slug,
            row.release.released_on,
            row.note,
        ),
    )
