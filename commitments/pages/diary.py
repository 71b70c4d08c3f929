"""The ledger as a diary: what each day brought, with the verdicts on one pledge together."""

from dataclasses import dataclass
from datetime import date

from commitments.ledger import history
from commitments.ledger.history import Change
from commitments.models import Action

# A page leaves at most this many changes to the next one, to keep verdicts together. It is fewer
# than a page has, so that none is left empty.
MOST_MOVED = 40


@dataclass(frozen=True)
class Verdicts:
    """Verdicts published on the parties of one pledge, as of one day: newest entry first, two or
    more.
    """

    changes: list[Change]

    @property
    def pledge(self):
        first = self.changes[0]
        return first.record.undertaking.pledge


@dataclass(frozen=True)
class DiaryDay:
    """What one day (UTC) brought. `told` has single changes and `Verdicts`, by their newest entry.

    `note` is the note of all entries if they share one, so that it is shown once.
    """

    day: date
    told: list
    note: str


def build_diary(changes) -> list[DiaryDay]:
    """Return `changes`, newest first, under their days. No statement."""
    days = {}
    for change in changes:
        day = change.entry.recorded_at.date()
        days.setdefault(day, []).append(change)
    diary = []
    for day, changes_of_day in days.items():
        groups = _group_verdicts(changes_of_day)
        note = _find_shared_note(changes_of_day)
        diary.append(DiaryDay(day, groups, note))
    return diary


def read_whole_page(page) -> list[Change]:
    """Return the changes of a `page` of entries, its breaks moved before verdicts shown together.

    One statement for the entries, and one for each type of record met.
    """
    start = max(page.start_index() - 1, 0)
    end = page.end_index()
    low = max(start - MOST_MOVED - 1, 0)
    all_entries = page.paginator.object_list
    entries = list(all_entries[low : end + 1])
    # The places of this page in `entries`, which also has what may be joined to it on both sides.
    first = start - low
    last = end - low
    begin = first
    while begin > 0 and _are_both_verdicts(entries, begin):
        begin -= 1
    if not _are_both_verdicts(entries, last):
        # Don't load the first entry of the next page unless it may belong with our last.
        entries = entries[:last]
    changes = history.join_records(entries[begin:])
    first -= begin
    last -= begin
    first -= _count_moved(changes, first)
    last -= _count_moved(changes, last)
    return changes[first:last]


def _are_both_verdicts(entries, place):
    """Whether the entry at `place` and the one before may be shown together, as far as the entries
    tell without their records.
    """
    if not 0 < place < len(entries):
        return False
    before = entries[place - 1]
    after = entries[place]
    return _is_verdict(before) and _is_verdict(after)


def _count_moved(changes, place):
    """Return how many changes before `place` are shown together with the one there: 0 if too many
    are.
    """
    if place >= len(changes):
        return 0
    key = _find_key(changes[place])
    number = 0
    for change in reversed(changes[:place]):
        if _find_key(change) != key:
            break
        number += 1
    return number if number <= MOST_MOVED else 0


def _find_key(change):
    """Return what changes that are shown together share: the day of the entry, and the subject."""
    day = change.entry.recorded_at.date()
    return day, _find_subject(change)


def _group_verdicts(changes):
    """Return `changes` with the verdicts on one pledge together as `Verdicts`."""
    groups = {}
    for change in changes:
        subject = _find_subject(change)
        groups.setdefault(subject, []).append(change)
    diary_items = []
    for group in groups.values():
        if len(group) > 1:
            diary_items.append(Verdicts(group))
        else:
            diary_items += group
    return diary_items


def _find_subject(change):
    """Return the pledge and the day of a verdict; of any other change the number of its entry."""
    record = change.record
    if record and _is_verdict(change.entry):
        return record.undertaking.pledge_id, record.as_of
    return change.entry.seq


def _is_verdict(entry):
    if entry.action != Action.PUBLISH:
        return False
    return entry.record_type == "assessment"


def _find_shared_note(changes):
    """Return the note that several changes all have, else ""."""
    if len(changes) < 2:
        return ""
    notes = {change.entry.note for change in changes}
    return notes.pop() if len(notes) == 1 else ""
