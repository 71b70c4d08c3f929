from commitments.api.base import Records
from commitments.api.shapes import shape
from commitments.models import Indicator


class Indicators(Records):
    """Statistics, each with one definition."""

    queryset = Indicator.objects.published()
    serializer_class = shape(Indicator)
