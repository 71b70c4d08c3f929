"""From a record to its public form: the one payload that ledger, API, exports and mirrors carry."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.db.models import ForeignKey, Prefetch

from commitments.publicforms.forms import CURRENT, PublicForm


def render(record, form: PublicForm | None = None) -> dict:
    """Return the public form of `record` (by `form`, else by the newest one of its type).

    The answer holds strings, integers, booleans, nulls, lists and objects only; decimals and dates
    are strings, references slugs. It says nothing about state, users or anything derived.
    """
    form = form or CURRENT[record._meta.model_name]
    payload = {"form": form.number}
    payload.update({name: _value(record, name) for name in form.fields})
    payload.update({child.key: _rows(record, child) for child in form.children})
    return payload


def in_newest_form(record_type, body) -> dict:
    """Return what the payload `body` says, written in the newest form of its record type.

    A field added since has the value that its column gave to the rows already there: the default.
    """
    form = CURRENT[record_type]
    if body["form"] == form.number:
        return body
    said = {"form": form.number, **_filled(form, body)}
    said.update(
        {
            child.key: [_filled(child, row) for row in body.get(child.key, [])]
            for child in form.children
        }
    )
    return said


def _filled(form, body):
    return {
        name: body[name] if name in body else _unsaid(form.model._meta.get_field(name))
        for name in form.fields
    }


def _unsaid(field):
    return (
        []
        if field.many_to_many
        else None
        if isinstance(field, ForeignKey)
        else as_exact_json(field.get_default())
    )


def prefetch_public_form(queryset, form: PublicForm | None = None):
    """Make `queryset` fetch what `render` reads: one statement for the rows, one for each list
    inside.
    """
    form = form or CURRENT[queryset.model._meta.model_name]
    queryset = queryset.select_related(*_foreign_keys(form.model, form.fields))
    for name in _many(form.model, form.fields):
        queryset = queryset.prefetch_related(name)
    for child in form.children:
        related = _foreign_keys(child.model, child.fields)
        related += [f"{name}__summit" for name in child.once_published]
        # _base_manager: children have no state of their own, so no reading narrows them.
        rows = child.model._base_manager.select_related(*related)
        queryset = queryset.prefetch_related(Prefetch(child.accessor, rows))
    return queryset


def reference(row):
    """Return how a payload names `row`: by slug, and a version of criteria by its number."""
    return row.number if row._meta.model_name == "criteria" else row.slug


def _foreign_keys(model, fields):
    return [name for name in fields if isinstance(model._meta.get_field(name), ForeignKey)]


def _many(model, fields):
    return [name for name in fields if model._meta.get_field(name).many_to_many]


def _rows(record, child):
    rows = [
        {
            name: _value(row, name, hide_unpublished=name in child.once_published)
            for name in child.fields
        }
        for row in getattr(record, child.accessor).all()
    ]
    # Sorted here, not in SQL: the two databases order text differently, and the hash must not.
    return sorted(rows, key=lambda row: [_sort_key(row[name]) for name in child.order])


def _sort_key(value):
    return "" if value is None else f"{value:08d}" if isinstance(value, int) else value


def _value(row, name, *, hide_unpublished=False):
    field = row._meta.get_field(name)
    if field.many_to_many:
        return sorted(other.slug for other in getattr(row, name).all())
    value = getattr(row, name)
    if value is None:
        return None
    if isinstance(field, ForeignKey):
        return None if hide_unpublished and not value.is_public else reference(value)
    return as_exact_json(value)


def as_exact_json(value):
    """Return `value` as JSON may carry it exactly: a decimal or date as a string, no floats."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: as_exact_json(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [as_exact_json(inner) for inner in value]
    if isinstance(value, float):
        raise TypeError("A float has no exact public form; use a Decimal or a string.")
    return value
