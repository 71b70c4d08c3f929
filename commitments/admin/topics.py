from django.contrib import admin

from commitments.admin.roots import RootAdmin
from commitments.admin.sites import site
from commitments.models import Topic


@admin.register(Topic, site=site)
class TopicAdmin(RootAdmin):
    list_display = ["name", "parent", "state_shown", "edited"]
    list_select_related = ["parent"]
    search_fields = ["name", "name_ja", "slug"]
    autocomplete_fields = ["parent"]
    fieldsets = [(None, {"fields": ["name", "slug", "name_ja", "parent"]})]
