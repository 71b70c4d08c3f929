from commitments.api.base import Records
from commitments.api.findings import KEYS, build_finding_fields, render_findings
from commitments.api.loading import prefetch_payload
from commitments.api.shapes import Choosable, build_field, build_serializer
from commitments.api.verdicts import (
    VERDICT_COLUMNS,
    VerdictSerializer,
    make_due_field,
    render_verdict,
)
from commitments.filters import UndertakingFilter
from commitments.models import Undertaking
from commitments.publicforms import CURRENT, PublicForm, render, render_exactly

# An undertaking has no public form of its own: here a row inside its pledge's form stands alone.
PLEDGE = CURRENT["pledge"]
INSIDE = next(child for child in PLEDGE.children if child.model is Undertaking)
FORM = PublicForm(Undertaking, ("pledge", *INSIDE.fields))


class Undertakings(Records):
    """One party's part in a pledge, the verdict on it, and what the rule finds.

    A list has the findings only if `fields` names them: they cost two statements more, and all the
    figures.
    """

    queryset = Undertaking.objects.published()
    filterset_class = UndertakingFilter
    serializer_class = build_serializer(
        "Undertaking",
        {
            **{name: build_field(Undertaking, name) for name in FORM.fields},
            "due_on": make_due_field(),
            "verdict": VerdictSerializer(),
            **build_finding_fields(),
        },
        Choosable,
    )

    def loading(self, queryset):
        return prefetch_payload(queryset, FORM, also=VERDICT_COLUMNS)

    @property
    def has_findings(self):
        """Whether the answer has findings: a list has them only if the request names them."""
        names = self.choice.names
        if names:
            return not KEYS.isdisjoint(names)
        return self.detail

    def whole(self, rows):
        if self.has_findings:
            pledges = [row.pledge for row in rows]
            findings = render_findings(rows, pledges, day=self.today)
            for row in rows:
                row.findings = findings[row.slug]
        return rows

    def present(self, row):
        payload = render(row, FORM)
        del payload["form"]
        payload["due_on"] = render_exactly(row.due_on)
        payload["verdict"] = render_verdict(row, today=self.today)
        if self.has_findings:
            payload.update(row.findings)
        return payload
