"""Signing as the rule finds: a draft for each party of a pledge, and all submitted by one click.

Nothing is published here: another person approves what one submits.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from commitments import publishing
from commitments.admin.drift import MAY_DRAFT, MAY_LOOK
from commitments.admin.keys import read_key
from commitments.admin.saving import BUSY
from commitments.assessing import VerdictDifference, build_assessment
from commitments.judging.differing import differs, is_silent
from commitments.judging.evaluating import Evaluated, evaluate_parts
from commitments.models import Assessment, Method, Pledge, State

TEXTS = ["answer", "rationale", "caveat"]
JAPANESE_TEXTS = ["answer_ja", "rationale_ja", "caveat_ja"]
UNSIGNED = [State.DRAFT, State.IN_REVIEW]
CHANGED = "The rule finds something else by now. Read it again, then submit."


class SigningForm(forms.ModelForm):
    """The drafted texts of one party, to correct; and whether to submit them."""

    ticked = forms.BooleanField(required=False, label="Submit this")
    # What the rule had found when the page was shown.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Assessment
        fields = [*TEXTS, "confidence", *JAPANESE_TEXTS]

    def __init__(self, *args, finding, **kwargs):
        super().__init__(*args, **kwargs)
        self.finding = finding
        self.fields["answer"].required = True
        self.fields["rationale"].required = True
        for name in ("rationale", "rationale_ja"):
            self.fields[name].widget.attrs["rows"] = 4
        for name in ("answer", "answer_ja", "caveat", "caveat_ja"):
            self.fields[name].widget = forms.Textarea(attrs={"rows": 2})

    def clean_seen(self):
        seen = self.cleaned_data["seen"]
        if seen != self.finding:
            # The page shows what is found now, so the next click may submit it.
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.finding
            raise forms.ValidationError(CHANGED)
        return seen


class DayForm(forms.Form):
    as_of = forms.DateField(
        required=False,
        label="As of",
        widget=forms.DateInput(attrs={"type": "date"}),
    )


@dataclass
class SigningRow:
    """One party's part: what the rule finds, what is published, what waits, and the form."""

    evaluated: Evaluated
    verdict: Assessment | None
    day: date
    unsigned: list[Assessment]
    form: SigningForm = None
    reasons: list[str] = field(default_factory=list)

    @property
    def undertaking(self):
        return self.evaluated.undertaking

    @property
    def finding(self):
        return self.evaluated.primary.finding

    @property
    def is_judged_so(self):
        """Whether the shown verdict says what the rule finds."""
        verdict = self.verdict
        return verdict is not None and verdict.status == self.finding.status

    @property
    def is_signed(self):
        """Whether the shown verdict is this very finding, signed."""
        return self.is_judged_so and self.verdict.method == Method.RULE

    @property
    def is_explained(self):
        """Whether a person said why it differs, and the rule finds nothing new."""
        difference = VerdictDifference(self.evaluated, self.verdict, self.day, self.day)
        return difference.is_explained

    @property
    def is_older(self):
        """Whether the shown verdict is of a later day, so that this one would not be shown."""
        verdict = self.verdict
        return verdict is not None and verdict.as_of > self.day

    @property
    def is_silent(self):
        return is_silent(self.finding)

    @property
    def is_ticked(self):
        """Whether there is something to sign: nothing says yet what the rule finds."""
        statuses = [row.status for row in self.unsigned]
        if self.is_older or self.is_explained or self.finding.status in statuses:
            return False
        return differs(self.finding, self.verdict)


def make_signing_view(site):
    """Return the view that shows and submits what the rule finds for a pledge on `site`."""

    def view(request, key):
        if not request.user.has_perm(MAY_LOOK):
            raise PermissionDenied
        pledge = get_object_or_404(Pledge, pk=key)
        typed = request.POST if request.method == "POST" else request.GET
        day_form = DayForm(typed)
        day = read_day(day_form)
        party = read_party(request)
        if request.method == "POST":
            if not request.user.has_perm(MAY_DRAFT):
                raise PermissionDenied
            return sign_selected(site, request, Signing(pledge, day, party, day_form))
        rows = load_rows(pledge, day, party)
        return show_rows(site, request, Signing(pledge, day, party, day_form), rows)

    return view


@dataclass(frozen=True)
class Signing:
    """Which pledge is signed, as of which day, and of which undertaking alone, if of one."""

    pledge: Pledge
    day: date
    party: int | None
    day_form: DayForm

    @property
    def address(self):
        address = reverse("admin:signing", args=[self.pledge.pk])
        query = f"?as_of={self.day}"
        if self.party:
            query += f"&undertaking={self.party}"
        return address + query


def read_day(form) -> date:
    """Return the day to judge as of; today if none is given, or one still to come."""
    today = timezone.now().date()
    day = form.cleaned_data.get("as_of") if form.is_valid() else None
    if day is None:
        return today
    return min(day, today)


