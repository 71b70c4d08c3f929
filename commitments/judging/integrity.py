"""Rules over several rows, which the database cannot hold: each a named predicate.

`publishing` refuses a record that breaks one, or warns where a curator may know better;
`check_integrity` lists what breaks them in all that is published. Every predicate yields sentences:
what is wrong, and what to do. Those of requirements that came later stand in `gaps`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import combinations, pairwise
from typing import NamedTuple

from commitments.dates import write_out_date
from commitments.judging.code_words import code_words_in_a_verdict, code_words_in_evidence
from commitments.judging.differing import differs_from_the_rule_unsaid
from commitments.judging.doubles import pledge_entered_twice, source_entered_twice
from commitments.judging.gaps import (
    actual_figure_of_an_unfinished_time,
    answer_missing,
    baseline_period_of_no_figure,
    baseline_without_source,
    day_contradicts_precision,
    due_before_it_was_made,
    held_before_its_day,
    rationale_missing,
    target_without_due_day,
)
from commitments.judging.late_criteria import criteria_of_a_new_pledge_fixed_afterwards
from commitments.judging.lateness import done_in_time, find_last_day, met_after_its_day
from commitments.judging.press import closed_on_press_alone, joint_text_from_the_press
from commitments.judging.proof import (
    closed_without_proof,
    evidence_of_another_pledge,
    nothing_to_show,
    own_claim_trusted,
    search_note_of_another_pledge,
    searched_after_the_day_judged,
)
from commitments.judging.searches import (
    search_for_another_pledge,
    search_in_the_future,
    searched_before_the_pledge,
)
from commitments.models import (
    Assessment,
    Evidence,
    Leader,
    Party,
    Pledge,
    PledgeLink,
    Release,
    Root,
    SearchNote,
    Source,
    Stance,
    State,
    Summit,
    SummitStanding,
    Tenure,
    Topic,
    Undertaking,
    UnjudgedReason,
    Verifiability,
)
from commitments.models.imprecise import read_imprecise_date
from commitments.verdicts.dates import Precision
from commitments.verdicts.statuses import Status

EARLIEST = date(1900, 1, 1)
ONE_DAY = timedelta(days=1)
# Statuses that say a pledge was not, or not wholly, kept.
AGAINST = frozenset({Status.NOT_MET, Status.PARTLY_MET})


class Strength(Enum):
    """What a broken rule stops.

    `REFUSE` stops every act, `WARN` none. `GAP` is a requirement that came later than some records:
    it stops submitting and publishing, and never the amendment of what is published already.
    """

    REFUSE = "refuse"
    GAP = "gap"
    WARN = "warn"


class Rule(NamedTuple):
    """A predicate over the records of one model, and what breaking it stops."""

    model: type[Root]
    predicate: Callable[[Root, date], Iterator[str]]
    strength: Strength


@dataclass(frozen=True)
class BrokenRule:
    """A broken rule of one record."""

    rule: str
    record: Root
    sentence: str
    strength: Strength

    @property
    def is_gap(self):
        """Whether its record was public before this was required."""
        return self.strength is Strength.GAP and self.record.is_published

    @property
    def refuses_publication(self):
        """Whether a draft with it can be neither submitted nor published."""
        return self.strength is not Strength.WARN

    @property
    def refuses_amendment(self):
        """Whether an amendment cannot leave a published record with it."""
        return self.strength is Strength.REFUSE

    def __str__(self):
        record_type = self.record._meta.model_name
        return f"{record_type} {self.record.slug}: {self.sentence} ({self.rule})"


def find_broken_rules(record, *, today: date) -> list[BrokenRule]:
    """Return every rule that `record`, as stored, breaks on `today`."""
    broken = []
    for rule in RULES:
        if not isinstance(record, rule.model):
            continue
        name = rule.predicate.__name__
        for sentence in rule.predicate(record, today):
            broken.append(BrokenRule(name, record, sentence, rule.strength))
    return broken


def _overlap(term, other):
    """Whether two terms, rows with a first and a last day or None, share more than one day.

    The last day of one may be the first of the next: the day of handing over.
    """
    first, second = sorted([term, other], key=_read_start)
    if first.ends_on is None:
        return True
    return _read_start(second) < first.ends_on


def _read_start(term):
    return term.starts_on or EARLIEST


def tenures_overlap(leader: Leader, today) -> Iterator[str]:
    for tenure in leader.tenures.all():
        same = Tenure.objects.filter(party=tenure.party, office=tenure.office)
        # Of two terms of the leader's own, only the later row names the pair.
        same = same.exclude(pk=tenure.pk).exclude(leader=leader, pk__gt=tenure.pk)
        for other in same.select_related("leader"):
            if _overlap(tenure, other):
                yield (
                    f"{leader} and {other.leader} hold “{tenure.office}” at the same time. End one"
                    " term first."
                )


def memberships_overlap(bloc: Party, today) -> Iterator[str]:
    by_member = defaultdict(list)
    for membership in bloc.memberships.select_related("member"):
        by_member[membership.member].append(membership)
    for member, memberships in by_member.items():
        pairs = combinations(memberships, 2)
        if any(_overlap(*pair) for pair in pairs):
            yield (
                f"{member} is a member of {bloc} twice at the same time. End one membership first."
            )


def topic_under_itself(topic: Topic, today) -> Iterator[str]:
    seen = {topic.pk}
    above = topic.parent
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
            continue
        begins_later = tenure.starts_on and tenure.starts_on > summit.ends_on
        ends_earlier = tenure.ends_on and tenure.ends_on < summit.starts_on
        if begins_later or ends_earlier:
            yield (
                f"{row.leader} was not in office ({tenure.office}) on {summit.starts_on}. Check"
                " both dates."
            )


def attended_and_not_held(summit: Summit, today) -> Iterator[str]:
    if summit.standing != SummitStanding.HELD and summit.participations.exists():
        standing = summit.get_standing_display().lower()
        yield (
            f"The summit is {standing} and lists who takes part. Readers see them as expected, not"
            " as having been there."
        )


def planned_and_over(summit: Summit, today) -> Iterator[str]:
    if summit.standing == SummitStanding.PLANNED and summit.ends_on < today:
        yield f"It is planned, and its last day ({summit.ends_on}) has passed. Was it held?"


def source_in_the_future(source: Source, today) -> Iterator[str]:
    day = source.published_on
    if day is None:
        return
    printed = read_imprecise_date(source, "published_on")
    is_exact = printed.precision == Precision.DAY
    if printed.first_day > today:
        yield f"Published on {write_out_date(printed)}, which is still to come."
    elif is_exact and day < EARLIEST:
        yield f"Published on {day}, before {EARLIEST.year}. Check the year."


def source_cannot_be_found(source: Source, today) -> Iterator[str]:
    if not (source.address or source.archived_at or source.note):
        yield "It has neither an address nor a note on where it can be read."


def tracked_and_not_tracked(source: Source, today) -> Iterator[str]:
    statements = source.statements.exclude(not_tracked_reason="").filter(pledges__isnull=False)
    for statement in statements.distinct():
        yield (
            f"The statement “{statement}” is tracked by a pledge and says why it is not. Take out"
            " the pledge or the reason."
        )


def observations_have_gaps(release: Release, today) -> Iterator[str]:
    """A gap is no fault where the note names the first and the last year that is not held."""
    note = release.note
    series = defaultdict(list)
    rows = release.observations.select_related("party")
    for row in rows.order_by("period_start"):
        key = (row.party.name, row.kind)
        series[key].append(row)
    for (party, kind), observations in series.items():
        for earlier, later in pairwise(observations):
            first_day = earlier.period_end + ONE_DAY
            last_day = later.period_start - ONE_DAY
            is_gap = first_day <= last_day
            is_named = str(first_day.year) in note and str(last_day.year) in note
            if is_gap and not is_named:
                yield (
                    f"{party} ({kind}) has no value between {earlier.period_end} and"
                    f" {later.period_start}. Enter what is missing, or name in the note the first"
                    " and the last year that is not held."
                )


def pledge_without_undertaking(pledge: Pledge, today) -> Iterator[str]:
    if not pledge.undertakings.exists():
        yield "Nobody owes it. Add an undertaking for each party it binds."


def undertaking_slug_differs(pledge: Pledge, today) -> Iterator[str]:
    for row in pledge.undertakings.select_related("party"):
        slug = f"{pledge.slug}--{row.party.slug}"
        if row.slug != slug:
            yield f"The undertaking of {row.party} is called {row.slug}. Save the pledge again."


def links_go_in_a_circle(pledge: Pledge, today) -> Iterator[str]:
    """Follow links level by level: a circle of 50 costs 50 statements at most, never more."""
    seen = set()
    frontier = {pledge.pk}
    while frontier:
        links = PledgeLink.objects.filter(from_pledge__in=frontier)
        targets = links.values_list("to_pledge", flat=True)
        frontier = set(targets) - seen
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
    """A pledge that cannot be checked says why instead."""
    if pledge.verifiability == Verifiability.NOT_CHECKABLE:
        return
    if not pledge.criteria.exists():
        yield "It has no criteria: nobody can tell in advance what would count as met."


def silent_about_what_is_missing(pledge: Pledge, today) -> Iterator[str]:
    for row in pledge.undertakings.select_related("party"):
        if row.missing or row.exempt_reason:
            continue
        assessments = row.assessments.exclude(state=State.WITHDRAWN)
        if not assessments.exists():
            yield f"{row.party} has no assessment, and nothing says what is missing for one."


def due_and_not_looked_at(pledge: Pledge, today) -> Iterator[str]:
    overdue = Undertaking.objects.overdue(on=today)
    not_looked_at = overdue.filter(
        pledge=pledge,
        unjudged_reason=UnjudgedReason.NOT_LOOKED_AT,
    )
    for row in not_looked_at.select_related("party"):
        yield (
            f"{row.party} was due on {row.due_on}, and nobody has looked. Judge it, or enter a"
            " search note on what was not found."
        )


def evidence_outside_time(evidence: Evidence, today) -> Iterator[str]:
    day = evidence.happened_on
    if day is None:
        return
    if evidence.happened.first_day > today:
        yield f"It happened on {write_out_date(evidence.happened)}, which is still to come."
    elif day < EARLIEST:
        yield f"It happened on {day}, before {EARLIEST.year}. Check the year."


def event_that_counts_nothing(evidence: Evidence, today) -> Iterator[str]:
    if not evidence.is_milestone:
        return
    if evidence.happened_on is None:
        yield "It is marked as the promised event and has no day, so the rule does not count it."
    if evidence.stance == Stance.CONTEXT:
        yield "It is marked as the promised event and is context, so the rule does not count it."


def evidence_bears_on_another_pledge(evidence: Evidence, today) -> Iterator[str]:
    foreign = evidence.undertakings.exclude(pledge=evidence.pledge)
    for row in foreign:
        yield f"It names an undertaking of another pledge: {row.slug}."


def evidence_older_than_pledge(evidence: Evidence, today) -> Iterator[str]:
    day = evidence.happened_on
    if day is None or evidence.stance == Stance.CONTEXT:
        return
    made_on = evidence.pledge.made_on
    if day < made_on:
        yield (
            f"It happened on {day}, before the pledge ({made_on}). Should its stance be “context”?"
        )


def reported_before_it_happened(evidence: Evidence, today) -> Iterator[str]:
    day = evidence.happened_on
    printed = evidence.source.published_on
    is_exact = evidence.happened_on_precision == Precision.DAY
    if day and printed and is_exact and day > printed:
        yield f"It happened on {day}, after its source was published ({printed})."


def assessment_outside_time(assessment: Assessment, today) -> Iterator[str]:
    day = assessment.as_of
    made_on = assessment.undertaking.pledge.made_on
    if day > today:
        yield f"Judged as of {day}, which is still to come."
    if day < made_on:
        yield f"Judged as of {day}, before the pledge was made ({made_on})."


def closed_against_before_deadline(assessment: Assessment, today) -> Iterator[str]:
    """Until its last day is over a pledge can be off track, but nobody can know it was not kept."""
    if assessment.status not in AGAINST:
        return
    # The stored day is empty until the pledge is published.
    deadline = find_last_day(assessment.undertaking)
    if deadline and assessment.as_of <= deadline:
        yield (
            f"“{assessment.get_status_display()}” as of {assessment.as_of}, but the deadline is"
            f" {deadline}."
        )


def exempt_is_assessed(assessment: Assessment, today) -> Iterator[str]:
    undertaking = assessment.undertaking
    if undertaking.is_exempt:
        yield f"{undertaking.party} is exempt, so it is not assessed."


def criteria_of_another_pledge(assessment: Assessment, today) -> Iterator[str]:
    criteria = assessment.criteria
    if criteria and criteria.pledge_id != assessment.undertaking.pledge_id:
        yield "The criteria are another pledge's."


REFUSE, GAP, WARN = Strength.REFUSE, Strength.GAP, Strength.WARN
RULES = (
    Rule(Root, day_contradicts_precision, GAP),
    Rule(Leader, tenures_overlap, REFUSE),
    Rule(Party, memberships_overlap, REFUSE),
    Rule(Topic, topic_under_itself, REFUSE),
    Rule(Summit, participants_not_in_office, REFUSE),
    Rule(Summit, held_before_its_day, GAP),
    Rule(Summit, planned_and_over, WARN),
    Rule(Summit, attended_and_not_held, WARN),
    Rule(Source, tracked_and_not_tracked, REFUSE),
    Rule(Source, source_in_the_future, REFUSE),
    Rule(Source, source_cannot_be_found, WARN),
    Rule(Source, source_entered_twice, WARN),
    Rule(Release, observations_have_gaps, WARN),
    Rule(Release, actual_figure_of_an_unfinished_time, GAP),
    Rule(Pledge, target_without_due_day, GAP),
    Rule(Pledge, due_before_it_was_made, GAP),
    Rule(Pledge, baseline_without_source, GAP),
    Rule(Pledge, baseline_period_of_no_figure, GAP),
    Rule(Pledge, pledge_without_undertaking, REFUSE),
    Rule(Pledge, undertaking_slug_differs, REFUSE),
    Rule(Pledge, links_go_in_a_circle, REFUSE),
    Rule(Pledge, made_outside_its_summit, WARN),
    Rule(Pledge, pledge_entered_twice, WARN),
    Rule(Pledge, joint_text_from_the_press, WARN),
    Rule(Pledge, pledge_without_criteria, WARN),
    Rule(Pledge, silent_about_what_is_missing, WARN),
    Rule(Pledge, due_and_not_looked_at, WARN),
    Rule(Evidence, evidence_outside_time, REFUSE),
    Rule(Evidence, event_that_counts_nothing, WARN),
    Rule(Evidence, evidence_bears_on_another_pledge, REFUSE),
    Rule(Evidence, evidence_older_than_pledge, WARN),
    Rule(Evidence, reported_before_it_happened, WARN),
    Rule(SearchNote, search_in_the_future, REFUSE),
    Rule(SearchNote, search_for_another_pledge, REFUSE),
    Rule(SearchNote, searched_before_the_pledge, WARN),
    Rule(Assessment, assessment_outside_time, REFUSE),
    Rule(Assessment, closed_against_before_deadline, REFUSE),
    Rule(Assessment, answer_missing, GAP),
    Rule(Assessment, rationale_missing, GAP),
    Rule(Assessment, met_after_its_day, GAP),
    Rule(Assessment, done_in_time, REFUSE),
    Rule(Assessment, exempt_is_assessed, REFUSE),
    Rule(Assessment, criteria_of_another_pledge, REFUSE),
    Rule(Assessment, evidence_of_another_pledge, REFUSE),
    Rule(Assessment, search_note_of_another_pledge, REFUSE),
    Rule(Assessment, searched_after_the_day_judged, REFUSE),
    Rule(Assessment, closed_without_proof, REFUSE),
    Rule(Assessment, nothing_to_show, GAP),
    Rule(Assessment, own_claim_trusted, REFUSE),
    Rule(Assessment, closed_on_press_alone, WARN),
    Rule(Assessment, differs_from_the_rule_unsaid, REFUSE),
    Rule(Assessment, criteria_of_a_new_pledge_fixed_afterwards, GAP),
    Rule(Assessment, code_words_in_a_verdict, GAP),
    Rule(Evidence, code_words_in_evidence, GAP),
)
