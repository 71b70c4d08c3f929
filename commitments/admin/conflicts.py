"""Two people edited the same record: compare what is stored with what the second one typed."""

import hashlib
import json
from dataclasses import dataclass

from django import forms

IGNORED = {"public_note", "corrects_error"}


@dataclass(frozen=True)
class FieldDifference:
    """A field whose stored value is not the typed one: in words, and as a browser posts it."""

    where: str
    label: str
    theirs: str
    yours: str
    name: str = ""
    stored: tuple[str, ...] = ()
    # The same as when the form was opened: nobody typed it, so the stored value should stay.
    untouched: bool = False


def sign_values(form, formsets) -> str:
    """Return a short hash of every value in the form when it is opened; the form posts it back."""
    forms_of_page = [form]
    for formset in formsets:
        forms_of_page += formset.forms
    hashes = {}
    for row in forms_of_page:
        for bound in row:
            texts = list_texts(bound, bound.initial)
            hashes[bound.html_name] = _hash_texts(texts)
    return json.dumps(hashes)


def find_field_differences(form, formsets, opened: str) -> list[FieldDifference]:
    """Return every field in which the typed form and its rows differ from what is stored now.

    `opened` is what `sign_values` returned before anybody typed.
    """
    hashes = _read_hashes(opened)
    differences = _compare_form(form, "", hashes)
    for formset in formsets:
        kind = str(formset.model._meta.verbose_name)
        for row in formset.forms:
            where = f"{kind} (new)"
            if row.instance.pk:
                where = f"{kind} “{row.instance}”"
            if formset.can_delete and formset._should_delete_form(row):
                deletion = FieldDifference(where, "the whole row", "kept", "deleted")
                differences.append(deletion)
            elif row.has_changed():
                differences += _compare_form(row, where, hashes)
        differences += _find_added_rows(formset, kind)
    return differences


def take_theirs(request):
    """Replace the typed values by the stored ones in the fields that were ticked."""
    names = request.POST.getlist("theirs")
    if not names:
        return
    data = request.POST.copy()
    for name in names:
        stored = data.getlist(f"theirs-{name}")
        data.pop(name, None)
        if stored:
            data.setlist(name, stored)
    request.POST = data


def _read_hashes(opened):
    try:
        hashes = json.loads(opened)
    except ValueError:
        return {}
    return hashes if isinstance(hashes, dict) else {}


def _find_added_rows(formset, kind):
    """Yield a difference for each stored row that is not in the form."""
    keys = {row.instance.pk for row in formset.forms}
    for record in formset.get_queryset():
        if record.pk not in keys:
            yield FieldDifference(
                f"{kind} “{record}”", "the whole row", "added", "not in your form; it will stay"
            )


def _compare_form(form, where, hashes):
    names = [name for name in form.changed_data if name not in IGNORED]
    return [_compare_field(form[name], where, hashes) for name in names]


def _compare_field(bound, where, hashes):
    stored = list_texts(bound, bound.initial)
    typed = list_texts(bound, bound.value())
    return FieldDifference(
        where=where,
        label=str(bound.label),
        theirs=_describe_texts(bound.field, stored),
        yours=_describe_texts(bound.field, typed),
        name=bound.html_name,
        stored=stored,
        untouched=hashes.get(bound.html_name) == _hash_texts(typed),
    )


def _hash_texts(texts):
    if not texts:
        return ""
    data = json.dumps(texts).encode()
    return hashlib.sha256(data).hexdigest()[:12]


def list_texts(bound, value):
    """Return `value` as the texts that a browser posts."""
    field = bound.field
    if isinstance(field, forms.BooleanField):
        return ("on",) if value else ()
    # The admin wraps the widgets of relations, and a wrapper would write a list as one text.
    widget = getattr(field.widget, "widget", field.widget)
    values = widget.format_value(field.prepare_value(value))
    if not isinstance(values, list | tuple):
        values = [values]
    texts = [str(text) for text in values if text not in (None, "")]
    return tuple(text.strip().replace("\r\n", "\n") for text in texts)


def _describe_texts(field, texts):
    """Return what posted texts mean to a reader: the words of choices, the names of records."""
    if isinstance(field, forms.BooleanField):
        return "yes" if texts else "no"
    if isinstance(field, forms.ModelChoiceField):
        keys = [text for text in texts if text.isdecimal()]
        rows = field.queryset.filter(pk__in=keys)
        words = {str(row.pk): str(row) for row in rows}
    else:
        choices = getattr(field, "choices", [])
        words = {str(value): str(word) for value, word in choices}
    return ", ".join(words.get(text, text) for text in texts) or "(empty)"
