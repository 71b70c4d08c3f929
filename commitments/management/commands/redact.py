from django.core.management.base import BaseCommand, CommandError

from commitments import publishing
from commitments.management.signing import get_account
from commitments.models import EntryPart


class Command(BaseCommand):
    help = "Remove what an entry of the ledger published, or who published it, for law or privacy."

    def add_arguments(self, parser):
        parser.add_argument("seq", type=int, help="number of the entry")
        parser.add_argument(
            "--part",
            choices=EntryPart.values,
            default=EntryPart.PAYLOAD,
            help="what is removed: what was published (default), or the names of who did it",
        )
        parser.add_argument(
            "--by", metavar="USER", required=True, help="an administrator; one is enough"
        )
        parser.add_argument(
            "--note", required=True, help="why, for good and in public; without what is removed"
        )

        parser.add_argument(
            "--withdraw",
            action="store_true",
            help="if the record still says it in public, withdraw it, with all that rests on it",
        )

    def handle(self, *, seq, part, by, note, withdraw, **options):
        account = get_account(by, "by")
        try:
            redaction = publishing.redact(
                seq,
                by=account,
                note=note,
                part=part,
                withdraws=withdraw,
            )
        except publishing.Refused as error:
            raise CommandError(str(error)) from error
        word = EntryPart(part).label.lower()
        return f"Removed from entry {seq}: {word}. The ledger says so in entry {redaction.seq}."
