"""What codes mean to a reader: who says it was promised, how strong the verb is, who translated it."""

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

register = template.Library()

ATTRIBUTIONS = {
    "own_statement": _("Own statement: the party said it itself."),
    "joint_text": _("Joint text: all who signed it say it together."),
    "claimed_by_other": _("Claimed by the other side: the party itself has not said it."),
    "press_inference": _("Press inference: journalists concluded it; nobody is quoted promising it."),
}
MODALITIES = {
    "commits": _("Commits: the words bind."),
    "agrees": _("Agrees: several sides take it on together."),
    "intends": _("Intends: a plan, announced as one."),
    "aims": _("Aims: a goal to work towards, not a promise to arrive."),
    "encourages": _("Encourages: asks others, or oneself, to do it."),
    "reaffirms": _("Reaffirms: repeats what was pledged before."),
}
# A link is stored once, on the later pledge; the earlier one reads it from its own side.
LINKED_FROM = {
    "reaffirms": _("Reaffirmed by"),
    "quantifies": _("Quantified by"),
    "strengthens": _("Strengthened by"),
    "weakens": _("Weakened by"),
    "extends_deadline": _("Its deadline extended by"),
    "implements": _("Implemented by"),
    "supersedes": _("Superseded by"),
    "withdraws": _("Withdrawn by"),
    "part_of": _("Has as a part"),
}
COMPARATORS = {
    "at_least": _("at least"),
    "at_most": _("at most"),
    "equal": _("exactly"),
    "below_baseline": _("below the baseline"),
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
def linked_from(code):
    return gettext(LINKED_FROM[code])


@register.filter
def comparator_words(code):
    return gettext(COMPARATORS[code])


@register.filter
def language_word(code):
    """Return the language in words, for labels such as “in Japanese”; an unknown code stands for itself."""
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
