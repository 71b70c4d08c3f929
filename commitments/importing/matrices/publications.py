"""Publish what a matrix made: one person submits it, and another publishes it."""

from commitments.importing import statistics
from commitments.importing.publications import WAITING, publish_waiting
from commitments.models import (
    OutsideReport,
    Party,
    Pledge,
    Source,
    Summit,
    SummitSeries,
    Topic,
    User,
)
from commitments.publishing import Refused

# Records come after those that they refer to.
ORDER = (SummitSeries, Party, Topic, Summit, Source, Pledge, OutsideReport)
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
    statistics.gather(len(outcome.records))
    records = sorted(outcome.records, key=lambda record: ORDER.index(type(record)))
    return publish_waiting(
        records,
        by=by,
        reviewer=reviewer,
        note=NOTE,
        progress=progress,
    )
