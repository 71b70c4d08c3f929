"""What codes mean to a reader: who says it was promised, how strong the verb is, who translated
it.
"""

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from commitments.verdicts.definitions.telling import KINDS_OF_FIGURE
from commitments.verdicts.findings import Reason

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
# Before a value, that of the baseline too.
COMPARATORS = {
    "at_least": _("at least"),
    "at_most": _("at most"),
    "equal": _("exactly"),
    "below_baseline": _("below"),
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


@register.filter
def quoted(text, language):
    """Put `text` in quotation marks: the other kind where it has some of its own."""
    inner, marks, others = ("「", "「」", "『』") if language == "ja" else ("“", "“”", "‘’")
    first, last = others if inner in text else marks
    return f"{first}{text}{last}"


@register.filter
def deed(entry):
    """What a ledger entry did, as the beginning of a sentence: “Corrected a source”."""
    return gettext(DEEDS[entry.action]) % {"what": gettext(RECORDS[entry.record_type])}


@register.filter
def attribution_words(code):
    return gettext(ATTRIBUTIONS[code])


@register.filter
def modality_words(code):
    return gettext(MODALITIES[code])


@register.filter
def reason_words(code):
    """Why the rule found what it found, in a sentence."""
    return gettext(REASONS[code])


@register.filter
def kind_words(code):
    """What kind of figure it is: “actual”, “budget”."""
    return gettext(KINDS_OF_FIGURE[code])


@register.filter
def comparator_words(code):
    return gettext(COMPARATORS[code])


@register.filter
def language_word(code):
    """Return the language in words, for labels such as “in Japanese”; an unknown code stands for
    itself.
    """
    return gettext(LANGUAGES.get(code, code))


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
    Reason.PARTLY: _("Short of the target, but past the stated share of the way."),
    Reason.FAILED_PERIOD: _("It had to hold in every period, and failed in one."),
    Reason.EXCEEDED: _("The sum is beyond what was promised already."),
    Reason.AHEAD: _("At or ahead of the straight line to the target."),
    Reason.BEHIND: _("Behind the straight line to the target."),
    Reason.HOLDING: _("It has held in every period so far."),
    Reason.UNDER_WAY: _("The deadline has not passed, and no path to it was stated."),
    Reason.NO_DATA: _("No figure that counts has been published yet."),
    Reason.AWAITING_DATA: _("The deadline has passed; the figure for it is not published yet."),
    Reason.UNCOMPARABLE: _("There is no baseline to measure a change from."),
}
