from rest_framework import serializers

from commitments.api.base import Roots
from commitments.api.shapes import build_shape
from commitments.api.verdicts import (
    CountsSerializer,
    VerdictCountsSerializer,
    render_counts,
    render_verdict_counts,
)
from commitments.filters import PartyFilter
from commitments.models import OutsideVerdict, Party, Undertaking
from commitments.scoreboard import count_by, count_ours_by
from commitments.verdicts.rollup import rollup


class ScorecardSerializer(serializers.Serializer):
    """How a party did: our verdicts, and by assessor the outside ones. Derived."""

    ours = CountsSerializer(help_text="Over all it owes: our verdicts, and `not_assessed`.")
    outside = serializers.DictField(
        child=VerdictCountsSerializer(),
        help_text="By the assessor's slug: their newest verdict on each undertaking.",
    )


PartySerializer = build_shape(Party)


class PartyDetailSerializer(PartySerializer):
    scorecard = ScorecardSerializer()


class Parties(Roots):
    """Who can owe a pledge: states, organisations, blocs with their dated members, groups,
    areas.
    """

    queryset = Party.objects.published()
    filterset_class = PartyFilter
    serializer_class = PartySerializer

    def get_serializer_class(self):
        if self.detail:
            return PartyDetailSerializer
        return PartySerializer

    def detailed(self, row):
        body = self.present(row)
        scorecard = render_scorecard(row, as_of=self.day, today=self.today)
        return {**body, "scorecard": scorecard}


def render_scorecard(party, *, as_of, today):
    """Return how `party` did by the verdicts of now, or of a day. Two statements."""
    undertakings = Undertaking.objects.published().as_of(as_of)
    undertakings = undertakings.filter(party=party)
    ours = count_ours_by(undertakings, (), on=today, by_standing=False)
    verdicts = OutsideVerdict.objects.published().as_of(as_of)
    newest = verdicts.newest_of_each()
    theirs = count_by(
        newest.filter(undertaking__party=party),
        ("report__assessor__slug",),
        status="status",
        exempt="undertaking__exempt_reason",
    )
    outside = {}
    for (assessor,), counts in sorted(theirs.items()):
        outside[assessor] = render_verdict_counts(counts)
    total = ours.get((), rollup([]))
    return {"ours": render_counts(total), "outside": outside}
