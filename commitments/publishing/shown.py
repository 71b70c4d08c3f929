"""What readers see of each undertaking's verdict: computed here, and written by nothing else."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from commitments.models import OURS, Action, Assessment, LedgerEntry, OutsideVerdict, Undertaking

# Few enough for one statement on any database.
AT_ONCE = 500
COLUMNS = ("current_assessment_id", "shown_status", "shown_by", "checked_on")


@dataclass(frozen=True)
class ShownVerdict:
    """The verdict readers see: ours if there is one, else the newest outside one, else nothing."""

    current_assessment_id: int | None = None
    shown_status: str = ""
    shown_by: str = ""
    checked_on: date | None = None


def find_shown_verdict(undertaking) -> ShownVerdict:
    """Return what the published records say the shown verdict of `undertaking` is."""
    return _shown_of([undertaking])[undertaking.pk]


def refresh_shown(undertakings):
    """Bring the shown columns of `undertakings` up to date, inside the caller's transaction."""
    undertakings = list(undertakings)
    changed = defaultdict(list)
    for start in range(0, len(undertakings), AT_ONCE):
        some = undertakings[start : start + AT_ONCE]
        by_key = _shown_of(some)
        for undertaking in some:
            now = by_key[undertaking.pk]
            if now != ShownVerdict(*(getattr(undertaking, column) for column in COLUMNS)):
                changed[now].append(undertaking.pk)
    for now, keys in changed.items():
        for start in range(0, len(keys), AT_ONCE):
            Undertaking.objects.filter(pk__in=keys[start : start + AT_ONCE]).update(
                current_assessment=now.current_assessment_id,
                shown_status=now.shown_status,
                shown_by=now.shown_by,
                checked_on=now.checked_on,
            )


def _shown_of(undertakings) -> dict[int, ShownVerdict]:
    """Return the shown verdict of each of some undertakings by key, in as many statements for many
    as for one.
    """
    judged = [undertaking.pk for undertaking in undertakings if not undertaking.is_exempt]
    answers = {undertaking.pk: ShownVerdict() for undertaking in undertakings}
    outside = (
        OutsideVerdict.objects.published()
        .filter(undertaking__in=judged)
        .exclude(status="")
        .newest_first()
    )
    for verdict in _first_of_each(outside):
        report = verdict.report
        answers[verdict.undertaking_id] = ShownVerdict(
            None, verdict.status, report.assessor.slug, report.published_on
        )
    ours = _first_of_each(
        Assessment.objects.published().filter(undertaking__in=judged).newest_first()
    )
    checked = _last_checked(ours)
    for verdict in ours:
        answers[verdict.undertaking_id] = ShownVerdict(
            verdict.pk, verdict.status, OURS, checked.get(verdict.slug)
        )
    return answers


def _first_of_each(verdicts) -> list:
    """Return the first verdict of each undertaking in the order given."""
    first = {}
    for verdict in verdicts:
        first.setdefault(verdict.undertaking_id, verdict)
    return list(first.values())


def _last_checked(assessments) -> dict[str, date]:
    """Return by slug the day of each one's newest publication or confirmation."""
    if not assessments:
        return {}
    entries = LedgerEntry.objects.filter(
        record_type="assessment",
        record_slug__in=[assessment.slug for assessment in assessments],
        action__in=[Action.PUBLISH, Action.CONFIRM],
    )
    return {
        slug: time.date()
        for slug, time in entries.order_by("seq").values_list("record_slug", "recorded_at")
    }
