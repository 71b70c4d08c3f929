"""The ledger as a diary: the days, and under each what it brought, verdicts on one pledge together."""

from dataclasses import dataclass
from datetime import date

from commitments.history import Change
from commitments.models import Action


@dataclass(frozen=True)
class Verdicts:
    """Verdicts published on the parties of one pledge, as of one day: newest entry first, two or more."""

    changes: list[Change]

    @property
    def pledge(self):
        return self.changes[0].record.undertaking.pledge


@dataclass(frozen=True)
class Day:
    """What the ledger tells of one day (UTC). `told` are single changes and `Verdicts`, by their newest entry.

    `note` is what all entries have for a note: worth saying once.
    """

    day: date
    told: list
    note: str


def diary(changes) -> list[Day]:
    """Return `changes`, newest first, under their days. No statement."""
    days = {}
    for change in changes:
        days.setdefault(change.entry.recorded_at.date(), []).append(change)
    return [Day(day, _gathered(brought), _shared_note(brought)) for day, brought in days.items()]


def _gathered(changes):
    told = {}
    for change in changes:
        told.setdefault(_subject(change), []).append(change)
    return [Verdicts(together) if len(together) > 1 else together[0] for together in told.values()]


def _subject(change):
    """Return what a change is told together with: a verdict with those on its pledge as of the same day."""
    entry, record = change.entry, change.record
    if record and entry.record_type == "assessment" and entry.action == Action.PUBLISH:
        return record.undertaking.pledge_id, record.as_of
    return entry.seq


def _shared_note(changes):
    notes = {change.entry.note for change in changes}
    return notes.pop() if len(notes) == 1 and len(changes) > 1 else ""
