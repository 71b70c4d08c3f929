"""The verdict that readers see of each undertaking, or why there is none: computed here, and
written by nothing else.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from commitments.models import (
    OURS,
    Assessment,
    OutsideVerdict,
    Undertaking,
    find_last_looks,
)
from commitments.models.due_days import find_due_days
from commitments.publishing.unjudged import find_reasons

# Any database takes so many keys in one statement.
AT_ONCE = 500
COLUMNS = (
    *("current_assessment_id", "shown_status", "shown_by", "checked_on", "due_on"),
    *("unjudged_reason", "judged_under_id"),
)


@dataclass(frozen=True)
class ShownVerdict:
    """The verdict readers see: ours if there is one, else the newest outside one, else nothing.

    `due_on` is the last day to keep what was promised in time. `unjudged_reason` says why there is
    no verdict, and `judged_under_id` whose verdict holds instead.
    """

    current_assessment_id: int | None = None
    shown_status: str = ""
    shown_by: str = ""
    checked_on: date | None = None
    due_on: date | None = None
    unjudged_reason: str = ""
    judged_under_id: int | None = None


def find_stale_rows():
    """Yield the undertakings whose columns are not what the published records give."""
    rows = Undertaking.objects.order_by("slug")
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        batch = list(rows.filter(pk__in=keys[start : start + AT_ONCE]))
        verdicts = _find_shown_verdicts(batch)
        for row in batch:
            if read_shown_verdict(row) != verdicts[row.pk]:
                yield row


def read_shown_verdict(undertaking) -> ShownVerdict:
    """Return the shown verdict that the columns of `undertaking` hold."""
    values = [getattr(undertaking, column) for column in COLUMNS]
    return ShownVerdict(*values)


def refresh_shown(undertakings):
    """Bring the shown columns of `undertakings` up to date, inside the caller's transaction."""
    undertakings = list(undertakings)
    changed = defaultdict(list)
    for start in range(0, len(undertakings), AT_ONCE):
        batch = undertakings[start : start + AT_ONCE]
        verdicts = _find_shown_verdicts(batch)
        for undertaking in batch:
            verdict = verdicts[undertaking.pk]
            if verdict != read_shown_verdict(undertaking):
                changed[verdict].append(undertaking.pk)
    for verdict, keys in changed.items():
        for start in range(0, len(keys), AT_ONCE):
            rows = Undertaking.objects.filter(pk__in=keys[start : start + AT_ONCE])
            rows.update(
                current_assessment=verdict.current_assessment_id,
                shown_status=verdict.shown_status,
                shown_by=verdict.shown_by,
                checked_on=verdict.checked_on,
                due_on=verdict.due_on,
                unjudged_reason=verdict.unjudged_reason,
                judged_under=verdict.judged_under_id,
            )


def _find_shown_verdicts(undertakings) -> dict[int, ShownVerdict]:
    """Return {undertaking pk: verdict}, with as many statements for many rows as for one."""
    judged = [undertaking.pk for undertaking in undertakings if not undertaking.is_exempt]
    due_days = find_due_days(undertakings)
    verdicts = {key: ShownVerdict(due_on=day) for key, day in due_days.items()}
    outside = OutsideVerdict.objects.published().filter(undertaking__in=judged)
    outside = outside.exclude(status="").newest_first()
    for verdict in _keep_first_of_each(outside):
        report = verdict.report
        verdicts[verdict.undertaking_id] = ShownVerdict(
            current_assessment_id=None,
            shown_status=verdict.status,
            shown_by=report.assessor.slug,
            checked_on=report.published_on,
            due_on=due_days[verdict.undertaking_id],
        )
    ours = Assessment.objects.published().filter(undertaking__in=judged)
    ours = _keep_first_of_each(ours.newest_first())
    days = find_last_looks(ours, undertakings)
    for verdict in ours:
        verdicts[verdict.undertaking_id] = ShownVerdict(
            current_assessment_id=verdict.pk,
            shown_status=verdict.status,
            shown_by=OURS,
            checked_on=days[verdict.pk],
            due_on=due_days[verdict.undertaking_id],
        )
    unjudged = []
    for row in undertakings:
        if not row.is_exempt and not verdicts[row.pk].shown_status:
            unjudged.append(row)
    for key, unjudged_for in find_reasons(unjudged).items():
        verdicts[key] = replace(
            verdicts[key],
            unjudged_reason=unjudged_for.reason,
            judged_under_id=unjudged_for.judged_under,
        )
    return verdicts


def _keep_first_of_each(verdicts) -> list:
    """Return the first verdict of each undertaking, in the order of `verdicts`."""
    first = {}
    for verdict in verdicts:
        first.setdefault(verdict.undertaking_id, verdict)
    return list(first.values())
