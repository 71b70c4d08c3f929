from django.core.management.base import BaseCommand

from commitments.pages.prose import METHODOLOGY
from commitments.verdicts.definitions.telling import renewed


class Command(BaseCommand):
    help = "Write the rules and verdicts in docs/methodology.md anew, from the definitions in the program."

    def handle(self, **options):
        METHODOLOGY.write_text(renewed(METHODOLOGY.read_text(encoding="utf-8")), encoding="utf-8")
        return f"{METHODOLOGY.name} has the rules as the program defines them."
