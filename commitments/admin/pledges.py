from django import forms
from django.contrib import admin
from django.utils import timezone

from commitments.admin.forms import RootForm
from commitments.admin.imprecise import AS_EXACT_AS_KNOWN
from commitments.admin.manual import add_manual_link
from commitments.admin.pledge_rows import (
    CriteriaInline,
    PledgeLinkInline,
    PledgeQuoteInline,
    UndertakingInline,
)
from commitments.admin.previews import Previewing
from commitments.admin.reviewing import Reviewing
from commitments.admin.roots import RootAdmin
from commitments.admin.rows import fold_fiscal
from commitments.admin.sites import site
from commitments.admin.submitting import SubmittingWhole
from commitments.admin.targets import TargetInline
from commitments.judging.attendance import choose_office
from commitments.judging.evaluating import evaluate_parts
from commitments.judging.same_pledges import COMPARED, find_same_pledges
from commitments.models import (
    Assessment,
    Evidence,
    Participation,
    Pledge,
    SearchNote,
    Undertaking,
)
from commitments.pages.pledges import pledge_detail
from commitments.verdicts.dates import Precision, find_bounds

# The tick that says of the pledges that were shown: it is another one.
ANOTHER = "_another"
SHOWN_FIRST = (
    "A pledge with this quote or title is on record; it stands above the form. If yours is another"
    " pledge, tick so and save again."
)


class PledgeForm(RootForm):
    binds_participants = forms.BooleanField(
        label="Binds every party at the summit",
        required=False,
        help_text="Adds an undertaking for each participant of the summit that has none below.",
    )

    # The pledges on record that this one may repeat: shown in full before it is saved.
    same_pledges = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "made_on" in self.fields:
            help_text = add_manual_link(AS_EXACT_AS_KNOWN, "imprecise-dates")
            self.fields["made_on"].help_text = help_text
        if "stated_by" in self.fields:
            self.fields["stated_by"].required = False

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("stated_by") and "stated_by" in self.fields:
            self._fill_stated_by(cleaned)
        self._show_same_pledges(cleaned)
        return cleaned

    @property
    def same_keys(self):
        """The keys of the pledges that are shown, as the tick posts them."""
        keys = []
        for pledge in self.same_pledges:
            keys.append(str(pledge.pk))
        return ",".join(keys)

    @property
    def is_another(self):
        """Whether somebody said of the pledges that are shown that theirs is another one."""
        keys = self.data.get(ANOTHER)
        return keys == self.same_keys

    def _show_same_pledges(self, cleaned):
        """Ask once about pledges with this quote or title; a tick names those that were shown."""
        key = self.instance.pk
        changed = set(self.changed_data)
        if key and changed.isdisjoint(COMPARED):
            return
        pledge = Pledge(pk=key)
        for column in COMPARED:
            text = cleaned.get(column)
            setattr(pledge, column, text or "")
        self.same_pledges = find_same_pledges(pledge)
        if self.same_pledges and not self.is_another:
            self.add_error(None, SHOWN_FIRST)

    def _fill_stated_by(self, cleaned):
        """Take the party of the leader's office on the day; of none or several, ask."""
        if "stated_by" in self.errors:
            return
        sentence = "Whose words are these? Choose the party."
        leader = cleaned.get("stated_by_leader")
        day = cleaned.get("made_on")
        if leader and day:
            last = find_last_made_on(day, cleaned)
            answer = choose_office(leader, day, last)
            if answer.party:
                cleaned["stated_by"] = answer.party
                return
            sentence = answer.question or sentence
        self.add_error("stated_by", sentence)


