from commitments.api.base import Roots
from commitments.api.shapes import build_shape
from commitments.filters import EvidenceFilter
from commitments.models import Evidence


class EvidenceRecords(Roots):
    """What sources say about whether a pledge was kept."""

    queryset = Evidence.objects.published()
    serializer_class = build_shape(Evidence)
    filterset_class = EvidenceFilter
