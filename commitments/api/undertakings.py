from commitments.api.base import Records
from commitments.api.findings import KEYS, fields_found, render_findings
from commitments.api.loading import prefetch_payload
from commitments.api.shapes import Choosable, build_field, build_serializer
from commitments.api.verdicts import VERDICT_COLUMNS, VerdictSerializer, render_verdict
from commitments.filters import UndertakingFilter
from commitments.models import Undertaking
from commitments.publicforms import CURRENT, PublicForm, render

# An undertaking has no public form of its own: it is a row inside its pledge's, shown here by
# itself.
PLEDGE = CURRENT["pledge"]
INSIDE = next(child for child in PLEDGE.children if child.model is Undertaking)
FORM = PublicForm(PLEDGE.number, Undertaking, ("pledge", *INSIDE.fields))


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
            "verdict": VerdictSerializer(),
            **fields_found(),
        },
        Choosable,
    )

    def loading(self, queryset):
        return prefetch_payload(queryset, FORM, also=[*VERDICT_COLUMNS, "pledge__deadline"])

    def whole(self, rows):
        if self.choice.names & KEYS or (self.detail and not self.choice.names):
            found = render_findings(rows, [row.pledge for row in rows], day=self.today)
            for row in rows:
                row.found = found[row.slug]
        return rows

    def present(self, row):
        payload = render(row, FORM)
        del payload["form"]
        payload["verdict"] = render_verdict(row, today=self.today)
        return payload | getattr(row, "found", {})
