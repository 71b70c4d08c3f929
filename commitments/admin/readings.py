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


class Reference(NamedTuple):
    """A record that a field names; `state` is blank unless the record is not public."""

    text: str
    address: str = ""
    state: str = ""


class Line(NamedTuple):
    """A field with its label and its text, its imprecise date, or the records that it names."""

    label: str
    text: str = ""
    date: ImpreciseDate | None = None
    references: tuple[Reference, ...] = ()
    language: str = ""

    @property
    def is_filled(self):
        return bool(self.text or self.references or self.date)


class Rows(NamedTuple):
    """The rows of one kind inside a record, each with its lines."""

    title: str
    rows: list[list[Line]]


@dataclass
class Reading:
    """A record in full. `blank` are the labels of its empty fields, so that none goes unnoticed."""

    record: Root
    address: str
    lines: list[Line]
    parts: list[Rows] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    authors: tuple = ()

    @property
    def kind(self):
        return self.record._meta.verbose_name


def load_readings(records) -> list[Reading]:
    """Return a reading of each of `records`, in their order: some statements for each kind."""
    keys_by_model = defaultdict(list)
    for record in records:
        keys_by_model[type(record)].append(record.pk)
    rows = {}
    for model, keys in keys_by_model.items():
        full = list(prefetch_public_form(model._base_manager.filter(pk__in=keys)))
        prefetch_related_objects(full, *_list_paths(CURRENT[model._meta.model_name]))
        rows |= {record: record for record in full}
    authors = find_authors(rows)
    readings = []
    for record in records:
        # One that was deleted a moment ago is missing.
        if record in rows:
            readings.append(build_reading(rows[record], authors[record]))
    return readings


def _list_paths(form):
    """Return the ways to what is named with the rows that records of this form refer to."""
    names = [(name, form.model._meta.get_field(name)) for name in form.fields]
    for child in form.children:
        for name in child.fields:
            names.append((f"{child.accessor}__{name}", child.model._meta.get_field(name)))
    paths = []
    for path, model_field in names:
        for relation in NAMED_WITH.get(model_field.related_model, ()):
            paths.append(f"{path}__{relation}")
    return paths


def build_reading(record, authors=()) -> Reading:
    """Return `record`, loaded with its public form, as a reviewer reads it."""
    form = CURRENT[record._meta.model_name]
    lines = list(_read_lines(record, form.fields))
    filled = [line for line in lines if line.is_filled]
    parts = []
    for child in form.children:
        rows = []
        for row in getattr(record, child.accessor).all():
            cells = _read_lines(row, child.fields)
            rows.append([line for line in cells if line.is_filled])
        if rows:
            title = str(child.model._meta.verbose_name_plural)
            parts.append(Rows(title, rows))
    blank = [line.label for line in lines if line not in filled]
    return Reading(record, find_desk_address(record), filled, parts, blank, authors)


def find_desk_address(record) -> str:
    opts = record._meta
    name = f"admin:{opts.app_label}_{opts.model_name}_change"
    return reverse(name, args=[record.pk])


def _read_lines(row, names):
    """Yield a line for each field of `names`; an imprecise date is one line."""
    dates = [name for name in names if f"{name}_precision" in names]
    parts = [f"{name}_{part}" for name in dates for part in PARTS_OF_A_DATE]
    for name in names:
        if name in dates:
            label = row._meta.get_field(name).verbose_name
            value = read_imprecise_date(row, name)
            has_date = value.precision != Precision.NONE
            yield Line(str(label), date=value if has_date else None)
        elif name not in parts:
            yield _read_line(row, name)


def _read_line(row, name):
    model_field = row._meta.get_field(name)
    label = str(model_field.verbose_name)
    value = getattr(row, name)
    if model_field.many_to_many:
        references = [describe_reference(other) for other in value.all()]
        return Line(label, references=tuple(references))
    if isinstance(model_field, ForeignKey):
        references = () if value is None else (describe_reference(value),)
        return Line(label, references=references)
    language = "ja" if name.endswith("_ja") else ""
    return Line(label, _write_value(row, model_field, value), language=language)


def describe_reference(record) -> Reference:
    """Return how a reading names a record; a row inside another record has no page of its own."""
    if not isinstance(record, Root):
        return Reference(str(record))
    state = "" if record.is_published else record.get_state_display()
    return Reference(str(record), find_desk_address(record), state)


def _write_value(row, model_field, value):
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if model_field.choices:
        return str(getattr(row, f"get_{model_field.name}_display")())
    if isinstance(value, Decimal):
        return write_plainly(value)
    if isinstance(value, datetime):
        return date_format(value, "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=2) if value else ""
    return str(value)
