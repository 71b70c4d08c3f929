"""Which record refers to which, derived from the forms: a new field needs no second list."""

from collections.abc import Iterator

from django.db.models import ForeignKey

from commitments.models import Criteria, Root, State, Tenure, Undertaking
from commitments.publicforms.forms import CURRENT

# Rows that live inside a record stand for it: a reference to one is a reference to its root.
ROOT_OF = {Undertaking: "pledge", Criteria: "pledge", Tenure: "leader"}


def find_references(record) -> list[Root]:
    """Return the records that the public form of `record` names, each once, in a stable order."""
    form = CURRENT[record._meta.model_name]
    roots = []
    for name in form.fields:
        roots += _find_targets(record, name)
    for child in form.children:
        names = _list_public_names(child)
        rows = getattr(record, child.accessor)
        rows = _load_rows(rows, child.model, names)
        for row in rows:
            for name in names:
                roots += _find_targets(row, name)
    # Model instances hash by primary key within their class; dict keeps the first of each.
    return [root for root in dict.fromkeys(roots) if root != record]


def find_dependents(record) -> Iterator[Root]:
    """Yield the published records whose public form names `record` or a row inside it."""
    target = type(record)
    for form in CURRENT.values():
        seen = {record}
        for path in _find_paths(target, form):
            rows = form.model.objects.filter(**{path: record}, state=State.PUBLISHED)
            rows = rows.order_by("slug").distinct()
            for root in rows:
                if root not in seen:
                    seen.add(root)
                    yield root


def _find_paths(target, form):
    """Return the ways from a record with this form to the model `target`, as lookups."""
    paths = _find_paths_of_fields(target, form.model, form.fields)
    for child in form.children:
        names = _list_public_names(child)
        inner = _find_paths_of_fields(target, child.model, names)
        owner = child.model._meta.get_field(child.owner)
        way = owner.related_query_name()
        for path in inner:
            paths.append(f"{way}__{path}")
    return paths


def _find_paths_of_fields(target, model, names):
    paths = []
    for name in names:
        related = model._meta.get_field(name).related_model
        if related is target:
            paths.append(name)
        elif related in ROOT_OF:
            owner = ROOT_OF[related]
            root = related._meta.get_field(owner).related_model
            if root is target:
                paths.append(f"{name}__{owner}")
    return paths


def _list_public_names(child):
    """Return the fields of `child` whose references are public with the record."""
    names = []
    for name in child.fields:
        if name not in child.once_published:
            names.append(name)
    return names


def _load_rows(rows, model, names):
    """Return the rows inside a record, with what they name and its root, in one statement."""
    paths = []
    for name in names:
        field = model._meta.get_field(name)
        if not isinstance(field, ForeignKey):
            continue
        paths.append(name)
        owner = ROOT_OF.get(field.related_model)
        if owner:
            paths.append(f"{name}__{owner}")
    # Without names, select_related() would follow every relation.
    return rows.select_related(*paths) if paths else rows.all()


def _find_targets(row, name):
    """Return the roots that the field `name` of `row` names; none if it is no reference."""
    roots = []
    for value in _read_references(row, name):
        owner = ROOT_OF.get(type(value))
        root = getattr(value, owner) if owner else value
        roots.append(root)
    return roots


def _read_references(row, name):
    field = row._meta.get_field(name)
    if field.many_to_many:
        return list(getattr(row, name).all())
    if not isinstance(field, ForeignKey):
        return []
    # The column first: an empty one needs no statement.
    if getattr(row, field.attname) is None:
        return []
    return [getattr(row, name)]
