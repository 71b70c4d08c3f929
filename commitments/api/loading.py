"""Reading what an answer needs: the public rows inside a record only, and of each row only the
columns shown.

Most of what a request costs is making SQL and objects out of columns that nobody shows.
"""

from django.db.models import ForeignKey, Prefetch, QuerySet

from commitments.publicforms import CURRENT


def prefetch_payload(queryset, form=None, *, also=(), inside=None):
    """Make `queryset` fetch what `render` reads, and the further columns named in `also`.

    `inside` names further columns of the rows inside, by the key of the child. Those rows are read
    as of the day that `queryset` looks back to; all others are the public form, as it is held now.
    """
    form = form or CURRENT[queryset.model._meta.model_name]
    queryset = fetching(queryset, [*columns(form.model, form.fields), *also])
    for name in form.fields:
        field = form.model._meta.get_field(name)
        if field.many_to_many:
            others = field.related_model.objects.published().only("slug")
            queryset = queryset.prefetch_related(Prefetch(name, others.order_by()))
    for child in form.children:
        further = (inside or {}).get(child.key, ())
        rows = rows_inside(child, further)
        rows = rows.as_of(queryset.day) if further else rows
        queryset = queryset.prefetch_related(Prefetch(child.accessor, rows))
    return queryset


def rows_inside(child, also):
    names = [*columns(child.model, child.fields), child.owner, *also]
    for name in child.once_published:
        names += [f"{name}__state", f"{name}__summit__state"]
    if hasattr(child.model.objects, "published"):
        rows = child.model.objects.published()
    else:
        # Criteria, targets, snapshots… have no reading of their own: they are public when their
        # record is.
        rows = QuerySet(child.model)
    # `render` sorts them itself.
    return fetching(rows, names).order_by()


def columns(model, fields):
    """Yield the columns that `render` reads for `fields`: of another record only what names it."""
    for name in fields:
        field = model._meta.get_field(name)
        if isinstance(field, ForeignKey):
            # A version of criteria has a number and no slug.
            has_number = field.related_model._meta.model_name == "criteria"
            yield f"{name}__number" if has_number else f"{name}__slug"
        elif not field.many_to_many:
            yield name


def fetching(queryset, names):
    related = {name.rpartition("__")[0] for name in names if "__" in name}
    return queryset.select_related(*sorted(related)).only(*names)
