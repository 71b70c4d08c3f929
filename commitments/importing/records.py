"""Records in their public form, read back into rows: drafts, checked like a form's, all or none.

A record is a mapping of one record type to its fields, as `publicforms.render` writes them. A field
left out takes the model's default; an unknown one is refused. docs/demo-data.md describes the
format.
"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db import models as db

from commitments.models import ROOTS, Assessment, Criteria, Undertaking
from commitments.publicforms import CURRENT, as_exact_json, prefetch_public_form, render
from commitments.verdicts.dates import parse_day


class Unreadable(Exception):
    """Records that cannot be entered. `reasons` are sentences that name the record and the
    field.
    """

    def __init__(self, reasons):
        self.reasons = list(reasons)
        super().__init__("\n".join(self.reasons))


@dataclass
class RecordReport:
    """What an import did: records made, found unchanged, and found different (those are left
    alone).
    """

    made: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    different: list = field(default_factory=list)

    def __str__(self):
        return (
            f"{len(self.made)} made, {len(self.unchanged)} unchanged, {len(self.different)}"
            " different and left alone"
        )


class Known(dict):
    """The rows that an import has referred to so far: each is looked up once."""

    def find(self, model, reference, *, near=None):
        """Return the row that `reference` names: criteria by their number within the pledge, all
        else by slug.
        """
        if model is Criteria:
            pledge = near.undertaking.pledge if isinstance(near, Assessment) else near
            key, rows = (
                (model, pledge.pk, reference),
                model.objects.filter(pledge=pledge, number=reference),
            )
        else:
            key, rows = (model, reference), model.objects.filter(slug=reference)
        row = self.get(key) or rows.first()
        if row is None:
            raise ValueError(
                f"refers to the {model._meta.verbose_name} “{reference}”, which is not there"
            )
        self[key] = row
        return row


@transaction.atomic
def enter_records(items, *, assessor) -> RecordReport:
    """Enter `items` (pairs of record type and fields) as drafts; raise `Unreadable` with all that
    is wrong.

    Items may refer to each other in any order that has what is referred to earlier in the list. A
    slug that exists already is compared, never overwritten.
    """
    report, reasons, later, known = RecordReport(), [], [], Known()
    for record_type, fields in items:
        where = f"{record_type} {fields.get('slug', '(without a slug)')}"
        try:
            with transaction.atomic():
                waiting = _enter_one(record_type, dict(fields), assessor, report, known)
            later += waiting
        except ValidationError as error:
            reasons += [f"{where}: {sentence}" for sentence in _sentences(error)]
        except (TypeError, ValueError) as error:
            reasons.append(f"{where}: {error}")
    reasons += _connect(later, known)
    if reasons:
        raise Unreadable(reasons)
    return report


def _connect(later, known):
    """Set the references that lead forward in the list: a source's statement to the pledge that
    tracks it.
    """
    for row, name, slug in later:
        try:
            setattr(row, name, known.find(row._meta.get_field(name).related_model, slug))
            _save(row)
        except ValidationError as error:
            yield from (
                f"{row._meta.verbose_name} “{row}”: {sentence}" for sentence in _sentences(error)
            )
        except ValueError as error:
            yield f"{row._meta.verbose_name} “{row}”: {error}"


def _enter_one(record_type, fields, assessor, report, known):
    """Make one record with the rows inside it; return what `_make_child` says must wait."""
    if record_type not in CURRENT:
        raise ValueError(
            f"there is no record type “{record_type}”; known are {', '.join(sorted(CURRENT))}"
        )
    form = CURRENT[record_type]
    children = {
        child.key: fields.pop(child.key) or [] for child in form.children if child.key in fields
    }
    _refuse_unknown(fields, form.fields)
    if not fields.get("slug"):
        raise ValueError("it needs a slug")
    existing = form.model.objects.filter(slug=fields["slug"])
    if existing.exists():
        same = _says(prefetch_public_form(existing).get(), {**fields, **children})
        (report.unchanged if same else report.different).append((record_type, fields["slug"]))
        return []
    record = form.model()
    if isinstance(record, Assessment):
        record.assessor = assessor
    many = _fill(record, fields, known)
    _save(record)
    later = []
    for child in form.children:
        for row in children.get(child.key, []):
            later += _make_child(child, record, row, known)
    for name, slugs in many.items():
        getattr(record, name).set(
            [known.find(record._meta.get_field(name).related_model, slug) for slug in slugs]
        )
    report.made.append(record)
    return later


def _make_child(child, owner, fields, known):
    """Make one row inside `owner`; return its references that must wait until all records are
    there.
    """
    if not isinstance(fields, dict):
        raise ValueError(f"{child.key}: {fields!r} is not a mapping of fields")
    _refuse_unknown(fields, child.fields)
    row = child.model(**{child.owner: owner})
    waiting = {name: fields[name] for name in child.once_published if fields.get(name)}
    _fill(
        row,
        {name: value for name, value in fields.items() if name not in waiting},
        known,
        owner=owner,
    )
    _save(row, exclude={"slug"} if isinstance(row, Undertaking) else set())
    return [(row, name, slug) for name, slug in waiting.items()]


def _save(row, *, exclude=frozenset()):
    """Save `row`, checked as a form would. The database holds the constraints; asking it about each
    first would cost a statement a constraint, so they are put into words only once it has refused.
    Nor is it asked whether a row is there that was just found.
    """
    found = {
        key.name
        for key in row._meta.fields
        if key.many_to_one and getattr(row, key.attname) is not None
    }
    row.clean_fields(exclude=exclude | found)
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
        elif isinstance(model_field, db.ForeignKey):
            found = (
                None
                if value is None
                else known.find(model_field.related_model, value, near=owner or row)
            )
            setattr(row, name, found)
        else:
            setattr(row, name, _typed(model_field, value))
    return many


def _typed(model_field, value):
    """Return `value` as the field's own type. A text of another shape is refused by the field's
    name.
    """
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
        raise ValueError(f"{model_field.name}: “{value}” is not {_shape(model_field)}") from None
    return value


def _shape(model_field):
    if isinstance(model_field, db.DateTimeField):
        return "a time with its zone such as 2026-01-31T09:00:00Z"
    if isinstance(model_field, db.DateField):
        return "a day such as 2026-01-31"
    return "a number such as 1000.5"


def _says(record, fields):
    """Whether the public form of `record` agrees with `fields`; what those leave out is not
    compared.
    """
    said = render(record)
    for child in CURRENT[record._meta.model_name].children:
        for name in child.once_published:
            # The public form hides a reference until what it names is published; here it is
            # compared always.
            rows = getattr(record, child.accessor).all()
            named = {
                tuple(getattr(row, key) for key in child.order): getattr(row, name) for row in rows
            }
            for row in said[child.key]:
                other = named[tuple(row[key] for key in child.order)]
                row[name] = other and other.slug
    return _covers(said, fields, type(record))


def _covers(said, asked, model):
    """Whether the public form `said` of a row of `model` agrees with what was `asked` to be
    entered.
    """
    inside = (
        {child.key: child.model for child in CURRENT[model._meta.model_name].children}
        if model in ROOTS
        else {}
    )
    for name, value in asked.items():
        if name in inside:
            rows = said[name]
            if len(rows) != len(value) or not all(
                any(_covers(row, one, inside[name]) for row in rows) for one in value
            ):
                return False
        elif name != "form" and not _same(model._meta.get_field(name), said[name], value):
            return False
    return True


def _same(model_field, said, asked):
    if isinstance(asked, list):
        return sorted(map(str, asked)) == sorted(map(str, said))
    if not model_field.is_relation:
        asked = model_field.to_python(_typed(model_field, asked))
    return said == as_exact_json(asked)


def _sentences(error):
    if hasattr(error, "message_dict"):
        for name, messages in error.message_dict.items():
            prefix = "" if name == "__all__" else f"{name}: "
            yield from (f"{prefix}{message}" for message in messages)
    else:
        yield from error.messages
