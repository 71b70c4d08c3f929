from django.core.management.base import BaseCommand, CommandError

from commitments.demo.loading import load
from commitments.importing.records import Unreadable
from commitments.publishing import Refused


class Command(BaseCommand):
    help = "Enter and publish the demonstration record. A second run changes nothing."

    def handle(self, **options):
        try:
            report = load()
        except (Unreadable, Refused) as error:
            raise CommandError("Nothing was loaded.\n" + "\n".join(error.reasons)) from error
        for record_type, slug in report.different:
            self.stdout.write(
                f"{record_type} {slug} differs from the demonstration record and was left alone."
            )
        return f"Demonstration record: {report}."
