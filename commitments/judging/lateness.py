"""What was done after the last day: a party that did it late did not meet it."""

from collections.abc import Iterator

from commitments.dates import write_out_date
from commitments.judging.differing import evaluate_on
from commitments.models import Assessment, Stance
from commitments.models.due_days import find_due_days
from commitments.models.imprecise import read_imprecise_date
from commitments.verdicts.dates import ImpreciseDate, Precision
from commitments.verdicts.statuses import Status, choose_word


def find_last_day(undertaking):
    """Return the last day of `undertaking`, of a draft too; None without one."""
    return find_due_days([undertaking])[undertaking.pk]


def find_late_day(undertaking, evidence) -> ImpreciseDate | None:
    """Return when `evidence` shows that it was done, if all of that lies after the last day.

    Only dated evidence that supports counts, and if some of it shows the promised event itself,
    only that. What may have happened on the last day or before it was in time.
    """
    last_day = find_last_day(undertaking)
    if last_day is None:
        return None
    proof = [row for row in evidence if row.stance == Stance.SUPPORTS and row.happened_on]
    events = [row for row in proof if row.is_milestone]
    days = [read_imprecise_date(row, "happened_on") for row in events or proof]
    if not days or any(day.first_day <= last_day for day in days):
        return None
    return min(days, key=_read_last_day)


def _read_last_day(day):
    return day.last_day


def find_lateness(assessment: Assessment, evidence) -> ImpreciseDate | None:
    """Return when what is judged “met” was done, if `evidence` shows that this was too late.

    A figure may be published, and so dated, after the day: there the rule decides.
    """
    if assessment.status != Status.MET or assessment.rule_agrees:
        return None
    day = find_late_day(assessment.undertaking, evidence)
    if day is None:
        return None
    evaluated = evaluate_on(assessment.undertaking, assessment.as_of)
    if evaluated and evaluated.primary.finding.status == Status.MET:
        return None
    return day


def list_done_columns(day: ImpreciseDate) -> dict:
    """Return the columns of an assessment that say when it was done after its last day."""
    is_period = day.precision == Precision.PERIOD
    return {
        "done_on": day.last_day,
        "done_on_precision": str(day.precision),
        "done_on_fiscal_start": day.fiscal_start,
        "done_on_fiscal_named": str(day.fiscal_named),
        "done_on_from": day.first_day if is_period else None,
    }


def met_after_its_day(assessment: Assessment, today) -> Iterator[str]:
    day = find_lateness(assessment, assessment.evidence.all())
    if day:
        yield explain_late(assessment.undertaking, day)


def done_in_time(assessment: Assessment, today) -> Iterator[str]:
    """“Done later” is said of what was done after the last day, and before the judgement."""
    if not assessment.late:
        return
    last_day = find_last_day(assessment.undertaking)
    done = assessment.done
    if last_day is None:
        yield "It has no last day, so nothing of it is late. Untick “done later”."
    elif done.last_day is None:
        return
    elif done.last_day <= last_day:
        yield f"{write_out_date(done)} is not after the last day ({last_day}). Was it in time?"
    elif done.first_day > assessment.as_of:
        yield f"{write_out_date(done)} is after the day it is judged as of ({assessment.as_of})."


def explain_late(undertaking, day: ImpreciseDate) -> str:
    last_day = find_last_day(undertaking)
    return (
        f"“Met”, but all dated evidence lies after the last day ({last_day}). Judge it “not met”,"
        f" tick “done later” and write when: {write_out_date(day)}. Or cite evidence of what"
        " was done in time."
    )


def write_verdict(row) -> str:
    """Return a verdict in English: “Met”, “Not met, done later (April 2026)”.

    `row` has a `status`, and where it is ours `late` and `done`.
    """
    words = choose_word(row.status, is_late=row.late)
    if not row.late or row.done.last_day is None:
        return words
    return f"{words} ({write_out_date(row.done)})"
