from django.contrib import admin

from commitments.admin.roots import RootAdmin
from commitments.admin.rows import Tabular
from commitments.admin.sites import site
from commitments.models import Membership, Party, Undertaking


class MembershipInline(Tabular):
    model = Membership
    fk_name = "bloc"
    fields = ["member", "starts_on", "starts_on_precision", "ends_on", "ends_on_precision"]
    autocomplete_fields = ["member"]


@admin.register(Party, site=site)
class PartyAdmin(RootAdmin):
    list_display = ["name", "short_name", "kind", "iso_code", "state_shown", "edited"]
    list_filter = [*RootAdmin.list_filter, "kind"]
    search_fields = ["name", "name_ja", "short_name", "iso_code", "slug"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "short_name"]}),
        ("Elsewhere", {"fields": [("iso_code", "wikidata_id"), "name_ja"]}),
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
    inlines = [MembershipInline]

    def complete(self, form, *, change):
        renamed = "slug" in form.changed_data
        if change and renamed:
            rename_undertakings(form.instance)


def rename_undertakings(party):
    """Make the slugs of the party's undertakings anew.

    Only a party that was never published can get another slug, so none of them is public.
    """
    undertakings = Undertaking.objects.filter(party=party)
    undertakings = undertakings.select_related("pledge", "party")
    for undertaking in undertakings:
        undertaking.clean()
        undertaking.save(update_fields=["slug"])
