import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commitments.assessing import draft_assessment, find_verdict_differences, write_finding_sentence
from commitments.verdicts.findings import Finding
from commitments.verdicts.version import RULES_VERSION


class Command(BaseCommand):
    help = (
        "Draft an assessment wherever the rule differs from the verdict. Publishes nothing. See"
        " docs/evaluating.md."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--drift",
            action="store_true",
            help="only list the published verdicts that would change",
        )
        parser.add_argument("--pledge", default="", metavar="SLUG", help="only this pledge")
        parser.add_argument(
            "--as-of", type=_day, help="today for deadlines, as 2026-03-31; default: today (UTC)"
        )
        parser.add_argument(
            "--known-on", type=_day, help="ignore what was released later; default: the day as of"
        )
        parser.add_argument(
            "--json", action="store_true", help="print the documented form instead of words"
        )

    def handle(self, drift, pledge, as_of, known_on, **options):
        as_of = as_of or timezone.now().date()
        days = {"as_of": as_of, "known_on": known_on or as_of}
        found = [
            one
            for one in find_verdict_differences(**days, pledge=pledge)
            if one.verdict or not drift
        ]
        drafts = [
            None if drift or one.is_explained else draft_assessment(one, as_of=as_of)
            for one in found
        ]
        if options["json"]:
            told_days = {name: day.isoformat() for name, day in days.items()}
            rows = [
                {**one.as_json(), "draft": made and made.slug}
                for one, made in zip(found, drafts, strict=True)
            ]
            return json.dumps(
                {**told_days, "rules_version": RULES_VERSION, "differences": rows}, indent=2
            )
        for one, made in zip(found, drafts, strict=True):
            for line in _side_by_side(one, made):
                self.stdout.write(line)
        count = sum(made is not None for made in drafts)
        return (
            f"{len(found)} published verdicts drift."
            if drift
            else f"{len(found)} differ, {count} drafted."
        )


def _side_by_side(one, made):
    yield f"{one.undertaking.slug}"
    if one.verdict:
        old = one.as_json()["verdict"]["finding"]
        said = (
            write_finding_sentence("by its figures then", Finding.from_json(old))
            if old
            else "By judgement."
        )
        yield (
            f"  verdict  {one.verdict.status} as of {one.verdict.as_of} ({one.verdict.slug})."
            f" {said}"
        )
    else:
        yield "  verdict  none"
    yield f"  finding  {write_finding_sentence(one.evaluated.primary.label, one.finding)}"
    if made:
        yield f"  draft    {made.slug}"


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is not a day. Write it as 2026-03-31.") from None
