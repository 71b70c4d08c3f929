from commitments.api.base import Roots
from commitments.api.shapes import build_shape
from commitments.filters import SourceFilter
from commitments.models import Source


class Sources(Roots):
    """Publications, with what was kept of each and the statements a full reading found."""

    queryset = Source.objects.published()
    serializer_class = build_shape(Source)
    filterset_class = SourceFilter
