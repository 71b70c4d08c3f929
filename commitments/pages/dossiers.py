"""Everything the page of one pledge shows, read in a number of statements that does not grow."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch

from commitments.charting.figures import DefinitionFinding, load_pledge_figures
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
        return self.definitions[0].compared.finding if self.definitions else None

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
        flipping = [
            (one, one.compared.finding.status) for one in self.definitions if one.compared.flips
        ]
        return [one for one, status in flipping if status in CLOSED and status != shown]

    @property
    def is_borderline(self) -> bool:
        """Whether we say what the rule finds, and the rounding of its figures leaves room for
        another status.
        """
        if self.assessment is None or self.finding is None:
            return False
        return self.finding.borderline and self.finding.status == self.assessment.status

    @property
    def judged_days(self):
        """The day the verdict is as of, as a stretch of that one day; None without a verdict."""
        day = (
            self.assessment.as_of
            if self.assessment
            else self.outside.report.published_on
            if self.outside
            else None
        )
        return day and (day, day)

    @property
    def criteria_came_later(self) -> bool:
        """Whether the criteria it was judged by were written only after the day it judges."""
        criteria = self.assessment and self.assessment.criteria
        return criteria is not None and criteria.fixed_on > self.assessment.as_of


def with_flags(pledges):
    """Say of each pledge in the same statement whether it has what most have not, so that it need
    not be asked for.
    """
    own = OuterRef("pk")
    links = PledgeLink.objects.published()
    return pledges.annotate(
        has_outside=Exists(OutsideVerdict.objects.published().filter(undertaking__pledge=own)),
        has_responses=Exists(Response.objects.published().filter(undertaking__pledge=own)),
        has_links=Exists(links.filter(from_pledge=own)) | Exists(links.filter(to_pledge=own)),
    )


def dossier(pledge, *, on: date, as_of: date | None = None) -> dict:
    """Return what the page of `pledge`, read `with_flags`, says on the day `on`.

    With `as_of`: judged from what was true and published by that day, of what the site holds now.
    The ledger's entries are left out then; they tell of another clock.
    """
    # Without the verdicts of the day: they come from the assessments, which are read anyway.
    undertakings = list(
        pledge.undertakings.published().bound(on=as_of).select_related("party", "leader")
    )
    undertakings.sort(key=lambda row: (row.is_exempt, row.party.name))

    def known(rows):
        return list(rows.as_of(as_of))

    assessments, evidence = (
        known(assessments_of(pledge, as_of)),
        known(evidence_of(pledge, undertakings)),
    )
    outside = known(outside_verdicts_on(pledge)) if pledge.has_outside else []
    responses = known(responses_to(pledge)) if pledge.has_responses else []
    introduce([*assessments, *outside, *responses], undertakings)
    entries, every = (
        [] if as_of else history.read_pledge_history(pledge),
        list(pledge.criteria.all()),
    )
    criteria = [version for version in every if as_of is None or version.fixed_on <= as_of]
    withdrawn = history.find_withdrawals(entries)
    if as_of:
        show_verdicts(undertakings, assessments, outside)
    parts = [part(row, assessments, outside, withdrawn, on=on) for row in undertakings]
    figures = load_pledge_figures(pledge, undertakings, on=on, known_on=as_of)
    found = {one.undertaking.pk: one.definitions for one in figures["ruled"]}
    for one in parts:
        one.definitions = found.get(one.undertaking.pk, [])
    return {
        "as_of": as_of,
        "parts": parts,
        "undertakings": undertakings,
        "several_parties": len(undertakings) > 1,
        "any_assessment": any(one.assessment for one in parts),
        "earlier_verdicts": any(one.earlier or one.withdrawn for one in parts),
        "criteria": criteria,
        "criteria_came_later": len(criteria) < len(every),
        "source_came_later": bool(
            as_of and pledge.source.published_on and pledge.source.published_on > as_of
        ),
        "criteria_late": criteria_late(criteria, parts, pledge),
        "evidence": evidence,
        "outside": outside,
        "responses": responses,
        "changes": changes_of(entries, [pledge, *assessments, *evidence, *responses]),
        "lineage": lineage(pledge, as_of=as_of) if pledge.has_links else None,
        **figures,
    }


def introduce(rows, undertakings):
    """Give each row the undertaking read already: its own way to it would be one statement a
    row.
    """
    known = {row.pk: row for row in undertakings}
    for row in rows:
        row.undertaking = known[row.undertaking_id]


def part(undertaking, assessments, outside, withdrawn, *, on):
    own = [row for row in assessments if row.undertaking_id == undertaking.pk]
    current = undertaking.current_assessment_id
    others = [row for row in outside if row.undertaking_id == undertaking.pk and row.status]
    shown_by_others = undertaking.shown_by not in ("", OURS)
    return Part(
        undertaking=undertaking,
        assessment=next((row for row in own if row.pk == current), None),
        outside=others[0] if others and shown_by_others else None,
        overdue=undertaking.is_overdue(on=on),
        earlier=[row for row in own if row.pk != current],
        withdrawn=[row for row in withdrawn if row.undertaking == undertaking.slug],
    )


def criteria_late(criteria, parts, pledge):
    """Return the day judged if the newest criteria were fixed only after it, else None."""
    judged = [one.assessment.as_of for one in parts if one.assessment]
    day = min(judged) if judged else pledge.deadline
    return day if criteria and day and criteria[0].fixed_on > day else None


def assessments_of(pledge, as_of=None):
    """Return the published assessments of all parties, the one that counts before those it
    replaced.
    """
    rows = Assessment.objects.published().filter(undertaking__pledge=pledge).newest_first()
    cited = Prefetch("evidence", Evidence.objects.published().as_of(as_of).order_by("slug"))
    return rows.select_related("criteria").prefetch_related(cited)


def evidence_of(pledge, undertakings):
    """Return the public evidence, newest first; which parties it bears on matters where there are
    several.
    """
    rows = pledge.evidence.published().newest_first()
    bears_on = Prefetch("undertakings", Undertaking.objects.published().select_related("party"))
    return rows.prefetch_related(bears_on) if len(undertakings) > 1 else rows


def outside_verdicts_on(pledge):
    rows = OutsideVerdict.objects.published().filter(undertaking__pledge=pledge).newest_first()
    return rows.select_related("report__assessor", "report__source")


def responses_to(pledge):
    return Response.objects.published().filter(undertaking__pledge=pledge)


def changes_of(entries, records):
    """Join the entries with the records this page has loaded already."""
    known = {(record._meta.model_name, record.slug): record for record in records}
    return [
        history.Change(entry, known.get((entry.record_type, entry.record_slug)))
        for entry in entries
    ]
