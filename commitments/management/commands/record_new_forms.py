from django.core.management.base import BaseCommand, CommandError

from commitments import publishing


class Command(BaseCommand):
    help = "Enter published records in the ledger again in their newest form, after an upgrade."

    def handle(self, *args, **options):
        try:
            count = publishing.record_newest_forms()
        except publishing.Refused as error:
            raise CommandError(str(error)) from error
        if count == 0:
            return "Every published record is in its newest form."
        return f"{count} published records were entered again, in their newest form."
