"""What stands in a file and was not entered, for the report and for the public note."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from commitments.importing.defects import FilePlace
from commitments.importing.texts import shorten

MOST_NAMED = 10


@dataclass
class LeftOut:
    """Rows, columns, and cells of rows that were entered, which a policy has left out."""

    rows: list[FilePlace] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    cells: list[FilePlace] = field(default_factory=list)

    def __str__(self):
        """Return “2 rows (line 4; line 9, id 2001-07), 1 column (Japn)”; blank for nothing."""
        rows = [_name_row(place) for place in self.rows]
        cells = [f"{_name_row(place)}, column {shorten(place.column)}" for place in self.cells]
        columns = [shorten(column) for column in self.columns]
        parts = [
            _write_part("row", rows),
            _write_part("column", columns),
            _write_part("cell", cells),
        ]
        return ", ".join(part for part in parts if part)

    def count(self) -> str:
        """Return “2 rows, 1 column”; blank for nothing."""
        counts = [
            _write_count("row", self.rows),
            _write_count("column", self.columns),
            _write_count("cell", self.cells),
        ]
        return ", ".join(count for count in counts if count)

    def write_sentence(self) -> str:
        """Return the sentence for reports and notes; blank if nothing was left out."""
        text = str(self)
        return f"Left out: {text}." if text else ""

    def as_json(self):
        return {
            "rows": [_describe(place) for place in self.rows],
            "columns": self.columns,
            "cells": [_describe(place) for place in self.cells],
        }


def _name_row(place):
    name = f"line {place.line}"
    if place.file:
        name = f"{place.file} {name}"
    if place.id:
        return f"{name}, id {shorten(place.id)}"
    return name


def _write_count(noun, items):
    """Return “2 rows”; blank without items."""
    count = len(items)
    if not count:
        return ""
    plural = "" if count == 1 else "s"
    return f"{count} {noun}{plural}"


def _write_part(noun, names: Sequence[str]):
    """Return “2 rows (line 4; line 9)”, with the first names alone; blank without names."""
    if not names:
        return ""
    text = "; ".join(names[:MOST_NAMED])
    further = len(names) - MOST_NAMED
    if further > 0:
        text += f"; and {further} more"
    return f"{_write_count(noun, names)} ({text})"


def _describe(place):
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "value": place.value,
        "id": place.id,
    }
