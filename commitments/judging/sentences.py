"""What a rule finds, in plain English: to begin a rationale with, and as a verdict's answer.

Readers get findings in their own language from `templatetags`; these texts are drafts for a person
to sign, and lines of commands.
"""

from decimal import Decimal

from commitments.dates import write_out_date, write_out_day
from commitments.verdicts.dates import FiscalNaming, ImpreciseDate, Precision, find_bounds
from commitments.verdicts.findings import Finding
from commitments.verdicts.statuses import MEANINGS, Status
from commitments.verdicts.targets import Kind
from commitments.verdicts.wording import EVENT_REASONS, KINDS_OF_FIGURE, REASONS

LONGEST_ANSWER = 160
# From here on thousands are grouped.
LONG_NUMBER = 10_000
NAMED_PERIODS = (Precision.WEEK, Precision.MONTH, Precision.QUARTER, Precision.YEAR)
# What a party did, before the figure that shows it.
OUTCOMES = {
    Status.MET: "met it",
    Status.PARTLY_MET: "met it in part",
    Status.NOT_MET: "did not meet it",
    Status.ON_TRACK: "is on track",
    Status.OFF_TRACK: "is off track",
    Status.IN_PROGRESS: "has it under way",
}


def write_finding(label: str, finding: Finding, target=None) -> str:
    """Return the finding by the definition `label` in sentences, to begin a rationale with."""
    word = MEANINGS[finding.status].word.lower()
    sentences = [f"By the rule ({label}): {word}.", _explain(finding, target)]
    if finding.path is not None:
        sentences.append(f"The straight line to the target asked for {_write(finding.path)} then.")
    row = finding.decided_by
    if row and not _is_event(target):
        kind = KINDS_OF_FIGURE[row.kind].word
        released = write_out_day(row.released_on)
        sentences.append(f"The figure is of the kind “{kind}”, released on {released}.")
    if late := _write_late(finding, target):
        sentences.append(late)
    return " ".join(sentences)


def write_answer(party, finding: Finding, target=None) -> str:
    """Return the verdict on `party` in one sentence, as short as an answer has to be."""
    outcome = OUTCOMES.get(finding.status, MEANINGS[finding.status].word.lower())
    said = f"{party} {outcome}"
    late = _write_late(finding, target)
    candidates = []
    if figures := _write_figures(finding, target):
        candidates += [f"{said}: {figures}. {late}".strip(), f"{said}: {figures}."]
    candidates += [f"{said}. {late}".strip(), f"{said}.", f"{outcome}."]
    return next(text for text in candidates if len(text) <= LONGEST_ANSWER)


def name_period(period, indicator=None) -> ImpreciseDate:
    """Return a period of the rules as an imprecise date: a day, a month, a year, a fiscal year."""
    first, last = period.start, period.end
    if first == last:
        return ImpreciseDate(last, Precision.DAY)
    for precision in NAMED_PERIODS:
        if find_bounds(last, precision) == (first, last):
            return ImpreciseDate(last, precision)
    starts = indicator and indicator.fiscal_year_starts
    if starts and find_bounds(last, Precision.FISCAL_YEAR, starts) == (first, last):
        named = FiscalNaming(indicator.fiscal_year_named)
        return ImpreciseDate(last, Precision.FISCAL_YEAR, starts, fiscal_named=named)
    return ImpreciseDate(last, Precision.PERIOD, first_day=first)


def _explain(finding, target):
    """Return why, as a sentence, with the figures where there are some."""
    reasons = REASONS
    if _is_event(target):
        reasons = {**REASONS, **EVENT_REASONS}
    reason = reasons[finding.reason]
    figures = _write_figures(finding, target)
    if not figures:
        return reason
    return f"{reason.removesuffix('.')}: {figures}."


def _write_figures(finding, target):
    if _is_event(target) or finding.actual is None or finding.decided_by is None:
        return ""
    period = _name(finding.decided_by.period, target)
    words = f"{_write(finding.actual, target)} in {period}"
    if finding.required is None:
        return words
    return f"{words}, with {_write(finding.required, target)} asked for"


def _write_late(finding, target):
    if finding.met_late_in is None:
        return ""
    return f"It was reached later, in {_name(finding.met_late_in, target)}."


def _name(period, target):
    indicator = target and target.indicator
    return write_out_date(name_period(period, indicator))


def _is_event(target):
    return target is not None and target.kind == Kind.MILESTONE


def _write(number: Decimal, target=None):
    """Return a number with its unit; a change that is not in per cent has a unit of its own."""
    form = ",f" if abs(number) >= LONG_NUMBER else "f"
    text = format(number, form)
    if target is None or target.indicator is None:
        return text
    if target.kind == Kind.CHANGE:
        return f"{text}%" if target.per_cent else text
    unit = target.indicator.unit
    space = "" if unit.startswith("%") else " "
    return f"{text}{space}{unit}"
