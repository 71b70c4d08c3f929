"""Who is behind an entry of the ledger, in words."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from commitments.templatetags.languages import signer

register = template.Library()

PROGRAM = _("Entered by the program")
REMOVED = _("The names of who did it were removed from the ledger")
TWO_PEOPLE = _("Submitted by %(authors)s, approved by %(approver)s")
ALONE = _("Submitted and approved by %(approver)s alone")
# What one person may do, and who it was.
BY_ONE = {
    "confirm": _("Confirmed by %(approver)s alone"),
    "redact": _("Removed by %(approver)s alone"),
}


@register.filter
def people_words(entry):
    """Return who submitted and who approved what an entry published, and whether one did both.

    A blank for entries of before the ledger kept it.
    """
    if entry.form == 1:
        return ""
    if not entry.people_sha256:
        return gettext(PROGRAM)
    # A redaction removes the row; getattr looks at what was loaded with the entry.
    people = getattr(entry, "people", None)
    if people is None:
        return gettext(REMOVED)
    sentence = TWO_PEOPLE
    if entry.alone:
        sentence = BY_ONE.get(entry.action, ALONE)
    places = gettext(sentence) % {"authors": "{authors}", "approver": "{approver}"}
    return format_html(
        places,
        authors=_write_names(people.body["submitted_by"]),
        approver=_write_names(people.body["approved_by"]),
    )


def _write_names(names):
    separator = gettext(", ")
    return format_html_join(separator, "{}", [(signer(name),) for name in names])
