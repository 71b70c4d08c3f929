"""Publishing what a matrix made: handed in by one person, published by another, through
`publishing` alone.
"""

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

# What others refer to first.
ORDER = (SummitSeries, Party, Topic, Summit, Source, Pledge, OutsideReport)
NOTE = "Entered from a compliance matrix."


def publish_outcome(outcome, *, by: User, reviewer: User, progress) -> int:
    """Submit the drafts among the records of `outcome` and publish all in review; return how many
    they are.

    Refuses where a draft differs from the matrix: what goes public must be what the reviewer was
    shown.
    """
    unlike = [
        f"{one}: {why}"
        for one, why in outcome.different.items()
        if one.state in (State.DRAFT, State.IN_REVIEW)
    ]
    if unlike:
        raise Refused(
            "These are not published and differ from the matrix; settle them first.", *unlike
        )
    if by == reviewer:
        raise Refused(
            "Name two different people by --by and --reviewer: nobody publishes what they"
            " submitted."
        )
    statistics.gather(len(outcome.records))
    records = sorted(outcome.records, key=lambda record: ORDER.index(type(record)))
    waiting = [record for record in records if record.state in (State.DRAFT, State.IN_REVIEW)]
    drafts = [record for record in waiting if record.state == State.DRAFT]
    publishing.submit_many(
        drafts, by=by, progress=lambda done: progress("submitted", done, len(drafts))
    )
    if waiting:
        publishing.publish_many(waiting, by=reviewer, note=NOTE)
        progress("published", len(waiting), len(waiting))
    return len(waiting)
