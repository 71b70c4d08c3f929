"""Every change of state, and every change of what is public. Nothing else writes either."""

from django.utils import timezone

from commitments.judging.differing import contradicting, stored
from commitments.models import (
    Action,
    Assessment,
    Method,
    OutsideReport,
    Pledge,
    Source,
    State,
    Undertaking,
)
from commitments.publicforms import dependents, references
from commitments.publishing import search
from commitments.publishing.conditions import (
    MAY_PUBLISH,
    expect_state,
    naming,
    refuse_broken,
    require,
    two_pairs_of_eyes,
)
from commitments.publishing.ledger import appending
from commitments.publishing.refusals import Refused
from commitments.publishing.rows import (
    fresh,
    judged_in,
    locked,
    move,
    says_something_new,
    write_entry,
)
from commitments.publishing.shown import refresh_shown


def submit(record, *, by, note=""):
    """Hand a draft to the reviewers; `note` is for them alone. Raises `Refused` if it breaks a
    rule.
    """
    return submit_many([record], by=by, note=note)[0]


def submit_many(records, *, by, note="", progress=lambda done: None):
    """Hand in `records` under one lock, calling `progress` with how many are done; all or none."""
    submitted = []
    with appending():
        for record in records:
            submitted.append(_submit_one(record, by, note))
            progress(len(submitted))
    return submitted


def _submit_one(record, by, note):
    require(by, f"commitments.change_{record._meta.model_name}", "submit records")
    record = locked(record)
    expect_state(record, State.DRAFT, "submitted")
    refuse_broken(record)
    if isinstance(record, Assessment) and record.assessor_id is None:
        record.assessor = by
    record.submitted_by, record.review_note = by, note
    move(record, State.IN_REVIEW)
    return record


def return_to_draft(record, *, by, note=""):
    """Give a record in review back to its submitter, who may also take it back themselves."""
    with appending():
        record = locked(record)
        expect_state(record, State.IN_REVIEW, "returned to draft")
        if by.pk != record.submitted_by_id:
            require(by, MAY_PUBLISH, "return other people's records")
        record.review_note = note
        move(record, State.DRAFT)
    return record


def publish(record, *, by, note=""):
    """Publish `record`, and the unpublished records it refers to, in one transaction.

    Raises `Refused` with every reason: no right, not submitted, by its own submitter, a broken
    rule.
    """
    return publish_many([record], by=by, note=note)[0]


def publish_many(records, *, by, note=""):
    """Publish `records` under one lock, with one checkpoint; all or none.

    What they refer to enters the ledger first, then they themselves in the order given.
    """
    require(by, MAY_PUBLISH, "publish")
    with appending() as pen:
        wanted = [locked(record) for record in records]
        for record in wanted:
            expect_state(record, State.IN_REVIEW, "published")
            two_pairs_of_eyes(record, by)
        batch = [*map(locked, unpublished_references(*wanted)), *wanted]
        for record in batch:
            publish_one(pen, record, by, note)
        settle(pen, batch)
        return [fresh(record) for record in wanted]


def unpublished_references(*records) -> list:
    """Return the records that would be published along with `records`, what they refer to first.

    A withdrawn record among them is a reason to refuse: publish it again by itself, or refer to
    another.
    """
    order = dict.fromkeys(records)
    for record in records:
        _visit_references(record, order)
    asked = set(records)
    return [other for other in order if other not in asked]


def _visit_references(record, order):
    """Put into `order` what `record` refers to and is not published, each after what it refers to
    itself.
    """
    for other in references(record):
        if other.is_published or other in order:
            continue
        if other.state == State.WITHDRAWN:
            raise Refused(f"It refers to {naming(other)}, which is withdrawn.")
        order[other] = None  # marks the visit before going deeper: links between pledges may cross
        _visit_references(other, order)
        # Put at the end again, so that what it refers to stands before it.
        order[other] = order.pop(other)


def withdraw(record, *, by, note, cascade=False):
    """Take a published record out of the public record; with `cascade`, all that rests on it
    too.
    """
    require(by, MAY_PUBLISH, "withdraw records")
    if not note.strip():
        raise Refused("Say in a note why it is withdrawn: the note is public.")
    with appending() as pen:
        record = locked(record)
        expect_state(record, State.PUBLISHED, "withdrawn")
        resting = resting_on(record)
        if resting and not cascade:
            names = ", ".join(naming(other) for other in resting[:10])
            raise Refused(
                f"{len(resting)} published records rest on it: {names}. Withdraw them first, or"
                " together with it."
            )
        batch = [*resting, record]
        for other in batch:
            move(locked(other), State.WITHDRAWN)
            pen.append(Action.WITHDRAW, other._meta.model_name, other.slug, note=note)
        settle(pen, batch)
    return fresh(record)


def reopen(record, *, by, note=""):
    """Make a withdrawn record a draft again, to be reviewed like a new one. Assessments stay
    withdrawn.
    """
    require(by, MAY_PUBLISH, "reopen withdrawn records")
    if isinstance(record, Assessment):
        raise Refused("A withdrawn assessment stays withdrawn. Add a new one.")
    with appending():
        record = locked(record)
        expect_state(record, State.WITHDRAWN, "reopened")
        record.submitted_by = None
        move(record, State.DRAFT)
    return record


