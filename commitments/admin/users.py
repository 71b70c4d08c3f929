from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group

from commitments.admin.sites import site
from commitments.models import User

SUPERUSERS_ONLY = ("is_superuser", "user_permissions")


@admin.register(User, site=site)
class CuratorAdmin(UserAdmin):
    """Accounts, for administrators. Nobody can give themselves more than their own role."""

    list_display = ["username", "credit_name", "email", "is_active", "is_staff", "last_login"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Person", {"fields": ["credit_name", "first_name", "last_name", "email"]}),
        ("Role", {"fields": ["is_active", "is_staff", "groups", *SUPERUSERS_ONLY]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {"fields": ["username", "credit_name", "usable_password", "password1", "password2"]},
        ),
        ("Role", {"fields": ["is_staff", "groups"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    autocomplete_fields = ["groups"]

    def get_readonly_fields(self, request, obj=None):
        fields = list(super().get_readonly_fields(request, obj))
        if not request.user.is_superuser:
            fields += SUPERUSERS_ONLY
        return fields

    def has_change_permission(self, request, obj=None):
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)


@admin.register(Group, site=site)
class RoleAdmin(GroupAdmin):
    """The roles and what each may do; only a superuser changes that."""

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser
