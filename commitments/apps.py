from django.apps import AppConfig
from django.core.checks import Tags, Warning, register
from django.db.models.signals import post_migrate


class CommitmentsConfig(AppConfig):
    name = "commitments"
    verbose_name = "Summit Ledger"

    def ready(self):
        # The only signal of this project: migrations rebuild SQLite tables, which drops triggers.
        post_migrate.connect(finish_migrations, dispatch_uid="commitments.finish_migrations")
        register(check_ledger_is_guarded, Tags.database)


def finish_migrations(app_config, using, **kwargs):
    """Install the ledger's triggers and head, the roles and the search index, once every app is
    migrated.
    """
    from django.apps import apps
    from django.db import DEFAULT_DB_ALIAS

    from commitments.models import LedgerHead
    from commitments.publishing import guards, roles, search

    # Apps send the signal one by one. Their permissions all exist once the last one has.
    last = list(apps.get_app_configs())[-1]
    if using == DEFAULT_DB_ALIAS and app_config.label == last.label:
        if guards.has_tables_of_now():
            guards.install_guards()
            LedgerHead.objects.get_or_create(pk=1)
        roles.ensure_roles()
        search.install_search()


def check_ledger_is_guarded(app_configs=None, databases=None, **kwargs):
    """Warn at each command that asks the database while a trigger of the ledger is missing.

    No error, because an error would stop `migrate` too, which installs it.
    """
    from commitments.publishing import guards

    if not databases or not guards.has_tables_of_now():
        return []
    names = ", ".join(guards.find_missing_guards())
    if not names:
        return []
    message = f"Guards of the ledger are missing or were changed: {names}."
    return [Warning(message, hint="Run `manage.py migrate`.", id="commitments.W001")]
