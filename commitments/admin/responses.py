from django.contrib import admin

from commitments.admin.forms import RootForm, slug_under
from commitments.admin.roots import RootAdmin
from commitments.admin.sites import site
from commitments.models import Response


class ResponseForm(RootForm):
    def clean(self):
        cleaned = super().clean()
        if not self.instance.slug and cleaned.get("undertaking"):
            self.instance.slug = slug_under(cleaned["undertaking"].pledge)
        return cleaned


@admin.register(Response, site=site)
class ResponseAdmin(RootAdmin):
    form = ResponseForm
    list_display = ["undertaking", "received_on", "state_shown", "edited"]
    list_select_related = ["undertaking__party", "undertaking__pledge"]
    search_fields = ["text", "answer", "slug", "undertaking__slug"]
    autocomplete_fields = ["undertaking"]
    fieldsets = [
        (None, {"fields": ["undertaking", "received_on", "text", "url"]}),
        ("Our answer", {"fields": ["answer"]}),
    ]
