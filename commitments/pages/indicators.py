from datetime import date
from typing import NamedTuple

from django.db.models import Count, Max
from django.shortcuts import get_object_or_404, render

from commitments.models import Indicator, Observation, Pledge, Release
from commitments.pages import series
from commitments.pages.conditional import conditional
from commitments.pages.paging import paginate
from commitments.pages.sheets import name_csv, stream_csv
from commitments.verdicts.precision import round_number

# Rows of a file that are read at a time.
CHUNK_SIZE = 1000


class SeriesRow(NamedTuple):
    """A figure in the file of its indicator."""

    indicator: Indicator
    figure: Observation


# {heading: function that reads the cell from a `SeriesRow`}. 1.60 stays 1.60, as it was printed.
COLUMNS = {
    "indicator": lambda row: row.indicator.slug,
    "unit": lambda row: row.indicator.unit,
    "stage": lambda row: row.indicator.stage,
    "party": lambda row: row.figure.party.slug,
    "party_name": lambda row: row.figure.party.name,
    "period_start": lambda row: row.figure.period_start,
    "period_end": lambda row: row.figure.period_end,
    "value": lambda row: round_number(row.figure.value, row.figure.decimals),
    "kind": lambda row: row.figure.kind,
    "release": lambda row: row.figure.release.slug,
    "released_on": lambda row: row.figure.release.released_on,
    "note": lambda row: row.figure.note,
}


class IndicatorRow(NamedTuple):
    """An indicator in the list, how many releases it has, and the day of the newest one."""

    indicator: Indicator
    releases: int
    newest: date | None


@conditional("page", "as_of")
def indicator_list(request):
    page = paginate(Indicator.objects.published(), request)
    context = {
        "page": page,
        "rows": count_releases(page, as_of=request.as_of),
    }
    return render(request, "commitments/indicator_list.html", context)


def count_releases(indicators, *, as_of):
    """Return an `IndicatorRow` for each of `indicators`. One statement."""
    keys = [indicator.pk for indicator in indicators]
    counts = (
        Release.objects.published()
        .as_of(as_of)
        .filter(indicator__in=keys)
        .order_by()
        .values_list("indicator")
        .annotate(Count("pk"), Max("released_on"))
    )
    by_indicator = {}
    for key, count, newest in counts:
        by_indicator[key] = (count, newest)
    rows = []
    for indicator in indicators:
        count, newest = by_indicator.get(indicator.pk, (0, None))
        row = IndicatorRow(indicator, count, newest)
        rows.append(row)
    return rows


@conditional("as_of")
def indicator_detail(request, slug):
    indicator = get_object_or_404(Indicator.objects.published(), slug=slug)
    figures = series.load_figures(indicator, as_of=request.as_of)
    rows = list(figures[: series.MOST_READ])
    public = Release.objects.published().as_of(request.as_of)
    releases = public.filter(indicator=indicator)
    context = {
        "indicator": indicator,
        "table": series.build_table(rows),
        "editions": series.build_editions(releases, rows),
        "is_cut": len(rows) == series.MOST_READ,
        "targets": find_targets(indicator, request.as_of),
    }
    return render(request, "commitments/indicator_detail.html", context)


def find_targets(indicator, as_of):
    """Return the targets of public pledges that are held against `indicator`."""
    pledges = Pledge.objects.published().as_of(as_of)
    return (
        indicator.targets.published()
        .filter(pledge__in=pledges)
        .select_related("pledge", "undertaking__party")
        .order_by("-pledge__made_on", "pledge__slug", "pk")
    )


@conditional("as_of")
def series_file(request, slug):
    """Answer every published figure of every release as CSV, streamed."""
    indicator = get_object_or_404(Indicator.objects.published(), slug=slug)
    figures = series.load_figures(indicator, as_of=request.as_of)
    in_chunks = figures.iterator(chunk_size=CHUNK_SIZE)
    rows = (SeriesRow(indicator, figure) for figure in in_chunks)
    name = name_csv(indicator.slug, request.as_of)
    return stream_csv(COLUMNS, rows, name)
