"""Read everything the page of one pledge shows, in a number of statements that does not grow."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Prefetch

from commitments.charting.figures import DefinitionFinding, draw_pledge_figures
from commitments.due_days import build_due_days
from commitments.judging.figures import load_pledge_figures
from commitments.judging.press import rests_on_press_alone
from commitments.judging.settling import choose_settling_link, find_settling_links
from commitments.ledger import history
from commitments.ledger.amendments import add_differences
from commitments.models import (
    OURS,
    Assessment,
    Evidence,
    OutsideVerdict,
    PledgeLink,
    PledgeQuote,
    Response,
    SearchNote,
    Undertaking,
    find_last_looks,
    show_verdicts,
)
from commitments.pages.late_criteria import find_late_criteria
from commitments.pages.lineages import lineage
from commitments.pages.searches import (
    attach_search_notes,
    choose_public_notes,
    load_search_notes,
)
from commitments.verdicts.statuses import CLOSED, OPEN, OVERDUE
from commitments.verdicts.version import RULES_VERSION


class Settled(NamedTuple):
    """The same party's part in another pledge, whose verdict holds, and the link that says so."""

    undertaking: Undertaking
    link: PledgeLink


@dataclass
class Part:
    """One party's part in a pledge: the verdict readers see, what the rule finds, and earlier ones.

    `assessment` is ours, and `outside` the verdict of another assessor where ours is missing.
    `standing` is what readers see first. `settled` is set if it is judged under another pledge.
    """

    undertaking: Undertaking
    assessment: Assessment | None
    outside: OutsideVerdict | None
    standing: str
    # What the rule finds by each definition, the primary one first; [] without definitions.
    definitions: list[DefinitionFinding] = field(default_factory=list)
    earlier: list[Assessment] = field(default_factory=list)
    withdrawn: list[history.Withdrawal] = field(default_factory=list)
    settled: Settled | None = None
    # The newest search that found nothing, where no verdict is shown.
    searched: SearchNote | None = None

    @property
    def overdue(self) -> bool:
        return self.standing == OVERDUE

    @property
    def finding(self):
        """What the rule finds by its primary definition; None without one."""
        if not self.definitions:
            return None
        primary = self.definitions[0]
        return primary.compared.finding

    @property
    def otherwise(self) -> list[DefinitionFinding]:
        """The definitions that would close it with another status than readers see.

        Only those that find another status than the primary one: if the primary one finds it too,
        the verdict is not the rule's, and no definition makes the difference.
        """
        status = self.undertaking.status
        if self.undertaking.is_exempt or status not in CLOSED | OPEN:
            return []
        different_ends = CLOSED - {status}
        closing = []
        for definition in self.definitions:
            compared = definition.compared
            if compared.flips and compared.finding.status in different_ends:
                closing.append(definition)
        return closing

    @property
    def is_borderline(self) -> bool:
        """Whether our verdict is the rule's, and rounding of the figures may hide another one."""
        finding = self.finding
        if self.assessment is None or finding is None:
            return False
        is_ours = finding.status == self.assessment.status
        return finding.borderline and is_ours

    @property
    def rests_on_press_alone(self) -> bool:
        """Whether our verdict is closed on press reports alone."""
        if self.assessment is None:
            return False
        evidence = self.assessment.evidence.all()
        return rests_on_press_alone(self.assessment, evidence)

    @property
    def judged_on(self) -> date | None:
        """The day the verdict is as of; None without a verdict."""
        if self.assessment:
            return self.assessment.as_of
        if self.outside:
            return self.outside.report.published_on
        return None


def with_flags(pledges):
    """Annotate which rare parts a pledge has: the page skips the queries for those it lacks."""
    own = OuterRef("pk")
    outside = OutsideVerdict.objects.published().filter(undertaking__pledge=own)
    responses = Response.objects.published().filter(undertaking__pledge=own)
    quotes = PledgeQuote.objects.published().filter(pledge=own)
    searches = SearchNote.objects.published().filter(pledge=own)
    links = PledgeLink.objects.published()
    earlier = links.filter(from_pledge=own)
    later = links.filter(to_pledge=own)
    return pledges.annotate(
        has_outside=Exists(outside),
        has_quotes=Exists(quotes),
        has_responses=Exists(responses),
        has_searches=Exists(searches),
        has_links=Exists(earlier) | Exists(later),
    )


