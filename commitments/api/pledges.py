from rest_framework import serializers

from commitments.api.base import Records, page_address
from commitments.api.loading import loading
from commitments.api.shapes import shape
from commitments.api.verdicts import VERDICT_COLUMNS, RollupSerializer, VerdictSerializer, rolled_up, verdict
from commitments.filters import PledgeFilter
from commitments.models import Pledge
from commitments.publicforms import render

PledgeSerializer = shape(
    Pledge,
    undertakings={"verdict": VerdictSerializer()},
    url=serializers.CharField(help_text="Derived: the address of its page."),
    overdue=serializers.BooleanField(help_text="Derived: whether it is overdue for any party."),
    rollup=RollupSerializer(),
)


class Pledges(Records):
    """Statements of intent, each with its undertakings (who owes it) and the verdict on each."""

    queryset = Pledge.objects.published()
    filterset_class = PledgeFilter
    serializer_class = PledgeSerializer
    ordering = "-made_on"

    def loading(self, queryset):
        return loading(queryset, inside={"undertakings": VERDICT_COLUMNS})

    def present(self, record):
        payload = render(record)
        undertakings = {row.slug: row for row in record.undertakings.all()}
        for row in payload["undertakings"]:
            row["verdict"] = verdict(undertakings[row["slug"]], deadline=record.deadline, today=self.today)
        payload["url"] = page_address(record)
        payload["overdue"] = any(row["verdict"]["overdue"] for row in payload["undertakings"])
        payload["rollup"] = rolled_up(list(undertakings.values()))
        return payload
