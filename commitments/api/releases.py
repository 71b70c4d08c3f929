from commitments.api.base import Roots
from commitments.api.shapes import build_shape
from commitments.filters import ReleaseFilter
from commitments.models import Release


class Releases(Roots):
    """Publications of an indicator's figures, each with all of them. Never changed: a revision is
    another one.
    """

    queryset = Release.objects.published()
    serializer_class = build_shape(Release)
    filterset_class = ReleaseFilter
