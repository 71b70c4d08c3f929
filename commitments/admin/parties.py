from dataclasses import asdict

from django import forms
from django.contrib import admin

from commitments.admin.forms import RootForm
from commitments.admin.roots import RootAdmin
from commitments.admin.rows import Tabular
from commitments.admin.sites import site
from commitments.models import Membership, Party, PartyName, Undertaking
from commitments.naming.folding import fold_name
from commitments.naming.shipped import list_shipped_names
from commitments.naming.suggesting import keep_called


class PartyForm(RootForm):
    adds_usual_names = forms.BooleanField(
        label="Add its usual names",
        required=False,
        help_text=(
            "The names that come with the program for this ISO code, in several languages, former"
            " ones with their days. Look them over below after saving."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["adds_usual_names"] = True


class NameInline(Tabular):
    model = PartyName
    verbose_name = "other name"


class MembershipInline(Tabular):
    model = Membership
    fk_name = "bloc"
    fields = ["member", "starts_on", "starts_on_precision", "ends_on", "ends_on_precision"]
    autocomplete_fields = ["member"]


@admin.register(Party, site=site)
class PartyAdmin(RootAdmin):
    form = PartyForm
    list_display = ["name", "short_name", "kind", "iso_code", "state_shown", "edited"]
    list_filter = [*RootAdmin.list_filter, "kind"]
    search_fields = ["name", "name_ja", "short_name", "iso_code", "slug"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "short_name"]}),
        ("Elsewhere", {"fields": [("iso_code", "wikidata_id"), "name_ja", "adds_usual_names"]}),
        (
            "If it has not always been, or is no more",
            {
                "fields": [
                    ("starts_on", "starts_on_precision"),
                    ("ends_on", "ends_on_precision"),
                ],
                "classes": ["collapse"],
            },
        ),
    ]
    inlines = [NameInline, MembershipInline]

    def get_search_results(self, request, queryset, search_term):
        """Find parties by all their names and codes, those called just so first."""
        if not fold_name(search_term):
            return super().get_search_results(request, queryset, search_term)
        parties = keep_called(queryset, search_term)
        # Whoever sorts the list by a column wants that order.
        sorts = "o" in request.GET
        if sorts:
            order = queryset.query.order_by
            parties = parties.order_by(*order)
        return parties, False

    def complete(self, form, *, change):
        renamed = "slug" in form.changed_data
        party = form.instance
        if change and renamed:
            rename_undertakings(party)
        if form.cleaned_data.get("adds_usual_names"):
            add_usual_names(party)


def add_usual_names(party):
    """Give the party the shipped names that it does not have yet."""
    texts = set(party.names.values_list("name", flat=True))
    rows = []
    for shipped in list_shipped_names(party):
        if shipped.name in texts:
            continue
        fields = asdict(shipped)
        row = PartyName(party=party, **fields)
        rows.append(row)
    PartyName.objects.bulk_create(rows)


def rename_undertakings(party):
    """Make the slugs of the party's undertakings anew.

    Only a party that was never published can get another slug, so none of them is public.
    """
    undertakings = Undertaking.objects.filter(party=party)
    for undertaking in undertakings.select_related("pledge", "party"):
        undertaking.clean()
        undertaking.save(update_fields=["slug"])
