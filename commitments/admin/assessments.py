from copy import copy

from django import forms
from django.contrib import admin, messages
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from commitments.admin.forms import RootForm, make_slug_under
from commitments.admin.going_back import GoingBack
from commitments.admin.imprecise import PARTS
from commitments.admin.roots import RootAdmin
from commitments.admin.sites import site
from commitments.dates import write_out_date
from commitments.judging.differing import differs_from_the_rule_unsaid, evaluate_on
from commitments.judging.lateness import (
    done_in_time,
    explain_late,
    find_late_day,
    find_lateness,
    list_done_columns,
)
from commitments.models import (
    Assessment,
    Criteria,
    Evidence,
    Method,
    SearchNote,
    State,
    Undertaking,
)
from commitments.verdicts.statuses import Status

# What the button beside a status posts that judges what was done too late.
JUDGE_LATE = "judge-late"
DONE_COLUMNS = [f"done_on{part}" for part in PARTS]
LATE_COLUMNS = ("late", "as_of", *DONE_COLUMNS)


class AssessmentForm(RootForm):
    """Offers evidence, search notes and criteria of the judged pledge, and accepts no other."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        undertaking = self.undertaking
        if "undertaking" in self.fields:
            self.fields["undertaking"].widget = forms.HiddenInput()
        if "evidence" in self.fields:
            self._limit_evidence(undertaking)
        if "search_notes" in self.fields:
            self._limit_search_notes(undertaking)
        if "criteria" in self.fields:
            self._limit_criteria(undertaking)
        if "answer" in self.fields:
            self.fields["answer"].help_text = format_html(
                "{} At most 160 characters; needed to submit it.", self.fields["answer"].help_text
            )
        if self.is_bound and self.data.get("_continue") == JUDGE_LATE:
            self._fill_in_late()
        if not self.instance.pk:
            today = timezone.now().date()
            self.initial.setdefault("as_of", today)

    def _limit_evidence(self, undertaking):
        field = self.fields["evidence"]
        field.queryset = find_citable_evidence(undertaking, self.instance)
        field.label_from_instance = describe_in_a_line
        # The link at the side of the form adds evidence to the right pledge.
        field.widget.can_add_related = False

    def _limit_search_notes(self, undertaking):
        field = self.fields["search_notes"]
        field.queryset = find_citable_search_notes(undertaking, self.instance)
        field.label_from_instance = describe_search
        field.widget.can_add_related = False

    def _limit_criteria(self, undertaking):
        field = self.fields["criteria"]
        criteria = Criteria.objects.filter(pledge=undertaking and undertaking.pledge_id)
        field.queryset = criteria.select_related("pledge")
        field.label_from_instance = describe_criteria
        if not self.instance.pk and not self.is_bound:
            self.initial.setdefault("criteria", criteria.first())

    @property
    def undertaking(self):
        """The judged undertaking: stored, posted or named by the link."""
        if self.instance.pk:
            return self.instance.undertaking
        values = self.data if self.is_bound else self.initial
        key = values.get("undertaking")
        if not str(key).isdecimal():
            return None
        rows = Undertaking.objects.select_related("party", "pledge__summit")
        return rows.filter(pk=key).first()

    def clean(self):
        cleaned = super().clean()
        undertaking = cleaned.get("undertaking")
        if undertaking and not self.instance.slug:
            self.instance.slug = make_slug_under(undertaking.pledge)
        if self.undertaking and cleaned.get("status") and cleaned.get("as_of"):
            self._require_explanation(cleaned)
            self._refuse_done_in_time(cleaned)
        return cleaned

    def _fill_in_late(self):
        """Fill in “not met, done later” and the day of the ticked evidence, as the button says."""
        keys = [key for key in self.data.getlist("evidence") if key.isdecimal()]
        evidence = find_citable_evidence(self.undertaking, self.instance).filter(pk__in=keys)
        day = self.undertaking and find_late_day(self.undertaking, evidence)
        if not day:
            return
        self.data = self.data.copy()
        typed = {"status": Status.NOT_MET, "late": "on", **list_done_columns(day)}
        for name, value in typed.items():
            self.data[self.add_prefix(name)] = str(value or "")

    def _refuse_late(self, verdict, evidence):
        """Add an error beside the status, with a button, if what was “met” was done too late."""
        day = find_lateness(verdict, evidence)
        if day is None:
            return
        sentence = format_html(
            '{} <button type="submit" name="_continue" value="{}">Judge it “not met, done later”'
            " ({})</button>",
            explain_late(self.undertaking, day),
            JUDGE_LATE,
            write_out_date(day),
        )
        self.add_error("status", sentence)

    def _refuse_done_in_time(self, cleaned):
        """Add an error beside the day of what was “done later”, if it is none for that."""
        if "done_on" in self.errors:
            return
        verdict = copy(self.instance)
        verdict.undertaking = self.undertaking
        for name in LATE_COLUMNS:
            value = cleaned.get(name)
            setattr(verdict, name, value)
        today = timezone.now().date()
        for sentence in done_in_time(verdict, today):
            self.add_error("done_on", sentence)

    def _require_explanation(self, cleaned):
        """Add an error if the typed verdict differs from the rule and does not say why."""
        verdict = Assessment(
            undertaking=self.undertaking,
            findings=self.instance.findings,
            status=cleaned["status"],
            as_of=cleaned["as_of"],
            differs_because=cleaned["differs_because"],
        )
        self._refuse_late(verdict, cleaned.get("evidence") or [])
        # A rule's draft becomes a person's judgement when they choose another status.
        verdict.method = Method.RULE if verdict.rule_agrees else Method.JUDGEMENT
        self.instance.method = verdict.method
        today = timezone.now().date()
        for sentence in differs_from_the_rule_unsaid(verdict, today):
            self.add_error("differs_because", sentence)

    @property
    def judged_as_of(self):
        """The day of the judgement: typed, stored or in the link; today if none can be read."""
        field = forms.DateField(required=False)
        today = timezone.now().date()
        try:
            day = field.clean(self["as_of"].value())
        except forms.ValidationError:
            return today
        return day or today


@admin.register(Assessment, site=site)
class AssessmentAdmin(GoingBack, RootAdmin):
    form = AssessmentForm
    frozen = True
    manual = {
        "status": "status",
        "confidence": "confidence",
        "answer": "answer",
        "cause": "cause",
        "late": "done-later",
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
        ("Verdict", {"fields": ["undertaking", "status", "answer", "confidence", "as_of"]}),
        (
            "If it was missed or reversed",
            {
                "fields": [
                    "cause",
                    "late",
                    ("done_on", "done_on_precision", "done_on_from"),
                    ("done_on_fiscal_start", "done_on_fiscal_named"),
                ],
            },
        ),
        ("Judged against", {"fields": ["criteria", "evidence", "search_notes"]}),
        ("Why", {"fields": ["rationale", "caveat", "differs_because"]}),
        (
            "Japanese",
            {
                "fields": ["answer_ja", "rationale_ja", "caveat_ja", "differs_because_ja"],
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
        fields = list(super().get_readonly_fields(request, obj))
        if obj:
            fields.append("undertaking")
        return fields

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def add_view(self, request, form_url="", extra_context=None):
        key = request.GET.get("undertaking", "")
        if request.method == "GET" and not key.isdecimal():
            text = "Choose whose undertaking to judge: “Assess” stands beside each."
            self.message_user(request, text, messages.INFO)
            address = reverse("admin:commitments_undertaking_changelist")
            return HttpResponseRedirect(address)
        return super().add_view(request, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.assessor = request.user
        super().save_model(request, obj, form, change)

    def load_side_context(self, request, record, form):
        undertaking = record.undertaking if record else getattr(form, "undertaking", None)
        if undertaking is None:
            return {}
        day = form.judged_as_of if "as_of" in form.fields else record.as_of
        assessments = Assessment.objects.filter(undertaking=undertaking)
        earlier = assessments.exclude(pk=record and record.pk)
        return {
            "undertaking": undertaking,
            "pledge": undertaking.pledge,
            "ruled": evaluate_on(undertaking, day),
            "ruled_on": day,
            "criteria": undertaking.pledge.criteria.all(),
            "evidence": find_citable_evidence(undertaking, record),
            "search_notes": find_citable_search_notes(undertaking, record),
            "assessments": earlier.select_related("assessor").newest_first(),
        }


def find_citable_evidence(undertaking, assessment=None):
    """Return the evidence that a verdict on `undertaking` may cite, the newest first."""
    return _find_citable(Evidence, undertaking, assessment)


def find_citable_search_notes(undertaking, assessment=None):
    """Return the search notes that a verdict on `undertaking` may cite, the newest first."""
    return _find_citable(SearchNote, undertaking, assessment)


def _find_citable(model, undertaking, assessment):
    """Return the rows of `model` that a verdict on `undertaking` may cite, the newest first.

    They bear on the same pledge, on this undertaking or on all of them, and are not withdrawn.
    What `assessment` cites already stays.
    """
    if undertaking is None:
        return model.objects.none()
    relevant = Q(undertakings__isnull=True) | Q(undertakings=undertaking)
    usable = relevant & ~Q(state=State.WITHDRAWN)
    cited = Q(pk__in=[])
    if assessment and assessment.pk:
        cited = Q(assessments=assessment)
    rows = model.objects.filter(usable | cited, pledge=undertaking.pledge_id)
    # Each row once, although several joins may find it.
    return model.objects.filter(pk__in=rows.values("pk")).newest_first()


def describe_criteria(criteria):
    return f"Version {criteria.number}, of {criteria.fixed_on}"


def describe_in_a_line(evidence):
    day = evidence.happened_on or evidence.source.published_on or "undated"
    return format_html(
        '<b>{}</b> {} {} <span class="quiet">({}, {})</span>',
        evidence.get_stance_display(),
        day,
        evidence.finding,
        evidence.source.publisher,
        evidence.get_state_display().lower(),
    )


def describe_search(note):
    return format_html(
        '<b>Searched</b> {} {} <span class="quiet">({})</span>',
        note.searched_on,
        note.not_found,
        note.get_state_display().lower(),
    )
