from django.db.models import Prefetch
from rest_framework import serializers

from commitments.api.base import Roots, page_address
from commitments.api.loading import select_columns
from commitments.api.shapes import build_shape
from commitments.api.verdicts import (
    VERDICT_COLUMNS,
    RollupSerializer,
    VerdictSerializer,
    make_due_field,
    render_rollup,
    render_verdict,
)
from commitments.filters import PledgeFilter
from commitments.models import Pledge, Undertaking
from commitments.publicforms import render_exactly

UNDERTAKING_COLUMNS = ("slug", "pledge", *VERDICT_COLUMNS)
PledgeSerializer = build_shape(
    Pledge,
    undertakings={
        "due_on": make_due_field(),
        "verdict": VerdictSerializer(),
    },
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
        rows = Undertaking.objects.published()
        rows = rows.as_of(queryset.day)
        rows = rows.order_by()
        rows = select_columns(rows, UNDERTAKING_COLUMNS)
        prefetch = Prefetch("undertakings", rows)
        pledges = super().loading(queryset)
        return pledges.prefetch_related(prefetch)

    def present(self, row):
        payload = row.payload
        loaded = {}
        for undertaking in row.undertakings.all():
            loaded[undertaking.slug] = undertaking
        parts = []
        undertakings = []
        for part in payload["undertakings"]:
            undertaking = loaded.get(part["slug"])
            # They are loaded after the payload: an amendment in between may have removed a party.
            if undertaking is None:
                continue
            due_on = render_exactly(undertaking.due_on)
            part["due_on"] = due_on
            part["verdict"] = render_verdict(undertaking, today=self.today)
            parts.append(part)
            undertakings.append(undertaking)
        payload["undertakings"] = parts
        payload["url"] = page_address(row)
        verdicts = [part["verdict"] for part in parts]
        payload["overdue"] = any(verdict["overdue"] for verdict in verdicts)
        payload["rollup"] = render_rollup(undertakings, today=self.today)
        return payload
