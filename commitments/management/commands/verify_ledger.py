from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from commitments.models import LedgerHead
from commitments.publishing.remarks import Weight
from commitments.publishing.verifying import examine

NOT_COVERED = (
    "Not covered: drafts and all else that only the desk sees, and files other than the"
    " checkpoints.\n"
    "Only checkpoints kept where nobody can change both prove the past: --checkpoints FILE."
)


class Command(BaseCommand):
    help = (
        "Hold the ledger against itself, the live tables and the checkpoints. Exits 1 if anything"
        " is wrong; warnings and notes do not count."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--checkpoints",
            metavar="FILE",
            type=Path,
            help="a copy of the file of checkpoints, kept where nobody here can change it",
        )

    def handle(self, **options):
        findings = []
        for remark in examine(copy=options["checkpoints"]):
            if remark.weight is Weight.WRONG:
                findings.append(remark.sentence)
            else:
                self.stdout.write(f"{remark.weight.value}: {remark.sentence}")
        if findings:
            text = "\n".join(findings)
            raise CommandError(
                f"{text}\n{len(findings)} findings: do not trust this ledger before each is"
                f" explained.\n{NOT_COVERED}"
            )
        head = LedgerHead.objects.filter(pk=1).first() or LedgerHead()
        return f"The ledger holds: {head.seq} entries, head {head.hash or 'empty'}.\n{NOT_COVERED}"
