"""What lists can be narrowed by: one declaration for pages and API, over published rows only.

Nothing here asks the database whether a slug exists: a draft's slug, a withdrawn record's and one
that nobody ever used all find nothing, so no answer tells them apart. A value that could not be one
(a slug with spaces, 2026-02-30) is an error. Only what is declared is a filter; no name from an
address ever becomes a field or a lookup.
"""

from commitments.filters.fields import Filters, LookingBack
from commitments.filters.history import HistoryFilter, NewsFilter
from commitments.filters.pledges import (
    ByUndertaking,
    EvaluationFilter,
    PledgeFilter,
    ScoreFilter,
    StatsFilter,
    UndertakingFilter,
)
from commitments.filters.records import (
    AssessmentFilter,
    ChangeFilter,
    EvidenceFilter,
    IndicatorFilter,
    LeaderFilter,
    ObservationFilter,
    OutsideReportFilter,
    PartyFilter,
    ReleaseFilter,
    ResponseFilter,
    SeriesFilter,
    SourceFilter,
    SummitFilter,
    TopicFilter,
)
from commitments.filters.timelines import TimelineFilter

__all__ = [
    "AssessmentFilter",
    "ByUndertaking",
    "ChangeFilter",
    "EvaluationFilter",
    "EvidenceFilter",
    "Filters",
    "HistoryFilter",
    "IndicatorFilter",
    "LeaderFilter",
    "LookingBack",
    "NewsFilter",
    "ObservationFilter",
    "OutsideReportFilter",
    "PartyFilter",
    "PledgeFilter",
    "ReleaseFilter",
    "ResponseFilter",
    "ScoreFilter",
    "SeriesFilter",
    "SourceFilter",
    "StatsFilter",
    "SummitFilter",
    "TimelineFilter",
    "TopicFilter",
    "UndertakingFilter",
]
