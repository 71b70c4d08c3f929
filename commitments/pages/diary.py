"""The ledger as a diary: the days, and under each what it brought, verdicts on one pledge
together.
"""

from dataclasses import dataclass
from datetime import date

from commitments.ledger import history
from commitments.ledger.history import Change
from commitments.models import Action

# Changes that a page leaves to the next so as not to part them: fewer than a page has, or there
# would be empty ones.
MOST_MOVED = 40


@dataclass(frozen=True)
class Verdicts:
    """Verdicts published on the parties of one pledge, as of one day: newest entry first, two or
    more.
    """

    changes: list[Change]

    @property
    def pledge(self):
        return self.changes[0].record.undertaking.pledge


@dataclass(frozen=True)
class DiaryDay:
    """What the ledger tells of one day (UTC). `told` are single changes and `Verdicts`, by their
    newest entry.

    `note` is what all entries have for a note: worth saying once.
    """

    day: date
    told: list
    note: str


def diary(changes) -> list[DiaryDay]:
    """Return `changes`, newest first, under their days. No statement."""
    days = {}
    for change in changes:
        days.setdefault(change.entry.recorded_at.date(), []).append(change)
    return [
        DiaryDay(day, _gathered(brought), _shared_note(brought)) for day, brought in days.items()
    ]


def unparted(page) -> list[Change]:
    """Return the changes of a `page` of entries, its breaks moved before verdicts that are told
    together.

    One statement for the entries, and one for each type of record met.
    """
    start, end = max(page.start_index() - 1, 0), page.end_index()
    low = max(start - MOST_MOVED - 1, 0)
    entries = list(page.paginator.object_list[low : end + 1])
    first, last = start - low, end - low
    begun = first
    while begun and _are_alike(*entries[begun - 1 : begun + 1]):
        begun -= 1
    # Of what the next page begins with nothing is asked unless this one may have to leave it
    # something.
    if not _are_alike(*entries[max(last - 1, 0) : last + 1]):
        entries = entries[:last]
    changes = history.join_records(entries[begun:])
    return changes[
        first - begun - _moved(changes, first - begun) : last
        - begun
        - _moved(changes, last - begun)
    ]


def _moved(changes, at):
    """Return how many of `changes` before the one `at` this place are told together with it: none
    if too many are.
    """
    number = 0
    while number < at < len(changes) and _key(changes[at - number - 1]) == _key(changes[at]):
        number += 1
    return number if number <= MOST_MOVED else 0


def _key(change):
    return change.entry.recorded_at.date(), _subject(change)


def _are_alike(one=None, other=None):
    """Whether two entries may be told together, as far as they tell without their records."""
    return bool(one and other) and _is_verdict(one) and _is_verdict(other)


def _gathered(changes):
    told = {}
    for change in changes:
        told.setdefault(_subject(change), []).append(change)
    return [Verdicts(together) if len(together) > 1 else together[0] for together in told.values()]


def _subject(change):
    """Return what a change is told together with: a verdict with those on its pledge as of the same
    day.
    """
    entry, record = change.entry, change.record
    return (
        (record.undertaking.pledge_id, record.as_of) if record and _is_verdict(entry) else entry.seq
    )


def _is_verdict(entry):
    return entry.record_type == "assessment" and entry.action == Action.PUBLISH


def _shared_note(changes):
    notes = {change.entry.note for change in changes}
    return notes.pop() if len(notes) == 1 and len(changes) > 1 else ""
