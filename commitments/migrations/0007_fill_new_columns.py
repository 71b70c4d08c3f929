"""Fill the new columns of rows that were there before, as `publicforms.upgrading` reads them.

It is a migration of its own: PostgreSQL refuses to alter a table whose rows the same transaction has
changed.
"""

from django.db import migrations
from django.db.models import OuterRef, Subquery

# The days in a life, by model; their precision is “none” where there is no day.
OPTIONAL_DAYS = {
    "Party": ("starts_on", "ends_on"),
    "Membership": ("starts_on", "ends_on"),
    "Tenure": ("starts_on", "ends_on"),
}
# The columns of exact numbers, by model.
NUMBERS = {
    "Observation": ("value",),
    "Target": ("value", "baseline_value"),
}
AT_ONCE = 500


def state_unknown_days(apps, schema_editor):
    for name, fields in OPTIONAL_DAYS.items():
        model = apps.get_model("commitments", name)
        for field in fields:
            rows = model.objects.filter(**{f"{field}__isnull": True})
            rows.update(**{f"{field}_precision": "none"})


def list_tracking_pledges(apps, schema_editor):
    """Make a list of the one pledge that a statement named."""
    statement_model = apps.get_model("commitments", "Statement")
    through = statement_model.pledges.through
    pairs = statement_model.objects.filter(pledge__isnull=False).values_list("pk", "pledge")
    rows = [through(statement_id=statement, pledge_id=pledge) for statement, pledge in pairs]
    through.objects.bulk_create(rows, batch_size=500)


def fill_due_days(apps, schema_editor):
    """Write the last day of each part: of its own primary target, else of its pledge, else of the
    primary target that all share.
    """
    undertaking_model = apps.get_model("commitments", "Undertaking")
    pledge_model = apps.get_model("commitments", "Pledge")
    target_model = apps.get_model("commitments", "Target")
    deadline = pledge_model.objects.filter(pk=OuterRef("pledge")).values("deadline")
    undertaking_model.objects.update(due_on=Subquery(deadline))
    targets = target_model.objects.filter(role="primary", undertaking=OuterRef("pk"))
    due = targets.exclude(due=None).values("due")[:1]
    own = target_model.objects.filter(role="primary", undertaking__isnull=False)
    own = own.exclude(due=None).values("undertaking")
    undertaking_model.objects.filter(pk__in=own).update(due_on=Subquery(due))
    shared = target_model.objects.filter(role="primary", undertaking=None)
    shared = shared.filter(pledge=OuterRef("pledge")).exclude(due=None).values("due")[:1]
    undertaking_model.objects.filter(due_on=None).update(due_on=Subquery(shared))


def write_numbers_plainly(apps, schema_editor):
    """Drop the zeros that a numeric column had added: the field writes each number plainly."""
    for name, fields in NUMBERS.items():
        model = apps.get_model("commitments", name)
        rows = model.objects.only(*fields).order_by("pk")
        batch = []
        for row in rows.iterator(chunk_size=AT_ONCE):
            batch.append(row)
            if len(batch) == AT_ONCE:
                model.objects.bulk_update(batch, fields)
                batch = []
        if batch:
            model.objects.bulk_update(batch, fields)


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0006_growing_forms"),
    ]

    operations = [
        migrations.RunPython(state_unknown_days, migrations.RunPython.noop),
        migrations.RunPython(list_tracking_pledges, migrations.RunPython.noop),
        migrations.RunPython(write_numbers_plainly, migrations.RunPython.noop),
        migrations.RunPython(fill_due_days, migrations.RunPython.noop),
    ]
