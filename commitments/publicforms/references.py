"""Which record refers to which: read off the forms, so that a new field needs no second list."""

from collections.abc import Iterator

from django.db.models import ForeignKey

from commitments.models import Criteria, Root, Tenure, Undertaking
from commitments.publicforms.forms import CURRENT

# Rows that live inside a record stand for it: a reference to one is a reference to its root.
ROOT_OF = {Undertaking: "pledge", Criteria: "pledge", Tenure: "leader"}


def references(record) -> list[Root]:
    """Return the other records that the public form of `record` names, each once, in a stable
    order.
    """
    form = CURRENT[record._meta.model_name]
    found = [root for name in form.fields for root in _targets(record, name)]
    for child in form.children:
        names = [name for name in child.fields if name not in child.once_published]
        for row in _loaded(getattr(record, child.accessor), child.model, names):
            found += [root for name in names for root in _targets(row, name)]
    # Model instances hash by primary key within their class; dict keeps the first of each.
    return [root for root in dict.fromkeys(found) if root != record]


def dependents(record) -> Iterator[Root]:
    """Yield the published records whose public form names `record` or a row inside it."""
    for form in CURRENT.values():
        paths = list(_paths_to(type(record), form.model, form.fields))
        for child in form.children:
            names = [name for name in child.fields if name not in child.once_published]
            inner = _paths_to(type(record), child.model, names)
            paths += [
                f"{child.model._meta.get_field(child.owner).related_query_name()}__{path}"
                for path in inner
            ]
        seen = set()
        for path in paths:
            for other in (
                form.model.objects.filter(**{path: record}, state="published")
                .order_by("slug")
                .distinct()
            ):
                if other != record and other.pk not in seen:
                    seen.add(other.pk)
                    yield other


def _loaded(rows, model, names):
    """Return the rows inside a record with what they name, and the root that this stands for, in
    one statement.
    """
    keys = [model._meta.get_field(name) for name in names]
    keys = [key for key in keys if isinstance(key, ForeignKey)]
    paths = [
        f"{key.name}__{ROOT_OF[key.related_model]}" for key in keys if key.related_model in ROOT_OF
    ]
    return rows.select_related(*(key.name for key in keys), *paths) if keys else rows.all()


def _targets(row, name):
    field = row._meta.get_field(name)
    if field.many_to_many:
        values = list(getattr(row, name).all())
    elif isinstance(field, ForeignKey) and getattr(row, field.attname) is not None:
        values = [getattr(row, name)]
    else:
        return
    for value in values:
        owner = ROOT_OF.get(type(value))
        yield getattr(value, owner) if owner else value


def _paths_to(target, model, names):
    for name in names:
        related = model._meta.get_field(name).related_model
        if related is target:
            yield name
        elif (
            ROOT_OF.get(related)
            and related._meta.get_field(ROOT_OF[related]).related_model is target
        ):
            yield f"{name}__{ROOT_OF[related]}"
