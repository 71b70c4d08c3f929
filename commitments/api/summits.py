from commitments.api.base import Roots
from commitments.api.shapes import build_shape
from commitments.filters import SeriesFilter, SummitFilter
from commitments.models import Summit, SummitSeries


class Summits(Roots):
    """Dated meetings of leaders, and who took part."""

    queryset = Summit.objects.published()
    serializer_class = build_shape(Summit)
    filterset_class = SummitFilter


class SeriesRecords(Roots):
    """Meetings that belong together: G7 summits, Japan-US summits."""

    queryset = SummitSeries.objects.published()
    serializer_class = build_shape(SummitSeries)
    filterset_class = SeriesFilter
