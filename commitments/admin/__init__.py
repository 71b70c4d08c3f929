"""The desk: where researchers enter records and reviewers sign them off. One file a noun."""

from commitments.admin import (
    assessments,
    evidence,
    indicators,
    leaders,
    ledger,
    outside,
    parties,
    pledges,
    proposals,
    responses,
    search_notes,
    sources,
    summits,
    topics,
    undertakings,
    users,
)
from commitments.admin.sites import site

__all__ = [
    "assessments",
    "evidence",
    "indicators",
    "leaders",
    "ledger",
    "outside",
    "parties",
    "pledges",
    "proposals",
    "responses",
    "search_notes",
    "site",
    "sources",
    "summits",
    "topics",
    "undertakings",
    "users",
]
