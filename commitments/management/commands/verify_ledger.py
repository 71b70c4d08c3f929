from django.core.management.base import BaseCommand, CommandError

from commitments.models import LedgerHead
from commitments.publishing.verifying import verify


class Command(BaseCommand):
    help = (
        "Hold the ledger against itself, the live tables and the checkpoints. Exits 1 if anything"
        " is wrong."
    )

    def handle(self, **options):
        findings = list(verify())
        if findings:
            text = "\n".join(findings)
            raise CommandError(
                f"{text}\n{len(findings)} findings: do not trust this ledger before each is"
                " explained."
            )
        head = LedgerHead.objects.get(pk=1)
        return f"The ledger holds: {head.seq} entries, head {head.hash or 'empty'}."
