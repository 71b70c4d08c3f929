"""What a browser would post from the form of a record, had somebody typed a proposal into it."""

from dataclasses import dataclass, field

from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict

from commitments import publishing
from commitments.admin.conflicts import list_texts

# Fields of a row that Django adds.
KEPT_BY_DJANGO = (DELETION_FIELD_NAME, "id")


@dataclass
class FormTexts:
    """The texts in an opened form, and those of its rows by prefix and key."""

    fields: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)


def type_proposal(desk, request, record, body) -> QueryDict:
    """Return what a browser would post if somebody typed the full form `body` into the form of
    `record` as it is stored now. `desk` is the ModelAdmin of the record.

    So rows keep their keys, a row that `body` adds is a new one, and one that it lacks is ticked
    to be deleted.
    """
    stored = _read_form(desk, request, record)
    with publishing.as_if_entered(record, body) as proposed:
        wanted = _read_form(desk, request, proposed)
    data = QueryDict(mutable=True)
    _type_texts(data, "", wanted.fields)
    data["version"] = str(record.version)
    for prefix, rows in stored.rows.items():
        wanted_rows = wanted.rows.get(prefix, {})
        _type_rows(data, prefix, rows, wanted_rows)
    return data


def _read_form(desk, request, record) -> FormTexts:
    """Return the texts in the unbound form of `record`."""
    texts = FormTexts()
    form_class = desk.get_form(
        request,
        record,
        change=True,
    )
    form = form_class(instance=record)
    texts.fields = _read_fields(form)
    for formset_class, inline in desk.get_formsets_with_inlines(request, record):
        prefix = formset_class.get_default_prefix()
        formset = formset_class(
            instance=record,
            prefix=prefix,
            queryset=inline.get_queryset(request),
        )
        texts.rows[prefix] = _read_rows(formset)
    return texts


def _read_fields(form):
    texts = {}
    for bound in form:
        values = list_texts(bound, bound.initial)
        name = bound.name
        texts[name] = list(values)
    return texts


def _read_rows(formset):
    """Return {key: texts} of the stored rows of a formset."""
    owner = str(formset.instance.pk)
    rows = {}
    for form in formset.initial_forms:
        texts = _read_fields(form)
        for name in KEPT_BY_DJANGO:
            texts.pop(name, None)
        texts[formset.fk.name] = [owner]
        key = form.instance.pk
        rows[key] = texts
    return rows


def _type_rows(data, prefix, stored, wanted):
    """Type the rows of one formset: the stored ones, then those that are new."""
    number = 0
    for key, texts in stored.items():
        start = f"{prefix}-{number}-"
        data[f"{start}id"] = str(key)
        if key not in wanted:
            data[f"{start}{DELETION_FIELD_NAME}"] = "on"
        texts = wanted.get(key, texts)
        _type_texts(data, start, texts)
        number += 1
    data[f"{prefix}-INITIAL_FORMS"] = str(number)
    for key, texts in wanted.items():
        if key not in stored:
            start = f"{prefix}-{number}-"
            _type_texts(data, start, texts)
            number += 1
    data[f"{prefix}-TOTAL_FORMS"] = str(number)


def _type_texts(data, start, texts):
    for name, values in texts.items():
        data.setlist(f"{start}{name}", values)
