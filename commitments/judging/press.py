"""Rules on what is known from the press alone."""

from collections.abc import Iterable, Iterator

from commitments.judging.proof import choose_proof, needs_proof
from commitments.models import Assessment, Attribution, Confidence, Evidence, Pledge


def joint_text_from_the_press(pledge: Pledge, today) -> Iterator[str]:
    """What was spoken may be known from the press alone; what was agreed on paper is not."""
    is_on_paper = pledge.attribution == Attribution.JOINT_TEXT
    if is_on_paper and pledge.source.is_press:
        yield (
            "It quotes a joint text from a press report. Cite the text itself, and name under"
            " “read at” the copy in which it was read."
        )


def rests_on_press_alone(assessment: Assessment, evidence: Iterable[Evidence]) -> bool:
    """Whether the verdict is closed, by no rule, and the press reported all that proves it.

    `evidence` is what the verdict cites, with the sources loaded.
    """
    if not needs_proof(assessment):
        return False
    proof = choose_proof(assessment, evidence)
    return bool(proof) and all(row.source.is_press for row in proof)


def closed_on_press_alone(assessment: Assessment, today) -> Iterator[str]:
    is_trusted = assessment.confidence != Confidence.LOW
    evidence = assessment.evidence.select_related("source")
    if is_trusted and rests_on_press_alone(assessment, evidence):
        yield (
            "It is closed on press reports alone. Find the official text or figure, or lower the"
            " confidence."
        )
