from commitments.api.base import Roots
from commitments.api.shapes import build_shape
from commitments.filters import LeaderFilter
from commitments.models import Leader


class Leaders(Roots):
    """People who spoke or signed for a party, with the offices they held."""

    queryset = Leader.objects.published()
    serializer_class = build_shape(Leader)
    filterset_class = LeaderFilter