@admin.register(Pledge, site=site)
class PledgeAdmin(Reviewing, SubmittingWhole, Previewing, RootAdmin):
    form = PledgeForm
    named_by = "title"
    save_as = True
    carried = (
        "summit",
        "occasion",
        "source",
        "made_on",
        "made_on_precision",
        "stated_by",
        "stated_by_leader",
        "attribution",
        "quote_language",
    )
    manual = {
        "attribution": "attribution",
        "modality": "modality",
        "kind": "kind",
        "borne_by": "borne-by",
        "verifiability": "verifiability",
        "deadline": "imprecise-dates",
        "deadline_words": "the-deadlines-words-and-a-condition",
        "condition": "the-deadlines-words-and-a-condition",
        "quote": "quotes-and-locators",
    }
    list_display = ["title", "summit", "stated_by", "made_on", "deadline", "state_shown", "edited"]
    list_select_related = ["summit", "stated_by"]
    list_filter = [*RootAdmin.list_filter, "attribution", "kind", "summit"]
    search_fields = ["title", "title_ja", "quote", "slug"]
    autocomplete_fields = ["summit", "source", "stated_by", "stated_by_leader", "topics"]
    fieldsets = [
        (
            "The words",
            {"fields": ["source", "locator", "quote", ("quote_is_verbatim", "quote_language")]},
        ),
        ("Translation", {"fields": ["translation", "translated_by"], "classes": ["collapse"]}),
        (
            "Who, where, when",
            {
                "fields": [
                    "summit",
                    "occasion",
                    ("made_on", "made_on_precision"),
                    ("stated_by", "stated_by_leader"),
                ]
            },
        ),
        (
            "What it is",
            {
                "fields": [
                    "title",
                    "slug",
                    ("attribution", "modality", "kind"),
                    "topics",
                    "explanation",
                ]
            },
        ),
        (
            "By when",
            {
                "fields": [
                    ("deadline", "deadline_precision"),
                    "deadline_words",
                    "condition",
                ]
            },
        ),
        fold_fiscal("deadline", "If the deadline is a fiscal year or a period"),
        ("Can it be checked", {"fields": ["verifiability", "verifiability_reason", "borne_by"]}),
        (
            "Japanese",
            {
                "fields": [
                    "title_ja",
                    "occasion_ja",
                    "condition_ja",
                    "explanation_ja",
                    "verifiability_reason_ja",
                ],
                "classes": ["collapse"],
            },
        ),
    ]
    inlines = [
        UndertakingInline,
        CriteriaInline,
        TargetInline,
        PledgeQuoteInline,
        PledgeLinkInline,
    ]
    public_view = staticmethod(pledge_detail)
    beside_template = "admin/commitments/pledge/beside.html"

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            fieldsets.append(("Who owes it", {"fields": ["binds_participants"]}))
        return fieldsets

    def complete(self, form, *, change):
        pledge = form.instance
        for row in pledge.undertakings.select_related("party", "pledge"):
            slug = row.slug
            row.clean()
            if row.slug != slug:
                row.save(update_fields=["slug"])
        if form.cleaned_data.get("binds_participants") and not change:
            bind_participants(pledge)

    def load_side_context(self, request, record, form):
        if record is None:
            return {}
        assessments = Assessment.objects.filter(undertaking__pledge=record)
        assessments = assessments.select_related("undertaking__party")
        undertakings = list(record.undertakings.select_related("party"))
        search_notes = SearchNote.objects.filter(pledge=record)
        today = timezone.now().date()
        return {
            "undertakings": undertakings,
            "ruled": evaluate_parts(undertakings, as_of=today, known_on=today),
            "evidence": Evidence.objects.filter(pledge=record).newest_first(),
            "search_notes": search_notes.newest_first(),
            "assessments": assessments.newest_first(),
        }


def find_last_made_on(day, cleaned):
    """Return the last day that the pledge may have been made on."""
    precision = cleaned.get("made_on_precision") or Precision.DAY
    _first, last = find_bounds(day, Precision(precision))
    return last


def bind_participants(pledge):
    """Add an undertaking for each party at the pledge's summit that has none."""
    parties = set(pledge.undertakings.values_list("party", flat=True))
    participations = Participation.objects.filter(summit=pledge.summit).select_related("party")
    for participation in participations.order_by("party__name", "pk"):
        if participation.party_id in parties:
            continue
        parties.add(participation.party_id)
        undertaking = Undertaking(pledge=pledge, party=participation.party)
        undertaking.clean()
        undertaking.save()
