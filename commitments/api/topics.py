from commitments.api.base import Records
from commitments.api.shapes import shape
from commitments.models import Topic


class Topics(Records):
    """What pledges are about."""

    queryset = Topic.objects.published()
    serializer_class = shape(Topic)
