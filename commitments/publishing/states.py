"""Every change of state, and every change of what is public. Nothing else writes either."""

from django.utils import timezone

from commitments.judging.differing import build_findings, find_contradiction
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
from commitments.publishing import search
from commitments.publishing.authors import explain_own_work, find_authors, log_submissions
from commitments.publishing.conditions import (
    MAY_PUBLISH,
    describe_record,
    expect_state,
    refuse_broken_rules,
    refuse_own_approval,
    require_permission,
)
from commitments.publishing.ledger import appending
from commitments.publishing.people import People, build_credit
from commitments.publishing.references import (
    explain_drafts,
    find_resting_records,
    trace_references,
)
from commitments.publishing.refusals import Refused
from commitments.publishing.rows import (
    differs_from_ledger,
    find_judged_undertakings,
    lock_record,
    reload_record,
    set_state,
    write_entry,
)
from commitments.publishing.shown import refresh_shown
from commitments.publishing.touching import find_affected_parts


def submit(record, *, by, note="", along=False):
    """Submit a draft; only reviewers see `note`. Raises `Refused` if it breaks a rule.

    With `along`, every draft that it refers to is submitted too; without, such a draft refuses.
    """
    return submit_many([record], by=by, note=note, along=along)[0]


def submit_many(records, *, by, note="", along=False, progress=lambda done: None):
    """Submit `records` under one lock, all or none; call `progress` with the number done so far."""
    submitted = []
    with appending():
        drafts = _find_draft_references(records, along)
        for draft in drafts:
            _submit(draft, by, "")
        for record in records:
            submitted.append(_submit(record, by, note))
            progress(len(submitted))
        log_submissions([*drafts, *submitted], by=by)
    return submitted


def _find_draft_references(records, along):
    """Return the drafts that go along with `records`; refuse if there are any and none may."""
    referrers = trace_references(records)
    if not along:
        _refuse_for(explain_drafts(referrers, records))
    return [reference for reference in referrers if reference.state == State.DRAFT]


def _refuse_for(reasons):
    if reasons:
        raise Refused(*reasons)


def _submit(record, by, note):
    require_permission(by, f"commitments.change_{record._meta.model_name}", "submit records")
    record = lock_record(record)
    expect_state(record, State.DRAFT, "submitted")
    refuse_broken_rules(record)
    if isinstance(record, Assessment) and record.assessor_id is None:
        record.assessor = by
    record.submitted_by = by
    record.review_note = note
    set_state(record, State.IN_REVIEW)
    return record


def return_to_draft(record, *, by, note=""):
    """Return a record in review to its submitter, who may also take it back without a reviewer."""
    with appending():
        record = lock_record(record)
        expect_state(record, State.IN_REVIEW, "returned to draft")
        if by.pk != record.submitted_by_id:
            require_permission(by, MAY_PUBLISH, "return other people's records")
        record.review_note = note
        set_state(record, State.DRAFT)
    return record


def publish(record, *, by, note=""):
    """Publish `record`, and what it refers to that is in review, in one transaction.

    Raises `Refused` with every reason: no right, not submitted, by one of its authors, a reference
    that is still a draft, or a broken rule.
    """
    return publish_many([record], by=by, note=note)[0]


def publish_many(records, *, by, note=""):
    """Publish `records` under one lock, with one checkpoint; all or none.

    What they refer to and is in review enters the ledger first, then the records in the order of
    the list.
    """
    require_permission(by, MAY_PUBLISH, "publish")
    with appending() as pen:
        submitted = [lock_record(record) for record in records]
        for record in submitted:
            expect_state(record, State.IN_REVIEW, "published")
        batch = publish_with_references(pen, submitted, by, note)
        refresh_related(pen, batch)
        return [reload_record(record) for record in submitted]


def publish_with_references(pen, submitted, by, note, *, referring=()):
    """Publish `submitted`, after what they and the public `referring` refer to; return all.

    The caller holds the lock of `pen` and of these records.
    """
    records = [*submitted, *referring]
    referrers = trace_references(records)
    batch = [lock_record(reference) for reference in referrers]
    batch += submitted
    authors = find_authors(batch)
    reasons = explain_drafts(referrers, records)
    reasons += explain_own_work(authors, by)
    _refuse_for(reasons)
    for record in batch:
        people = People(authors[record], by)
        _publish_record(pen, record, people, note)
    return batch


def explain_obstacles(records, *, by) -> list[str]:
    """Return why `by` may not publish these records in review, apart from broken rules.

    Raises `Refused` if one refers to a record that is withdrawn.
    """
    referrers = trace_references(records)
    batch = [*referrers, *records]
    authors = find_authors(batch)
    reasons = explain_drafts(referrers, records)
    reasons += explain_own_work(authors, by)
    return reasons


def withdraw(record, *, authors, by, note, cascade=False):
    """Withdraw a published record; with `cascade`, also the published records that rest on it.

    `authors` proposed it, and `by`, somebody else, approves it.
    """
    require_permission(by, MAY_PUBLISH, "withdraw records")
    refuse_own_approval(authors, by)
    if not note.strip():
        raise Refused("Say in a note why it is withdrawn: the note is public.")
    people = People(tuple(authors), by)
    with appending() as pen:
        take_from_public(pen, record, people, note, cascade=cascade)
    return reload_record(record)


