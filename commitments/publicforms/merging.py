"""Three versions of a record made one: what it was, what somebody wants, and what it is by now.

A value that one side alone changed is taken from that side. Lists of references are merged member
by member, rows inside a record by what names them. What both sides changed, and not in the same
way, is a clash: a person has to decide.
"""

from collections import Counter
from typing import NamedTuple

from commitments.publicforms.forms import CURRENT
from commitments.publicforms.rendering import name_row

# Of a row that is not there.
ABSENT = None


class Clash(NamedTuple):
    """A value that two people changed in different ways.

    `place` names the field of the record, or the list, the row's name and the field inside it.
    """

    place: tuple
    before: object
    proposed: object
    current: object


class Merged(NamedTuple):
    """The body that holds both changes; where they clash it has the current value."""

    body: dict
    clashes: list[Clash]


def merge(record_type: str, base: dict, proposed: dict, current: dict) -> Merged:
    """Return `current` with what `proposed` changes in `base`; all are full forms, the newest."""
    form = CURRENT[record_type]
    clashes = []
    body = {"form": current["form"]}
    for name in form.fields:
        versions = base[name], proposed[name], current[name]
        body[name] = _merge_value((name,), versions, clashes)
    for child in form.children:
        versions = base[child.key], proposed[child.key], current[child.key]
        body[child.key] = _merge_rows(child, versions, clashes)
    return Merged(body, clashes)


def _merge_value(place, versions, clashes):
    before, proposed, current = versions
    if proposed in (before, current):
        return current
    if current == before:
        return proposed
    if isinstance(before, list):
        return _merge_members(before, proposed, current)
    clashes.append(Clash(place, before, proposed, current))
    return current


def _merge_members(before, proposed, current):
    """Return the members of `current` with those added and without those taken out."""
    added = set(proposed) - set(before)
    removed = set(before) - set(proposed)
    members = (set(current) | added) - removed
    return sorted(members)


def _merge_rows(child, versions, clashes):
    before, proposed, current = [_index_rows(child, rows) for rows in versions]
    merged = []
    for name in dict.fromkeys([*current, *proposed]):
        rows = before.get(name), proposed.get(name), current.get(name)
        row = _merge_row(child, name, rows, clashes)
        if row is not ABSENT:
            merged.append(row)
    return merged


def _merge_row(child, name, rows, clashes):
    """Return the row, or ABSENT; a row that one side took out and the other changed is a clash."""
    before, proposed, current = rows
    if proposed in (before, current):
        return current
    if current == before:
        return proposed
    place = (child.key, name)
    if ABSENT in (proposed, current):
        clashes.append(Clash(place, before, proposed, current))
        return current
    row = {}
    for field in child.fields:
        value_before = ABSENT if before is ABSENT else before[field]
        versions = value_before, proposed[field], current[field]
        row[field] = _merge_value((*place, field), versions, clashes)
    return row


def _index_rows(child, rows) -> dict:
    """Return {name: row}; of rows with the same name, each has another number."""
    seen = Counter()
    by_name = {}
    for row in rows:
        name = name_row(child, row)
        by_name[name, seen[name]] = row
        seen[name] += 1
    return by_name
