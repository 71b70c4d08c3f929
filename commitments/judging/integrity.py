"""Rules over several rows, which the database cannot hold: each a named predicate.

`publishing` refuses what breaks one (or warns, where a curator may know better); `check_integrity`
lists them over all that is published. Every predicate yields sentences: what is wrong, and what to
do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from commitments.judging.differing import differs_from_the_rule_unsaid
from commitments.models import (
    Assessment,
    Evidence,
    Leader,
    Party,
    Pledge,
    PledgeLink,
    Release,
    Root,
    Source,
    Stance,
    State,
    Summit,
    Tenure,
    Tier,
    Topic,
)
from commitments.verdicts.dates import Precision
from commitments.verdicts.statuses import CLOSED, Status

EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True)
class BrokenRule:
    """A broken rule. One that `refuses` stops publication; another is shown to the reviewer."""

    rule: str
    record: Root
    sentence: str
    refuses: bool

    def __str__(self):
        return f"{self.record._meta.model_name} {self.record.slug}: {self.sentence} ({self.rule})"


def find_broken_rules(record, *, today: date) -> list[BrokenRule]:
    """Return every rule that `record`, as stored, breaks on `today`."""
    found = []
    for model, predicate, refuses in RULES:
        if isinstance(record, model):
            name = predicate.__name__
            found += [
                BrokenRule(name, record, sentence, refuses) for sentence in predicate(record, today)
            ]
    return found


def _overlap(one, other):
    """Whether two spans (first and last day, or None) share more than the day of handing over."""
    earlier, later = sorted([one, other], key=lambda span: span[0] or EARLIEST)
    return earlier[1] is None or (later[0] or EARLIEST) < earlier[1]


def tenures_overlap(leader: Leader, today) -> Iterator[str]:
    for tenure in leader.tenures.all():
        same = Tenure.objects.filter(party=tenure.party, office=tenure.office).select_related(
            "leader"
        )
        # Of two terms of the leader's own, only the later row names the pair.
        for other in same.exclude(pk=tenure.pk).exclude(leader=leader, pk__gt=tenure.pk):
            if _overlap((tenure.starts_on, tenure.ends_on), (other.starts_on, other.ends_on)):
                yield (
                    f"{leader} and {other.leader} hold “{tenure.office}” at the same time. End one"
                    " term first."
                )


def memberships_overlap(bloc: Party, today) -> Iterator[str]:
    by_member = {}
    for membership in bloc.memberships.select_related("member"):
        by_member.setdefault(membership.member, []).append(
            (membership.starts_on, membership.ends_on)
        )
    for member, spans in by_member.items():
        if any(_overlap(one, other) for one, other in combinations(spans, 2)):
            yield (
                f"{member} is a member of {bloc} twice at the same time. End one membership first."
            )


def topic_under_itself(topic: Topic, today) -> Iterator[str]:
    seen, above = {topic.pk}, topic.parent
    while above is not None:
        if above.pk in seen:
            yield f"The topic lies under itself, by way of “{above}”. Choose another parent."
            return
        seen.add(above.pk)
        above = above.parent


def participants_not_in_office(summit: Summit, today) -> Iterator[str]:
    for row in summit.participations.select_related("tenure__leader", "leader"):
        tenure = row.tenure
        if tenure is None:
            continue
        if tenure.leader_id != row.leader_id:
            yield (
                f"The office given for {row.leader} is {tenure.leader}'s. Choose one of"
                f" {row.leader}'s own."
            )
        elif (tenure.starts_on and tenure.starts_on > summit.ends_on) or (
            tenure.ends_on and tenure.ends_on < summit.starts_on
        ):
            yield (
                f"{row.leader} was not in office ({tenure.office}) on {summit.starts_on}. Check"
                " both dates."
            )


def source_in_the_future(source: Source, today) -> Iterator[str]:
    if source.published_on and source.published_on_precision == Precision.DAY:
        if source.published_on > today:
            yield f"Published on {source.published_on}, which is still to come."
        elif source.published_on < EARLIEST:
            yield f"Published on {source.published_on}, before {EARLIEST.year}. Check the year."


def source_cannot_be_found(source: Source, today) -> Iterator[str]:
    if not source.url and not source.note:
        yield "It has neither an address nor a note on where it can be read."


def observations_have_gaps(release: Release, today) -> Iterator[str]:
    series = {}
    for row in release.observations.select_related("party").order_by("period_start"):
        series.setdefault((row.party.name, row.kind), []).append(row)
    for (party, kind), rows in series.items():
        for earlier, later in pairwise(rows):
            if (later.period_start - earlier.period_end).days > 1:
                yield (
                    f"{party} ({kind}) has no value between {earlier.period_end} and"
                    f" {later.period_start}."
                )


def pledge_without_undertaking(pledge: Pledge, today) -> Iterator[str]:
    if not pledge.undertakings.exists():
        yield "Nobody owes it. Add an undertaking for each party it binds."


def undertaking_slug_differs(pledge: Pledge, today) -> Iterator[str]:
    for row in pledge.undertakings.select_related("party"):
        if row.slug != f"{pledge.slug}--{row.party.slug}":
            yield f"The undertaking of {row.party} is called {row.slug}. Save the pledge again."


def links_go_in_a_circle(pledge: Pledge, today) -> Iterator[str]:
    """Follow links level by level: a circle of 50 costs 50 statements at most, never more."""
    seen, frontier = set(), {pledge.pk}
    while frontier:
        frontier = (
            set(
                PledgeLink.objects.filter(from_pledge__in=frontier).values_list(
                    "to_pledge", flat=True
                )
            )
            - seen
        )
        if pledge.pk in frontier:
            yield "Its links lead back to itself. A pledge can only bear on earlier ones."
            return
        seen |= frontier


def made_outside_its_summit(pledge: Pledge, today) -> Iterator[str]:
    summit = pledge.summit
    if summit and not summit.starts_on <= pledge.made_on <= summit.ends_on:
        yield (
            f"Made on {pledge.made_on}, but the summit was from {summit.starts_on} to"
            f" {summit.ends_on}."
        )


def pledge_without_criteria(pledge: Pledge, today) -> Iterator[str]:
    if not pledge.criteria.exists():
        yield "It has no criteria: nobody can tell in advance what would count as met."


def silent_about_what_is_missing(pledge: Pledge, today) -> Iterator[str]:
    for row in pledge.undertakings.select_related("party"):
        if row.missing or row.exempt_reason:
            continue
        if not row.assessments.exclude(state=State.WITHDRAWN).exists():
            yield f"{row.party} has no assessment, and nothing says what is missing for one."


def evidence_outside_time(evidence: Evidence, today) -> Iterator[str]:
    day = evidence.happened_on
    if day and day > today and evidence.happened_on_precision == Precision.DAY:
        yield f"It happened on {day}, which is still to come."
    elif day and day < EARLIEST:
        yield f"It happened on {day}, before {EARLIEST.year}. Check the year."


def evidence_bears_on_another_pledge(evidence: Evidence, today) -> Iterator[str]:
    for row in evidence.undertakings.exclude(pledge=evidence.pledge):
        yield f"It names an undertaking of another pledge: {row.slug}."


def evidence_older_than_pledge(evidence: Evidence, today) -> Iterator[str]:
    day = evidence.happened_on
    if day and evidence.stance != Stance.CONTEXT and day < evidence.pledge.made_on:
        yield (
            f"It happened on {day}, before the pledge ({evidence.pledge.made_on}). Should its"
            " stance be “context”?"
        )


def reported_before_it_happened(evidence: Evidence, today) -> Iterator[str]:
    day, printed = evidence.happened_on, evidence.source.published_on
    exact = evidence.happened_on_precision == Precision.DAY
    if day and printed and exact and day > printed:
        yield f"It happened on {day}, after its source was published ({printed})."


def assessment_outside_time(assessment: Assessment, today) -> Iterator[str]:
    made = assessment.undertaking.pledge.made_on
    if assessment.as_of > today:
        yield f"Judged as of {assessment.as_of}, which is still to come."
    if assessment.as_of < made:
        yield f"Judged as of {assessment.as_of}, before the pledge was made ({made})."


def closed_against_before_deadline(assessment: Assessment, today) -> Iterator[str]:
    """Before its last day a pledge can be off track; that it was not kept is known only
    afterwards.
    """
    deadline = assessment.undertaking.last_day
    if (
        assessment.status in {Status.NOT_MET, Status.PARTLY_MET}
        and deadline
        and assessment.as_of <= deadline
    ):
        yield (
            f"“{assessment.get_status_display()}” as of {assessment.as_of}, but the deadline is"
            f" {deadline}."
        )


def exempt_is_assessed(assessment: Assessment, today) -> Iterator[str]:
    if assessment.undertaking.is_exempt:
        yield f"{assessment.undertaking.party} is exempt, so it is not assessed."


def criteria_of_another_pledge(assessment: Assessment, today) -> Iterator[str]:
    if assessment.criteria and assessment.criteria.pledge_id != assessment.undertaking.pledge_id:
        yield "The criteria are another pledge's."


def evidence_of_another_pledge(assessment: Assessment, today) -> Iterator[str]:
    pledges, bears_on = {}, {}
    for slug, pledge, undertaking in assessment.evidence.values_list(
        "slug", "pledge", "undertakings"
    ):
        pledges[slug] = pledge
        bears_on.setdefault(slug, set()).add(undertaking)
    for slug, pledge in pledges.items():
        if pledge != assessment.undertaking.pledge_id:
            yield f"It rests on evidence for another pledge: {slug}."
        # Evidence that names no party bears on all of them.
        elif not bears_on[slug] & {None, assessment.undertaking_id}:
            yield f"It rests on evidence that bears on other parties only: {slug}."


def _deciding(assessment):
    """Return the cited evidence that could close the verdict: not mere context, published by its
    day.
    """
    decisive = assessment.evidence.exclude(stance=Stance.CONTEXT).select_related("source")
    return list(decisive.as_of(assessment.as_of))


def closed_without_proof(assessment: Assessment, today) -> Iterator[str]:
    closed = assessment.status in CLOSED
    if closed and not assessment.rule_agrees and not _deciding(assessment):
        yield (
            f"“{assessment.get_status_display()}” needs evidence that supports or contradicts, "
            f"published by {assessment.as_of}, or a rule's finding."
        )


def own_claim_trusted(assessment: Assessment, today) -> Iterator[str]:
    if assessment.status not in CLOSED or assessment.rule_agrees or assessment.confidence == "low":
        return
    deciding = _deciding(assessment)
    party = assessment.undertaking.party_id
    own = [
        row
        for row in deciding
        if row.source.tier == Tier.PARTY_CLAIM and row.source.issued_by_id == party
    ]
    if deciding and len(own) == len(deciding):
        yield "The only proof is the judged party's own claim, so the confidence must be low."


def criteria_fixed_afterwards(assessment: Assessment, today) -> Iterator[str]:
    criteria = assessment.criteria
    if criteria and criteria.fixed_on > assessment.as_of:
        yield f"The criteria were fixed on {criteria.fixed_on}, after the day it is judged as of."


REFUSE, WARN = True, False
RULES: tuple[tuple[type[Root], Callable, bool], ...] = (
    (Leader, tenures_overlap, REFUSE),
    (Party, memberships_overlap, REFUSE),
    (Topic, topic_under_itself, REFUSE),
    (Summit, participants_not_in_office, REFUSE),
    (Source, source_in_the_future, REFUSE),
    (Source, source_cannot_be_found, WARN),
    (Release, observations_have_gaps, WARN),
    (Pledge, pledge_without_undertaking, REFUSE),
    (Pledge, undertaking_slug_differs, REFUSE),
    (Pledge, links_go_in_a_circle, REFUSE),
    (Pledge, made_outside_its_summit, WARN),
    (Pledge, pledge_without_criteria, WARN),
    (Pledge, silent_about_what_is_missing, WARN),
    (Evidence, evidence_outside_time, REFUSE),
    (Evidence, evidence_bears_on_another_pledge, REFUSE),
    (Evidence, evidence_older_than_pledge, WARN),
    (Evidence, reported_before_it_happened, WARN),
    (Assessment, assessment_outside_time, REFUSE),
    (Assessment, closed_against_before_deadline, REFUSE),
    (Assessment, exempt_is_assessed, REFUSE),
    (Assessment, criteria_of_another_pledge, REFUSE),
    (Assessment, evidence_of_another_pledge, REFUSE),
    (Assessment, closed_without_proof, REFUSE),
    (Assessment, own_claim_trusted, REFUSE),
    (Assessment, differs_from_the_rule_unsaid, REFUSE),
    (Assessment, criteria_fixed_afterwards, WARN),
)