def confirm(assessment, *, by, note=""):
    """Enter “checked today, the verdict stands” for the assessment that readers see."""
    require(by, MAY_PUBLISH, "confirm verdicts")
    with appending() as pen:
        assessment = locked(assessment)
        expect_state(assessment, State.PUBLISHED, "confirmed")
        undertaking = assessment.undertaking
        if undertaking.current_assessment_id != assessment.pk:
            raise Refused("A newer assessment is shown in its place; confirm that one.")
        if (
            not note.strip()
            and not assessment.differs_because
            and contradicting(assessment, timezone.now().date())
        ):
            raise Refused(
                "The rule finds another status today. Say in the note why the verdict stands: it is"
                " public."
            )
        entry = pen.append(Action.CONFIRM, "assessment", assessment.slug, note=note)
        refresh_shown([undertaking])
    return entry


def record(root, *, note=""):
    """Enter, as the system, that a published record gained a snapshot or the like; None if nothing
    did.
    """
    with appending() as pen:
        root = locked(root)
        expect_state(root, State.PUBLISHED, "recorded")
        search.refresh_search([root])
        return write_entry(pen, Action.RECORD, root, note) if says_something_new(root) else None


def publish_one(pen, record, by, note):
    """Publish one locked record under the lock that `pen` stands for; its references are published
    already.
    """
    if record.state == State.IN_REVIEW:
        two_pairs_of_eyes(record, by)
    refuse_broken(record)
    if isinstance(record, Assessment):
        _sign(record, by, pen)
    record.review_note = ""
    move(record, State.PUBLISHED)
    write_entry(pen, Action.PUBLISH, record, note)


def _sign(assessment, reviewer, pen):
    assessment.reviewer = reviewer
    assessment.signed_alone = reviewer.pk == assessment.assessor_id
    assessment.assessor_credit = credit(assessment.assessor)
    assessment.reviewer_credit = credit(reviewer)
    assessment.published_seq = pen.head.seq + 1
    keep_what_it_contradicts(assessment)


def keep_what_it_contradicts(assessment):
    """Keep with a judgement what the rule found instead: readers see it beside the verdict, and can
    repeat it.
    """
    if found := assessment.differs_because and contradicting(assessment):
        assessment.method = Method.JUDGEMENT
        assessment.findings = stored(found, as_of=assessment.as_of, known_on=assessment.as_of)


def credit(user):
    """Return the name that a signature of `user` bears in public."""
    # Without a chosen credit name somebody is still told apart, but not named.
    return user.credit_name or f"Curator {user.pk}"


def settle(pen, batch):
    """Keep what hangs on the changed records in step: search, sources that name a pledge, and shown
    verdicts.
    """
    search.refresh_search(batch)
    pledges = [record.pk for record in batch if isinstance(record, Pledge)]
    if pledges:
        named = (
            Source.objects.published()
            .filter(statements__pledge__in=pledges)
            .distinct()
            .order_by("slug")
        )
        for source in named:
            if says_something_new(source):
                write_entry(pen, Action.RECORD, source, _tracking(source, pledges))
    touched = Undertaking.objects.filter(pledge__in=pledges)
    touched |= Undertaking.objects.filter(
        assessments__in=[record.pk for record in batch if isinstance(record, Assessment)]
    )
    reports = [record for record in batch if isinstance(record, OutsideReport)]
    touched |= Undertaking.objects.filter(
        outside_verdicts__report__in=[record.pk for record in reports]
    )
    # An amendment may have taken a verdict out: what the report said before is in the ledger alone.
    touched |= Undertaking.objects.filter(
        slug__in=[slug for report in reports for slug in judged_in(report)]
    )
    refresh_shown(touched.distinct())


def _tracking(source, pledges):
    """Return which of `pledges` track a statement of `source` now, and which no longer: by slug, as
    the ledger does.

    A note stays for good: the title or the quote would outlast their withdrawal.
    """
    named = (
        Pledge.objects.filter(pk__in=pledges, statements__source=source).distinct().order_by("slug")
    )
    public = set(Pledge.objects.published().filter(pk__in=pledges).values_list("pk", flat=True))
    tracking = [pledge.slug for pledge in named if pledge.pk in public]
    gone = [pledge.slug for pledge in named if pledge.pk not in public]
    told = [
        ("A statement of it is tracked as a pledge now: {}.", tracking),
        ("No longer tracked as a pledge: {}.", gone),
    ]
    return " ".join(sentence.format(", ".join(slugs)) for sentence, slugs in told if slugs)


def resting_on(record):
    """Return the published records that name `record`, directly or not, those that rest on others
    first.
    """
    order = {}

    def visit(one):
        for other in dependents(one):
            if other != record and other not in order:
                order[other] = None  # marks the visit before going deeper
                visit(other)
                # Re-inserted so that what rests on it comes before it.
                order[other] = order.pop(other)

    visit(record)
    return list(order)
