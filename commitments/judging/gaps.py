"""Rules that came after some records were published: they bind what is submitted from now on."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F

from commitments.dates import explain_wrong_day, write_out_day
from commitments.judging.baseline_periods import explain_baseline_period
from commitments.models import (
    Assessment,
    Pledge,
    Release,
    Root,
    Summit,
    SummitStanding,
    TargetRole,
)
from commitments.models.imprecise import BEGINNINGS
from commitments.publicforms import CURRENT
from commitments.verdicts.dates import DayHeld
from commitments.verdicts.targets import FigureKind

PRECISION = "_precision"


def answer_missing(assessment: Assessment, today) -> Iterator[str]:
    if not assessment.answer.strip():
        yield (
            "It has no answer. Write the verdict in one sentence of at most 160 characters, for a"
            " reader who reads nothing else."
        )


def rationale_missing(assessment: Assessment, today) -> Iterator[str]:
    """The database demands the rationale of a closed verdict; an open one needs it as well."""
    if not assessment.rationale.strip():
        yield "It has no rationale. Say why this verdict, so that a reader can disagree."


def target_without_due_day(pledge: Pledge, today) -> Iterator[str]:
    for target in pledge.targets.filter(due__isnull=True):
        if target.role == TargetRole.INTERIM:
            yield (
                f"The interim target “{target}” has no due day. Give the last day on which it is"
                " reached in time."
            )
        elif not target.no_due_day:
            yield f"The target “{target}” has no due day. Give it, or tick “no due day”."


def due_before_it_was_made(pledge: Pledge, today) -> Iterator[str]:
    """A party that has a day before the pledge would be overdue from its first day."""
    made_on = pledge.made_on
    for row in pledge.undertakings.filter(deadline__lt=made_on).select_related("party"):
        sentence = explain_due_too_early(row.deadline, made_on)
        yield f"The own deadline of {row.party}: {sentence}"


def explain_due_too_early(day: date, made_on: date) -> str:
    return f"{write_out_day(day)} is before the pledge was made ({made_on}). Check both days."


def held_before_its_day(summit: Summit, today) -> Iterator[str]:
    if summit.standing == SummitStanding.HELD and summit.starts_on > today:
        yield (
            f"It begins on {write_out_day(summit.starts_on)}, so it was not held yet. Choose"
            " “planned”."
        )


def baseline_without_source(pledge: Pledge, today) -> Iterator[str]:
    unsourced = pledge.targets.filter(baseline_value__isnull=False, baseline_source__isnull=True)
    for target in unsourced:
        yield (
            f"The target “{target}” starts from {target.baseline_value:f}, and nothing says where"
            " that is from. Give the source of the baseline, or empty the value and name its"
            " period: it is then read from the series."
        )


def baseline_period_of_no_figure(pledge: Pledge, today) -> Iterator[str]:
    for target in pledge.targets.exclude(baseline_period="").select_related("indicator"):
        sentence = explain_baseline_period(target)
        if sentence:
            yield f"The baseline period “{target.baseline_period}” of “{target}”: {sentence}"


def actual_figure_of_an_unfinished_time(release: Release, today) -> Iterator[str]:
    unfinished = release.observations.filter(
        kind=FigureKind.ACTUAL,
        period_end__gt=F("release__released_on"),
    )
    rows = unfinished.select_related("party").order_by("party__name", "period_start")
    for row in rows:
        yield (
            f"{row.party} has an actual figure for {row.period_start} to {row.period_end}, which"
            f" had not ended when it was released ({release.released_on}). Enter it as an estimate"
            " or a projection, or correct the days."
        )


def day_contradicts_precision(record: Root, today) -> Iterator[str]:
    """“April 2026” is kept as its last day, or as its first where it is a beginning."""
    yield from _find_wrong_days(record)
    form = CURRENT[record._meta.model_name]
    for child in form.children:
        if not _list_imprecise_fields(child.model):
            continue
        for row in getattr(record, child.accessor).all():
            for sentence in _find_wrong_days(row):
                yield f"{row}: {sentence}"


def _find_wrong_days(row):
    for name in _list_imprecise_fields(type(row)):
        held = DayHeld.FIRST if name in BEGINNINGS else DayHeld.LAST
        sentence = explain_wrong_day(
            getattr(row, name),
            getattr(row, f"{name}{PRECISION}"),
            held=held,
            fiscal_start=getattr(row, f"{name}_fiscal_start", None),
            fiscal_named=getattr(row, f"{name}_fiscal_named", ""),
        )
        if sentence:
            label = row._meta.get_field(name).verbose_name
            yield f"“{label}”: {sentence}"


def _list_imprecise_fields(model):
    names = [field.name for field in model._meta.fields]
    return [name.removesuffix(PRECISION) for name in names if name.endswith(PRECISION)]
