"""Statuses and stances as a reader meets them: word, icon and colour, never one of them alone."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext

from commitments.verdicts.rollup import roll_up_parts
from commitments.verdicts.statuses import MEANINGS, READING_ORDER

register = template.Library()

# Drawn with the same strokes as the statuses, but read differently: a thumb or a tick would claim
# too much.
STANCES = {
    "supports": ("plus", "kept"),
    "contradicts": ("minus", "broken"),
    "context": ("info", "waiting"),
}

# No status: an exempt party is never judged, and stands apart at the end.
EXEMPT = "exempt"
# A reader scans so many parties one by one; more are put in groups.
MANY = 4


@register.simple_tag
def statuses():
    """Return every status there is to choose from."""
    return [str(code) for code in READING_ORDER]


@register.simple_tag
def icon(name):
    """Return an icon of the sheet, hidden from screen readers: the word beside it says the same."""
    sheet = static("commitments/icons.svg")
    markup = '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>'
    return format_html(markup, sheet, name)


@register.simple_tag
def leads_outside():
    """Return the mark of a link to another site, kept on the line of the word before it."""
    return format_html("\u2060{}", icon("outside"))


@register.simple_tag
def status(code):
    """Return the sign of a status: icon and word in its colour."""
    meaning = MEANINGS[code]
    word = gettext(meaning.word)
    return _sign(meaning.tone, meaning.icon, word)


@register.simple_tag
def stance(code, label):
    name, tone = STANCES[code]
    return _sign(tone, name, label)


@register.filter
def status_word(code):
    meaning = MEANINGS[code]
    return gettext(meaning.word)


@register.filter
def status_tone(code):
    return MEANINGS[code].tone


@register.filter
def status_icon(code):
    return MEANINGS[code].icon


@register.filter
def status_definition(code):
    meaning = MEANINGS[code]
    return gettext(meaning.definition)


def _sign(tone, name, word):
    markup = '<span class="sign tone-{}">{}<span>{}</span></span>'
    return format_html(markup, tone, icon(name), word)


@register.filter
def rolled_up(undertakings):
    """Return the counts of the verdicts on a pledge's parties, the exempt apart."""
    return roll_up_parts(undertakings)


@register.filter
def any_waiting(undertakings):
    """Whether the verdict on one of them is open or missing: past the deadline that is overdue."""
    return any(row.is_waiting for row in undertakings)


@register.filter
def open_as_of(undertaking):
    """Return what `all_open_as_of` does, of one part of a pledge."""
    return all_open_as_of([undertaking])


@register.filter
def all_open_as_of(undertakings):
    """Return the first and the last day that our open verdicts among these are as of, None without
    any.
    """
    waiting = [row for row in undertakings if row.is_waiting]
    days = [row.current_assessment.as_of for row in waiting if row.current_assessment]
    if not days:
        return None
    return min(days), max(days)


class SharedReason(NamedTuple):
    """A reason to differ from the rule that several verdicts have: one of them, and how many."""

    assessment: Any
    count: int


@dataclass(frozen=True)
class VerdictGroup:
    """The parts of a pledge with one verdict, and what several of them share."""

    code: str
    parts: list[Any]
    shared: list[SharedReason]

    @property
    def reasons(self):
        """Why those verdicts differ from the rule: shown once for all."""
        return {reason.assessment.differs_because for reason in self.shared}


@register.filter
def by_status(parts):
    """Return a group for each verdict in the order a reader asks, the exempt last: for a list too
    long to scan.

    In each the parts with a figure come first, the highest before the others.
    """
    groups = []
    for code, together in _grouped(parts, shown_status):
        ordered = sorted(together, key=_highest_first)
        groups.append(VerdictGroup(code, ordered, _shared_reasons(together)))
    return groups


@register.filter
def verdicts_by_status(changes):
    """Return (status, its changes by party) of changes that published verdicts, in the same
    order.
    """
    by_party = sorted(changes, key=lambda change: change.record.undertaking.party.name)
    return _grouped(by_party, lambda change: change.record.status)


def _grouped(items, status_of):
    """Return (status, its items) for each status that occurs, in the order a reader asks."""
    groups = []
    for code in (*READING_ORDER, EXEMPT):
        together = [item for item in items if status_of(item) == code]
        if together:
            groups.append((str(code), together))
    return groups


def _highest_first(part):
    """Return what sorts the highest figure first, and a part without one last."""
    actual = part.finding.actual if part.finding else None
    if actual is None:
        return (True, 0)
    return (False, -actual)


def _shared_reasons(parts):
    """Return the reasons to differ from the rule that several of `parts` have, one for each thing
    the rule found.
    """
    ours = [part.assessment for part in parts if part.assessment]
    differing = [verdict for verdict in ours if verdict.differs_because]
    times = Counter(verdict.differs_because for verdict in differing)
    alike = {}
    for verdict in differing:
        if times[verdict.differs_because] > 1:
            finding = verdict.rule_found and verdict.rule_found["status"]
            key = (verdict.differs_because, finding, verdict.status)
            alike.setdefault(key, []).append(verdict)
    return [SharedReason(verdicts[0], len(verdicts)) for verdicts in alike.values()]


def shown_status(part):
    undertaking = part.undertaking
    return EXEMPT if undertaking.is_exempt else undertaking.status


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
    if not is_long(parts) or any(part.outside for part in parts):
        return None
    ours = [part for part in parts if part.assessment]
    days = {(part.assessment.as_of, part.undertaking.checked_on) for part in ours}
    return days.pop() if len(days) == 1 else None


@register.filter
def judged(verdicts):
    """Return how many verdicts there are: a bar is as long as these, the exempt are counted
    apart.
    """
    return verdicts.parties - verdicts.exempt


@register.filter
def counts(verdicts):
    """Return (status, count) for each status that occurs, in the order a reader asks."""
    numbers = verdicts.by_status
    return [(str(code), numbers[code]) for code in READING_ORDER if code in numbers]


@register.filter
def segments(verdicts):
    """Return (tone, start, length) of each stretch of a bar that is as long as there are
    verdicts.
    """
    stretches = []
    start = 0
    for code, count in counts(verdicts):
        tone = MEANINGS[code].tone
        stretches.append((tone, start, count))
        start += count
    return stretches
