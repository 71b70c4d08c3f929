from django import forms
from django.contrib import admin, messages
from django.utils import timezone

from commitments.admin.forms import RootForm, TypedForm
from commitments.admin.imprecise import AS_EXACT_AS_KNOWN
from commitments.admin.previews import Previewing
from commitments.admin.roots import RootAdmin
from commitments.admin.rows import RowFormSet, Tabular
from commitments.admin.sites import site
from commitments.judging.attendance import choose_office, choose_role, find_series
from commitments.judging.gaps import held_before_its_day
from commitments.models import Participation, Pledge, Role, Summit, SummitSeries
from commitments.pages.summits import summit_detail

LISTED_PLEDGES = 60
STANDING_COLUMNS = frozenset({"standing", "starts_on"})
ROLE_CHOICES = [("", "by the country"), *Role.choices]


class ParticipationForm(TypedForm):
    """A row in which the office, the party and the role follow from the others."""

    role = forms.ChoiceField(
        label="Role",
        choices=ROLE_CHOICES,
        required=False,
        help_text="Empty: host if the summit is in the party's country, else participant.",
    )

    def __init__(self, *args, summit=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.summit = summit
        if "party" in self.fields:
            self.fields["party"].required = False
        if "tenure" in self.fields:
            self.fields["tenure"].help_text = "Empty: the office held on these days."

    def clean(self):
        cleaned = super().clean()
        leader = cleaned.get("leader")
        if leader and self._asks_for_office():
            self._fill_office(cleaned, leader)
        party = cleaned.get("party")
        if party is None:
            self._ask_for_party(leader)
        elif not cleaned.get("role"):
            role = choose_role(party, self.summit)
            cleaned["role"] = role.value
        return cleaned

    def _asks_for_office(self):
        """Whether the office is to be filled in: nobody chose one for this leader."""
        if self.summit.starts_on is None or self.summit.ends_on is None:
            return False
        if "tenure" in self.changed_data:
            return False
        if self.instance.pk is None:
            return True
        return "leader" in self.changed_data or "party" in self.changed_data

    def _fill_office(self, cleaned, leader):
        first, last = self.summit.starts_on, self.summit.ends_on
        party = cleaned.get("party")
        office = choose_office(leader, first, last, party=party)
        if office.question:
            self.add_error(office.field, office.question)
            return
        cleaned["tenure"] = office.tenure
        cleaned["party"] = office.party or party

    def _ask_for_party(self, leader):
        if "party" in self.errors:
            return
        sentence = "Choose the party."
        if leader:
            sentence = f"No office of {leader} on these days is entered. Choose the party."
        self.add_error("party", sentence)


class ParticipationFormSet(RowFormSet):
    def get_form_kwargs(self, index):
        # The days and the country are those that were just typed.
        options = super().get_form_kwargs(index)
        options["summit"] = self.instance
        return options


class ParticipationInline(Tabular):
    model = Participation
    form = ParticipationForm
    formset = ParticipationFormSet
    verbose_name = "participant"
    fields = ["leader", "party", "tenure", "role"]
    autocomplete_fields = ["party", "leader", "tenure"]
    extra = 2

    def get_formset(self, request, obj=None, **kwargs):
        self.verbose_name_plural = "who came"
        if obj and not obj.is_held:
            self.verbose_name_plural = "who is expected"
        return super().get_formset(request, obj, **kwargs)


@admin.register(SummitSeries, site=site)
class SummitSeriesAdmin(RootAdmin):
    list_display = ["name", "state_shown", "edited"]
    search_fields = ["name", "name_ja", "slug"]
    fieldsets = [(None, {"fields": ["name", "slug", "name_ja"]})]


class SummitForm(RootForm):
    # Whether the save added somebody who takes part.
    has_new_participants = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "ends_on"):
            if name in self.fields:
                self.fields[name].help_text = AS_EXACT_AS_KNOWN

    def clean(self):
        cleaned = super().clean()
        changed = set(self.changed_data)
        is_new = self.instance.pk is None
        if is_new or changed & STANDING_COLUMNS:
            self._refuse_held_too_early(cleaned)
        return cleaned

    def _refuse_held_too_early(self, cleaned):
        first_day = cleaned.get("starts_on")
        if first_day is None:
            return
        typed = Summit(
            standing=cleaned.get("standing"),
            starts_on=first_day,
        )
        today = timezone.now().date()
        for sentence in held_before_its_day(typed, today):
            self.add_error("standing", sentence)


@admin.register(Summit, site=site)
class SummitAdmin(Previewing, RootAdmin):
    form = SummitForm
    list_display = ["name", "starts_on", "kind", "series", "standing", "state_shown", "edited"]
    list_select_related = ["series"]
    list_filter = [*RootAdmin.list_filter, "kind", "standing", "series"]
    search_fields = ["name", "name_ja", "city", "slug"]
    autocomplete_fields = ["series", "country"]
    manual = {"starts_on": "imprecise-dates"}
    fieldsets = [
        (None, {"fields": ["name", "slug", ("series", "kind")]}),
        (
            "When and where",
            {
                "fields": [
                    ("starts_on", "starts_on_precision"),
                    ("ends_on", "ends_on_precision"),
                    ("city", "country"),
                    "venue",
                ]
            },
        ),
        ("Was it held", {"fields": ["standing", "standing_reason"]}),
        ("For the reader", {"fields": ["summary"]}),
        (
            "Japanese",
            {"fields": ["name_ja", "standing_reason_ja", "summary_ja"], "classes": ["collapse"]},
        ),
    ]
    inlines = [ParticipationInline]
    public_view = staticmethod(summit_detail)
    beside_template = "admin/commitments/summit/beside.html"

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        form.has_new_participants = bool(formset.new_objects)

    def complete(self, form, *, change):
        summit = form.instance
        is_chosen = summit.series or "series" in form.changed_data
        if is_chosen or not form.has_new_participants:
            return
        summit.series = find_series(summit)
        if summit.series is None:
            return
        summit.save(update_fields=["series"])
        sentence = f"Series: {summit.series}, as the earlier summits of these parties."
        self.message_user(form.request, sentence, messages.INFO)

    def load_side_context(self, request, record, form):
        if record is None:
            return {}
        pledges = Pledge.objects.filter(summit=record).order_by("-edited_at")
        return {
            "pledges": pledges[:LISTED_PLEDGES],
            "many_pledges": pledges.count(),
        }
