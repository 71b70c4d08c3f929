"""Rows of a form that somebody deleted meanwhile: they become new rows, so no typing is lost."""

# Django refuses a form with more rows anyway; this only bounds the work until then.
MOST_ROWS = 5000


def revive_rows(data, prefix, stored):
    """Renumber the rows of `prefix` in the posted `data`, so that deleted rows become new ones.

    Django takes the first rows for stored ones, and fails if one of them is gone. `stored` has the
    keys of the rows that are still there. A gone row that this form deletes too is left out.
    """
    total_name = f"{prefix}-TOTAL_FORMS"
    initial_name = f"{prefix}-INITIAL_FORMS"
    total = _read_number(data, total_name)
    initial = _read_number(data, initial_name)
    present, revived = [], []
    for number in range(initial):
        start = f"{prefix}-{number}"
        if data.get(f"{start}-id") in stored:
            present.append(number)
        elif f"{start}-DELETE" not in data:
            revived.append(number)
    if len(present) == initial:
        return
    rows = []
    for number in range(total):
        row = _pop_row(data, f"{prefix}-{number}-")
        if number in revived:
            row.pop("id", None)
        rows.append(row)
    added = range(initial, total)
    order = [*present, *revived, *added]
    for place, number in enumerate(order):
        start = f"{prefix}-{place}"
        row = rows[number]
        for name, values in row.items():
            data.setlist(f"{start}-{name}", values)
    data[total_name] = str(len(order))
    data[initial_name] = str(len(present))


def _read_number(data, name):
    text = data.get(name, "")
    if not text.isdecimal():
        return 0
    return min(int(text), MOST_ROWS)


def _pop_row(data, start):
    """Remove the values whose names begin with `start`; return them as {rest of name: values}."""
    row = {}
    for name in list(data):
        if name.startswith(start):
            field = name.removeprefix(start)
            row[field] = data.pop(name)
    return row
