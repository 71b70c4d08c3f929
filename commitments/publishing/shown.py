"""What readers see of each undertaking's verdict: computed here, and written by nothing else."""

from dataclasses import dataclass
from datetime import date

from commitments.models import OURS, Action, Assessment, LedgerEntry, OutsideVerdict, Undertaking

COLUMNS = ("current_assessment_id", "shown_status", "shown_by", "checked_on")


@dataclass(frozen=True)
class Shown:
    """The verdict readers see: ours if there is one, else the newest outside one, else nothing."""

    current_assessment_id: int | None = None
    shown_status: str = ""
    shown_by: str = ""
    checked_on: date | None = None


def shown(undertaking) -> Shown:
    """Return what the published records say the shown verdict of `undertaking` is."""
    if undertaking.is_exempt:
        return Shown()
    ours = Assessment.objects.published().filter(undertaking=undertaking).newest_first().first()
    if ours:
        return Shown(ours.pk, ours.status, OURS, _last_checked(ours))
    outside = (
        OutsideVerdict.objects.published().filter(undertaking=undertaking).exclude(status="").newest_first().first()
    )
    if outside:
        return Shown(None, outside.status, outside.report.assessor.slug, outside.report.published_on)
    return Shown()


def refresh(undertakings):
    """Bring the shown columns of `undertakings` up to date, inside the caller's transaction."""
    for undertaking in undertakings:
        now = shown(undertaking)
        if now != Shown(*(getattr(undertaking, column) for column in COLUMNS)):
            Undertaking.objects.filter(pk=undertaking.pk).update(
                current_assessment=now.current_assessment_id,
                shown_status=now.shown_status,
                shown_by=now.shown_by,
                checked_on=now.checked_on,
            )


def _last_checked(assessment):
    entries = LedgerEntry.objects.filter(
        record_type="assessment", record_slug=assessment.slug, action__in=[Action.PUBLISH, Action.CONFIRM]
    )
    newest = entries.order_by("-seq").values_list("recorded_at", flat=True).first()
    return newest.date() if newest else None
