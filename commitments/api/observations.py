from commitments.api.base import Lists
from commitments.api.loading import fetching
from commitments.api.shapes import Choosable, build_field, build_serializer
from commitments.filters import ObservationFilter
from commitments.models import Observation, Release
from commitments.publicforms import CURRENT, as_exact_json

(INSIDE,) = CURRENT["release"].children
OF_RELEASE = ("indicator", "released_on")


class ChoosableRow(Choosable):
    # No field names it.
    always = frozenset()


ObservationSerializer = build_serializer(
    "Observation",
    {
        **{name: build_field(Release, name) for name in OF_RELEASE},
        **{name: build_field(Observation, name) for name in ("release", *INSIDE.fields)},
    },
    ChoosableRow,
)


class Observations(Lists):
    """An indicator's values for a party and period, as each release gave them: a list only."""

    queryset = Observation.objects.published()
    filterset_class = ObservationFilter
    serializer_class = ObservationSerializer

    def loading(self, queryset):
        own = [name for name in INSIDE.fields if name != "party"]
        return fetching(
            queryset,
            [
                *own,
                "party__slug",
                "release__slug",
                "release__released_on",
                "release__indicator__slug",
            ],
        )

    def present(self, row):
        release = row.release
        return {
            "indicator": release.indicator.slug,
            "released_on": as_exact_json(release.released_on),
            "release": release.slug,
            **{
                name: as_exact_json(getattr(row, name)) for name in INSIDE.fields if name != "party"
            },
            "party": row.party.slug,
        }
