import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commitments.judging.evaluating import NotOwed, as_json, evaluate_pledge
from commitments.models import Pledge


class Command(BaseCommand):
    help = (
        "Judge a published pledge by the rule, from published figures. Changes nothing; a verdict"
        " needs a signature."
    )

    def add_arguments(self, parser):
        parser.add_argument("pledge", help="slug of the pledge")
        parser.add_argument("--party", help="slug of one party; otherwise all that owe it")
        parser.add_argument(
            "--as-of", type=_day, help="today for deadlines, as 2026-03-31; default: today (UTC)"
        )
        parser.add_argument(
            "--known-on", type=_day, help="ignore what was released later; default: the day as of"
        )
        parser.add_argument(
            "--json", action="store_true", help="print the documented form instead of words"
        )

    def handle(self, pledge, party, as_of, known_on, **options):
        as_of = as_of or timezone.now().date()
        days = {"as_of": as_of, "known_on": known_on or as_of}
        record = Pledge.objects.published().filter(slug=pledge).first()
        if record is None:
            raise CommandError(
                f"No pledge {pledge} is published. Give the last part of its address."
            )
        try:
            evaluated = evaluate_pledge(record, party=party, **days)
        except NotOwed as error:
            raise CommandError(error) from None
        if options["json"]:
            return json.dumps(as_json(record, evaluated, **days), indent=2, ensure_ascii=False)
        if not evaluated:
            return (
                f"{pledge} has no target in numbers with a published indicator, so no rule can"
                " judge it."
            )
        heading = f"{pledge}, as of {days['as_of']}, by figures known on {days['known_on']}:"
        return "\n".join(
            [heading, *(line for one in evaluated for line in _lines(one)), _counted(evaluated)]
        )


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is not a day. Write it as 2026-03-31.") from None


def _lines(one):
    yield f"  {one.undertaking.party.slug}"
    for compared in one.compared:
        flip = "; the verdict flips" if compared.flips_on_figures else ""
        yield f"    {compared.label}: {_told(compared.finding)}{flip}"


def _told(finding):
    words = [f"{finding.status} ({finding.reason})"]
    if finding.actual is not None:
        words.append(f"{finding.actual:f} against {finding.required:f}, gap {finding.gap:+f}")
    if finding.decided_by:
        row = finding.decided_by
        words.append(
            f"{row.kind} for {row.period.start} to {row.period.end}, released {row.released_on}"
            f" ({row.release})"
        )
    if finding.met_late_in:
        words.append(f"reached later, in {finding.met_late_in.start} to {finding.met_late_in.end}")
    if finding.path is not None:
        words.append(f"the straight line asked for {finding.path:.3f}")
    words += [f"no figure for {gap.start} to {gap.end}" for gap in finding.missing]
    words += [word for word in ("provisional", "borderline") if getattr(finding, word)]
    return "; ".join(words)


def _counted(evaluated):
    statuses = [one.primary.finding.status for one in evaluated]
    counts = ", ".join(
        f"{statuses.count(status)} {status}" for status in dict.fromkeys(sorted(statuses))
    )
    return f"{len(evaluated)} {'party' if len(evaluated) == 1 else 'parties'}: {counts}."
