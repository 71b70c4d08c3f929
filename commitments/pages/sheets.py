"""Tables as files that a spreadsheet opens without running anything in them."""

import csv
from decimal import Decimal
from io import StringIO

from django.http import StreamingHttpResponse

CSV = "text/csv; charset=utf-8"
# A spreadsheet takes a text that begins like this for a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def write_csv_lines(columns, rows):
    """Yield the lines of a CSV file; `columns` are {heading: function that reads it from a row}.

    A text that looks like a formula gets an apostrophe, a number never.
    """
    line = StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow(columns)
    yield line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        values = [read(row) for read in columns.values()]
        cells = [escape_cell(value) for value in values]
        writer.writerow(cells)
        yield line.getvalue()


def stream_csv(columns, rows, name):
    """Answer the rows as a file, read while it is sent."""
    lines = write_csv_lines(columns, rows)
    response = StreamingHttpResponse(lines, content_type=CSV)
    return make_download(response, name)


def name_csv(name, as_of):
    """Return the name of a file with rows as of a day, or as of now if `as_of` is None."""
    if as_of:
        return f"{name}-as-of-{as_of}.csv"
    return f"{name}.csv"


def make_download(response, name):
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def escape_cell(value):
    """Return `value` as a cell that no spreadsheet runs."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int):
        return str(value)
    if value is None:
        return ""
    return quote_formula(str(value))


def quote_formula(text):
    if text.startswith(FORMULAS):
        return f"'{text}"
    return text
