from commitments.api.base import Records
from commitments.api.shapes import shape
from commitments.filters import SummitFilter
from commitments.models import Summit, SummitSeries


class Summits(Records):
    """Dated meetings of leaders, and who took part."""

    queryset = Summit.objects.published()
    serializer_class = shape(Summit)
    filterset_class = SummitFilter
    ordering = "-starts_on"


class Series(Records):
    """Meetings that belong together: G7 summits, Japan-US summits."""

    queryset = SummitSeries.objects.published()
    serializer_class = shape(SummitSeries)
