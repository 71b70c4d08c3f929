import json
from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commitments.judging.answers import EvaluationQuestion, as_json, list_lacks
from commitments.judging.evaluating import NotOwed, evaluate_pledge
from commitments.judging.scopes import NotHeld, Scope
from commitments.management.options import parse_day_option, parse_period_option
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
            "--period",
            type=parse_period_option,
            help="judge as if it were due then: 2019, FY2019, 2019-Q3 or a day",
        )
        parser.add_argument(
            "--release",
            default="",
            metavar="SLUG",
            help="only the figures of this release; of an event, its evidence",
        )
        parser.add_argument(
            "--json", action="store_true", help="print the documented form instead of words"
        )

    def handle(self, pledge, party, **options):
        question = _read_question(options)
        record = Pledge.objects.published().filter(slug=pledge).first()
        if record is None:
            raise CommandError(
                f"No pledge {pledge} is published. Give the last part of its address."
            )
        try:
            parts = evaluate_pledge(record, party=party, **question._asdict())
        except (NotOwed, NotHeld) as error:
            raise CommandError(error) from None
        if options["json"]:
            body = as_json(record, parts, question)
            return json.dumps(body, indent=2, ensure_ascii=False)
        if not parts:
            return (
                f"{pledge} has neither a target in numbers with a published indicator nor a"
                " milestone, so no rule can judge it."
            )
        lines = [_write_head(pledge, question)]
        for part in parts:
            lines += _describe_part(part)
        for lack in list_lacks(parts):
            lines.append(_write_lack(lack, question.scope))
        lines.append(_count_by_status(parts))
        return "\n".join(lines)


def _read_question(options):
    as_of = options["as_of"] or timezone.now().date()
    known_on = options["known_on"] or as_of
    period = options["period"] or ""
    scope = Scope(period, options["release"])
    return EvaluationQuestion(as_of, known_on, scope)


def _write_head(pledge, question):
    """Return “two-per-cent, as of 2026-11-22, by figures known on 2026-11-22, for 2019:”."""
    words = [pledge, f"as of {question.as_of}", f"by figures known on {question.known_on}"]
    scope = question.scope
    if scope.release:
        words.append(f"of {scope.release} alone")
    if scope.period:
        words.append(f"for {scope.period}")
    head = ", ".join(words)
    return f"{head}:"


def _write_lack(lack, scope):
    """Return “  iceland has no figure for 2019 (Share); held are 2020 to 2025.”."""
    missing = "no figure"
    if scope.period:
        missing += f" for {scope.period}"
    if scope.release:
        missing += f" in {scope.release}"
    held = "none is held"
    if lack["held_from"]:
        held = f"held are {lack['held_from']} to {lack['held_to']}"
    return f"  {lack['party']} has {missing} ({lack['label']}); {held}."


def _describe_part(part):
    yield f"  {part.undertaking.party.slug}"
    for compared in part.compared:
        flip = ""
        if compared.flips_on_figures:
            flip = "; the verdict flips"
        yield f"    {compared.label}: {_describe_finding(compared.finding)}{flip}"


def _describe_finding(finding):
    words = [f"{finding.status} ({finding.reason})"]
    if finding.actual is not None and finding.required is not None:
        words.append(f"{finding.actual:f} against {finding.required:f}, gap {finding.gap:+f}")
    if finding.decided_by:
        row = finding.decided_by
        words.append(
            f"{row.kind} for {row.period.start} to {row.period.end}, released {row.released_on}"
            f" ({row.release})"
        )
    if finding.met_late_in:
        period = finding.met_late_in
        words.append(f"reached later, in {period.start} to {period.end}")
    if finding.path is not None:
        words.append(f"the straight line asked for {finding.path:f}")
    for gap in finding.missing:
        words.append(f"no figure for {gap.start} to {gap.end}")
    if finding.provisional:
        words.append("provisional")
    if finding.borderline:
        words.append("borderline")
    return "; ".join(words)


def _count_by_status(parts):
    """Return “3 parties: 2 met, 1 not_met.”."""
    statuses = Counter(part.primary.finding.status for part in parts)
    words = []
    for status, number in sorted(statuses.items()):
        words.append(f"{number} {status}")
    noun = "party" if len(parts) == 1 else "parties"
    counts = ", ".join(words)
    return f"{len(parts)} {noun}: {counts}."
