from commitments.api.base import Roots
from commitments.api.shapes import build_shape
from commitments.filters import OutsideReportFilter
from commitments.models import OutsideReport


class OutsideReports(Roots):
    """Other assessors' reports, with their verdicts: theirs, never ours."""

    queryset = OutsideReport.objects.published()
    serializer_class = build_shape(OutsideReport)
    filterset_class = OutsideReportFilter
