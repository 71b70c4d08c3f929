"""Statuses and stances as a reader meets them: word, icon and colour, never one of them alone."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext

from commitments.verdicts.rollup import rollup
from commitments.verdicts.statuses import CLOSED, MEANINGS, NOT_ASSESSED, OPEN, SET_ASIDE, Status

register = template.Library()

# Drawn with the same strokes as the statuses, but read differently: a thumb or a tick would claim
# too much.
STANCES = {
    "supports": ("plus", "kept"),
    "contradicts": ("minus", "broken"),
    "context": ("info", "waiting"),
}

# The order of a sentence about results: how it ended, how it stands, what is set aside, what is
# missing.
ORDER = [status for family in (CLOSED, OPEN, SET_ASIDE) for status in Status if status in family]
ORDER.append(NOT_ASSESSED)
# No status: an exempt party is never judged, and stands apart at the end.
EXEMPT = "exempt"
MANY = 4


@register.simple_tag
def statuses():
    """Return every status there is to choose from."""
    return [str(code) for code in ORDER]


@register.simple_tag
def icon(name):
    """Return an icon of the sheet, hidden from screen readers: the word beside it says the same."""
    sheet = static("commitments/icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sheet, name
    )


@register.simple_tag
def leads_outside():
    """Return the mark of a link to another site, kept on the line of the word before it."""
    return format_html("\u2060{}", icon("outside"))


@register.simple_tag
def status(code):
    """Return the sign of a status: icon and word in its colour."""
    meaning = MEANINGS[code]
    return _sign(meaning.tone, meaning.icon, gettext(meaning.word))


@register.simple_tag
def stance(code, label):
    name, tone = STANCES[code]
    return _sign(tone, name, label)


@register.filter
def status_word(code):
    return gettext(MEANINGS[code].word)


@register.filter
def status_tone(code):
    return MEANINGS[code].tone


@register.filter
def status_icon(code):
    return MEANINGS[code].icon


@register.filter
def status_definition(code):
    return gettext(MEANINGS[code].definition)


def _sign(tone, name, word):
    return format_html(
        '<span class="sign tone-{}">{}<span>{}</span></span>', tone, icon(name), word
    )


@register.filter
def rolled_up(undertakings):
    """Count the verdicts of a pledge's parties, the exempt apart."""
    judged = [row.status for row in undertakings if not row.is_exempt]
    return rollup(judged, exempt=len(undertakings) - len(judged))


@register.filter
def is_waiting(undertaking):
    """Whether its verdict is open or missing: past the deadline that is overdue."""
    return not undertaking.is_exempt and (
        undertaking.status in OPEN or undertaking.status == NOT_ASSESSED
    )


@register.filter
def waiting(undertakings):
    return any(map(is_waiting, undertakings))


@register.filter
def open_as_of(undertaking):
    """The same of one part of a pledge."""
    return all_open_as_of([undertaking])


@register.filter
def all_open_as_of(undertakings):
    """Return the first and the last day that our open verdicts among these are as of, None without
    any.
    """
    days = [
        row.current_assessment.as_of
        for row in undertakings
        if is_waiting(row) and row.current_assessment
    ]
    return (min(days), max(days)) if days else None


@dataclass(frozen=True)
class VerdictGroup:
    """The parts of a pledge with one verdict, and what several of them share: (an assessment of
    theirs, how many).
    """

    code: str
    parts: list[Any]
    shared: list[tuple[Any, int]]

    @property
    def reasons(self):
        """Why those verdicts differ from the rule: told once for all."""
        return {assessment.differs_because for assessment, _ in self.shared}


@register.filter
def by_status(parts):
    """Return a Group for each verdict in the order a reader asks, the exempt last: for a list too
    long to scan.

    In each the parts with a figure come first, the highest before the others.
    """
    groups = _grouped(parts, shown_status)
    return [
        VerdictGroup(code, sorted(ones, key=_highest_first), _differing_alike(ones))
        for code, ones in groups
    ]


@register.filter
def verdicts_by_status(changes):
    """Return (status, its changes by party) of changes that published verdicts, in the same
    order.
    """
    by_party = sorted(changes, key=lambda change: change.record.undertaking.party.name)
    return _grouped(by_party, lambda change: change.record.status)


def _grouped(ones, status_of):
    groups = [
        (str(code), [one for one in ones if status_of(one) == code]) for code in [*ORDER, EXEMPT]
    ]
    return [(code, together) for code, together in groups if together]


def _highest_first(part):
    actual = part.finding.actual if part.finding else None
    return (actual is None, -(actual or 0))


def _differing_alike(parts):
    """Return the reasons to differ from the rule that several of `parts` have, one for each thing
    the rule found.
    """
    differing = [
        one.assessment for one in parts if one.assessment and one.assessment.differs_because
    ]
    reasons = Counter(one.differs_because for one in differing)
    alike = {}
    for one in differing:
        if reasons[one.differs_because] > 1:
            found = one.rule_found and one.rule_found["status"]
            alike.setdefault((one.differs_because, found, one.status), []).append(one)
    return [(ones[0], len(ones)) for ones in alike.values()]


def shown_status(part):
    return EXEMPT if part.undertaking.is_exempt else part.undertaking.status


@register.filter
def is_long(parts):
    """Whether so many parties share a pledge that a reader wants them in groups, and each one's
    reasons folded.
    """
    return len(parts) > MANY


@register.filter
def shared_days_of_many(parts):
    """Return (as of, last checked) if many verdicts of ours were all given and checked on the same
    days, else None.
    """
    if not is_long(parts):
        return None
    days = {(one.assessment.as_of, one.undertaking.checked_on) for one in parts if one.assessment}
    return days.pop() if len(days) == 1 and not any(one.outside for one in parts) else None


@register.filter
def judged(verdicts):
    """Return how many verdicts there are: a bar is as long as these, the exempt are counted
    apart.
    """
    return verdicts.parties - verdicts.exempt


@register.filter
def counts(verdicts):
    """Return (status, count) for each status that occurs, in the order a reader asks."""
    return [(str(code), verdicts.by_status[code]) for code in ORDER if code in verdicts.by_status]


@register.filter
def segments(verdicts):
    """Return (tone, start, length) of each stretch of a bar that is as long as there are
    verdicts.
    """
    stretches, start = [], 0
    for code, count in counts(verdicts):
        stretches.append((MEANINGS[code].tone, start, count))
        start += count
    return stretches
