"""Enter records in their public form as drafts: checked like a form's, all or none.

A record is a mapping of one record type to its fields, as `publicforms.render` writes them. A
missing field takes the model's default; an unknown one is refused. docs/demo-data.md describes the
format.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from commitments.judging.same_addresses import find_same_sources
from commitments.models import ROOTS, Assessment, Source
from commitments.publicforms import CURRENT, prefetch_public_form, render_exactly, render_fully
from commitments.publishing.entering import (
    Known,
    connect,
    enter_form,
    list_sentences,
    parse_value,
)


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
            reasons += [f"{where}: {sentence}" for sentence in list_sentences(error)]
        except (TypeError, ValueError) as error:
            reasons.append(f"{where}: {error}")
    reasons += connect(later, known)
    if reasons:
        raise Unreadable(reasons)
    return report


def _enter_record(record_type, fields, assessor, report, known):
    """Make a record with the rows inside it; return the references of those rows."""
    if record_type not in CURRENT:
        raise ValueError(
            f"there is no record type “{record_type}”; known are {', '.join(sorted(CURRENT))}"
        )
    model = CURRENT[record_type].model
    slug = fields.get("slug")
    if not slug:
        raise ValueError("it needs a slug")
    existing = model.objects.filter(slug=slug)
    if existing.exists():
        record = prefetch_public_form(existing).get()
        same = _record_agrees(record, fields)
        records = report.unchanged if same else report.different
        records.append((record_type, slug))
        return []
    record = model()
    if isinstance(record, Assessment):
        record.assessor = assessor
    references = enter_form(record, fields, known)
    if isinstance(record, Source):
        _refuse_same_address(record)
    report.made.append(record)
    return references


def _refuse_same_address(source):
    for same in find_same_sources(source):
        raise ValueError(
            f"{same.column}: the source “{same.source.slug}” has this address; refer to that one"
        )


def _record_agrees(record, fields):
    """Whether the public form of `record` has the values of `fields`; other fields may differ."""
    full_form = render_fully(record)
    model = type(record)
    return _form_agrees(full_form, fields, model)


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
    count = len(public_forms)
    if count != len(items):
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
    parsed = parse_value(model_field, value)
    try:
        return model_field.to_python(parsed)
    except ValidationError as error:
        raise ValidationError({model_field.name: error.messages}) from None
