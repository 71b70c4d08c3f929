from commitments.api.base import Records
from commitments.api.loading import loading
from commitments.api.shapes import Choosable, described, named
from commitments.api.verdicts import VERDICT_COLUMNS, VerdictSerializer, verdict
from commitments.filters import UndertakingFilter
from commitments.models import Undertaking
from commitments.publicforms import CURRENT, Form, render

# An undertaking has no public form of its own: it is a row inside its pledge's, shown here by itself.
PLEDGE = CURRENT["pledge"]
INSIDE = next(child for child in PLEDGE.children if child.model is Undertaking)
FORM = Form(PLEDGE.number, Undertaking, ("pledge", *INSIDE.fields))


class Undertakings(Records):
    """One party's part in a pledge, and the verdict on it."""

    queryset = Undertaking.objects.published()
    filterset_class = UndertakingFilter
    serializer_class = named(
        "Undertaking",
        {**{name: described(Undertaking, name) for name in FORM.fields}, "verdict": VerdictSerializer()},
        Choosable,
    )

    def loading(self, queryset):
        return loading(queryset, FORM, also=[*VERDICT_COLUMNS, "pledge__deadline"])

    def present(self, row):
        payload = render(row, FORM)
        del payload["form"]
        payload["verdict"] = verdict(row, deadline=row.pledge.deadline, today=self.today)
        return payload