def build_dossier(pledge, *, on: date, as_of: date | None = None) -> dict:
    """Return what the page of `pledge` shows on the day `on`; `with_flags` has annotated `pledge`.

    With `as_of`, it is judged from what was true and published by that day, of what the site holds
    now. The ledger's entries are left out then: they are dated by when they were recorded.
    """
    undertakings = load_undertakings(pledge, as_of)
    assessments = load_assessments(pledge, as_of)
    evidence = load_evidence(pledge, undertakings, as_of)
    search_notes = load_search_notes(pledge, as_of)
    outside = load_outside_verdicts(pledge, as_of)
    responses = load_responses(pledge, as_of)
    attach_undertakings([*assessments, *outside, *responses], undertakings)
    all_criteria = list(pledge.criteria.all())
    criteria = all_criteria
    entries = []
    if as_of:
        criteria = [row for row in all_criteria if row.fixed_on <= as_of]
        looks = find_last_looks(assessments, undertakings, as_of=as_of)
        show_verdicts(undertakings, assessments, outside, checked_on=looks)
    else:
        entries = history.read_pledge_history(pledge)
    withdrawn = history.find_withdrawals(entries)
    parts = []
    for undertaking in undertakings:
        part = build_part(undertaking, assessments, outside, withdrawn, on=on)
        parts.append(part)
    attach_search_notes(parts, search_notes)
    figures = load_pledge_figures(pledge, undertakings, on=on, known_on=as_of)
    drawing = draw_pledge_figures(figures)
    attach_definitions(parts, drawing["ruled"])
    attach_settled(parts, pledge)
    records = [pledge, *assessments, *evidence, *search_notes, *responses]
    return {
        "as_of": as_of,
        "due_days": build_due_days(pledge, undertakings, figures.targets, criteria),
        "parts": parts,
        "undertakings": undertakings,
        "several_parties": len(undertakings) > 1,
        "any_assessment": any(part.assessment for part in parts),
        "earlier_verdicts": any(part.earlier or part.withdrawn for part in parts),
        "criteria": criteria,
        "criteria_came_later": len(criteria) < len(all_criteria),
        "source_came_later": is_published_after(pledge.source, as_of),
        "criteria_late": find_late_criteria(criteria, parts),
        "evidence": evidence,
        "search_notes": search_notes,
        "outside": outside,
        "responses": responses,
        "quotes": load_quotes(pledge, as_of) if pledge.has_quotes else [],
        "changes": add_differences(join_changes(entries, records)),
        "lineage": lineage(pledge, as_of=as_of) if pledge.has_links else None,
        "rules_version": RULES_VERSION,
        **drawing,
    }


def load_undertakings(pledge, as_of) -> list[Undertaking]:
    """Return the parties' parts in `pledge`, by name of the party, the exempt last."""
    # Without the verdicts of the day: they come from the assessments, which are read anyway.
    rows = pledge.undertakings.published()
    rows = rows.bound(on=as_of)
    rows = rows.select_related("party", "leader")
    return sorted(rows, key=sort_exempt_last)


def load_quotes(pledge, as_of) -> list[PledgeQuote]:
    """Return the words of `pledge` in other languages, each with its published source."""
    rows = pledge.quotes.published().as_of(as_of)
    return list(rows.select_related("source"))


def sort_exempt_last(undertaking):
    """Return what sorts undertakings by the name of the party, the exempt last."""
    return undertaking.is_exempt, undertaking.party.name


def attach_undertakings(rows, undertakings):
    """Set the undertaking of each row to the one that is loaded already.

    To load it from the row would take one statement a row.
    """
    undertakings_by_key = {row.pk: row for row in undertakings}
    for row in rows:
        row.undertaking = undertakings_by_key[row.undertaking_id]


def attach_definitions(parts, ruled):
    """Set the definitions of each part, with what the rule finds by them."""
    definitions = {}
    for findings in ruled:
        key = findings.undertaking.pk
        definitions[key] = findings.definitions
    for part in parts:
        key = part.undertaking.pk
        part.definitions = definitions.get(key, [])


