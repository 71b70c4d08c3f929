from collections import defaultdict

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commitments.judging import integrity
from commitments.judging.references import find_hidden_references
from commitments.models import ROOTS, State
from commitments.publicforms import prefetch_public_form
from commitments.publishing import search


class Command(BaseCommand):
    help = (
        "List what breaks a rule among the published records, and what searching would find"
        " otherwise than it is published. Exits 1 for either; warnings, and gaps of records that"
        " are older than a rule, do not count."
    )

    def handle(self, **options):
        errors = []
        warning_count = 0
        gaps = defaultdict(list)
        for problem in _find_problems():
            if problem.refuses_amendment:
                errors.append(str(problem))
            elif problem.is_gap:
                gaps[problem.rule].append(problem)
            else:
                warning_count += 1
                self.stdout.write(f"warning: {problem}")
        self._list_gaps(gaps)
        errors += search.find_search_differences()
        gap_count = _count_gaps(gaps)
        counts = f"{gap_count}{warning_count} warnings."
        if errors:
            error_count = len(errors)
            errors.append(f"{error_count} broken rules, {counts}")
            text = "\n".join(errors)
            raise CommandError(text)
        return f"No rule is broken; {counts}"

    def _list_gaps(self, gaps):
        if gaps:
            self.stdout.write(
                "Gaps: required of what is submitted now. What was published before may stay."
            )
        for rule, problems in sorted(gaps.items()):
            count = len(problems)
            self.stdout.write(f"{rule}: {count}")
            for problem in problems:
                self.stdout.write(f"  {problem}")


def _count_gaps(gaps):
    """Return the number of gaps for the last line, and nothing without any."""
    count = 0
    for problems in gaps.values():
        count += len(problems)
    if not count:
        return ""
    return f"{count} gaps, "


def _find_problems():
    """Yield every rule that a published record breaks today."""
    today = timezone.now().date()
    for model in ROOTS:
        # Their own state: what rests on a hidden record is not public, and is to be listed.
        records = model.objects.filter(state=State.PUBLISHED).order_by("slug")
        records = prefetch_public_form(records)
        for record in records.iterator(chunk_size=500):
            yield from integrity.find_broken_rules(record, today=today)
            yield from find_hidden_references(record)