def take_from_public(pen, record, people, note, *, cascade):
    """Withdraw a published record; the caller holds the lock of `pen` and asked who may."""
    record = lock_record(record)
    expect_state(record, State.PUBLISHED, "withdrawn")
    batch = [*list_resting_records(record, cascade=cascade), record]
    for row in batch:
        set_state(lock_record(row), State.WITHDRAWN)
        pen.append(Action.WITHDRAW, row._meta.model_name, row.slug, note=note, people=people)
    refresh_related(pen, batch)


def list_resting_records(record, *, cascade):
    """Return the published records that a withdrawal takes along; refuse if it may take none."""
    resting = find_resting_records(record)
    if resting and not cascade:
        names = ", ".join(map(describe_record, resting[:10]))
        raise Refused(
            f"{len(resting)} published records rest on it: {names}. Withdraw them first, or"
            " together with it."
        )
    return resting


def confirm(assessment, *, by, note=""):
    """Enter “checked today, the verdict stands” for the assessment that readers see."""
    require_permission(by, MAY_PUBLISH, "confirm verdicts")
    with appending() as pen:
        assessment = lock_record(assessment)
        expect_state(assessment, State.PUBLISHED, "confirmed")
        undertaking = assessment.undertaking
        if undertaking.current_assessment_id != assessment.pk:
            raise Refused("A newer assessment is shown in its place; confirm that one.")
        explained = note.strip() or assessment.differs_because
        if not explained and find_contradiction(assessment, timezone.now().date()):
            raise Refused(
                "The rule finds another status today. Say in the note why the verdict stands: it is"
                " public."
            )
        people = People((by,), by)
        entry = pen.append(Action.CONFIRM, "assessment", assessment.slug, note=note, people=people)
        refresh_shown([undertaking])
    return entry


def record(root, *, note=""):
    """Enter, as the system, what a published record gained, such as a snapshot.

    Returns the entry, or None if nothing public changed.
    """
    with appending() as pen:
        root = lock_record(root)
        expect_state(root, State.PUBLISHED, "recorded")
        search.refresh_search([root])
        if differs_from_ledger(root):
            return write_entry(pen, Action.RECORD, root, note)
        return None


def _publish_record(pen, record, people, note):
    refuse_broken_rules(record)
    if isinstance(record, Assessment):
        _sign(record, people.approver, pen)
    record.review_note = ""
    set_state(record, State.PUBLISHED)
    write_entry(pen, Action.PUBLISH, record, note, people)


def _sign(assessment, reviewer, pen):
    assessment.reviewer = reviewer
    assessment.signed_alone = reviewer.pk == assessment.assessor_id
    assessment.assessor_credit = build_credit(assessment.assessor)
    assessment.reviewer_credit = build_credit(reviewer)
    assessment.published_seq = pen.head.seq + 1
    store_contradicted_finding(assessment)


def store_contradicted_finding(assessment):
    """Store with a judgement what the rule found instead, so that readers can repeat it."""
    if not assessment.differs_because:
        return
    evaluated = find_contradiction(assessment)
    if evaluated:
        day = assessment.as_of
        assessment.method = Method.JUDGEMENT
        assessment.findings = build_findings(evaluated, as_of=day, known_on=day)


def refresh_related(pen, batch):
    """Update what depends on the changed records of `batch`.

    These are the search, the sources whose statements they track, and the shown verdicts.
    """
    search.refresh_search(batch)
    pledges = [record.pk for record in batch if isinstance(record, Pledge)]
    if pledges:
        _record_tracking(pen, pledges)
    assessments = [record.pk for record in batch if isinstance(record, Assessment)]
    reports = [record for record in batch if isinstance(record, OutsideReport)]
    undertakings = Undertaking.objects.filter(pledge__in=pledges)
    undertakings |= Undertaking.objects.filter(assessments__in=assessments)
    report_keys = [report.pk for report in reports]
    undertakings |= Undertaking.objects.filter(outside_verdicts__report__in=report_keys)
    # An amendment may have taken a verdict out. Only the ledger knows that it was in the report.
    slugs = []
    for report in reports:
        slugs += find_judged_undertakings(report)
    undertakings |= Undertaking.objects.filter(slug__in=slugs)
    undertakings = undertakings.distinct()
    refresh_shown(undertakings)
    refresh_shown(find_affected_parts(batch))


def _record_tracking(pen, pledges):
    """Enter in the ledger which statements of published sources these pledges track now."""
    sources = Source.objects.published()
    sources = sources.filter(statements__pledges__in=pledges).distinct()
    for source in sources.order_by("slug"):
        if differs_from_ledger(source):
            note = _describe_tracking(source, pledges)
            write_entry(pen, Action.RECORD, source, note)


def _describe_tracking(source, pledges):
    """Return a note of the pledges that track a statement of `source` now, and of those no longer.

    It names them by slug, as the ledger does: a note is for good, and a title or quote in it would
    outlast the withdrawal of its pledge.
    """
    rows = Pledge.objects.filter(
        pk__in=pledges,
        statements__source=source,
    )
    rows = rows.distinct().order_by("slug")
    published = Pledge.objects.published()
    published = published.filter(pk__in=pledges)
    published = set(published.values_list("pk", flat=True))
    tracking, withdrawn = [], []
    for pledge in rows:
        slugs = tracking if pledge.pk in published else withdrawn
        slugs.append(pledge.slug)
    sentences = []
    if tracking:
        slugs = ", ".join(tracking)
        sentences.append(f"A statement of it is tracked as a pledge now: {slugs}.")
    if withdrawn:
        slugs = ", ".join(withdrawn)
        sentences.append(f"No longer tracked as a pledge: {slugs}.")
    return " ".join(sentences)
