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
        today, refused, warned = timezone.now().date(), [], 0
        for model in ROOTS:
            for record in (
                prefetch_public_form(model.objects.published())
                .order_by("slug")
                .iterator(chunk_size=500)
            ):
                for problem in integrity.find_broken_rules(record, today=today):
                    if problem.refuses:
                        refused.append(str(problem))
                    else:
                        warned += 1
                        self.stdout.write(f"warning: {problem}")
        refused += search.find_search_differences()
        if refused:
            raise CommandError(
                "\n".join([*refused, f"{len(refused)} broken rules, {warned} warnings."])
            )
        return f"No rule is broken; {warned} warnings."
