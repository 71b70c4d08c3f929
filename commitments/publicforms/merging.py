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
    three = (base, proposed, current)
    clashes = []
    body = {"form": current["form"]}
    for name in form.fields:
        versions = _pick(three, name)
        place = (name,)
        body[name] = _merge_value(place, versions, clashes)
    for child in form.children:
        versions = _pick(three, child.key)
        body[child.key] = _merge_rows(child, versions, clashes)
    return Merged(body, clashes)


def _pick(bodies, name):
    """Return what each of the bodies says under `name`."""
    return [body[name] for body in bodies]


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
    before = set(before)
    proposed = set(proposed)
    members = set(current)
    members |= proposed - before
    members -= before - proposed
    return sorted(members)


def _merge_rows(child, versions, clashes):
    three = [_index_rows(child, rows) for rows in versions]
    _before, proposed, current = three
    names = dict.fromkeys(current)
    names.update(dict.fromkeys(proposed))
    merged = []
    for name in names:
        rows = [by_name.get(name, ABSENT) for by_name in three]
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
    # Of a row that both added there is no value before.
    three = (before or {}, proposed, current)
    row = {}
    for field in child.fields:
        versions = [body.get(field) for body in three]
        where = (*place, field)
        row[field] = _merge_value(where, versions, clashes)
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
