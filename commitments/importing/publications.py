"""Publish what an import made: one person submits it, and another publishes it."""

from django.conf import settings

from commitments import publishing
from commitments.models import State, User

WAITING = (State.DRAFT, State.IN_REVIEW)


def publish_waiting(
    records, *, by: User, reviewer: User, note, progress=lambda step, done, total: None
) -> int:
    """Submit the drafts among `records`, publish those in review, and count them."""
    if by == reviewer and not settings.ONE_PERSON_INSTALLATION:
        raise publishing.Refused(
            "Name two different people by --by and --reviewer: nobody publishes what they"
            " submitted."
        )
    waiting = [record for record in records if record.state in WAITING]
    drafts = [record for record in waiting if record.state == State.DRAFT]
    publishing.submit_many(
        drafts, by=by, progress=lambda done: progress("submitted", done, len(drafts))
    )
    if waiting:
        publishing.publish_many(waiting, by=reviewer, note=note)
        progress("published", len(waiting), len(waiting))
    return len(waiting)