def read_party(request) -> int | None:
    """Return the key of the one undertaking that the address names, if it names one."""
    return read_key(request.GET.get("undertaking", ""))


def load_rows(pledge, day, party=None, typed=None) -> list[SigningRow]:
    """Return the parts that a rule can judge, by name of the party, each with its form."""
    undertakings = pledge.undertakings.filter(exempt_reason="")
    undertakings = undertakings.select_related("party", "pledge", "current_assessment")
    if party:
        undertakings = undertakings.filter(pk=party)
    undertakings = undertakings.prefetch_related("pledge__criteria")
    undertakings = list(undertakings.order_by("party__name"))
    evaluated = evaluate_parts(undertakings, as_of=day, known_on=day)
    unsigned_by_part = load_unsigned(pledge)
    rows = []
    for part in evaluated:
        undertaking = part.undertaking
        unsigned = unsigned_by_part[undertaking.pk]
        row = SigningRow(part, undertaking.current_assessment, day, unsigned)
        row.form = build_form(row, day, typed)
        rows.append(row)
    return rows


def load_unsigned(pledge) -> dict[int, list[Assessment]]:
    """Return by part the drafts, and what waits for review. One statement."""
    rows = Assessment.objects.filter(undertaking__pledge=pledge, state__in=UNSIGNED)
    unsigned_by_part = defaultdict(list)
    for row in rows.order_by("pk"):
        unsigned_by_part[row.undertaking_id].append(row)
    return unsigned_by_part


def build_form(row, day, typed):
    """Return the form of a part, with the drafted texts or with what was typed."""
    assessment = build_assessment(row.evaluated, as_of=day, known_on=day)
    seen = fingerprint(row.finding)
    prefix = f"part-{row.undertaking.pk}"
    ticked = row.is_ticked
    if typed is not None:
        ticked = f"{prefix}-ticked" in typed
        # Who is not ticked is not checked.
        typed = typed if ticked else None
    return SigningForm(
        typed,
        instance=assessment,
        prefix=prefix,
        initial={"ticked": ticked, "seen": seen},
        finding=seen,
    )


def fingerprint(finding) -> str:
    """Return what changes if the rule finds something else."""
    row = finding.decided_by
    values = [finding.status, finding.reason, finding.actual, finding.required]
    if row:
        values.append(row.release)
        values.append(row.period.end)
    texts = map(str, values)
    return "/".join(texts)


def show_rows(site, request, signing, rows):
    context = {
        **site.each_context(request),
        "title": "Sign as the rule finds",
        "pledge": signing.pledge,
        "signing": signing,
        "rows": rows,
        "may_sign": request.user.has_perm(MAY_DRAFT),
        "ticked": sum(row.is_ticked for row in rows),
    }
    return TemplateResponse(request, "admin/signing.html", context)


def sign_selected(site, request, signing):
    """Submit an assessment of each ticked part, all or none; show what is wrong beside each."""
    tell = site.get_model_admin(Assessment).message_user
    try:
        rows, submitted = _submit_chosen(site, request, signing)
    except OperationalError:
        tell(request, BUSY, messages.ERROR)
        return HttpResponseRedirect(signing.address)
    if submitted:
        count = len(submitted)
        tell(request, f"Submitted for review: {count}. Somebody else publishes them.")
        return HttpResponseRedirect(signing.address)
    if any(row.form.is_bound for row in rows):
        text = "Nothing was submitted, because something is wrong with one of them. See below."
        tell(request, text, messages.ERROR)
    else:
        tell(request, "None is ticked: nothing was submitted.", messages.WARNING)
    return show_rows(site, request, signing, rows)


@transaction.atomic
def _submit_chosen(site, request, signing):
    """Return the rows, and the assessments submitted; under the lock, so that two clicks do it
    once.
    """
    publishing.lock_head()
    rows = load_rows(signing.pledge, signing.day, signing.party, request.POST)
    picked = [row for row in rows if row.form.is_bound]
    submitted = []
    for row in picked:
        assessment = _submit_row(row, request.user)
        if assessment:
            submitted.append(assessment)
    if len(submitted) < len(picked):
        transaction.set_rollback(True)
        return rows, []
    log = site.get_model_admin(Assessment).log_addition
    for assessment in submitted:
        log(request, assessment, "Signed as the rule finds, and submitted.")
    return rows, submitted


def _submit_row(row, user):
    """Save and submit the assessment of a row; what refuses it stands beside the row."""
    if not row.form.is_valid():
        return None
    assessment = row.form.save(commit=False)
    assessment.assessor = user
    try:
        assessment.save()
        return publishing.submit(assessment, by=user)
    except publishing.Refused as refusal:
        row.reasons += refusal.reasons
        return None
