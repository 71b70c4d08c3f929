from commitments.api.base import Roots
from commitments.api.shapes import build_shape
from commitments.filters import TopicFilter
from commitments.models import Topic


class Topics(Roots):
    """What pledges are about."""

    queryset = Topic.objects.published()
    serializer_class = build_shape(Topic)
    filterset_class = TopicFilter
