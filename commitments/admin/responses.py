from django.contrib import admin

from commitments.admin.forms import RootForm, make_slug_under
from commitments.admin.roots import RootAdmin
from commitments.admin.sites import site
from commitments.models import Response


class ResponseForm(RootForm):
    def clean(self):
        cleaned = super().clean()
        undertaking = cleaned.get("undertaking")
        if undertaking and not self.instance.slug:
            self.instance.slug = make_slug_under(undertaking.pledge)
        return cleaned


@admin.register(Response, site=site)
class ResponseAdmin(RootAdmin):
    form = ResponseForm
    list_display = ["undertaking", "received_on", "state_shown", "edited"]
    list_select_related = ["undertaking__party", "undertaking__pledge"]
    search_fields = ["text", "answer", "slug", "undertaking__slug"]
    autocomplete_fields = ["undertaking"]
    fieldsets = [
        (None, {"fields": ["undertaking", "received_on", "text", "language", "url"]}),
        ("Our answer", {"fields": ["answer"]}),
    ]
