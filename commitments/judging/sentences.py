"""What a rule finds, in plain sentences: drafts for a person to read, correct and sign.

The words are those of readers: templates make them of the codes, in both languages.
"""

from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from commitments.judging.evaluating import Evaluated
from commitments.languages import JAPANESE
from commitments.verdicts.dates import ImpreciseDate, Precision, find_bounds

NAMED_PERIODS = (Precision.WEEK, Precision.MONTH, Precision.QUARTER, Precision.YEAR)
# English, in the locale in which the site writes it.
ENGLISH_LOCALE = settings.LANGUAGE_CODE


class DraftTexts(NamedTuple):
    """The texts of a drafted assessment; the Japanese are empty where a word has no translation."""

    answer: str
    rationale: str
    caveat: str
    answer_ja: str
    rationale_ja: str
    caveat_ja: str


def write_draft(evaluated: Evaluated) -> DraftTexts:
    """Return what the rule finds for one party by the primary definition, in both languages."""
    context = {
        "target": evaluated.rows[0],
        "compared": evaluated.primary,
        "party": evaluated.undertaking.party,
    }
    english = _write_texts(ENGLISH_LOCALE, context)
    japanese = _write_texts(JAPANESE, context)
    if not (japanese[0] and japanese[1]):
        japanese = ["", "", ""]
    return DraftTexts(*english, *japanese)


def _write_texts(locale, context):
    """Return the answer, the rationale and the caveat in one language."""
    with override(locale):
        answer = _render("answer", context)
        rationale = _render("rationale", context)
        caveat = _render("caveat", context)
    return [answer, rationale, caveat]


def write_rationale(target, compared) -> str:
    """Return in English why the rule finds what it finds by `target`."""
    with override(ENGLISH_LOCALE):
        return _render("rationale", {"target": target, "compared": compared})


def _render(name, context):
    text = render_to_string(f"commitments/drafts/{name}.txt", context)
    return text.strip()


def find_imprecise_date(period, indicator=None) -> ImpreciseDate:
    """Return a period of the rules as an imprecise date: a day, a month, a year, a fiscal year."""
    first = period.start
    last = period.end
    if first == last:
        return ImpreciseDate(last, Precision.DAY)
    for precision in NAMED_PERIODS:
        bounds = find_bounds(last, precision)
        if bounds == (first, last):
            return ImpreciseDate(last, precision)
    if _is_fiscal_year(first, last, indicator):
        return ImpreciseDate(
            last,
            Precision.FISCAL_YEAR,
            indicator.fiscal_year_starts,
            fiscal_named=indicator.fiscal_year_named,
        )
    return ImpreciseDate(last, Precision.PERIOD, first_day=first)


def _is_fiscal_year(first, last, indicator):
    if indicator is None or not indicator.fiscal_year_starts:
        return False
    bounds = find_bounds(
        last,
        Precision.FISCAL_YEAR,
        indicator.fiscal_year_starts,
    )
    return bounds == (first, last)
