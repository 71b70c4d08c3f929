from commitments.api.base import Records
from commitments.api.shapes import shape
from commitments.filters import LookingBack
from commitments.models import Response


class Responses(Records):
    """What judged parties replied, with our answers."""

    queryset = Response.objects.published()
    serializer_class = shape(Response)
    filterset_class = LookingBack
