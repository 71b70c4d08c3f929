"""Times with a first and a last day: of offices, memberships and names."""

from operator import attrgetter
from typing import NamedTuple

from commitments.languages import ENGLISH, spoken
from commitments.models import PartyName


class OtherName(NamedTuple):
    """What else a party is called, or was."""

    row: PartyName
    is_former: bool


def list_other_names(party, *, by):
    """Return the other names of `party` in the reader's language and in English, the former last.

    With a day, those it had by then.
    """
    languages = (spoken(), ENGLISH)
    rows = party.names.all()
    names = []
    for row in keep_begun(rows, by=by):
        if row.language not in languages:
            continue
        is_former = has_ended(row, by=by)
        name = OtherName(row, is_former)
        names.append(name)
    names.sort(key=attrgetter("is_former"))
    return names


def keep_begun(rows, *, by):
    """Return those of `rows`, terms or memberships, that had begun by a day; all if it is None."""
    if by is None:
        return list(rows)
    begun = []
    for row in rows:
        if row.starts_on is None or row.starts_on <= by:
            begun.append(row)
    return begun


def has_ended(row, *, by):
    """Whether the time of `row` was over by a day; without a day, whether it is."""
    if row.ends_on is None:
        return False
    if by is None:
        return True
    return row.ends_on < by
