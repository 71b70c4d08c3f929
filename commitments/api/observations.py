from commitments.api.base import Lists
from commitments.api.loading import select_columns
from commitments.api.shapes import Choosable, build_field, build_serializer
from commitments.filters import ObservationFilter
from commitments.models import Observation, Release
from commitments.publicforms import CURRENT, render_exactly

(INSIDE,) = CURRENT["release"].children
OF_RELEASE = ("indicator", "released_on")
OWN_FIELDS = [name for name in INSIDE.fields if name != "party"]
COLUMNS = [
    *OWN_FIELDS,
    "party__slug",
    "release__slug",
    "release__released_on",
    "release__indicator__slug",
]


class ChoosableRow(Choosable):
    # No field names an observation.
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
        return select_columns(queryset, COLUMNS)

    def present(self, row):
        release = row.release
        body = {
            "indicator": release.indicator.slug,
            "released_on": render_exactly(release.released_on),
            "release": release.slug,
        }
        for name in OWN_FIELDS:
            value = getattr(row, name)
            body[name] = render_exactly(value)
        body["party"] = row.party.slug
        return body
