"""What a rule finds, in plain English: to begin a rationale with, and as a verdict's answer.

Readers get findings in their own language from `templatetags`; these texts are drafts for a person
to sign, and lines of commands.
"""

from decimal import Decimal

from commitments.dates import write_out_date, write_out_day
from commitments.verdicts.dates import ImpreciseDate, Precision, find_bounds
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


def write_rationale(label: str, finding: Finding, target=None) -> str:
    """Return the finding by the definition `label` in sentences, to begin a rationale with."""
    word = MEANINGS[finding.status].word.lower()
    sentences = [
        f"By the rule ({label}): {word}.",
        _explain(finding, target),
        _write_path(finding),
        _write_source(finding, target),
        _write_late(finding, target),
    ]
    return " ".join(filter(None, sentences))


def write_answer(party, finding: Finding, target=None) -> str:
    """Return the verdict on `party` in one sentence, as short as an answer has to be."""
    word = MEANINGS[finding.status].word.lower()
    outcome = OUTCOMES.get(finding.status, word)
    claim = f"{party} {outcome}"
    figures = _write_figures(finding, target)
    if figures:
        claim = f"{claim}: {figures}"
    late = _write_late(finding, target)
    candidates = (
        f"{claim}. {late}".strip(),
        f"{claim}.",
        f"{party} {outcome}.",
        f"It {outcome}.",
    )
    for text in candidates:
        if len(text) <= LONGEST_ANSWER:
            return text
    raise ValueError("The shortest answer is too long.")


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


def _explain(finding, target):
    """Return why, as a sentence, with the figures where there are some."""
    reason = REASONS[finding.reason]
    if _is_event(target):
        reason = EVENT_REASONS.get(finding.reason, reason)
    figures = _write_figures(finding, target)
    if not figures:
        return reason
    beginning = reason.removesuffix(".")
    return f"{beginning}: {figures}."


def _write_figures(finding, target):
    """Return the figure that decided and what was asked for; "" without any."""
    row = finding.decided_by
    if row is None or finding.actual is None or _is_event(target):
        return ""
    actual = _write_value(finding.actual, target)
    period = _name(row.period, target)
    words = f"{actual} in {period}"
    if finding.required is None:
        return words
    required = _write_value(finding.required, target)
    return f"{words}, with {required} asked for"


def _write_path(finding):
    if finding.path is None:
        return ""
    value = _write_value(finding.path)
    return f"The straight line to the target asked for {value} then."


def _write_source(finding, target):
    """Return what sort of figure decided, and when it was released."""
    row = finding.decided_by
    if row is None or _is_event(target):
        return ""
    kind = KINDS_OF_FIGURE[row.kind].word
    released = write_out_day(row.released_on)
    return f"The figure is of the kind “{kind}”, released on {released}."


def _write_late(finding, target):
    period = finding.met_late_in
    if period is None:
        return ""
    words = _name(period, target)
    return f"It was reached later, in {words}."


def _name(period, target):
    indicator = None
    if target is not None:
        indicator = target.indicator
    value = find_imprecise_date(period, indicator)
    return write_out_date(value)


def _is_event(target):
    return target is not None and target.kind == Kind.MILESTONE


def _write_value(number: Decimal, target=None):
    """Return a number with its unit; a change that is not in per cent has a unit of its own."""
    form = "f"
    if number.copy_abs() >= LONG_NUMBER:
        form = ",f"
    text = format(number, form)
    if target is None or target.indicator is None:
        return text
    unit = target.indicator.unit
    if target.kind == Kind.CHANGE:
        unit = ""
        if target.per_cent:
            unit = "%"
    if not unit or unit.startswith("%"):
        return text + unit
    return f"{text} {unit}"
