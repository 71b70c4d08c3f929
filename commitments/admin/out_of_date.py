"""The tray of open verdicts that nobody has looked at for long, for the desk."""

from django.utils import timezone

from commitments.models import Undertaking
from commitments.publishing.conditions import MAY_PUBLISH

LISTED = 8


def load_out_of_date(user):
    """Return our verdicts that may be out of date, the oldest look first; None without the right
    to see them.
    """
    if not user.has_perm("commitments.view_undertaking"):
        return None
    today = timezone.now().date()
    aged = Undertaking.objects.published().may_be_out_of_date(on=today)
    oldest = aged.select_related("party", "pledge", "current_assessment")
    oldest = oldest.order_by("checked_on", "slug")
    return {
        "count": aged.count(),
        "rows": oldest[:LISTED],
        "may_confirm": user.has_perm(MAY_PUBLISH),
    }
