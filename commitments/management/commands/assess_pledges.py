import json
from dataclasses import replace
from typing import NamedTuple

from django.core.management.base import BaseCommand
from django.utils import timezone

from commitments.assessing import (
    VerdictDifference,
    draft_assessment,
    find_drift,
    find_verdict_differences,
)
from commitments.judging.sentences import write_rationale
from commitments.management.options import parse_day_option
from commitments.models import Assessment
from commitments.verdicts.findings import Finding
from commitments.verdicts.version import RULES_VERSION


class DifferenceLine(NamedTuple):
    """A difference, and the draft that was made of it now, if any."""

    difference: VerdictDifference
    draft: Assessment | None = None

    def as_json(self):
        return {**self.difference.as_json(), "draft": self.draft and self.draft.slug}


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
            "--as-of",
            type=parse_day_option,
            help="today for deadlines, as 2026-03-31; default: today (UTC)",
        )
        parser.add_argument(
            "--known-on",
            type=parse_day_option,
            help="ignore what was released later; default: the day as of",
        )
        parser.add_argument(
            "--json", action="store_true", help="print the documented form instead of words"
        )

    def handle(self, drift, pledge, as_of, known_on, **options):
        as_of = as_of or timezone.now().date()
        days = {"as_of": as_of, "known_on": known_on or as_of}
        explained = []
        if drift:
            verdicts = find_drift(**days, pledge=pledge)
            lines = [DifferenceLine(difference) for difference in verdicts.drifting]
            explained = [DifferenceLine(difference) for difference in verdicts.explained]
            closing = _count_drift(verdicts)
        else:
            differences = list(find_verdict_differences(**days, pledge=pledge))
            lines = [_draft(difference, as_of) for difference in differences]
            drafts = [line.draft for line in lines if line.draft]
            closing = f"{len(lines)} differ, {len(drafts)} drafted."
        if options["json"]:
            body = {name: day.isoformat() for name, day in days.items()}
            body["rules_version"] = RULES_VERSION
            body["differences"] = [line.as_json() for line in lines]
            if drift:
                body["explained"] = [line.as_json() for line in explained]
            return json.dumps(body, indent=2)
        for line in lines:
            for text in _write_side_by_side(line):
                self.stdout.write(text)
        return closing


def _draft(difference, as_of):
    if difference.is_explained:
        return DifferenceLine(difference)
    return DifferenceLine(difference, draft_assessment(difference, as_of=as_of))


def _count_drift(verdicts):
    sentence = f"{len(verdicts.drifting)} published verdicts drift."
    if verdicts.explained:
        count = len(verdicts.explained)
        sentence += f" Signed otherwise than the rule, with a reason: {count}."
    return sentence


def _write_side_by_side(line):
    difference = line.difference
    verdict = difference.verdict
    primary = difference.evaluated.primary
    target = difference.evaluated.rows[0]
    yield difference.undertaking.slug
    if verdict:
        basis = "By judgement."
        if verdict.rule_found:
            finding = Finding.from_json(verdict.rule_found)
            basis = write_rationale(target, replace(primary, finding=finding))
        yield f"  verdict  {verdict.status} as of {verdict.as_of} ({verdict.slug}). {basis}"
    else:
        yield "  verdict  none"
    yield f"  finding  {write_rationale(target, primary)}"
    if line.draft:
        yield f"  draft    {line.draft.slug}"
