from commitments.api.base import Roots
from commitments.api.shapes import build_shape
from commitments.filters import ResponseFilter
from commitments.models import Response


class Responses(Roots):
    """What judged parties say of their parts, with our answers."""

    queryset = Response.objects.published()
    serializer_class = build_shape(Response)
    filterset_class = ResponseFilter
