"""The names of due days: “deadline”, “own deadline of Japan”, “interim target: 550 billion”."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from commitments.templatetags.languages import in_language, name_in_language, plain_in_language

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
    "target": _("target of {party}: {label}"),
    "interim": _("interim target of {party}: {label}"),
}


@register.filter
def due_name(due):
    """Return what falls due on a day, marked up with the languages of its parts."""
    return format_html(_choose_name(due), **_read_parts(due, name_in_language, in_language))


@register.filter
def plain_due_name(due):
    """Return the same without markup."""
    parts = _read_parts(due, plain_in_language, plain_in_language)
    return _choose_name(due).format(**parts)


@register.filter
def need_names(days):
    """Whether due days are more than one deadline: then each is named."""
    return bool(days) and [due.kind for due in days] != ["deadline"]


@register.filter
def is_missed(due, today):
    """Whether a due day has passed without a verdict."""
    return due.is_overdue(on=today)


def _choose_name(due):
    name = NAMES[due.kind]
    if due.party:
        name = NAMES_OF_ONE.get(due.kind, name)
    return gettext(name)


def _read_parts(due, read_party, read_label):
    return {
        "party": read_party(due.party, "name") if due.party else "",
        "label": read_label(due.target, "label") if due.target else "",
    }
