from django import forms
from django.contrib import admin, messages
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from commitments.admin.forms import RootForm, slug_under
from commitments.admin.roots import RootAdmin
from commitments.admin.sites import site
from commitments.judging.differing import differs_from_the_rule_unsaid, rule_on
from commitments.models import Assessment, Criteria, Evidence, Method, State, Undertaking


class AssessmentForm(RootForm):
    """Offers the evidence and the criteria of the judged pledge, and takes no other."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        undertaking = self.undertaking
        if "undertaking" in self.fields:
            self.fields["undertaking"].widget = forms.HiddenInput()
        if "evidence" in self.fields:
            self.fields["evidence"].queryset = citable(undertaking, self.instance)
            self.fields["evidence"].label_from_instance = in_a_line
            # The link beside the form adds it to the right pledge.
            self.fields["evidence"].widget.can_add_related = False
        if "criteria" in self.fields:
            of_pledge = Criteria.objects.filter(pledge=undertaking and undertaking.pledge_id)
            self.fields["criteria"].queryset = of_pledge.select_related("pledge")
            self.fields["criteria"].label_from_instance = lambda row: (
                f"Version {row.number}, of {row.fixed_on}"
            )
            if not self.instance.pk and not self.is_bound:
                self.initial.setdefault("criteria", of_pledge.first())
        if not self.instance.pk:
            self.initial.setdefault("as_of", timezone.now().date())

    @property
    def undertaking(self):
        """The judged undertaking: stored, posted or given in the link."""
        if self.instance.pk:
            return self.instance.undertaking
        given = self.data.get("undertaking") if self.is_bound else self.initial.get("undertaking")
        rows = Undertaking.objects.select_related("party", "pledge__summit")
        return rows.filter(pk=given).first() if str(given).isdecimal() else None

    def clean(self):
        cleaned = super().clean()
        if not self.instance.slug and cleaned.get("undertaking"):
            self.instance.slug = slug_under(cleaned["undertaking"].pledge)
        if self.undertaking and cleaned.get("status") and cleaned.get("as_of"):
            self._ask_why_it_differs(cleaned)
        return cleaned

    def _ask_why_it_differs(self, cleaned):
        typed = {name: cleaned[name] for name in ("status", "as_of", "differs_because")}
        judged = Assessment(undertaking=self.undertaking, findings=self.instance.findings, **typed)
        # What a rule had drafted is a person's judgement once they choose another status.
        judged.method = self.instance.method = (
            Method.RULE if judged.rule_agrees else Method.JUDGEMENT
        )
        for sentence in differs_from_the_rule_unsaid(judged, timezone.now().date()):
            self.add_error("differs_because", sentence)

    @property
    def judged_as_of(self):
        """The day judged: typed, stored or given in the link; today while there is none to read."""
        field, given = forms.DateField(required=False), self["as_of"].value()
        try:
            return field.clean(given) or timezone.now().date()
        except forms.ValidationError:
            return timezone.now().date()


@admin.register(Assessment, site=site)
class AssessmentAdmin(RootAdmin):
    form = AssessmentForm
    frozen = True
    manual = {
        "status": "status",
        "confidence": "confidence",
        "rationale": "rationale",
        "criteria": "criteria",
        "differs_because": "where-the-rule-finds-otherwise",
    }
    list_display = ["judged", "status", "confidence", "as_of", "assessor", "state_shown", "edited"]
    list_select_related = ["undertaking__party", "undertaking__pledge", "assessor"]
    list_filter = [*RootAdmin.list_filter, "status", "method"]
    search_fields = ["slug", "undertaking__slug", "undertaking__pledge__title", "rationale"]
    readonly_fields = ["method", "assessor_name", "reviewer_name"]
    fieldsets = [
        ("Verdict", {"fields": ["undertaking", "status", "confidence", "as_of"]}),
        ("Judged against", {"fields": ["criteria", "evidence"]}),
        ("Why", {"fields": ["rationale", "caveat", "differs_because"]}),
        (
            "Japanese",
            {
                "fields": ["rationale_ja", "caveat_ja", "differs_because_ja"],
                "classes": ["collapse"],
            },
        ),
        ("Signed", {"fields": [("method", "assessor_name", "reviewer_name")]}),
    ]
    beside_template = "admin/commitments/assessment/beside.html"

    @admin.display(description="undertaking", ordering="undertaking__slug")
    def judged(self, record):
        return f"{record.undertaking.party}: {record.undertaking.pledge.title}"

    # Names without a link: Django links to the user's page, which researchers may not open.

    @admin.display(description="assessor")
    def assessor_name(self, record):
        return record.assessor or self.get_empty_value_display()

    @admin.display(description="reviewer")
    def reviewer_name(self, record):
        return record.reviewer or self.get_empty_value_display()

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["undertaking"] if obj else [])]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(
            db_field, request, **{"widget": forms.CheckboxSelectMultiple, **kwargs}
        )

    def add_view(self, request, form_url="", extra_context=None):
        if request.method == "GET" and not request.GET.get("undertaking", "").isdecimal():
            text = "Choose whose undertaking to judge: “Assess” stands beside each."
            self.message_user(request, text, messages.INFO)
            return HttpResponseRedirect(reverse("admin:commitments_undertaking_changelist"))
        return super().add_view(request, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.assessor = request.user
        super().save_model(request, obj, form, change)

    def beside(self, request, record, form):
        undertaking = record.undertaking if record else getattr(form, "undertaking", None)
        if undertaking is None:
            return {}
        day = form.judged_as_of if "as_of" in form.fields else record.as_of
        earlier = Assessment.objects.filter(undertaking=undertaking).exclude(
            pk=record and record.pk
        )
        return {
            "undertaking": undertaking,
            "pledge": undertaking.pledge,
            "ruled": rule_on(undertaking, day),
            "ruled_on": day,
            "criteria": undertaking.pledge.criteria.all(),
            "evidence": citable(undertaking, record),
            "assessments": earlier.select_related("assessor").newest_first(),
        }


def citable(undertaking, assessment=None):
    """Return the evidence that may be cited for `undertaking`: its pledge's, on it or on all, not
    withdrawn.
    """
    if undertaking is None:
        return Evidence.objects.none()
    bears = Q(undertakings__isnull=True) | Q(undertakings=undertaking)
    cited = Q(assessments=assessment) if assessment and assessment.pk else Q(pk__in=[])
    usable = bears & ~Q(state=State.WITHDRAWN)
    rows = Evidence.objects.filter(usable | cited, pledge=undertaking.pledge_id)
    # Which join brought a row does not matter: each once.
    return Evidence.objects.filter(pk__in=rows.values("pk")).newest_first()


def in_a_line(evidence):
    day = evidence.happened_on or evidence.source.published_on or "undated"
    return format_html(
        '<b>{}</b> {} {} <span class="quiet">({}, {})</span>',
        evidence.get_stance_display(),
        day,
        evidence.finding,
        evidence.source.publisher,
        evidence.get_state_display().lower(),
    )
