from django.core.management.base import BaseCommand, CommandError

from commitments.demo.loading import load
from commitments.importing.records import Unreadable
from commitments.models import LedgerEntry
from commitments.publishing import Refused

OLDER_EDITION = (
    "This site holds records already. If they are an older edition of the demonstration record,"
    " load the new one into an empty database."
)


class Command(BaseCommand):
    help = "Enter and publish the demonstration record. A second run changes nothing."

    def handle(self, **options):
        try:
            report = load()
        except (Unreadable, Refused) as error:
            lines = ["Nothing was loaded.", *error.reasons]
            if LedgerEntry.objects.exists():
                lines.append(OLDER_EDITION)
            raise CommandError("\n".join(lines)) from error
        for record_type, slug in report.different:
            self.stdout.write(
                f"{record_type} {slug} differs from the demonstration record and was left alone."
            )
        return f"Demonstration record: {report}."
