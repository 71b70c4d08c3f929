"""The definitions as Markdown: the sections of docs/methodology.md that are written from the
program.

Every number of an example comes from its target, its figures or its finding, so that what is
printed is what the tests run. Every word goes through `say`, which leaves it in English or looks
its translation up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from commitments.verdicts.definitions.comparing import COMPARING
from commitments.verdicts.definitions.deciding import DECIDING
from commitments.verdicts.definitions.forms import (
    Definition,
    Example,
    PaceExample,
    RollupExample,
    _,
)
from commitments.verdicts.definitions.kinds import KINDS
from commitments.verdicts.measuring import list_corners
from commitments.verdicts.statuses import MEANINGS, SCORES, Family
from commitments.verdicts.targets import SUREST_FIRST, Figure, Kind, Period, RuleTarget
from commitments.verdicts.version import RULES_VERSION
from commitments.verdicts.wording import COMPARATORS, KINDS_OF_FIGURE, KINDS_OF_TARGET

DEFINITIONS = (*KINDS, *DECIDING, *COMPARING)
Say = Callable[[str], str]
FAMILIES = {
    Family.OPEN: _("open"),
    Family.CLOSED: _("closed"),
    Family.SET_ASIDE: _("set aside"),
    None: _("none"),
}
SECTION = re.compile(
    r"(<!-- written from the program: (\w+) -->\n).*?(<!-- until here -->\n)", re.DOTALL
)

# Which text of the English document a section of a translation was made from: for its test, not for
# readers.
REMARK = re.compile(r"<!-- English: \w+ -->\n\n?")


def english(text: str) -> str:
    return text


def renew_sections(text: str, say: Say = english) -> str:
    """Return the document with its marked sections as the program has them now."""
    return SECTION.sub(lambda found: f"{found[1]}\n{SECTIONS[found[2]](say)}\n{found[3]}", text)


def unmarked(text: str, say: Say = english) -> str:
    """Return the document for readers: without the marks."""
    return REMARK.sub("", SECTION.sub(lambda found: f"{SECTIONS[found[2]](say)}", text))


def write_statuses(say: Say) -> str:
    rows = [
        (say(one.word), say(FAMILIES[one.family]), say(one.definition)) for one in MEANINGS.values()
    ]
    return write_table((say(_("Verdict")), say(_("Family")), say(_("Means"))), rows)


def write_rules(say: Say) -> str:
    begin = say(
        _(
            "These are the rules, version {version}: first the kinds of target, then what holds for"
            " all of them."
        )
    )
    told = [
        begin.format(version=RULES_VERSION) + "\n",
        *(write_definition(rule, say) for rule in DEFINITIONS),
    ]
    return "\n".join(told).rstrip("\n") + "\n"


def write_definition(rule: Definition, say: Say) -> str:
    lines = [
        f"### {say(rule.title)}{say(_(': '))}`{rule.code}`",
        "",
        say(_("- **Formula:** {formula}.")).format(formula=say(rule.formula)),
        say(_("- **Boundary:** {boundary}")).format(boundary=say(rule.boundary)),
        say(_("- **Source:** {source}")).format(source=say(rule.source)),
        "",
    ]
    return "\n".join(
        [*lines, *(line for example in rule.examples for line in write_example(example, say))]
    )


def write_example(
    example: Example | PaceExample | RollupExample, say: Say = english
) -> Iterator[str]:
    yield say(_("**Worked example.** {story}")).format(story=say(example.story))
    yield ""
    if isinstance(example, RollupExample):
        counts = [
            say(_("{count} {status}")).format(
                count=count, status=say(MEANINGS[status].word).lower()
            )
            for status, count in example.rollup.by_status.items()
        ]
        told = say(_("- Verdicts: {counts}; {exempt} exempt; {parties} parties."))
        yield told.format(
            counts=write_list(counts, say), exempt=example.exempt, parties=example.rollup.parties
        )
    else:
        known_on = example.known_on or example.as_of
        yield say(_("- Target: {target}.")).format(target=describe_target(example.target, say))
        yield say(_("- As of {as_of}, known on {known_on}.")).format(
            as_of=write_day(example.as_of, say), known_on=write_day(known_on, say)
        )
        yield ""
        yield write_figures(example.series, say)
    yield say(_("- **Finds** {found}.")).format(found=write_finding(example, say))
    yield ""


def describe_target(target: RuleTarget, say: Say) -> str:
    """Return all of a target, in words and numbers."""
    kind = KINDS_OF_TARGET[target.kind]
    words = [say(kind.word)]
    if target.required is not None:
        value = say(_("{value} per cent")) if target.per_cent else "{value}"
        value = value.format(value=write_number(target.required))
        compared = say(COMPARATORS[target.comparator].with_value)
        words.append(compared.format(value=value))
    if target.window_start:
        words.append(say(_("from {day}")).format(day=write_day(target.window_start, say)))
    assert target.due
    words.append(say(_("due {day}")).format(day=write_day(target.due, say)))
    if target.baseline is not None:
        told = say(_("baseline {value} on {day}"))
        assert target.baseline_day
        words.append(
            told.format(
                value=write_number(target.baseline), day=write_day(target.baseline_day, say)
            )
        )
    step = say(_("step {value} on {day}"))
    words += [
        step.format(value=write_number(value), day=write_day(when, say))
        for when, value in target.steps
    ]
    if target.decimals is not None:
        words.append(say(_("compared to {count} decimals")).format(count=target.decimals))
    if target.partly_met_share is not None:
        words.append(
            say(_("partly met from {share} of the way")).format(
                share=write_number(target.partly_met_share)
            )
        )
    if target.binds_from:
        words.append(say(_("binds from {day}")).format(day=write_day(target.binds_from, say)))
    kinds = [kind for kind in SUREST_FIRST if kind in target.accepts]
    words_of_kinds = [say(KINDS_OF_FIGURE[kind].word) for kind in kinds]
    accepted = write_list(words_of_kinds, say)
    return say(_("{target}; accepts {kinds}")).format(target=write_list(words, say), kinds=accepted)


def write_figures(series: Iterable[Figure], say: Say) -> str:
    rows = [
        (
            write_period(row.period, say),
            write_number(row.value),
            say(KINDS_OF_FIGURE[row.kind].word),
            write_day(row.released_on, say),
        )
        for row in series
    ]
    return write_table(
        (say(_("Period")), say(_("Figure")), say(_("Kind")), say(_("Released on"))), rows
    )


def write_finding(example: Example | PaceExample | RollupExample, say: Say = english) -> str:
    if isinstance(example, PaceExample):
        return say(_("; ")).join(describe_pace(example, say))
    if isinstance(example, RollupExample):
        return say(_("; ")).join(describe_rollup(example, say))
    finding = example.finding
    status = f"*{say(MEANINGS[finding.status].word).lower()}*"
    if finding.decided_by:
        told = say(_("{status} (`{reason}`) by the figure of {period}"))
        said = [
            told.format(
                status=status,
                reason=finding.reason,
                period=write_period(finding.decided_by.period, say),
            )
        ]
    else:
        said = [say(_("{status} (`{reason}`)")).format(status=status, reason=finding.reason)]
    said += write_arithmetic(example, say)
    said += [
        say(_("no figure for {period}")).format(period=write_period(gap, say))
        for gap in finding.missing
    ]
    if finding.met_late_in:
        said.append(
            say(_("reached in {period}")).format(period=write_period(finding.met_late_in, say))
        )
    said += [say(_("provisional"))] if finding.provisional else []
    return say(_("; ")).join([*said, say(_("borderline"))] if finding.borderline else said)


def write_arithmetic(example: Example, say: Say) -> Iterator[str]:
    """Yield the steps from the figures to the numbers of the finding."""
    target, finding, actual = example.target, example.finding, example.finding.actual
    if finding.decided_by is None or actual is None or finding.required is None:
        return
    if target.kind is Kind.TOTAL:
        yield (
            f"{say(_('sum'))} {' + '.join(write_number(row.value) for row in example.series)} ="
            f" {write_number(actual)}"
        )
    if target.kind is Kind.CHANGE and target.baseline is not None:
        base = write_number(target.baseline)
        yield (
            f"{say(_('change'))} ({write_number(finding.decided_by.value)} − {base}) / {base} × 100"
            f" = {write_number(actual)}"
        )
    compared, required = target.rounded(actual), write_number(finding.required)
    if target.decimals is not None:
        yield say(_("rounded {value} to {rounded}")).format(
            value=write_number(actual), rounded=write_number(compared)
        )
    if finding.gap is not None:
        yield (
            f"{say(_('gap'))} {write_number(compared)} − {write_in_brackets(required)} ="
            f" {write_number(finding.gap)}"
        )
    if finding.share is not None:
        way = f"{write_number(compared)} / {required}"
        if target.baseline is not None and target.kind not in (Kind.TOTAL, Kind.CHANGE):
            start = write_number(target.baseline)
            way = f"({write_number(compared)} − {start}) / ({required} − {start})"
        yield f"{say(_('share of the way'))} {way} = {write_number(finding.share)}"
    if finding.path is not None:
        yield (
            f"{say(_('path'))} {describe_line(target, example.as_of)} ="
            f" {write_number(finding.path)}"
        )
    if finding.borderline:
        half = Decimal(5).scaleb(-finding.decided_by.decimals - 1)
        low, high = (
            write_number(finding.decided_by.value - half),
            write_number(finding.decided_by.value + half),
        )
        yield say(_("it may be anything from {low} to under {high}")).format(low=low, high=high)


def describe_line(target: RuleTarget, day: date) -> str:
    """Return the path between the two corners around `day`, as arithmetic."""
    way = list_corners(target)
    place = max(index for index, (corner, _value) in enumerate(way[:-1]) if corner <= day)
    (begins, start), (ends, goal) = way[place], way[place + 1]
    days = f"{(day - begins).days} / {(ends - begins).days}"
    return f"{write_number(start)} + ({write_number(goal)} − {write_number(start)}) × {days}"


def describe_pace(example: PaceExample, say: Say) -> Iterator[str]:
    told, due = example.pace, example.target.due
    assert (
        due and told.arrives_on and told.required is not None and told.needed_per_year is not None
    )
    latest, begun, goal = (
        write_number(told.latest),
        write_number(told.begun),
        write_number(told.goal),
    )
    days = (told.latest_on - told.since).days
    yield (
        f"{say(_('a year'))} ({latest} − {begun}) × 365.25 / {days} = {write_number(told.per_year)}"
    )
    left = (due - told.latest_on).days
    yield (
        f"{say(_('needed a year'))} ({goal} − {latest}) × 365.25 / {left} ="
        f" {write_number(told.needed_per_year)}"
    )
    yield (
        f"{say(_('path'))} {describe_line(example.target, example.as_of)} ="
        f" {write_number(told.required)}"
    )
    way = f"({goal} − {latest}) × {days} / ({latest} − {begun})"
    arrives = say(_("{days} days after {day} it arrives: {arrives_on}"))
    yield arrives.format(
        days=way, day=write_day(told.latest_on, say), arrives_on=write_day(told.arrives_on, say)
    )


def describe_rollup(example: RollupExample, say: Say) -> Iterator[str]:
    total = example.rollup
    assert total.mean_score is not None and total.percent is not None
    scores = [Decimal(SCORES[status]) for status in example.statuses if status in SCORES]
    numbers = [write_in_brackets(write_number(score)) for score in scores]
    added = " + ".join(numbers)
    yield f"{say(_('mean'))} ({added}) / {total.scored} = {write_number(total.mean_score)}"
    yield (
        f"{say(_('of a hundred'))} ({write_number(total.mean_score)} + 1) / 2 × 100 ="
        f" {write_number(total.percent)}"
    )


def write_period(one: Period, say: Say) -> str:
    if one.start == one.end:
        return write_day(one.start, say)
    first = (one.start.month, one.start.day)
    last = (one.end.month, one.end.day)
    whole = first == (1, 1) and last == (12, 31)
    if whole and one.start.year == one.end.year:
        return say(_("{year}")).format(year=one.end.year)
    return say(_("{start} to {end}")).format(
        start=write_day(one.start, say), end=write_day(one.end, say)
    )


def write_day(one: date, say: Say) -> str:
    return say(_("{year}-{month:02}-{date:02}")).format(
        year=one.year, month=one.month, date=one.day
    )


def write_list(words: Iterable[str], say: Say) -> str:
    return say(_(", ")).join(words)


def write_number(value: Decimal) -> str:
    return f"{value:f}".replace("-", "−")


def write_in_brackets(written: str) -> str:
    return f"({written})" if written.startswith("−") else written


def write_table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


SECTIONS: dict[str, Callable[[Say], str]] = {"statuses": write_statuses, "rules": write_rules}
