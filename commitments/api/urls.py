from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from commitments.api.assessments import Assessments
from commitments.api.changes import Changes
from commitments.api.evaluation import Evaluation
from commitments.api.evidence import EvidenceRecords
from commitments.api.indicators import Indicators
from commitments.api.leaders import Leaders
from commitments.api.observations import Observations
from commitments.api.outside import OutsideReports
from commitments.api.parameters import SLUG_PATTERN
from commitments.api.parties import Parties
from commitments.api.pledges import Pledges
from commitments.api.releases import Releases
from commitments.api.responses import Responses
from commitments.api.schema import Docs, Schema
from commitments.api.search_notes import SearchNotes
from commitments.api.sources import Sources
from commitments.api.stats import Stats
from commitments.api.summits import SeriesRecords, Summits
from commitments.api.topics import Topics
from commitments.api.undertakings import Undertakings

RESOURCES = {
    "summits": Summits,
    "series": SeriesRecords,
    "leaders": Leaders,
    "parties": Parties,
    "topics": Topics,
    "pledges": Pledges,
    "undertakings": Undertakings,
    "assessments": Assessments,
    "evidence": EvidenceRecords,
    "search-notes": SearchNotes,
    "sources": Sources,
    "indicators": Indicators,
    "releases": Releases,
    "observations": Observations,
    "outside-reports": OutsideReports,
    "responses": Responses,
    "changes": Changes,
}
router = SimpleRouter()
for name, view in RESOURCES.items():
    router.register(name, view, basename=f"api-{name}")

urlpatterns = [
    path("schema/", Schema.as_view(), name="api-schema"),
    path("stats/", Stats.as_view(), name="api-stats"),
    path("docs/", Docs.as_view(), name="api-docs"),
    *router.urls,
    re_path(
        rf"^pledges/(?P<slug>{SLUG_PATTERN})/evaluation/$",
        Evaluation.as_view(),
        name="api-evaluation",
    ),
]
