"""Statuses and stances as a reader meets them: word, icon and colour, never one of them alone."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext

from commitments.verdicts.rollup import roll_up_standings
from commitments.verdicts.statuses import (
    APART,
    OPEN,
    OVERDUE,
    READING_ORDER,
    STANDING_ORDER,
    UNJUDGED_MEANINGS,
    UNJUDGED_ORDER,
    Unjudged,
    find_meaning,
)

register = template.Library()

# Drawn with the same strokes as the statuses. Thumbs or ticks would claim too much.
STANCES = {
    "supports": ("plus", "kept"),
    "contradicts": ("minus", "broken"),
    "context": ("info", "waiting"),
}

# Not a status: an exempt party is never judged, and comes after all that are.
EXEMPT = "exempt"
# Readers scan as many parties one by one; more are put in groups.
MANY = 4


class SharedReason(NamedTuple):
    """A reason to differ from the rule that `count` verdicts share, and the first of them."""

    assessment: Any
    count: int


class StatusItems(NamedTuple):
    """The items that have one status."""

    code: str
    items: list[Any]


class StatusCount(NamedTuple):
    """How many verdicts have one status."""

    code: str
    count: int


class BarSegment(NamedTuple):
    """A stretch of a bar. `start` and `length` are numbers of verdicts.

    What has no verdict has the pattern of the reason for that, where there is one.
    """

    tone: str
    start: int
    length: int
    pattern: str = ""

    @property
    def end(self):
        return self.start + self.length


class SharedDays(NamedTuple):
    """The day that several verdicts are as of, and the day they were last checked."""

    as_of: Any
    checked_on: Any


@dataclass(frozen=True)
class VerdictGroup:
    """The parts of a pledge with one verdict, and what several of them share."""

    code: str
    parts: list[Any]
    shared: list[SharedReason]

    @property
    def reasons(self):
        """Why those verdicts differ from the rule: shown once for all of them."""
        return {reason.assessment.differs_because for reason in self.shared}


@register.simple_tag
def statuses():
    """Return every status there is."""
    return [str(code) for code in READING_ORDER]


@register.simple_tag
def reasons():
    """Return every reason for which there may be no verdict."""
    return [str(code) for code in UNJUDGED_ORDER if code in UNJUDGED_MEANINGS]


@register.simple_tag
def icon(name):
    """Return an icon of the sheet, hidden from screen readers: the word beside it says the same."""
    sheet = static("commitments/icons.svg")
    markup = '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>'
    return format_html(markup, sheet, name)


@register.simple_tag
def leads_outside():
    """Return the mark of a link to another site. It never leaves the line of the word before it."""
    mark = icon("outside")
    return format_html("\u2060{}", mark)


@register.simple_tag
def status(code):
    """Return the sign of a status, of “overdue”, or of why there is none: icon and word in its
    colour.
    """
    meaning = find_meaning(code)
    word = gettext(meaning.word)
    return render_sign(meaning.tone, meaning.icon, word, wraps=code in UNJUDGED_MEANINGS)


@register.simple_tag
def stance(code, label):
    """Return the sign of a stance: icon and label in its colour."""
    name, tone = STANCES[code]
    return render_sign(tone, name, label)


@register.filter
def status_word(code):
    meaning = find_meaning(code)
    return gettext(meaning.word)


@register.filter
def status_tone(code):
    return find_meaning(code).tone


@register.filter
def status_icon(code):
    return find_meaning(code).icon


@register.filter
def status_definition(code):
    meaning = find_meaning(code)
    return gettext(meaning.definition)


def render_sign(tone, icon_name, word, *, wraps=False):
    """Return a sign: an icon and its word in a colour. One of several words `wraps` on a phone."""
    markup = '<span class="sign tone-{}{}">{}<span>{}</span></span>'
    wrapping = " wraps" if wraps else ""
    drawing = icon(icon_name)
    return format_html(markup, tone, wrapping, drawing, word)


@register.simple_tag(takes_context=True)
def standing_of(context, undertaking):
    """Return what readers see first of a part on the day of the page: “overdue”, or its
    status.
    """
    return undertaking.find_standing(on=context.request.today)


@register.simple_tag(takes_context=True)
def reason_of(context, undertaking):
    """Return why a part has no verdict on the day of the page; "" if it has one, or unknown."""
    return undertaking.find_reason(on=context.request.today)


@register.simple_tag(takes_context=True)
def count_aged(context, undertakings):
    """Return on how many parts our verdict may be out of date on the day of the page."""
    day = context.request.today
    aged = [row for row in undertakings if row.may_be_out_of_date(on=day)]
    return len(aged)


@register.simple_tag(takes_context=True)
def standings_of(context, undertakings):
    """Return the counts of the same for the parts of a pledge, with the exempt counted apart."""
    return roll_up_standings(undertakings, on=context.request.today)


@register.filter
def listing_query(verdicts, code):
    """Return the query of the list of pledges with those parts that a tally counts under `code`."""
    if code == OVERDUE:
        return "overdue=true"
    name = "unjudged_reason" if code in UNJUDGED_MEANINGS else "status"
    query = f"{name}={code}"
    may_be_overdue = code in OPEN or (code in UNJUDGED_ORDER and code not in APART)
    if may_be_overdue and OVERDUE in verdicts.by_status:
        query += "&overdue=false"
    if verdicts.others_alone and code not in UNJUDGED_ORDER:
        query += "&judged_by=ours"
    return query


@register.filter
def is_apart(code):
    """Whether what has this code is counted apart: nothing is to be judged there."""
    return code in APART


@register.filter
def all_open_as_of(undertakings):
    """Return the first and the last day that our open verdicts on these are as of; None if none."""
    days = []
    for undertaking in undertakings:
        if undertaking.is_waiting and undertaking.current_assessment:
            days.append(undertaking.current_assessment.as_of)
    if not days:
        return None
    return min(days), max(days)


@register.filter
def by_status(parts):
    """Return a VerdictGroup for each verdict, in the order of reading and last the exempt.

    It is for lists too long to scan. In each group the highest figure comes first, and the parts
    without a figure last.
    """
    groups = []
    for code, members in _group_by_status(parts, choose_code):
        ordered = sorted(members, key=_sort_highest_first)
        shared = _find_shared_reasons(members)
        group = VerdictGroup(code, ordered, shared)
        groups.append(group)
    return groups


@register.filter
def verdicts_by_status(changes):
    """Return StatusItems of changes that published verdicts: those of one status by party."""

    def read_party_name(change):
        return change.record.undertaking.party.name

    def read_status(change):
        return change.record.status

    by_party = sorted(changes, key=read_party_name)
    return _group_by_status(by_party, read_status)


def _group_by_status(items, read_status) -> list[StatusItems]:
    """Return the items of each status that occurs, in the order of reading, the overdue apart."""
    groups = []
    for code in (*STANDING_ORDER, EXEMPT):
        members = [item for item in items if read_status(item) == code]
        if members:
            group = StatusItems(str(code), members)
            groups.append(group)
    return groups


def _sort_highest_first(part):
    """Return what sorts the highest figure first, and a part without one last."""
    finding = part.finding
    if finding is None or finding.actual is None:
        return (True, 0)
    return (False, -finding.actual)


def _find_shared_reasons(parts) -> list[SharedReason]:
    """Return the reasons to differ from the rule that several of `parts` share.

    Verdicts share it only if they are the same, and the rule found the same for each.
    """
    differing = []
    for part in parts:
        if part.assessment and part.assessment.differs_because:
            differing.append(part.assessment)
    times = Counter(verdict.differs_because for verdict in differing)
    groups = defaultdict(list)
    for verdict in differing:
        reason = verdict.differs_because
        if times[reason] > 1:
            finding = verdict.rule_found and verdict.rule_found["status"]
            key = (reason, finding, verdict.status)
            groups[key].append(verdict)
    shared = []
    for verdicts in groups.values():
        count = len(verdicts)
        shared.append(SharedReason(verdicts[0], count))
    return shared


def choose_code(part):
    """Return the status of a part, OVERDUE or EXEMPT."""
    if part.undertaking.is_exempt:
        return EXEMPT
    return part.standing


@register.filter
def is_long(parts):
    """Whether so many parties share a pledge that readers want groups, with reasons folded."""
    return len(parts) > MANY


@register.filter
def shared_days_of_many(parts):
    """Return SharedDays if many verdicts, all ours, have the same days; else None."""
    if not is_long(parts):
        return None
    days = set()
    for part in parts:
        if part.outside:
            return None
        if part.assessment:
            pair = SharedDays(part.assessment.as_of, part.undertaking.checked_on)
            days.add(pair)
    if len(days) != 1:
        return None
    return days.pop()


@register.filter
def judged(verdicts):
    """Return the number of verdicts, without the exempt: the length of a bar."""
    return verdicts.judgeable


@register.filter
def counts(verdicts):
    """Return a StatusCount for each status that occurs, in the order of reading, with what is
    overdue if that is counted apart, and last why there is no verdict.
    """
    by_code = []
    for code in STANDING_ORDER:
        count = verdicts.by_status.get(code, 0)
        if code == Unjudged.JUDGED_UNDER:
            count = verdicts.judged_under
        if count:
            by_code.append(StatusCount(str(code), count))
    return by_code


@register.filter
def overdue_reasons(verdicts):
    """Return a StatusCount for each reason why some of the overdue have no verdict."""
    by_reason = []
    for code in UNJUDGED_ORDER:
        count = verdicts.unjudged.get(code, 0) - verdicts.by_status.get(code, 0)
        if count > 0 and OVERDUE in verdicts.by_status:
            by_reason.append(StatusCount(str(code), count))
    return by_reason


@register.filter
def segments(verdicts):
    """Return the BarSegments that, side by side, make the bar: one for each status that occurs, and
    of the overdue one for each reason why some have no verdict. What is counted apart has none.
    """
    bar = []
    for code, count in counts(verdicts):
        tone = find_meaning(code).tone
        if code in APART:
            continue
        pieces = [StatusCount(code, count)]
        if code == OVERDUE:
            reasons_of_some = overdue_reasons(verdicts)
            judged_before = count - sum(reason.count for reason in reasons_of_some)
            pieces = [StatusCount(code, judged_before), *reasons_of_some]
        for piece in pieces:
            if piece.count:
                start = bar[-1].end if bar else 0
                pattern = piece.code if piece.code in UNJUDGED_MEANINGS else ""
                bar.append(BarSegment(tone, start, piece.count, pattern))
    return bar
