from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext, override

from commitments.languages import JAPANESE
from commitments.pages.prose import METHODOLOGY
from commitments.verdicts.definitions.documents import renew_sections


class Command(BaseCommand):
    help = (
        "Write the rules and verdicts in docs/methodology.md and its Japanese version anew, from"
        " the program."
    )

    def handle(self, **options):
        for language, document in METHODOLOGY.items():
            with override(JAPANESE if language == JAPANESE else settings.LANGUAGE_CODE):
                document.write_text(
                    renew_sections(document.read_text(encoding="utf-8"), gettext), encoding="utf-8"
                )
        names = " and ".join(document.name for document in METHODOLOGY.values())
        return f"{names} have the rules as the program defines them."
