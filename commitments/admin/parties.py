from django.contrib import admin

from commitments.admin.roots import RootAdmin
from commitments.admin.rows import Tabular
from commitments.admin.sites import site
from commitments.models import Membership, Party, Undertaking


class MembershipInline(Tabular):
    model = Membership
    fk_name = "bloc"
    autocomplete_fields = ["member"]


@admin.register(Party, site=site)
class PartyAdmin(RootAdmin):
    list_display = ["name", "short_name", "kind", "iso_code", "state_shown", "edited"]
    list_filter = [*RootAdmin.list_filter, "kind"]
    search_fields = ["name", "name_ja", "short_name", "iso_code", "slug"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "short_name"]}),
        ("Elsewhere", {"fields": [("iso_code", "wikidata_id"), "name_ja"]}),
    ]
    inlines = [MembershipInline]

    def complete(self, form, *, change):
        if change and "slug" in form.changed_data:
            # Only a party that was never published can be renamed, and so no undertaking of it is
            # public.
            for undertaking in Undertaking.objects.filter(party=form.instance).select_related(
                "pledge", "party"
            ):
                undertaking.clean()
                undertaking.save(update_fields=["slug"])
