"""Two people saved the same record: what the one stored, beside what the other typed."""

import hashlib
import json
from dataclasses import dataclass

from django import forms

IGNORED = {"public_note", "corrects_error"}


@dataclass(frozen=True)
class FieldDifference:
    """One field that is stored otherwise than it was typed, in words and as the texts a browser
    would post.
    """

    where: str
    label: str
    theirs: str
    yours: str
    name: str = ""
    stored: tuple[str, ...] = ()
    # As it was when the form was opened: nobody typed it, so theirs is the one to keep.
    untouched: bool = False


def opened_with(form, formsets) -> str:
    """Return a short sign of every value the form is opened with; the form posts it back."""
    shown = [form, *(row for formset in formsets for row in formset.forms)]
    return json.dumps(
        {bound.html_name: _sign(_raw(bound, bound.initial)) for one in shown for bound in one}
    )


def find_field_differences(form, formsets, opened: str) -> list[FieldDifference]:
    """Return every field in which the typed form and its rows differ from what is stored now.

    `opened` is what `opened_with` said of the form before anybody typed.
    """
    known = _read(opened)
    found = _of_form(form, "", known)
    for formset in formsets:
        kind = str(formset.model._meta.verbose_name)
        for row in formset.forms:
            where = f"{kind} “{row.instance}”" if row.instance.pk else f"{kind} (new)"
            if formset.can_delete and formset._should_delete_form(row):
                found.append(FieldDifference(where, "the whole row", "kept", "deleted"))
            elif row.has_changed():
                found += _of_form(row, where, known)
        found += _rows_you_do_not_have(formset, kind)
    return found


def take_theirs(request):
    """Replace what was typed by what is stored, in the fields ticked on the page that showed
    both.
    """
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


def _read(opened):
    try:
        known = json.loads(opened)
    except ValueError:
        known = None
    return known if isinstance(known, dict) else {}


def _rows_you_do_not_have(formset, kind):
    known = {row.instance.pk for row in formset.forms}
    for stored in formset.get_queryset():
        if stored.pk not in known:
            yield FieldDifference(
                f"{kind} “{stored}”", "the whole row", "added", "not in your form; it will stay"
            )


def _of_form(form, where, known):
    return [
        _difference(form[name], where, known) for name in form.changed_data if name not in IGNORED
    ]


def _difference(bound, where, known):
    stored, typed = _raw(bound, bound.initial), _raw(bound, bound.value())
    return FieldDifference(
        where=where,
        label=str(bound.label),
        theirs=_in_words(bound.field, stored),
        yours=_in_words(bound.field, typed),
        name=bound.html_name,
        stored=stored,
        untouched=known.get(bound.html_name) == _sign(typed),
    )


def _sign(values):
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:12] if values else ""


def _raw(bound, value):
    """Return `value` as the texts a browser would post."""
    if isinstance(bound.field, forms.BooleanField):
        return ("on",) if value else ()
    # The admin wraps the widgets of relations, and the wrapping would write a list as one text.
    widget = getattr(bound.field.widget, "widget", bound.field.widget)
    value = widget.format_value(bound.field.prepare_value(value))
    values = value if isinstance(value, list | tuple) else [value]
    return tuple(str(one).strip().replace("\r\n", "\n") for one in values if one not in (None, ""))


def _in_words(field, values):
    if isinstance(field, forms.BooleanField):
        return "yes" if values else "no"
    if isinstance(field, forms.ModelChoiceField):
        rows = field.queryset.filter(pk__in=[value for value in values if value.isdecimal()])
        known = {str(row.pk): str(row) for row in rows}
    else:
        known = {str(value): str(word) for value, word in getattr(field, "choices", [])}
    return ", ".join(known.get(value, value) for value in values) or "(empty)"
