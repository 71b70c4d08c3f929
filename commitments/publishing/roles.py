"""The three roles, as groups: to enter records, to publish them, to redact and manage accounts."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission

RESEARCHER, REVIEWER, ADMINISTRATOR = "researcher", "reviewer", "administrator"
# Only programs write these, and accounts are no records.
NOT_CURATED = {
    "ledgerentry",
    "ledgerhead",
    "ledgerpayload",
    "ledgerpeople",
    "proposal",
    "searchentry",
    "searchword",
    "user",
}


def ensure_roles():
    """Create the groups and give each its permissions; permissions added by hand stay."""
    app = apps.get_app_config("commitments")
    curated = []
    for model in app.get_models():
        name = model._meta.model_name
        if name not in NOT_CURATED and not model._meta.auto_created:
            curated.append(name)
    enter = _list_codenames(curated, ["add", "change", "delete", "view"])
    enter += ["view_ledgerentry", "view_proposal"]
    publish = [
        *enter,
        "publish_records",
        "amend_records",
    ]
    administer = [
        *publish,
        "redact_records",
        *_list_codenames(["user", "group"], ["add", "change", "view"]),
    ]
    _grant(RESEARCHER, enter)
    _grant(REVIEWER, publish)
    _grant(ADMINISTRATOR, administer)


def _list_codenames(model_names, acts):
    codenames = []
    for name in model_names:
        codenames += [f"{act}_{name}" for act in acts]
    return codenames


def _grant(role, codenames):
    """Give the group called `role` the permissions with these codenames."""
    group, _ = Group.objects.get_or_create(name=role)
    permissions = Permission.objects.filter(
        content_type__app_label__in=["commitments", "auth"],
        codename__in=codenames,
    )
    group.permissions.add(*permissions)
