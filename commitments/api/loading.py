"""Load only the rows and columns that an answer shows.

Most of what a request costs is building SQL and objects for columns that nobody sees.
"""

from django.db.models import ForeignKey, Prefetch, QuerySet

from commitments.models import Pledge
from commitments.publicforms import CURRENT


def prefetch_payload(queryset, form=None, *, also=(), inside=None):
    """Make `queryset` fetch what `render` reads, and the further columns named in `also`.

    `inside` names further columns of the rows inside, by the key of the child. Those rows are read
    as of the day that `queryset` looks back to; all others are the public form, as it is held now.
    """
    if form is None:
        form = CURRENT[queryset.model._meta.model_name]
    inside = inside or {}
    prefetches = prefetch_slugs(form.model, form.fields)
    for child in form.children:
        further = inside.get(child.key, ())
        rows = load_rows_inside(child, further)
        if further:
            rows = rows.as_of(queryset.day)
        prefetches.append(Prefetch(child.accessor, rows))
    columns = list_columns(form.model, form.fields)
    queryset = select_columns(queryset, columns + list(also))
    return queryset.prefetch_related(*prefetches)


def prefetch_slugs(model, fields):
    """Return what loads the slugs of the public records in those of `fields` that are lists."""
    prefetches = []
    for name in fields:
        field = model._meta.get_field(name)
        if field.many_to_many:
            related = field.related_model.objects.published()
            columns = list_naming_columns(related.model)
            slugs = select_columns(related, columns).order_by()
            prefetches.append(Prefetch(name, slugs))
    return prefetches


def list_naming_columns(model):
    """Return the columns that name a record of a list and say whether it is public."""
    if model is Pledge:
        return ["slug", "state", "summit__state"]
    return ["slug"]


def load_rows_inside(child, also):
    """Return the query for the public rows of `child`, unsorted: `render` sorts them itself."""
    names = list_columns(child.model, child.fields)
    names += [child.owner, *also]
    manager = child.model.objects
    if hasattr(manager, "published"):
        rows = manager.published()
    else:
        # Criteria, targets, snapshots… are public when their record is.
        rows = QuerySet(child.model)
    lists = prefetch_slugs(child.model, child.fields)
    rows = select_columns(rows, names).order_by()
    return rows.prefetch_related(*lists)


def list_columns(model, fields):
    """Return the columns that `render` reads for `fields`: of another record only its name."""
    columns = []
    for name in fields:
        field = model._meta.get_field(name)
        if isinstance(field, ForeignKey):
            column = get_naming_column(field)
            columns.append(f"{name}__{column}")
        elif not field.many_to_many:
            columns.append(name)
    return columns


def get_naming_column(field):
    """Return the column that names the record a foreign key points at."""
    # A version of criteria has a number and no slug.
    model = field.related_model
    is_criteria = model._meta.model_name == "criteria"
    return "number" if is_criteria else "slug"


def select_columns(queryset, names):
    """Make `queryset` fetch only the columns `names`, those of related rows in the same query."""
    related = set()
    for name in names:
        relation, _, _column = name.rpartition("__")
        if relation:
            related.add(relation)
    joined = queryset.select_related(*sorted(related))
    return joined.only(*names)
