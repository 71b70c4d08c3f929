"""Records in their public form, read back into rows: drafts, checked like a form's, all or none.

A record is a mapping of one record type to its fields, as `publicforms.render` writes them. A field
left out takes the model's default; an unknown one is refused. docs/demo-data.md describes the format.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db import models as db

from commitments.models import Assessment, Criteria, Undertaking
from commitments.publicforms import CURRENT, loading, render


class Unreadable(Exception):
    """Records that cannot be entered. `reasons` are sentences that name the record and the field."""

    def __init__(self, reasons):
        self.reasons = list(reasons)
        super().__init__("\n".join(self.reasons))


@dataclass
class Report:
    """What an import did: records made, found unchanged, and found different (those are left alone)."""

    made: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    different: list = field(default_factory=list)

    def __str__(self):
        return f"{len(self.made)} made, {len(self.unchanged)} unchanged, {len(self.different)} different and left alone"


@transaction.atomic
def enter(items, *, assessor) -> Report:
    """Enter `items` (pairs of record type and fields) as drafts; raise `Unreadable` with all that is wrong.

    Items may refer to each other in any order that has what is referred to earlier in the list. A slug
    that exists already is compared, never overwritten.
    """
    report, reasons, later = Report(), [], []
    for record_type, fields in items:
        where = f"{record_type} {fields.get('slug', '(without a slug)')}"
        try:
            with transaction.atomic():
                _enter_one(record_type, dict(fields), assessor, report, later)
        except ValidationError as error:
            reasons += [f"{where}: {sentence}" for sentence in _sentences(error)]
        except (KeyError, TypeError, ValueError, InvalidOperation) as error:
            reasons.append(f"{where}: {error}")
    reasons += _connect(later)
    if reasons:
        raise Unreadable(reasons)
    return report


def _connect(later):
    """Set the references that lead forward in the list: a source's statement to the pledge that tracks it."""
    for row, name, slug in later:
        try:
            setattr(row, name, _find(row._meta.get_field(name).related_model, slug))
            _save(row)
        except (KeyError, ValidationError) as error:
            yield f"{row._meta.verbose_name} “{row}”: {error}"


def _enter_one(record_type, fields, assessor, report, later):
    if record_type not in CURRENT:
        raise KeyError(f"there is no record type “{record_type}”; known are {', '.join(sorted(CURRENT))}")
    form = CURRENT[record_type]
    children = {child.key: fields.pop(child.key, []) for child in form.children}
    _refuse_unknown(fields, form.fields)
    existing = form.model.objects.filter(slug=fields["slug"])
    if existing.exists():
        same = _says(loading(existing).get(), {**fields, **children})
        (report.unchanged if same else report.different).append((record_type, fields["slug"]))
        return
    record = form.model()
    if isinstance(record, Assessment):
        record.assessor = assessor
    many = _fill(record, fields)
    _save(record)
    for child in form.children:
        for row in children[child.key]:
            _refuse_unknown(row, child.fields)
            later += _make_child(child, record, row)
    for name, slugs in many.items():
        getattr(record, name).set([_find(record._meta.get_field(name).related_model, slug) for slug in slugs])
    report.made.append(record)


def _make_child(child, owner, fields):
    """Make one row inside `owner`; return its references that must wait until all records are there."""
    row = child.model(**{child.owner: owner})
    waiting = {name: fields[name] for name in child.once_published if fields.get(name)}
    _fill(row, {name: value for name, value in fields.items() if name not in waiting}, owner=owner)
    _save(row, exclude={"slug"} if isinstance(row, Undertaking) else set())
    return [(row, name, slug) for name, slug in waiting.items()]


def _save(row, *, exclude=frozenset()):
    """Save `row`, checked as a form would. The database holds the constraints; asking it about each first
    would cost a statement a constraint, so they are put into words only once it has refused.
    """
    row.clean_fields(exclude=exclude)
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
            raise KeyError(f"there is no field “{name}”; known are {', '.join(known)}")


def _fill(row, fields, *, owner=None):
    """Set `fields` on `row`; return the many-to-many ones, which need the row saved first."""
    many = {}
    for name, value in fields.items():
        if name == "form":
            continue
        model_field = row._meta.get_field(name)
        if model_field.many_to_many:
            many[name] = value
        elif isinstance(model_field, db.ForeignKey):
            setattr(row, name, None if value is None else _find(model_field.related_model, value, near=owner or row))
        else:
            setattr(row, name, _typed(model_field, value))
    return many


def _find(model, reference, *, near=None):
    """Return the row that `reference` names: criteria by their number within the pledge, all else by slug."""
    if model is Criteria:
        pledge = near.undertaking.pledge if isinstance(near, Assessment) else near
        found = model.objects.filter(pledge=pledge, number=reference)
    else:
        found = model.objects.filter(slug=reference)
    row = found.first()
    if row is None:
        raise KeyError(f"refers to the {model._meta.verbose_name} “{reference}”, which is not there")
    return row


def _typed(model_field, value):
    if value is None:
        return None
    if isinstance(model_field, db.DateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(model_field, db.DateField):
        return date.fromisoformat(str(value))
    if isinstance(model_field, db.DecimalField):
        if isinstance(value, float):
            raise TypeError(f"{model_field.name}: write {value!r} in quotation marks, so that it stays exact")
        return Decimal(str(value))
    return value


def _says(record, fields):
    """Whether the public form of `record` agrees with `fields`; what those leave out is not compared."""
    return _covers(render(record), fields, record)


def _covers(have, want, record):
    for name, value in want.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = have[name]
            if len(rows) != len(value) or not all(any(_covers(row, one, record) for row in rows) for one in value):
                return False
        elif isinstance(value, list):
            if sorted(map(str, value)) != sorted(map(str, have[name])):
                return False
        elif not _same(have[name], value):
            return False
    return True


def _same(have, want):
    if isinstance(want, Decimal) or (isinstance(have, str) and isinstance(want, str) and have != want):
        try:
            return Decimal(have) == Decimal(want)
        except InvalidOperation:
            return False
    return have == (str(want) if isinstance(want, date) else want)


def _sentences(error):
    if hasattr(error, "message_dict"):
        for name, messages in error.message_dict.items():
            prefix = "" if name == "__all__" else f"{name}: "
            yield from (f"{prefix}{message}" for message in messages)
    else:
        yield from error.messages
