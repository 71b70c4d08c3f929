"""The words for codes: who says it was promised, how strong the verb is, what was done."""

from typing import NamedTuple

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from commitments.verdicts.findings import Reason
from commitments.verdicts.wording import COMPARATORS, KINDS_OF_FIGURE

register = template.Library()

ATTRIBUTIONS = {
    "own_statement": _("Own statement: the party said it itself."),
    "joint_text": _("Joint text: all who signed it say it together."),
    "claimed_by_other": _("Claimed by the other side: the party itself has not said it."),
    "press_inference": _(
        "Press inference: journalists concluded it; nobody is quoted promising it."
    ),
}
MODALITIES = {
    "commits": _("Commits: the words bind."),
    "agrees": _("Agrees: several sides take it on together."),
    "intends": _("Intends: a plan, announced as one."),
    "aims": _("Aims: a goal to work towards, not a promise to arrive."),
    "encourages": _("Encourages: asks others, or oneself, to do it."),
    "reaffirms": _("Reaffirms: repeats what was pledged before."),
}
DEEDS = {
    "publish": _("Published %(what)s"),
    "amend": _("Amended %(what)s"),
    "correct": _("Corrected %(what)s"),
    "withdraw": _("Withdrew %(what)s"),
    "confirm": _("Checked %(what)s again: it stands"),
    "record": _("Added to the record of %(what)s"),
    "redact": _("Removed the text of %(what)s from the ledger"),
}
RECORDS = {
    "party": _("a party"),
    "topic": _("a topic"),
    "summitseries": _("a series of summits"),
    "leader": _("a leader"),
    "summit": _("a summit"),
    "source": _("a source"),
    "indicator": _("an indicator"),
    "release": _("a release of figures"),
    "pledge": _("a pledge"),
    "evidence": _("a piece of evidence"),
    "assessment": _("a verdict"),
    "outsidereport": _("an outside report"),
    "response": _("a response"),
}


class QuotationMarks(NamedTuple):
    """The usual pair, and the pair of a quotation that has the usual marks in it."""

    usual: str
    inner: str


ENGLISH_MARKS = QuotationMarks(usual="“”", inner="‘’")
JAPANESE_MARKS = QuotationMarks(usual="「」", inner="『』")

LANGUAGES = {
    "en": _("English"),
    "ja": _("Japanese"),
    "fr": _("French"),
    "de": _("German"),
    "es": _("Spanish"),
    "it": _("Italian"),
    "ko": _("Korean"),
    "zh": _("Chinese"),
}

REASONS = {
    Reason.SATISFIED: _("The figure is what was promised."),
    Reason.FELL_SHORT: _("The figure is not what was promised."),
    Reason.PARTLY: _("Short of the target, but enough to be partly met."),
    Reason.FAILED_PERIOD: _("It had to hold in every period, and failed in one."),
    Reason.EXCEEDED: _("The sum is beyond what was promised already."),
    Reason.AHEAD: _("At or ahead of the straight line to the target."),
    Reason.BEHIND: _("Behind the straight line to the target."),
    Reason.HOLDING: _("It has held in every period so far."),
    Reason.UNDER_WAY: _("The deadline has not passed, and no path to it was stated."),
    Reason.NO_FIGURE_SINCE_BASELINE: _(
        "No figure for a time after the baseline has been published yet."
    ),
    Reason.NO_DATA: _("No figure that counts has been published yet."),
    Reason.AWAITING_DATA: _("The deadline has passed; the figure for it is not published yet."),
    Reason.UNCOMPARABLE: _("There is no baseline to measure a change from."),
}


# Of an event.
EVENT_REASONS = {
    Reason.SATISFIED: _("It happened in time."),
    Reason.FELL_SHORT: _("It did not happen in time."),
    Reason.UNDER_WAY: _("No published evidence shows yet that it happened."),
    Reason.AWAITING_DATA: _("The day has passed; no published evidence says whether it happened."),
}


@register.filter
def quoted(text, language):
    """Put `text` in quotation marks: the other kind if it has some of the usual ones."""
    marks = ENGLISH_MARKS
    if language == "ja":
        marks = JAPANESE_MARKS
    opening, closing = marks.usual
    if opening in text:
        opening, closing = marks.inner
    return f"{opening}{text}{closing}"


@register.filter
def deed(entry):
    """Return what a ledger entry did, as the beginning of a sentence: “Corrected a source”."""
    action = DEEDS[entry.action]
    record_type = RECORDS[entry.record_type]
    record = gettext(record_type)
    return gettext(action) % {"what": record}


@register.filter
def attribution_words(code):
    words = ATTRIBUTIONS[code]
    return gettext(words)


@register.filter
def modality_words(code):
    words = MODALITIES[code]
    return gettext(words)


@register.filter
def reason_words(code):
    """Return why the rule found this, as a sentence."""
    words = REASONS[code]
    return gettext(words)


def event_words(finding):
    """Return why the rule found this of an event, as a sentence."""
    if finding.reason == Reason.AWAITING_DATA and finding.decided_by:
        return gettext("It happened around the day; the evidence leaves open on which side of it.")
    words = EVENT_REASONS[finding.reason]
    return gettext(words)


@register.filter
def kind_words(code):
    """Return the word for a kind of figure: “actual”, “budget”."""
    words = KINDS_OF_FIGURE[code]
    return gettext(words.word)


@register.filter
def comparator_words(code):
    """Return the words before a value, or before that of the baseline: “at least”."""
    words = COMPARATORS[code]
    return gettext(words.word)


@register.filter
def language_word(code):
    """Return the name of a language, for labels such as “in Japanese”; an unknown code as it is."""
    word = LANGUAGES.get(code, code)
    return gettext(word)
