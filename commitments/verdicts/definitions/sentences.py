"""The worked examples in words and numbers: the target, the figures, and what the rule finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commitments.verdicts.definitions.arithmetic import (
    describe_pace,
    describe_rollup,
    write_arithmetic,
)
from commitments.verdicts.definitions.forms import Example, PaceExample, RollupExample, _
from commitments.verdicts.definitions.markup import (
    Say,
    write_clauses,
    write_day,
    write_list,
    write_number,
    write_period,
    write_table,
)
from commitments.verdicts.findings import Finding
from commitments.verdicts.rollup import Rollup
from commitments.verdicts.statuses import MEANINGS
from commitments.verdicts.targets import SUREST_FIRST, Figure, RuleTarget
from commitments.verdicts.wording import COMPARATORS, KINDS_OF_FIGURE, KINDS_OF_TARGET

AnyExample = Example | PaceExample | RollupExample


def english(text: str) -> str:
    return text


def write_example(example: AnyExample, say: Say = english) -> Iterator[str]:
    """Yield the lines of an example."""
    yield say(_("**Worked example.** {story}")).format(story=say(example.story))
    yield ""
    if isinstance(example, RollupExample):
        yield describe_verdicts(example.rollup, say)
    else:
        yield from _write_question(example, say)
    yield say(_("- **Finds** {found}.")).format(found=write_finding(example, say))
    yield ""


def _write_question(example: Example | PaceExample, say: Say) -> Iterator[str]:
    known_on = example.known_on or example.as_of
    target = describe_target(example.target, say)
    yield say(_("- Target: {target}.")).format(target=target)
    yield say(_("- As of {as_of}, known on {known_on}.")).format(
        as_of=write_day(example.as_of, say),
        known_on=write_day(known_on, say),
    )
    yield ""
    yield write_figures(example.series, say)


def describe_verdicts(rollup: Rollup, say: Say) -> str:
    """Return how many verdicts of each status there are."""
    counts = []
    for status, count in rollup.by_status.items():
        word = write_status(status, say)
        counts.append(say(_("{count} {status}")).format(count=count, status=word))
    sentence = say(_("- Verdicts: {counts}; {exempt} exempt; {parties} parties."))
    return sentence.format(
        counts=write_list(counts, say),
        exempt=rollup.exempt,
        parties=rollup.parties,
    )


def write_status(status: str, say: Say) -> str:
    meaning = MEANINGS[status]
    return say(meaning.word).lower()


def describe_target(target: RuleTarget, say: Say) -> str:
    """Return all of a target, in words and numbers."""
    kinds = []
    for kind in SUREST_FIRST:
        if kind in target.accepts:
            kinds.append(say(KINDS_OF_FIGURE[kind].word))
    sentence = say(_("{target}; accepts {kinds}"))
    return sentence.format(
        target=write_list(_describe_parts(target, say), say),
        kinds=write_list(kinds, say),
    )


def _describe_parts(target: RuleTarget, say: Say) -> Iterator[str]:
    kind = KINDS_OF_TARGET[target.kind]
    yield say(kind.word)
    if target.required is not None:
        yield _describe_required(target, say)
    if target.window_start:
        clause = say(_("from {day}"))
        yield clause.format(day=write_day(target.window_start, say))
    if target.due:
        clause = say(_("due {day}"))
        yield clause.format(day=write_day(target.due, say))
    if target.baseline is not None and target.baseline_day is not None:
        yield say(_("baseline {value} on {day}")).format(
            value=write_number(target.baseline),
            day=write_day(target.baseline_day, say),
        )
    for day, value in target.steps:
        yield say(_("step {value} on {day}")).format(
            value=write_number(value),
            day=write_day(day, say),
        )
    if target.decimals is not None:
        clause = say(_("compared to {count} decimals"))
        yield clause.format(count=target.decimals)
    if target.partly_met_share is not None:
        clause = say(_("partly met from {share} of the way"))
        yield clause.format(share=write_number(target.partly_met_share))
    if target.partly_value is not None:
        clause = say(_("partly met at {value}"))
        yield clause.format(value=write_number(target.partly_value))
    if target.binds_from:
        clause = say(_("binds from {day}"))
        yield clause.format(day=write_day(target.binds_from, say))


def _describe_required(target: RuleTarget, say: Say) -> str:
    """Return what is required as it was entered: a fall by 45 per cent is no change of −45."""
    required = target.required if target.value is None else target.value
    assert required is not None
    value = write_number(required)
    if target.upper_value is not None:
        words = say(_("{low} and {high}"))
        value = words.format(low=value, high=write_number(target.upper_value))
    if target.per_cent:
        per_cent = say(_("{value} per cent"))
        value = per_cent.format(value=value)
    comparator = COMPARATORS[target.comparator]
    clause = say(comparator.with_value)
    return clause.format(value=value)


def write_figures(series: Iterable[Figure], say: Say) -> str:
    headings = [
        say(_("Period")),
        say(_("Figure")),
        say(_("Kind")),
        say(_("Released on")),
    ]
    rows = []
    for row in series:
        kind = KINDS_OF_FIGURE[row.kind]
        cells = [
            write_period(row.period, say),
            write_number(row.value),
            say(kind.word),
            write_day(row.released_on, say),
        ]
        rows.append(cells)
    return write_table(headings, rows)


def write_finding(example: AnyExample, say: Say = english) -> str:
    """Return what an example finds, with the arithmetic that leads there."""
    if isinstance(example, PaceExample):
        clauses = describe_pace(example, say)
    elif isinstance(example, RollupExample):
        clauses = describe_rollup(example, say)
    else:
        clauses = _describe_finding(example, say)
    return write_clauses(clauses, say)


def _describe_finding(example: Example, say: Say) -> Iterator[str]:
    finding = example.finding
    yield _describe_status(finding, say)
    yield from write_arithmetic(example, say)
    for period in finding.missing:
        clause = say(_("no figure for {period}"))
        yield clause.format(period=write_period(period, say))
    if finding.met_late_in:
        clause = say(_("reached in {period}"))
        yield clause.format(period=write_period(finding.met_late_in, say))
    if finding.provisional:
        yield say(_("provisional"))
    if finding.borderline:
        yield say(_("borderline"))


def _describe_status(finding: Finding, say: Say) -> str:
    status = write_status(finding.status, say)
    row = finding.decided_by
    if row is None:
        return say(_("{status} (`{reason}`)")).format(
            status=f"*{status}*",
            reason=finding.reason,
        )
    return say(_("{status} (`{reason}`) by the figure of {period}")).format(
        status=f"*{status}*",
        reason=finding.reason,
        period=write_period(row.period, say),
    )
