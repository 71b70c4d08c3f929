from commitments.api.base import Records
from commitments.api.shapes import shape
from commitments.filters import PartyFilter
from commitments.models import Party


class Parties(Records):
    """Who can owe a pledge: states, organisations, blocs with their dated members, groups, areas."""

    queryset = Party.objects.published()
    serializer_class = shape(Party)
    filterset_class = PartyFilter
