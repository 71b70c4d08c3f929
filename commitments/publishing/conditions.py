"""What must hold before a record is published, amended or withdrawn; else these raise `Refused`."""

from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from commitments.judging import integrity
from commitments.models import (
    Assessment,
    Evidence,
    Leader,
    Pledge,
    SearchNote,
    Source,
    State,
    Summit,
)
from commitments.publishing.refusals import Refused

MAY_PUBLISH = "commitments.publish_records"
MAY_AMEND = "commitments.amend_records"
MAY_REDACT = "commitments.redact_records"


class Readers(NamedTuple):
    """The records whose rules read a record of another type, and the path to it from them."""

    model: type
    path: str


# An amendment must not break the rules of these either.
READERS = {
    Evidence: Readers(Assessment, "evidence"),
    Leader: Readers(Summit, "participations__tenure__leader"),
    Pledge: Readers(Assessment, "undertaking__pledge"),
    SearchNote: Readers(Assessment, "search_notes"),
    Source: Readers(Assessment, "evidence__source"),
}


def require_permission(user, permission, act):
    if user.is_active and user.has_perm(permission):
        return
    raise Refused(f"Your account may not {act}. Ask an administrator for the reviewer role.")


def expect_state(record, state, done):
    """Refuse a record in another state; `done` is what would be done with it, as “published”."""
    if record.state == state:
        return
    actual = record.get_state_display()
    required = State(state).label
    raise Refused(
        f"{describe_record(record)} is “{actual}”; only what is “{required}” can be {done}."
    )


def refuse_own_approval(authors, by):
    """Refuse to let `by` approve a change that they are an author of."""
    if settings.ONE_PERSON_INSTALLATION:
        return
    if not authors:
        raise Refused("It has no author. Somebody must propose it before somebody else approves.")
    if by in authors:
        raise Refused("You proposed this yourself; somebody else must approve it.")


def refuse_broken_rules(record):
    """Refuse to submit or publish a record that breaks a rule."""
    problems = _find_broken_rules(record)
    _refuse(record, [problem for problem in problems if problem.refuses_publication])


def _find_broken_rules(record):
    today = timezone.now().date()
    return integrity.find_broken_rules(record, today=today)


def _refuse(record, problems):
    sentences = [problem.sentence for problem in problems]
    if sentences:
        name = describe_record(record)
        reasons = [f"{name}: {sentence}" for sentence in sentences]
        raise Refused(*reasons)


def refuse_broken_rules_around(record):
    """Refuse an amended record if it breaks a rule, its own or one of a published record.

    What was required only after it was published stays a gap, and refuses nothing.
    """
    _refuse_broken_amendment(record)
    readers = READERS.get(type(record))
    if readers is None:
        return
    published = readers.model.objects.published()
    rows = published.filter(**{readers.path: record})
    for row in rows.distinct().order_by("slug"):
        _refuse_broken_amendment(row)


def _refuse_broken_amendment(record):
    problems = _find_broken_rules(record)
    _refuse(record, [problem for problem in problems if problem.refuses_amendment])


def describe_record(record):
    kind = record._meta.verbose_name
    return f"{kind} “{record}”"
