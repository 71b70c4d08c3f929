"""Rows of a form that somebody deleted while it was open: kept as new rows, so that no typing is
lost.
"""


def revive(data, prefix, stored):
    """Renumber the rows of `prefix` in the posted `data` so that those not among `stored` become
    new ones.

    Django takes the first rows for the stored ones and can make nothing of one that is gone. A row
    that was to be deleted and is gone already is left out.
    """
    total, initial = (_number(data, f"{prefix}-{name}_FORMS") for name in ("TOTAL", "INITIAL"))
    gone = [n for n in range(initial) if data.get(f"{prefix}-{n}-id") not in stored]
    if not gone:
        return
    kept = [n for n in range(initial) if n not in gone]
    again = [n for n in gone if f"{prefix}-{n}-DELETE" not in data]
    order = [*kept, *again, *range(initial, total)]
    rows = [_taken_out(data, f"{prefix}-{n}-") for n in range(total)]
    for place, n in enumerate(order):
        for name, values in rows[n].items():
            if not (name == "id" and n in gone):
                data.setlist(f"{prefix}-{place}-{name}", values)
    data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(order)), str(len(kept))


def _number(data, name):
    given = data.get(name, "")
    # More rows than the site takes in one form are Django's to refuse.
    return min(int(given), 5000) if given.isdecimal() else 0


def _taken_out(data, start):
    return {name[len(start) :]: data.pop(name) for name in list(data) if name.startswith(start)}
