from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commitments.judging import integrity
from commitments.models import ROOTS
from commitments.publicforms import prefetch_public_form
from commitments.publishing import search


class Command(BaseCommand):
    help = (
        "List what breaks a rule among the published records, and what searching would find"
        " otherwise than it is published. Exits 1 for either; warnings alone do not count."
    )

    def handle(self, **options):
        errors, warning_count = [], 0
        for problem in _find_problems():
            if problem.refuses:
                errors.append(str(problem))
            else:
                warning_count += 1
                self.stdout.write(f"warning: {problem}")
        errors += search.find_search_differences()
        if errors:
            error_count = len(errors)
            errors.append(f"{error_count} broken rules, {warning_count} warnings.")
            text = "\n".join(errors)
            raise CommandError(text)
        return f"No rule is broken; {warning_count} warnings."


def _find_problems():
    """Yield every rule that a published record breaks today."""
    today = timezone.now().date()
    for model in ROOTS:
        records = model.objects.published().order_by("slug")
        records = prefetch_public_form(records)
        for record in records.iterator(chunk_size=500):
            yield from integrity.find_broken_rules(record, today=today)
