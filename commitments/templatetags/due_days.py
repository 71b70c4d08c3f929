"""The names of due days: “deadline”, “own deadline of Japan”, “interim target: 550 billion”."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from commitments.templatetags.languages import (
    in_language,
    name_in_language,
    plain_in_language,
)

register = template.Library()

NAMES = {
    "deadline": _("deadline"),
    "own_deadline": _("own deadline of {party}"),
    "target": _("target: {label}"),
    "interim": _("interim target: {label}"),
    "judged_from": _("can be judged from"),
}
# The same of a target that only one party has.
NAMES_OF_ONE = {
    **NAMES,
    "target": _("target of {party}: {label}"),
    "interim": _("interim target of {party}: {label}"),
}


@register.filter
def due_name(due):
    """Return what falls due on a day, marked up with the languages of its parts."""
    parts = _read_parts(due, name_in_language, in_language)
    name = _choose_name(due)
    return format_html(name, **parts)


@register.filter
def plain_due_name(due):
    """Return the same without markup."""
    parts = _read_parts(due, plain_in_language, plain_in_language)
    name = _choose_name(due)
    return name.format(**parts)


@register.filter
def need_names(days):
    """Whether due days are more than one deadline: then each is named."""
    if not days:
        return False
    kinds = [due.kind for due in days]
    return kinds != ["deadline"]


@register.simple_tag(takes_context=True)
def is_missed(context, due):
    """Whether a due day has passed without a verdict on the day of the page."""
    today = context.request.today
    return due.is_overdue(on=today)


def _choose_name(due):
    names = NAMES
    if due.party:
        names = NAMES_OF_ONE
    name = names[due.kind]
    return gettext(name)


def _read_parts(due, read_party, read_label):
    parts = {"party": "", "label": ""}
    if due.party:
        parts["party"] = read_party(due.party, "name")
    if due.target:
        parts["label"] = read_label(due.target, "label")
    return parts
