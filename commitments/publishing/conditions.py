"""What must hold before anything is published, amended or withdrawn. Each raises `Refused`, or is
silent.
"""

from django.conf import settings
from django.utils import timezone

from commitments.judging import integrity
from commitments.models import Assessment, Evidence, Leader, Pledge, Source, State, Summit
from commitments.publishing.refusals import Refused

MAY_PUBLISH = "commitments.publish_records"
MAY_AMEND = "commitments.amend_records"
MAY_REDACT = "commitments.redact_records"

# Records whose rules read another: an amendment of that other must not break them either.
JUDGED_BY = {
    Evidence: (Assessment, "evidence"),
    Leader: (Summit, "participations__tenure__leader"),
    Pledge: (Assessment, "undertaking__pledge"),
    Source: (Assessment, "evidence__source"),
}


def require(user, permission, act):
    if not user.is_active or not user.has_perm(permission):
        raise Refused(f"Your account may not {act}. Ask an administrator for the reviewer role.")


def expect_state(record, state, done):
    if record.state != state:
        raise Refused(
            f"{naming(record)} is “{record.get_state_display()}”; only what is"
            f" “{State(state).label}” can be {done}."
        )


def two_pairs_of_eyes(record, by):
    if settings.ONE_PERSON_INSTALLATION:
        return
    authors = {record.submitted_by_id}
    if isinstance(record, Assessment):
        authors.add(record.assessor_id)
    if by.pk in authors:
        raise Refused(f"You submitted {naming(record)} yourself; somebody else must publish it.")


def refuse_broken(record):
    today = timezone.now().date()
    broken = [
        problem.sentence
        for problem in integrity.find_broken_rules(record, today=today)
        if problem.refuses
    ]
    if broken:
        raise Refused(*(f"{naming(record)}: {sentence}" for sentence in broken))


def refuse_broken_around(record):
    """Hold an amended record to its rules, and the published records that are judged by it to
    theirs.
    """
    refuse_broken(record)
    model, path = JUDGED_BY.get(type(record), (None, None))
    if model:
        for other in model.objects.published().filter(**{path: record}).distinct().order_by("slug"):
            refuse_broken(other)


def naming(record):
    return f"{record._meta.verbose_name} “{record}”"
