"""The three roles, as groups: who may enter, who may publish, who may redact and manage
accounts.
"""

from django.apps import apps
from django.contrib.auth.models import Group, Permission

RESEARCHER, REVIEWER, ADMINISTRATOR = "researcher", "reviewer", "administrator"
# What only programs write.
WRITTEN = {"ledgerentry", "ledgerhead", "ledgerpayload", "searchentry", "searchword"}


def ensure():
    """Create the groups and give each its permissions; what an installation added by hand stays."""
    curated = [
        model._meta.model_name
        for model in apps.get_app_config("commitments").get_models()
        if model._meta.model_name not in WRITTEN | {"user"} and not model._meta.auto_created
    ]
    enter = [f"{act}_{name}" for name in curated for act in ("add", "change", "delete", "view")] + [
        "view_ledgerentry"
    ]
    publish = [*enter, "publish_records", "amend_records"]
    accounts = [f"{act}_{name}" for name in ("user", "group") for act in ("add", "change", "view")]
    for name, codenames in {
        RESEARCHER: enter,
        REVIEWER: publish,
        ADMINISTRATOR: [*publish, "redact_records", *accounts],
    }.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *Permission.objects.filter(
                content_type__app_label__in=["commitments", "auth"], codename__in=codenames
            )
        )
