"""Two people saved the same record: what the one stored, beside what the other typed."""

from dataclasses import dataclass

from django import forms

IGNORED = {"public_note", "corrects_error"}


@dataclass(frozen=True)
class Difference:
    """One field that is stored otherwise than it was typed."""

    where: str
    label: str
    name: str
    theirs: str
    stored: tuple[str, ...]
    yours: str


def differences(form, formsets) -> list[Difference]:
    """Return every field in which the typed form and its inlines differ from what is stored now."""
    found = _of_form(form, "")
    for formset in formsets:
        kind = str(formset.model._meta.verbose_name)
        for row in formset.forms:
            where = f"{kind} “{row.instance}”" if row.instance.pk else f"{kind} (new)"
            if formset.can_delete and formset._should_delete_form(row):
                found.append(Difference(where, "the whole row", "", "kept", (), "deleted"))
            elif row.has_changed():
                found += _of_form(row, where)
        found += _rows_you_do_not_have(formset, kind)
    return found


def take_theirs(request):
    """Replace what was typed by what is stored, in the fields ticked on the page that showed both."""
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


def _rows_you_do_not_have(formset, kind):
    known = {row.instance.pk for row in formset.forms}
    for stored in formset.get_queryset():
        if stored.pk not in known:
            yield Difference(f"{kind} “{stored}”", "the whole row", "", "added", (), "not in your form; it will stay")


def _of_form(form, where):
    return [_difference(form[name], where) for name in form.changed_data if name not in IGNORED]


def _difference(bound, where):
    stored = _raw(bound, bound.initial)
    typed = _raw(bound, bound.value())
    return Difference(
        where=where,
        label=str(bound.label),
        name=bound.html_name,
        theirs=_in_words(bound.field, stored),
        stored=stored,
        yours=_in_words(bound.field, typed),
    )


def _raw(bound, value):
    """Return `value` as the texts a browser would post."""
    if isinstance(bound.field, forms.BooleanField):
        return ("on",) if value else ()
    # The admin wraps the widgets of relations, and the wrapping would write a list as one text.
    widget = getattr(bound.field.widget, "widget", bound.field.widget)
    value = widget.format_value(bound.field.prepare_value(value))
    values = value if isinstance(value, list | tuple) else [value]
    return tuple(str(one) for one in values if one not in (None, ""))


def _in_words(field, values):
    if isinstance(field, forms.BooleanField):
        return "yes" if values else "no"
    if isinstance(field, forms.ModelChoiceField):
        rows = field.queryset.filter(pk__in=[value for value in values if value.isdecimal()])
        known = {str(row.pk): str(row) for row in rows}
    else:
        known = {str(value): str(word) for value, word in getattr(field, "choices", [])}
    return ", ".join(known.get(value, value) for value in values) or "(empty)"
