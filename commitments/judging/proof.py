"""Rules on what a verdict rests on: evidence, a rule's finding, or a search that found nothing."""

from collections import defaultdict
from collections.abc import Iterator

from commitments.models import Assessment, Confidence, Stance, Tier
from commitments.verdicts.statuses import CLOSED


def evidence_of_another_pledge(assessment: Assessment, today) -> Iterator[str]:
    yield from _find_foreign(assessment, assessment.evidence, "evidence")


def search_note_of_another_pledge(assessment: Assessment, today) -> Iterator[str]:
    yield from _find_foreign(assessment, assessment.search_notes, "a search note")


def _find_foreign(assessment, rows, kind):
    """Yield a sentence for each of `rows` that bears on another pledge or on other parties only."""
    pledges = {}
    undertakings = defaultdict(set)
    bearing = rows.values_list("slug", "pledge", "undertakings")
    for slug, pledge, undertaking in bearing:
        pledges[slug] = pledge
        undertakings[slug].add(undertaking)
    # What names no party bears on all of them.
    fitting = {None, assessment.undertaking_id}
    for slug, pledge in pledges.items():
        if pledge != assessment.undertaking.pledge_id:
            yield f"It rests on {kind} for another pledge: {slug}."
        elif fitting.isdisjoint(undertakings[slug]):
            yield f"It rests on {kind} that bears on other parties only: {slug}."


def searched_after_the_day_judged(assessment: Assessment, today) -> Iterator[str]:
    as_of = assessment.as_of
    later = assessment.search_notes.filter(searched_on__gt=as_of)
    for note in later:
        yield (
            f"It is judged as of {as_of} and rests on a search of {note.searched_on}."
            " Judge as of that day or later."
        )


def load_proof(assessment):
    evidence = assessment.evidence.select_related("source")
    return choose_proof(assessment, evidence)


def choose_proof(assessment, evidence):
    """Return the rows of `evidence` that could close the verdict: published by its day, no
    context.
    """
    proof = []
    for row in evidence:
        if row.stance != Stance.CONTEXT and row.is_known(on=assessment.as_of):
            proof.append(row)
    return proof


def needs_proof(assessment):
    """Whether the verdict is closed and no rule finds the same."""
    return assessment.status in CLOSED and not assessment.rule_agrees


def closed_without_proof(assessment: Assessment, today) -> Iterator[str]:
    if needs_proof(assessment) and not load_proof(assessment):
        yield (
            f"“{assessment.get_status_display()}” needs evidence that supports or contradicts, "
            f"published by {assessment.as_of}, or a rule's finding."
        )


def nothing_to_show(assessment: Assessment, today) -> Iterator[str]:
    """A status that closes nothing rests on something too: at least on a search that was made."""
    if assessment.status in CLOSED or assessment.rule_agrees:
        return
    # As of the day before a law was printed, nobody could judge by it.
    known = assessment.evidence.as_of(assessment.as_of)
    if known.exists() or assessment.search_notes.exists():
        return
    yield (
        f"“{assessment.get_status_display()}” needs evidence published by {assessment.as_of}, a"
        " rule's finding, or a search note: where was looked, and what was not found."
    )


def own_claim_trusted(assessment: Assessment, today) -> Iterator[str]:
    if assessment.confidence == Confidence.LOW or not needs_proof(assessment):
        return
    proof = load_proof(assessment)
    party = assessment.undertaking.party_id
    own = []
    for row in proof:
        source = row.source
        if source.tier == Tier.PARTY_CLAIM and source.issued_by_id == party:
            own.append(row)
    if own and own == proof:
        yield "The only proof is the judged party's own claim, so the confidence must be low."
