from commitments.api.base import Records
from commitments.api.shapes import shape
from commitments.filters import LookingBack
from commitments.models import OutsideReport


class OutsideReports(Records):
    """Other assessors' reports, with their verdicts: theirs, never ours."""

    queryset = OutsideReport.objects.published()
    serializer_class = shape(OutsideReport)
    filterset_class = LookingBack
