from django.db.models import Prefetch
from rest_framework import serializers

from commitments.api.base import Roots, page_address
from commitments.api.loading import select_columns
from commitments.api.shapes import build_shape
from commitments.api.verdicts import (
    VERDICT_COLUMNS,
    RollupSerializer,
    VerdictSerializer,
    render_rollup,
    render_verdict,
)
from commitments.filters import PledgeFilter
from commitments.models import Pledge, Undertaking

PledgeSerializer = build_shape(
    Pledge,
    undertakings={"verdict": VerdictSerializer()},
    url=serializers.CharField(help_text="Derived: the address of its page."),
    overdue=serializers.BooleanField(help_text="Derived: whether it is overdue for any party."),
    rollup=RollupSerializer(),
)


class Pledges(Roots):
    """Statements of intent, each with its undertakings (who owes it) and the verdict on each."""

    queryset = Pledge.objects.published()
    filterset_class = PledgeFilter
    serializer_class = PledgeSerializer
    columns = ("deadline",)

    def loading(self, queryset):
        owed = Undertaking.objects.published().as_of(queryset.day)
        owed = select_columns(owed, ["slug", "pledge", *VERDICT_COLUMNS]).order_by()
        return super().loading(queryset).prefetch_related(Prefetch("undertakings", owed))

    def present(self, row):
        payload = row.payload
        owed = {undertaking.slug: undertaking for undertaking in row.undertakings.all()}
        # They were read after the payload: an amendment in between may have taken a party out.
        payload["undertakings"] = [
            inside for inside in payload["undertakings"] if inside["slug"] in owed
        ]
        shown = [owed[inside["slug"]] for inside in payload["undertakings"]]
        for inside, undertaking in zip(payload["undertakings"], shown, strict=True):
            inside["verdict"] = render_verdict(undertaking, today=self.today)
        payload["url"] = page_address(row)
        payload["overdue"] = any(inside["verdict"]["overdue"] for inside in payload["undertakings"])
        payload["rollup"] = render_rollup(shown)
        return payload
