"""Enter records in their public form as drafts: checked like a form's, all or none.

A record is a mapping of one record type to its fields, as `publicforms.render` writes them. A
missing field takes the model's default; an unknown one is refused. docs/demo-data.md describes the
format.
"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db import models as db

from commitments.judging.same_addresses import find_same_sources
from commitments.models import ROOTS, Assessment, Criteria, Source, Undertaking
from commitments.publicforms import CURRENT, prefetch_public_form, render, render_exactly
from commitments.verdicts.dates import parse_day


class Unreadable(Exception):
    """Records that cannot be entered; `reasons` are sentences that name the record and field."""

    def __init__(self, reasons):
        self.reasons = list(reasons)
        super().__init__("\n".join(self.reasons))


@dataclass
class RecordReport:
    """The records that an import made, left unchanged, or left alone because they differ."""

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


@transaction.atomic
def enter_records(items, *, assessor) -> RecordReport:
    """Enter `items` (pairs of record type and fields) as drafts.

    An item may refer to any earlier one in the list. A record whose slug exists already is
    compared, never overwritten. Raises `Unreadable` with everything that is wrong.
    """
    report, known = RecordReport(), Known()
    reasons, later = [], []
    for record_type, fields in items:
        where = f"{record_type} {fields.get('slug', '(without a slug)')}"
        try:
            with transaction.atomic():
                waiting = _enter_record(record_type, dict(fields), assessor, report, known)
            later += waiting
        except ValidationError as error:
            reasons += [f"{where}: {sentence}" for sentence in _list_messages(error)]
        except (TypeError, ValueError) as error:
            reasons.append(f"{where}: {error}")
    reasons += _connect(later, known)
    if reasons:
        raise Unreadable(reasons)
    return report


class ForwardReference(NamedTuple):
    """A reference to a record that comes later in the list, and the row that it belongs to.

    An example is a source's statement, which refers to the pledge that tracks it.
    """

    row: db.Model
    field: str
    slug: str


def _connect(references, known):
    """Add the records of the `ForwardReference`s; yield a sentence for each that is not there."""
    for row, name, slug in references:
        model_field = row._meta.get_field(name)
        try:
            record = known.find(model_field.related_model, slug)
        except ValueError as error:
            yield f"{row._meta.verbose_name} “{row}”: {error}"
        else:
            getattr(row, name).add(record)


def _enter_record(record_type, fields, assessor, report, known):
    """Make a record with the rows inside it; return the `ForwardReference`s of those rows."""
    if record_type not in CURRENT:
        raise ValueError(
            f"there is no record type “{record_type}”; known are {', '.join(sorted(CURRENT))}"
        )
    form = CURRENT[record_type]
    children = {}
    for child in form.children:
        if child.key in fields:
            children[child.key] = fields.pop(child.key) or []
    _refuse_unknown(fields, form.fields)
    slug = fields.get("slug")
    if not slug:
        raise ValueError("it needs a slug")
    existing = form.model.objects.filter(slug=slug)
    if existing.exists():
        record = prefetch_public_form(existing).get()
        same = _record_agrees(record, {**fields, **children})
        records = report.unchanged if same else report.different
        records.append((record_type, slug))
        return []
    record = form.model()
    if isinstance(record, Assessment):
        record.assessor = assessor
    many = _fill(record, fields, known)
    if isinstance(record, Source):
        _refuse_same_address(record)
    _save(record)
    later = []
    for child in form.children:
        for row in children.get(child.key, []):
            later += _make_child(child, record, row, known)
    for name, slugs in many.items():
        model = record._meta.get_field(name).related_model
        rows = [known.find(model, slug) for slug in slugs]
        getattr(record, name).set(rows)
    report.made.append(record)
    return later


def _refuse_same_address(source):
    for same in find_same_sources(source):
        raise ValueError(
            f"{same.column}: the source “{same.source.slug}” has this address; refer to that one"
        )


def _make_child(child, owner, fields, known):
    """Make one row inside `owner`; return its `ForwardReference`s."""
    if not isinstance(fields, dict):
        raise ValueError(f"{child.key}: {fields!r} is not a mapping of fields")
    _refuse_unknown(fields, child.fields)
    row = child.model(**{child.owner: owner})
    fields = dict(fields)
    references = []
    for name in child.once_published:
        for slug in fields.pop(name, []):
            references.append(ForwardReference(row, name, slug))
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
            value = _parse_value(model_field, value)
        elif value is not None:
            value = known.find(model_field.related_model, value, near=owner or row)
        setattr(row, name, value)
    return many


def _parse_value(model_field, value):
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


def _record_agrees(record, fields):
    """Whether the public form of `record` has the values of `fields`; other fields may differ."""
    public_form = render(record)
    for child in CURRENT[record._meta.model_name].children:
        for name in child.once_published:
            _show_references(record, child, name, public_form[child.key])
    return _form_agrees(public_form, fields, type(record))


def _show_references(record, child, name, forms):
    """Set the references called `name` in the public `forms` of the children of `record`.

    A public form hides such references until the records they name are published. Comparing needs
    them in any state.
    """
    references = {}
    for row in getattr(record, child.accessor).all():
        order = tuple(getattr(row, key) for key in child.order)
        references[order] = sorted(record.slug for record in getattr(row, name).all())
    for form in forms:
        order = tuple(form[key] for key in child.order)
        form[name] = references[order]


def _form_agrees(public_form, fields, model):
    """Whether the `public_form` of a row of `model` has the values of `fields`."""
    child_models = {}
    if model in ROOTS:
        form = CURRENT[model._meta.model_name]
        child_models = {child.key: child.model for child in form.children}
    for name, value in fields.items():
        if name == "form":
            continue
        if name in child_models:
            agrees = _children_agree(public_form[name], value, child_models[name])
        else:
            model_field = model._meta.get_field(name)
            agrees = _value_agrees(model_field, public_form[name], value)
        if not agrees:
            return False
    return True


def _children_agree(public_forms, items, model):
    """Whether there are as many public forms as items, and each item agrees with one of them."""
    if len(public_forms) != len(items):
        return False
    return all(_any_form_agrees(public_forms, fields, model) for fields in items)


def _any_form_agrees(public_forms, fields, model):
    return any(_form_agrees(form, fields, model) for form in public_forms)


def _value_agrees(model_field, public_value, value):
    if isinstance(value, list):
        return sorted(map(str, value)) == sorted(map(str, public_value))
    if not model_field.is_relation:
        value = _convert_value(model_field, value)
    return public_value == render_exactly(value)


def _convert_value(model_field, value):
    """Return `value` as the record would hold it; an error names the field."""
    parsed = _parse_value(model_field, value)
    try:
        return model_field.to_python(parsed)
    except ValidationError as error:
        raise ValidationError({model_field.name: error.messages}) from None


def _list_messages(error):
    """Yield the messages of a `ValidationError`, each with the name of its field if it has one."""
    if not hasattr(error, "message_dict"):
        yield from error.messages
        return
    for name, messages in error.message_dict.items():
        prefix = "" if name == "__all__" else f"{name}: "
        for message in messages:
            yield f"{prefix}{message}"
