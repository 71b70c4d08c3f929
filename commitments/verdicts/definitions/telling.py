"""The definitions as Markdown: the sections of docs/methodology.md that are written from the program.

Every number of an example comes from its target, its figures or its finding, so that what is printed is what
the tests run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from commitments.verdicts.definitions.comparing import COMPARING
from commitments.verdicts.definitions.deciding import DECIDING
from commitments.verdicts.definitions.forms import Definition, Example, PaceExample, RollupExample
from commitments.verdicts.definitions.kinds import KINDS
from commitments.verdicts.measuring import corners
from commitments.verdicts.statuses import MEANINGS, SCORES
from commitments.verdicts.targets import SUREST_FIRST, Comparator, Kind, Observation, Period, Target
from commitments.verdicts.version import RULES_VERSION

DEFINITIONS = (*KINDS, *DECIDING, *COMPARING)
COMPARED = {
    Comparator.AT_LEAST: "at least",
    Comparator.AT_MOST: "at most",
    Comparator.EQUAL: "exactly",
    Comparator.BELOW_BASELINE: "below",
}
SECTION = re.compile(r"(<!-- written from the program: (\w+) -->\n).*?(<!-- until here -->\n)", re.DOTALL)


def renewed(text: str) -> str:
    """Return the document with its marked sections as the program has them now."""
    return SECTION.sub(lambda found: f"{found[1]}\n{SECTIONS[found[2]]()}\n{found[3]}", text)


def unmarked(text: str) -> str:
    """Return the document for readers: without the marks."""
    return SECTION.sub(lambda found: f"{SECTIONS[found[2]]()}", text)


def statuses() -> str:
    rows = [
        (meaning.word, str(meaning.family or "none").replace("_", " "), meaning.definition)
        for meaning in MEANINGS.values()
    ]
    return table(("Verdict", "Family", "Means"), rows)


def rules() -> str:
    begin = (
        f"These are the rules, version {RULES_VERSION}: first the kinds of target, then what holds for all of them.\n"
    )
    return "\n".join([begin, *map(defined, DEFINITIONS)]).rstrip("\n") + "\n"


def defined(rule: Definition) -> str:
    title = [f"### {rule.title}: `{rule.code}`", ""]
    said = [f"- **Formula:** {rule.formula}.", f"- **Boundary:** {rule.boundary}", f"- **Source:** {rule.source}", ""]
    return "\n".join([*title, *said, *(line for example in rule.examples for line in worked(example))])


def worked(example: Example | PaceExample | RollupExample) -> Iterator[str]:
    yield f"**Worked example.** {example.story}"
    yield ""
    if isinstance(example, RollupExample):
        counts = ", ".join(f"{count} {status}" for status, count in example.rollup.by_status.items())
        yield f"- Verdicts: {counts}; {example.exempt} exempt; {example.rollup.parties} parties."
    else:
        known_on = example.known_on or example.as_of
        yield f"- Target: {asked(example.target)}."
        yield f"- As of {example.as_of}, known on {known_on}."
        yield ""
        yield figures(example.series)
    yield f"- **Finds** {found(example)}."
    yield ""


def asked(target: Target) -> str:
    """Return all of a target, in words and numbers."""
    words = [target.kind.value]
    if target.required is not None:
        unit = " per cent" if target.per_cent else ""
        words.append(f"{COMPARED[target.comparator]} {number(target.required)}{unit}")
    if target.window_start:
        words.append(f"from {target.window_start}")
    words.append(f"due {target.due}")
    if target.baseline is not None:
        words.append(f"baseline {number(target.baseline)} on {target.baseline_day}")
    words += [f"step {number(value)} on {day}" for day, value in target.steps]
    if target.decimals is not None:
        words.append(f"compared to {target.decimals} decimals")
    if target.partly_met_share is not None:
        words.append(f"partly met from {number(target.partly_met_share)} of the way")
    if target.binds_from:
        words.append(f"binds from {target.binds_from}")
    return f"{', '.join(words)}; accepts {', '.join(kind for kind in SUREST_FIRST if kind in target.accepts)}"


def figures(series: Iterable[Observation]) -> str:
    rows = [(period(row.period), number(row.value), row.kind, str(row.released_on)) for row in series]
    return table(("Period", "Figure", "Kind", "Released on"), rows)


def found(example: Example | PaceExample | RollupExample) -> str:
    if isinstance(example, PaceExample):
        return "; ".join(pace(example))
    if isinstance(example, RollupExample):
        return "; ".join(counted(example))
    finding = example.finding
    said = [f"*{MEANINGS[finding.status].word.lower()}* (`{finding.reason}`)"]
    if finding.decided_by:
        said[0] += f" by the figure of {period(finding.decided_by.period)}"
    said += arithmetic(example)
    said += [f"no figure for {period(gap)}" for gap in finding.missing]
    if finding.met_late_in:
        said.append(f"reached in {period(finding.met_late_in)}")
    said += ["provisional"] if finding.provisional else []
    return "; ".join([*said, "borderline"] if finding.borderline else said)


def arithmetic(example: Example) -> Iterator[str]:
    """Yield the steps from the figures to the numbers of the finding."""
    target, finding, actual = example.target, example.finding, example.finding.actual
    if finding.decided_by is None or actual is None or finding.required is None:
        return
    if target.kind is Kind.TOTAL:
        yield f"sum {' + '.join(number(row.value) for row in example.series)} = {number(actual)}"
    if target.kind is Kind.CHANGE and target.baseline is not None:
        base = number(target.baseline)
        yield f"change ({number(finding.decided_by.value)} − {base}) / {base} × 100 = {number(actual)}"
    compared, required = target.rounded(actual), number(finding.required)
    if target.decimals is not None:
        yield f"rounded {number(actual)} to {number(compared)}"
    if finding.gap is not None:
        yield f"gap {number(compared)} − {bracketed(required)} = {number(finding.gap)}"
    if finding.share is not None:
        way = f"{number(compared)} / {required}"
        if target.baseline is not None and target.kind not in (Kind.TOTAL, Kind.CHANGE):
            start = number(target.baseline)
            way = f"({number(compared)} − {start}) / ({required} − {start})"
        yield f"share of the way {way} = {number(finding.share)}"
    if finding.path is not None:
        yield f"path {line(target, example.as_of)} = {number(finding.path)}"
    if finding.borderline:
        half = Decimal(5).scaleb(-finding.decided_by.decimals - 1)
        low, high = number(finding.decided_by.value - half), number(finding.decided_by.value + half)
        yield f"it may be anything from {low} to under {high}"


def line(target: Target, day: date) -> str:
    """Return the path between the two corners around `day`, as arithmetic."""
    way = corners(target)
    place = max(index for index, (corner, _value) in enumerate(way[:-1]) if corner <= day)
    (begins, start), (ends, goal) = way[place], way[place + 1]
    days = f"{(day - begins).days} / {(ends - begins).days}"
    return f"{number(start)} + ({number(goal)} − {number(start)}) × {days}"


def pace(example: PaceExample) -> Iterator[str]:
    told, due = example.pace, example.target.due
    assert due and told.required is not None and told.needed_per_year is not None
    latest, begun, goal = number(told.latest), number(told.begun), number(told.goal)
    days = (told.latest_on - told.since).days
    yield f"a year ({latest} − {begun}) × 365.25 / {days} = {number(told.per_year)}"
    left = (due - told.latest_on).days
    yield f"needed a year ({goal} − {latest}) × 365.25 / {left} = {number(told.needed_per_year)}"
    yield f"path {line(example.target, example.as_of)} = {number(told.required)}"
    way = f"({goal} − {latest}) × {days} / ({latest} − {begun})"
    yield f"{way} days after {told.latest_on} it arrives: {told.arrives_on}"


def counted(example: RollupExample) -> Iterator[str]:
    total = example.rollup
    assert total.mean_score is not None and total.percent is not None
    scores = [SCORES[status] for status in example.statuses if status in SCORES]
    added = " + ".join(bracketed(number(Decimal(score))) for score in scores)
    yield f"mean ({added}) / {total.scored} = {number(total.mean_score)}"
    yield f"of a hundred ({number(total.mean_score)} + 1) / 2 × 100 = {number(total.percent)}"


def period(one: Period) -> str:
    if one.start == one.end:
        return one.start.isoformat()
    whole = (one.start.month, one.start.day, one.end.month, one.end.day) == (1, 1, 12, 31)
    return str(one.end.year) if whole and one.start.year == one.end.year else f"{one.start} to {one.end}"


def number(value: Decimal) -> str:
    return f"{value:f}".replace("-", "−")


def bracketed(written: str) -> str:
    return f"({written})" if written.startswith("−") else written


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


SECTIONS = {"statuses": statuses, "rules": rules}
