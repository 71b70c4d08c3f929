from commitments.api.base import Roots
from commitments.api.shapes import build_shape
from commitments.filters import AssessmentFilter
from commitments.models import Assessment


class Assessments(Roots):
    """Dated, reasoned judgements of one undertaking each: added, never edited."""

    queryset = Assessment.objects.published()
    serializer_class = build_shape(Assessment)
    filterset_class = AssessmentFilter
