"""The words for codes: who says it was promised, how strong the verb is, what was done."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from commitments.verdicts.findings import Reason
from commitments.verdicts.wording import COMPARATORS, EVENT_REASONS, KINDS_OF_FIGURE, REASONS

register = template.Library()

ATTRIBUTIONS = {
    "own_statement": _("Own statement: the party said it itself."),
    "joint_text": _("Joint text: all who signed it say it together."),
    "reported_by_chair": _(
        "Reported by the chair: the chair wrote it down, the others did not sign it."
    ),
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
    "searchnote": _("a search note"),
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


@register.simple_tag
def press_words(pledge, quotes):
    """Return what must stand beside words that the press alone reports, or "" for all others.

    `quotes` are the same words in other languages, each with its source.
    """
    if not pledge.source.is_press:
        return ""
    if not all(quote.source.is_press for quote in quotes):
        return gettext("These words are quoted from a press report.")
    if not pledge.quote_is_verbatim:
        return gettext("It is known from a press report; no official text of it is cited.")
    return gettext("These words are quoted from a press report; no official text of them is cited.")


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


@register.filter
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


@register.filter
def host(address):
    """Return whose site an address leads to: “example.org”."""
    return urlsplit(address).netloc.removeprefix("www.")
