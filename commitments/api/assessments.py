from commitments.api.base import Roots
from commitments.api.shapes import shape
from commitments.filters import AssessmentFilter
from commitments.models import Assessment


class Assessments(Roots):
    """Dated, reasoned judgements of one undertaking each: added, never edited."""

    queryset = Assessment.objects.published()
    serializer_class = shape(Assessment)
    filterset_class = AssessmentFilter
