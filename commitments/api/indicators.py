from commitments.api.base import Roots
from commitments.api.shapes import build_shape
from commitments.filters import IndicatorFilter
from commitments.models import Indicator


class Indicators(Roots):
    """Statistics, each with one definition."""

    queryset = Indicator.objects.published()
    serializer_class = build_shape(Indicator)
    filterset_class = IndicatorFilter
