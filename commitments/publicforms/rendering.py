"""From a record to its public form: the one payload that ledger, API, exports and mirrors carry."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.db.models import ForeignKey, Prefetch

from commitments.models.numbers import write_plainly
from commitments.publicforms.forms import CURRENT, PublicForm


def render(record, form: PublicForm | None = None) -> dict:
    """Return the public form of `record`: by `form`, else by that of its type.

    It holds strings, integers, booleans, nulls, lists and objects only; decimals and dates are
    strings, references slugs. It says nothing about state, users or anything derived.
    """
    if form is None:
        form = CURRENT[record._meta.model_name]
    payload = {"form": form.number}
    for name in form.fields:
        payload[name] = _render_field(record, name)
    for child in form.children:
        payload[child.key] = _render_rows(record, child)
    return payload


def render_fully(record) -> dict:
    """Return the full form of `record`: its public form with the references that this hides.

    It holds all that a person can enter, so that it can be written into rows again.
    """
    payload = render(record)
    form = CURRENT[record._meta.model_name]
    for child in form.children:
        if child.once_published:
            payload[child.key] = _render_rows(record, child, hides=False)
    return payload


def prefetch_public_form(queryset):
    """Make `queryset` fetch what `render` reads.

    One statement for the rows, and one for each list inside.
    """
    form = CURRENT[queryset.model._meta.model_name]
    prefetches = _list_many_to_many(form.model, form.fields)
    for child in form.children:
        related = _list_foreign_keys(child.model, child.fields)
        # _base_manager: children have no state of their own, so no reading narrows them.
        rows = child.model._base_manager.select_related(*related)
        for name in _list_many_to_many(child.model, child.fields):
            rows = rows.prefetch_related(_fetch_list(child, name))
        prefetches.append(Prefetch(child.accessor, rows))
    related = _list_foreign_keys(form.model, form.fields)
    rows = queryset.select_related(*related)
    return rows.prefetch_related(*prefetches)


def _fetch_list(child, name):
    """Return what fetches the list `name` of rows of `child`, with all that decides whether its
    records are public.
    """
    model = child.model._meta.get_field(name).related_model
    rows = model.objects.all()
    if name in child.once_published:
        rows = rows.select_related("summit")
    return Prefetch(name, rows)


def render_reference(row):
    """Return how a payload names `row`: by slug, and a version of criteria by its number."""
    is_criteria = row._meta.model_name == "criteria"
    return row.number if is_criteria else row.slug


def _list_foreign_keys(model, names):
    keys = []
    for name in names:
        field = model._meta.get_field(name)
        if isinstance(field, ForeignKey):
            keys.append(name)
    return keys


def _list_many_to_many(model, names):
    lists = []
    for name in names:
        field = model._meta.get_field(name)
        if field.many_to_many:
            lists.append(name)
    return lists


def _render_rows(record, child, *, hides=True):
    """Return the rows of `child` inside `record`, in the order of the form."""
    rows = []
    for row in getattr(record, child.accessor).all():
        rows.append(render_row(row, child, hides=hides))
    # Sorted here, not in SQL: the two databases order text differently, and the hash must not.
    return sorted(rows, key=lambda row: [_make_sort_key(row[name]) for name in child.order])


def render_row(row, child, *, hides=False) -> dict:
    """Return a row of `child`; `hides` leaves out the references to what is not public yet."""
    body = {}
    for name in child.fields:
        if hides and name in child.once_published:
            body[name] = _list_public_slugs(row, name)
        else:
            body[name] = _render_field(row, name)
    return body


def name_row(child, body) -> tuple:
    """Return what names a row of `child` inside its record: its slug, else what it is sorted by."""
    if "slug" in child.fields:
        slug = body.get("slug")
        return (slug,)
    values = [body.get(name) for name in child.order]
    # As texts, because a file may have a number where a form has none yet.
    return tuple(str(value) for value in values)


def _list_public_slugs(row, name):
    """Return the slugs of those records in the list `name` that are public."""
    records = getattr(row, name).all()
    slugs = [record.slug for record in records if record.is_public]
    return sorted(slugs)


def _make_sort_key(value):
    """Return a text that sorts as `value` does: a text, a whole number, or None, which is first."""
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:08d}"
    return value


def _render_field(row, name):
    field = row._meta.get_field(name)
    value = getattr(row, name)
    if field.many_to_many:
        return sorted(record.slug for record in value.all())
    if value is None:
        return None
    if isinstance(field, ForeignKey):
        return render_reference(value)
    return render_exactly(value)


def render_exactly(value):
    """Return `value` as JSON may carry it exactly: a decimal or date as a string, no floats."""
    if isinstance(value, Decimal):
        return write_plainly(value)
    if isinstance(value, datetime):
        return write_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        rendered = {}
        for name, inner in value.items():
            rendered[name] = render_exactly(inner)
        return rendered
    if isinstance(value, list):
        return [render_exactly(inner) for inner in value]
    if isinstance(value, float):
        raise TypeError("A float has no exact public form; use a Decimal or a string.")
    return value


def write_moment(moment):
    """Return `moment` in UTC to the microsecond: “2026-01-31T12:00:00.000000Z”."""
    utc = moment.astimezone(UTC)
    text = utc.isoformat(timespec="microseconds")
    return text.replace("+00:00", "Z")
