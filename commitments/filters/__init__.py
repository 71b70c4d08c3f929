"""The filters of lists, declared once for pages and API. They keep published rows only.

No filter checks whether a slug exists. The slug of a draft, of a withdrawn record and one that was
never used all match nothing, so no answer tells them apart. An impossible value (a slug with
spaces, 2026-02-30) is an error. Only what is declared here is a filter: no name from an address
ever becomes a field or a lookup.
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
    DisagreementFilter,
    EvidenceFilter,
    IndicatorFilter,
    LeaderFilter,
    ObservationFilter,
    OutsideReportFilter,
    PartyFilter,
    ReleaseFilter,
    ResponseFilter,
    SearchNoteFilter,
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
    "DisagreementFilter",
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
    "SearchNoteFilter",
    "SeriesFilter",
    "SourceFilter",
    "StatsFilter",
    "SummitFilter",
    "TimelineFilter",
    "TopicFilter",
    "UndertakingFilter",
]
