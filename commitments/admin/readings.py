"""Records as a reviewer reads them: every public field with its label, whole, rows inside too."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import ForeignKey, prefetch_related_objects
from django.urls import reverse
from django.utils.formats import date_format

from commitments.models import Criteria, Root, Tenure, Undertaking
from commitments.models.imprecise import read_imprecise_date
from commitments.models.numbers import write_plainly
from commitments.publicforms import CURRENT, prefetch_public_form
from commitments.publishing.authors import find_authors
from commitments.verdicts.dates import ImpreciseDate, Precision

# The other columns of an imprecise date: its words say what they hold.
PARTS_OF_A_DATE = ("precision", "fiscal_start", "fiscal_named", "from")

# What rows inside a record are named with.
NAMED_WITH = {Undertaking: ("party", "pledge"), Criteria: ("pledge",), Tenure: ("leader",)}


class NamedRecord(NamedTuple):
    """A record that a field names; `state` is blank unless the record is not public."""

    text: str
    address: str = ""
    state: str = ""


class ReadField(NamedTuple):
    """A field with its label and its text, its imprecise date, or the records that it names."""

    label: str
    text: str = ""
    date: ImpreciseDate | None = None
    references: tuple[NamedRecord, ...] = ()
    language: str = ""

    @property
    def is_filled(self):
        values = (self.text, self.references, self.date)
        return any(values)


class RowGroup(NamedTuple):
    """The rows of one kind inside a record, each with its lines."""

    title: str
    rows: list[list[ReadField]]


@dataclass
class Reading:
    """A record in full. `blank` are the labels of its empty fields, so that none goes unnoticed."""

    record: Root
    address: str
    lines: list[ReadField] = field(default_factory=list)
    parts: list[RowGroup] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    authors: tuple = ()

    @property
    def kind(self):
        return self.record._meta.verbose_name


def load_readings(records) -> list[Reading]:
    """Return a reading of each of `records`, in their order: some statements for each kind."""
    records = list(records)
    rows_by_model = defaultdict(list)
    for record in records:
        rows_by_model[type(record)].append(record)
    stored = {}
    for model, rows in rows_by_model.items():
        for row in _load_whole(model, rows):
            stored[row] = row
    authors = find_authors(stored)
    readings = []
    for record in records:
        row = stored.get(record)
        # One that was deleted a moment ago is missing.
        if row is not None:
            reading = build_reading(row, authors[row])
            readings.append(reading)
    return readings


def _load_whole(model, rows):
    """Return rows of one model as they are stored, with all that their readings name."""
    keys = [row.pk for row in rows]
    queryset = model._base_manager.filter(pk__in=keys)
    whole = list(prefetch_public_form(queryset))
    paths = _list_paths(model)
    prefetch_related_objects(whole, *paths)
    return whole


def _list_paths(model):
    """Return the ways from records of `model` to what rows inside records are named with."""
    form = CURRENT[model._meta.model_name]
    paths = _list_paths_of(model, form.fields)
    for child in form.children:
        for path in _list_paths_of(child.model, child.fields):
            paths.append(f"{child.accessor}__{path}")
    return paths


def _list_paths_of(model, names):
    paths = []
    for name in names:
        related = model._meta.get_field(name).related_model
        for relation in NAMED_WITH.get(related, ()):
            paths.append(f"{name}__{relation}")
    return paths


def build_reading(record, authors=()) -> Reading:
    """Return `record`, loaded with its public form, as a reviewer reads it."""
    form = CURRENT[record._meta.model_name]
    reading = Reading(
        record=record,
        address=find_desk_address(record),
        authors=authors,
    )
    for line in _read_lines(record, form.fields):
        if line.is_filled:
            reading.lines.append(line)
        else:
            reading.blank.append(line.label)
    for child in form.children:
        rows = _read_rows(record, child)
        if rows:
            title = str(child.model._meta.verbose_name_plural)
            reading.parts.append(RowGroup(title, rows))
    return reading


def _read_rows(record, child):
    rows = []
    for row in getattr(record, child.accessor).all():
        lines = _read_lines(row, child.fields)
        filled = [line for line in lines if line.is_filled]
        rows.append(filled)
    return rows


def find_desk_address(record) -> str:
    opts = record._meta
    name = f"admin:{opts.app_label}_{opts.model_name}_change"
    return reverse(name, args=[record.pk])


def _read_lines(row, names):
    """Yield a line for each field of `names`; an imprecise date is one line."""
    dates = [name for name in names if f"{name}_precision" in names]
    parts = []
    for name in dates:
        parts += [f"{name}_{part}" for part in PARTS_OF_A_DATE]
    for name in names:
        if name in dates:
            yield _read_date(row, name)
        elif name not in parts:
            yield _read_field(row, name)


def _read_date(row, name):
    label = row._meta.get_field(name).verbose_name
    value = read_imprecise_date(row, name)
    if value.precision == Precision.NONE:
        value = None
    return ReadField(str(label), date=value)


def _read_field(row, name):
    model_field = row._meta.get_field(name)
    label = str(model_field.verbose_name)
    value = getattr(row, name)
    if model_field.many_to_many:
        records = value.all()
    elif isinstance(model_field, ForeignKey):
        records = [] if value is None else [value]
    else:
        text = _write_value(row, model_field, value)
        language = "ja" if name.endswith("_ja") else ""
        return ReadField(label, text, language=language)
    references = [describe_reference(record) for record in records]
    return ReadField(label, references=tuple(references))


def describe_reference(record) -> NamedRecord:
    """Return how a reading names a record; a row inside another record has no page of its own."""
    name = str(record)
    if not isinstance(record, Root):
        return NamedRecord(name)
    address = find_desk_address(record)
    if record.is_published:
        return NamedRecord(name, address)
    state = record.get_state_display()
    return NamedRecord(name, address, state)


def _write_value(row, model_field, value):
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if model_field.choices:
        display = getattr(row, f"get_{model_field.name}_display")
        return str(display())
    if isinstance(value, Decimal):
        return write_plainly(value)
    if isinstance(value, datetime):
        return date_format(value, "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=2) if value else ""
    return str(value)