def attach_settled(parts, pledge):
    """Set where the verdict is that holds for each part that is judged under another pledge.

    Two statements, none if there is no such part.
    """
    keys = {part.undertaking.judged_under_id for part in parts} - {None}
    if not keys:
        return
    rows = Undertaking.objects.published().filter(pk__in=keys)
    rows = rows.select_related("pledge", "current_assessment").in_bulk()
    links = list(find_settling_links([pledge.pk]))
    for part in parts:
        other = rows.get(part.undertaking.judged_under_id)
        link = other and choose_settling_link(links, pledge.pk, other.pledge_id)
        if link:
            part.settled = Settled(other, link)


def build_part(undertaking, assessments, outside, withdrawn, *, on) -> Part:
    """Return the part of one party, from rows that may be about other parties too."""
    part = Part(
        undertaking=undertaking,
        assessment=None,
        outside=choose_outside_verdict(undertaking, outside),
        standing=undertaking.find_standing(on=on),
    )
    for assessment in assessments:
        if assessment.undertaking_id != undertaking.pk:
            continue
        if assessment.pk == undertaking.current_assessment_id:
            part.assessment = assessment
            # Loaded already: to load it from the row would take one statement a row.
            undertaking.current_assessment = assessment
        else:
            part.earlier.append(assessment)
    for withdrawal in withdrawn:
        if withdrawal.undertaking == undertaking.slug:
            part.withdrawn.append(withdrawal)
    return part


def choose_outside_verdict(undertaking, verdicts) -> OutsideVerdict | None:
    """Return the outside verdict that readers see on `undertaking`; None if they see ours or none.

    `verdicts` come newest first.
    """
    if undertaking.shown_by in ("", OURS):
        return None
    for verdict in verdicts:
        if verdict.undertaking_id == undertaking.pk and verdict.status:
            return verdict
    return None


def is_published_after(source, as_of) -> bool:
    """Whether `source` was published only after the day `as_of`; without a day it was not."""
    if as_of is None or source.published_on is None:
        return False
    return source.published_on > as_of


def load_assessments(pledge, as_of) -> list[Assessment]:
    """Return the published assessments of all parties, the newest first."""
    rows = Assessment.objects.published()
    rows = rows.filter(undertaking__pledge=pledge)
    rows = rows.newest_first()
    rows = rows.select_related("criteria")
    evidence = Evidence.objects.published().as_of(as_of)
    rows = rows.prefetch_related(
        Prefetch("evidence", evidence.select_related("source").order_by("slug")),
        Prefetch("search_notes", choose_public_notes(pledge, as_of)),
    )
    return list(rows.as_of(as_of))


def load_evidence(pledge, undertakings, as_of) -> list[Evidence]:
    """Return the public evidence, newest first; with several parties also whom each concerns."""
    rows = pledge.evidence.published()
    rows = rows.newest_first()
    if len(undertakings) > 1:
        parts = Undertaking.objects.published().select_related("party")
        prefetch = Prefetch("undertakings", parts)
        rows = rows.prefetch_related(prefetch)
    return list(rows.as_of(as_of))


def load_outside_verdicts(pledge, as_of) -> list[OutsideVerdict]:
    if not pledge.has_outside:
        return []
    rows = OutsideVerdict.objects.published()
    rows = rows.filter(undertaking__pledge=pledge)
    rows = rows.newest_first()
    rows = rows.select_related("report__assessor", "report__source")
    return list(rows.as_of(as_of))


def load_responses(pledge, as_of) -> list[Response]:
    if not pledge.has_responses:
        return []
    rows = Response.objects.published()
    rows = rows.filter(undertaking__pledge=pledge)
    return list(rows.as_of(as_of))


def join_changes(entries, records):
    """Join the entries with the records this page has loaded already."""
    records_by_name = {}
    for record in records:
        name = (record._meta.model_name, record.slug)
        records_by_name[name] = record
    changes = []
    for entry in entries:
        name = (entry.record_type, entry.record_slug)
        record = records_by_name.get(name)
        changes.append(history.Change(entry, record))
    return changes
