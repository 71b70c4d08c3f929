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
            text = document.read_text(encoding="utf-8")
            if language != JAPANESE:
                language = settings.LANGUAGE_CODE
            with override(language):
                text = renew_sections(text, gettext)
            document.write_text(text, encoding="utf-8")
        names = [document.name for document in METHODOLOGY.values()]
        documents = " and ".join(names)
        return f"{documents} have the rules as the program defines them."
