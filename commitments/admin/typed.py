"""What a browser would post from the form of a record, had somebody typed a proposal into it."""

from dataclasses import dataclass, field

from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict

from commitments import publishing
from commitments.admin.conflicts import list_texts


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
    for name, texts in wanted.fields.items():
        data.setlist(name, texts)
    data["version"] = str(record.version)
    for prefix, rows in stored.rows.items():
        _type_rows(data, prefix, rows, wanted.rows.get(prefix, {}))
    return data


def _read_form(desk, request, record) -> FormTexts:
    """Return the texts in the unbound form of `record`."""
    texts = FormTexts()
    form = desk.get_form(request, record, change=True)(instance=record)
    texts.fields = _read_fields(form)
    for formset_class, inline in desk.get_formsets_with_inlines(request, record):
        prefix = formset_class.get_default_prefix()
        formset = formset_class(
            instance=record,
            prefix=prefix,
            queryset=inline.get_queryset(request),
        )
        rows = {row.instance.pk: _read_row(row, formset) for row in formset.initial_forms}
        texts.rows[prefix] = rows
    return texts


def _read_fields(form):
    texts = {}
    for bound in form:
        texts[bound.name] = list(list_texts(bound, bound.initial))
    return texts


def _read_row(row, formset):
    texts = _read_fields(row)
    for name in (DELETION_FIELD_NAME, "id"):
        texts.pop(name, None)
    texts[formset.fk.name] = [str(formset.instance.pk)]
    return texts


def _type_rows(data, prefix, stored, wanted):
    """Type the rows of one formset: the stored ones, then those that are new."""
    added = [texts for key, texts in wanted.items() if key not in stored]
    data[f"{prefix}-TOTAL_FORMS"] = str(len(stored) + len(added))
    data[f"{prefix}-INITIAL_FORMS"] = str(len(stored))
    for number, (key, texts) in enumerate(stored.items()):
        start = f"{prefix}-{number}"
        data[f"{start}-id"] = str(key)
        if key not in wanted:
            data[f"{start}-{DELETION_FIELD_NAME}"] = "on"
        _type_row(data, start, wanted.get(key, texts))
    for number, texts in enumerate(added, start=len(stored)):
        _type_row(data, f"{prefix}-{number}", texts)


def _type_row(data, start, texts):
    for name, values in texts.items():
        data.setlist(f"{start}-{name}", values)
