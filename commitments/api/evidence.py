from commitments.api.base import Roots
from commitments.api.shapes import shape
from commitments.filters import EvidenceFilter
from commitments.models import Evidence


class EvidenceRecords(Roots):
    """What sources say about whether a pledge was kept."""

    queryset = Evidence.objects.published()
    serializer_class = shape(Evidence)
    filterset_class = EvidenceFilter
