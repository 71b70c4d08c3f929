"""Publish what a matrix made: one person submits it, and another publishes it."""

from commitments import publishing
from commitments.importing import statistics
from commitments.models import (
    OutsideReport,
    Party,
    Pledge,
    Source,
    State,
    Summit,
    SummitSeries,
    Topic,
    User,
)
from commitments.publishing import Refused

# Records come after those that they refer to.
ORDER = (SummitSeries, Party, Topic, Summit, Source, Pledge, OutsideReport)
WAITING = (State.DRAFT, State.IN_REVIEW)
NOTE = "Entered from a compliance matrix."


def publish_outcome(outcome, *, by: User, reviewer: User, progress) -> int:
    """Submit the drafts among the records of `outcome`, publish those in review, and count them.

    Raises `Refused` if an unpublished record differs from the matrix, because the reviewer saw the
    matrix and must publish nothing else.
    """
    differences = [
        f"{record}: {why}" for record, why in outcome.different.items() if record.state in WAITING
    ]
    if differences:
        raise Refused(
            "These are not published and differ from the matrix; settle them first.", *differences
        )
    if by == reviewer:
        raise Refused(
            "Name two different people by --by and --reviewer: nobody publishes what they"
            " submitted."
        )
    statistics.gather(len(outcome.records))
    records = sorted(outcome.records, key=lambda record: ORDER.index(type(record)))
    waiting = [record for record in records if record.state in WAITING]
    drafts = [record for record in waiting if record.state == State.DRAFT]
    publishing.submit_many(
        drafts, by=by, progress=lambda done: progress("submitted", done, len(drafts))
    )
    if waiting:
        publishing.publish_many(waiting, by=reviewer, note=NOTE)
        progress("published", len(waiting), len(waiting))
    return len(waiting)
