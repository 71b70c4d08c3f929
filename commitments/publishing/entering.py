"""Write a public form into rows: those of a new record, or of one that is there already.

This one function serves proposals, imports and the demonstration record. What is written is checked
as a form would check it; state, version and what `publishing` derives stay as they are.
"""

from collections import Counter
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db import models as db

from commitments.models import Assessment, Criteria, Undertaking
from commitments.publicforms import CURRENT, name_row, render_row
from commitments.verdicts.dates import parse_day


class Known(dict):
    """The rows that have been referred to so far: each is looked up once."""

    def find(self, model, reference, *, near=None):
        """Return the row that `reference` names; raise `ValueError` if there is none.

        Criteria are named by their number within the pledge of `near`, everything else by slug.
        """
        if model is Criteria:
            pledge = near
            if isinstance(near, Assessment):
                pledge = near.undertaking.pledge
            key = model, pledge.pk, reference
            rows = model.objects.filter(pledge=pledge, number=reference)
        else:
            key = model, reference
            rows = model.objects.filter(slug=reference)
        row = self.get(key) or rows.first()
        if row is None:
            raise ValueError(
                f"refers to the {model._meta.verbose_name} “{reference}”, which is not there"
            )
        self[key] = row
        return row


class ForwardReference(NamedTuple):
    """References of a row to records that may come later, such as of a source's statement to the
    pledges that track it.
    """

    row: db.Model
    field: str
    slugs: list[str]


def enter_form(record, body, known) -> list[ForwardReference]:
    """Write `body`, in the newest form, into `record` and the rows inside it.

    A new record takes the model's default for what `body` lacks; of a stored one that stays. Rows
    inside a stored record are changed in place, found by what names them. Returns the references
    that are still to be connected. Raises `ValidationError`, `ValueError` or `TypeError`, each with
    sentences that name the field, and for rows that others rest on `ProtectedError`.
    """
    form = CURRENT[record._meta.model_name]
    is_new = record.pk is None
    fields = dict(body)
    rows = {}
    for child in form.children:
        if child.key in fields:
            rows[child.key] = fields.pop(child.key) or []
    _refuse_unknown(fields, form.fields)
    many = _fill(record, fields, known)
    _save(record)
    references = []
    stored = {} if is_new else _take_out_rows(record, form, rows)
    for child in form.children:
        for place, row in _name_each(child, rows.get(child.key, [])):
            there = stored.get((child.key, place))
            references += _enter_row(child, record, row, there, known)
    for name, slugs in many.items():
        model = record._meta.get_field(name).related_model
        members = [known.find(model, slug) for slug in slugs]
        getattr(record, name).set(members)
    return references


def connect(references, known):
    """Add what the `ForwardReference`s name; yield a sentence for each record that is not there."""
    for row, name, slugs in references:
        model = row._meta.get_field(name).related_model
        records = []
        for slug in slugs:
            try:
                records.append(known.find(model, slug))
            except ValueError as error:
                yield f"{row._meta.verbose_name} “{row}”: {error}"
        getattr(row, name).set(records)


def _name_each(child, bodies):
    """Yield (name, body) of the rows of `child`; of rows with the same name, each has another."""
    seen = Counter()
    for body in bodies:
        if not isinstance(body, dict):
            raise ValueError(f"{child.key}: {body!r} is not a mapping of fields")
        name = name_row(child, body)
        yield (name, seen[name]), body
        seen[name] += 1


def _take_out_rows(record, form, wanted):
    """Delete the rows inside `record` that are not `wanted`; return the others by key and name.

    All of them go before any is written, the last kinds first, because those refer to the first.
    """
    stored = {}
    for child in reversed(form.children):
        if child.key not in wanted:
            continue
        names = {name for name, _body in _name_each(child, wanted[child.key])}
        rows = child.model._base_manager.filter(**{child.owner: record})
        by_body = [(render_row(row, child), row) for row in rows.order_by("pk")]
        seen = Counter()
        for body, row in by_body:
            plain = name_row(child, body)
            name = plain, seen[plain]
            seen[plain] += 1
            if name in names:
                stored[child.key, name] = row, body
            else:
                row.delete()
    return stored


def _enter_row(child, owner, fields, stored, known):
    """Write one row inside `owner`; return its `ForwardReference`s."""
    _refuse_unknown(fields, child.fields)
    row, before = stored or (child.model(**{child.owner: owner}), None)
    fields = dict(fields)
    references = []
    for name in child.once_published:
        if name in fields:
            references.append(ForwardReference(row, name, fields.pop(name)))
    if before is not None and all(before[name] == fields[name] for name in fields):
        return references
    _fill(row, fields, known, owner=owner)
    if isinstance(row, Undertaking):
        # Its clean() makes the slug.
        _save(row, exclude={"slug"})
    else:
        _save(row)
    return references


def _save(row, *, exclude=frozenset()):
    """Save `row`, checked as a form would check it.

    The database holds the constraints. Checking each of them first would cost a statement a
    constraint, so they are put into words only once the database has refused the row. The rows that
    `row` refers to have just been loaded, so there is no query whether they exist.
    """
    references = {
        key.name
        for key in row._meta.fields
        if key.many_to_one and getattr(row, key.attname) is not None
    }
    row.clean_fields(exclude=exclude | references)
    row.clean()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.full_clean(exclude=exclude)
        raise


def _refuse_unknown(fields, known):
    for name in fields:
        if name not in known and name != "form":
            raise ValueError(f"there is no field “{name}”; known are {', '.join(known)}")


def _fill(row, fields, known, *, owner=None):
    """Set `fields` on `row`; return the many-to-many ones, which need the row saved first."""
    many = {}
    for name, value in fields.items():
        if name == "form":
            continue
        model_field = row._meta.get_field(name)
        if model_field.many_to_many:
            many[name] = value
            continue
        if not isinstance(model_field, db.ForeignKey):
            value = parse_value(model_field, value)
        elif value is not None:
            value = known.find(model_field.related_model, value, near=owner or row)
        setattr(row, name, value)
    return many


def parse_value(model_field, value):
    """Return `value` as the field's own type; raise an error that names the field otherwise."""
    if value is None:
        return None
    if isinstance(model_field, db.DecimalField) and isinstance(value, float):
        raise TypeError(
            f"{model_field.name}: write {value!r} in quotation marks, so that it stays exact"
        )
    try:
        if isinstance(model_field, db.DateTimeField):
            moment = datetime.fromisoformat(str(value))
            if moment.tzinfo is None:
                raise ValueError
            return moment
        if isinstance(model_field, db.DateField):
            day = parse_day(str(value))
            if day is None:
                raise ValueError
            return day
        if isinstance(model_field, db.DecimalField):
            return Decimal(str(value))
    except (ValueError, InvalidOperation):
        shape = _describe_shape(model_field)
        raise ValueError(f"{model_field.name}: “{value}” is not {shape}") from None
    return value


def _describe_shape(model_field):
    if isinstance(model_field, db.DateTimeField):
        return "a time with its zone such as 2026-01-31T09:00:00Z"
    if isinstance(model_field, db.DateField):
        return "a day such as 2026-01-31"
    return "a number such as 1000.5"


def list_sentences(error: ValidationError):
    """Yield the messages of `error`, each with the name of its field if it has one."""
    if not hasattr(error, "message_dict"):
        yield from error.messages
        return
    for name, messages in error.message_dict.items():
        prefix = "" if name == "__all__" else f"{name}: "
        for message in messages:
            yield f"{prefix}{message}"
