"""Tables as files that a spreadsheet opens and never runs."""

import csv
from decimal import Decimal
from io import StringIO
from itertools import chain

# What a spreadsheet would take for a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(columns, rows):
    """Yield the lines of a CSV file; a text that looks like a formula gets an apostrophe, a number
    never.
    """
    line = StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    for row in chain([columns], rows):
        writer.writerow([escape_cell(value) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def as_download(response, name):
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def escape_cell(value):
    """Return `value` as a cell that no spreadsheet runs."""
    if isinstance(value, Decimal | int):
        return str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text
