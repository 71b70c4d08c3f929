"""Everything the page of one pledge shows, read in a number of statements that does not grow."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch

from commitments.charting.figures import DefinitionFinding, draw_pledge_figures
from commitments.judging.figures import load_pledge_figures
from commitments.ledger import history
from commitments.models import (
    OURS,
    Assessment,
    Evidence,
    OutsideVerdict,
    PledgeLink,
    Response,
    Undertaking,
    show_verdicts,
)
from commitments.pages.lineages import lineage
from commitments.verdicts.statuses import CLOSED, OPEN
from commitments.verdicts.version import RULES_VERSION


@dataclass
class Part:
    """One party's part in a pledge: the verdict a reader sees, the figure beside it, and our
    earlier ones.
    """

    undertaking: Undertaking
    assessment: Assessment | None
    outside: OutsideVerdict | None
    overdue: bool
    # Each definition with what the rule finds by it, the primary one first; [] without any.
    definitions: list[DefinitionFinding] = field(default_factory=list)
    earlier: list[Assessment] = field(default_factory=list)
    withdrawn: list[history.Withdrawal] = field(default_factory=list)

    @property
    def finding(self):
        """What the rule finds by its primary definition; None without one."""
        if not self.definitions:
            return None
        return self.definitions[0].compared.finding

    @property
    def otherwise(self) -> list[DefinitionFinding]:
        """The other definitions by which it would be closed with another status than the verdict
        that is shown.

        Where the primary one finds that status too, no definition makes the difference: the verdict
        is not the rule's.
        """
        shown = self.undertaking.status
        if self.undertaking.is_exempt or shown not in CLOSED | OPEN:
            return []
        closing = CLOSED - {shown}
        flipping = [definition for definition in self.definitions if definition.compared.flips]
        return [item for item in flipping if item.compared.finding.status in closing]

    @property
    def is_borderline(self) -> bool:
        """Whether we say what the rule finds, and the rounding of its figures leaves room for
        another status.
        """
        finding = self.finding
        if self.assessment is None or finding is None:
            return False
        return finding.borderline and finding.status == self.assessment.status

    @property
    def judged_on(self) -> date | None:
        """The day the verdict is as of; None without a verdict."""
        if self.assessment:
            return self.assessment.as_of
        if self.outside:
            return self.outside.report.published_on
        return None

    @property
    def judged_days(self):
        """The day the verdict is as of, as a stretch of that one day; None without a verdict."""
        day = self.judged_on
        return day and (day, day)

    @property
    def criteria_came_later(self) -> bool:
        """Whether the criteria it was judged by were written only after the day it judges."""
        criteria = self.assessment and self.assessment.criteria
        if criteria is None:
            return False
        return criteria.fixed_on > self.assessment.as_of


def with_flags(pledges):
    """Annotate which rare parts a pledge has, so that the page skips the queries for those it
    lacks.
    """
    own = OuterRef("pk")
    outside = OutsideVerdict.objects.published().filter(undertaking__pledge=own)
    responses = Response.objects.published().filter(undertaking__pledge=own)
    links = PledgeLink.objects.published()
    earlier = links.filter(from_pledge=own)
    later = links.filter(to_pledge=own)
    return pledges.annotate(
        has_outside=Exists(outside),
        has_responses=Exists(responses),
        has_links=Exists(earlier) | Exists(later),
    )


def build_dossier(pledge, *, on: date, as_of: date | None = None) -> dict:
    """Return what the page of `pledge`, read `with_flags`, says on the day `on`.

    With `as_of`: judged from what was true and published by that day, of what the site holds now.
    The ledger's entries are left out then; they tell of another clock.
    """
    undertakings = load_undertakings(pledge, as_of)
    assessments = load_assessments(pledge, as_of)
    evidence = load_evidence(pledge, undertakings, as_of)
    outside = load_outside_verdicts(pledge, as_of)
    responses = load_responses(pledge, as_of)
    attach_undertakings([*assessments, *outside, *responses], undertakings)
    entries = [] if as_of else history.read_pledge_history(pledge)
    every_criteria = list(pledge.criteria.all())
    criteria = [row for row in every_criteria if as_of is None or row.fixed_on <= as_of]
    withdrawn = history.find_withdrawals(entries)
    if as_of:
        show_verdicts(undertakings, assessments, outside)
    parts = [build_part(row, assessments, outside, withdrawn, on=on) for row in undertakings]
    figures = load_pledge_figures(pledge, undertakings, on=on, known_on=as_of)
    drawing = draw_pledge_figures(figures)
    attach_definitions(parts, drawing["ruled"])
    return {
        "as_of": as_of,
        "parts": parts,
        "undertakings": undertakings,
        "several_parties": len(undertakings) > 1,
        "any_assessment": any(part.assessment for part in parts),
        "earlier_verdicts": any(part.earlier or part.withdrawn for part in parts),
        "criteria": criteria,
        "criteria_came_later": len(criteria) < len(every_criteria),
        "source_came_later": is_published_after(pledge.source, as_of),
        "criteria_late": find_day_before_criteria(criteria, parts, pledge),
        "evidence": evidence,
        "outside": outside,
        "responses": responses,
        "changes": join_changes(entries, [pledge, *assessments, *evidence, *responses]),
        "lineage": lineage(pledge, as_of=as_of) if pledge.has_links else None,
        "rules_version": RULES_VERSION,
        **drawing,
    }


def load_undertakings(pledge, as_of) -> list[Undertaking]:
    """Return who owes `pledge`, by name, the exempt last."""
    # Without the verdicts of the day: they come from the assessments, which are read anyway.
    rows = pledge.undertakings.published().bound(on=as_of)
    undertakings = list(rows.select_related("party", "leader"))
    undertakings.sort(key=lambda row: (row.is_exempt, row.party.name))
    return undertakings


def attach_undertakings(rows, undertakings):
    """Give each row the undertaking that is loaded already: its own way to it would be one
    statement a row.
    """
    known = {row.pk: row for row in undertakings}
    for row in rows:
        row.undertaking = known[row.undertaking_id]


def attach_definitions(parts, ruled):
    """Give each part what the rule finds for it."""
    definitions = {findings.undertaking.pk: findings.definitions for findings in ruled}
    for part in parts:
        part.definitions = definitions.get(part.undertaking.pk, [])


def build_part(undertaking, assessments, outside, withdrawn, *, on) -> Part:
    own = [row for row in assessments if row.undertaking_id == undertaking.pk]
    current = undertaking.current_assessment_id
    theirs = [row for row in outside if row.undertaking_id == undertaking.pk and row.status]
    shown_by_others = undertaking.shown_by not in ("", OURS)
    return Part(
        undertaking=undertaking,
        assessment=next((row for row in own if row.pk == current), None),
        outside=theirs[0] if theirs and shown_by_others else None,
        overdue=undertaking.is_overdue(on=on),
        earlier=[row for row in own if row.pk != current],
        withdrawn=[row for row in withdrawn if row.undertaking == undertaking.slug],
    )


def is_published_after(source, as_of) -> bool:
    """Whether `source` was published only after the day `as_of`, if that is given."""
    if as_of is None or source.published_on is None:
        return False
    return source.published_on > as_of


def find_day_before_criteria(criteria, parts, pledge) -> date | None:
    """Return the day judged if the newest criteria were fixed only after it, else None."""
    days = [part.assessment.as_of for part in parts if part.assessment]
    day = min(days) if days else pledge.deadline
    if not criteria or day is None:
        return None
    newest = criteria[0]
    return day if newest.fixed_on > day else None


def load_assessments(pledge, as_of) -> list[Assessment]:
    """Return the published assessments of all parties, the one that counts before those it
    replaced.
    """
    rows = Assessment.objects.published().filter(undertaking__pledge=pledge)
    evidence = Evidence.objects.published().as_of(as_of).order_by("slug")
    rows = rows.newest_first().select_related("criteria")
    rows = rows.prefetch_related(Prefetch("evidence", evidence))
    return list(rows.as_of(as_of))


def load_evidence(pledge, undertakings, as_of) -> list[Evidence]:
    """Return the public evidence, newest first; which parties it bears on matters where there are
    several.
    """
    rows = pledge.evidence.published().newest_first()
    if len(undertakings) > 1:
        parties = Undertaking.objects.published().select_related("party")
        rows = rows.prefetch_related(Prefetch("undertakings", parties))
    return list(rows.as_of(as_of))


def load_outside_verdicts(pledge, as_of) -> list[OutsideVerdict]:
    if not pledge.has_outside:
        return []
    rows = OutsideVerdict.objects.published().filter(undertaking__pledge=pledge)
    rows = rows.newest_first().select_related("report__assessor", "report__source")
    return list(rows.as_of(as_of))


def load_responses(pledge, as_of) -> list[Response]:
    if not pledge.has_responses:
        return []
    rows = Response.objects.published().filter(undertaking__pledge=pledge)
    return list(rows.as_of(as_of))


def join_changes(entries, records):
    """Join the entries with the records this page has loaded already."""
    known = {(record._meta.model_name, record.slug): record for record in records}
    changes = []
    for entry in entries:
        record = known.get((entry.record_type, entry.record_slug))
        changes.append(history.Change(entry, record))
    return changes
