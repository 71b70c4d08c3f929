"""Whose work an unpublished record is: none of its authors may publish it.

Authors are whoever submitted a record, even once, whoever judged it, and whoever saved a change to
it at the desk, since it was last public. The desk's own log says who did so.
"""

from collections import defaultdict

from django.conf import settings
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast

from commitments.models import Action, Assessment, LedgerEntry, State, User
from commitments.publishing.conditions import describe_record

SUBMITTED = "Submitted for review"
# Django logs what a form changed as JSON; a form that changed nothing is logged as “[]”.
WORK = Q(change_message__startswith="[{") | Q(change_message__startswith=SUBMITTED)
# Any database takes so many keys in one statement.
AT_ONCE = 500


def find_authors(records) -> dict[object, tuple[User, ...]]:
    """Return {record: its authors}, with as many statements for many records as for one of each."""
    keys_by_record = {}
    rows_by_model = defaultdict(list)
    for record in records:
        rows_by_model[type(record)].append(record)
    for model, rows in rows_by_model.items():
        for start in range(0, len(rows), AT_ONCE):
            keys_by_record |= _find_author_keys(model, rows[start : start + AT_ONCE])
    all_keys = set().union(*keys_by_record.values())
    users = User.objects.in_bulk(all_keys)
    authors = {}
    for record, keys in keys_by_record.items():
        authors[record] = tuple(users[key] for key in sorted(keys))
    return authors


def _find_author_keys(model, rows):
    """Return {record: keys of its authors} of rows of one model."""
    keys = {}
    for record in rows:
        keys[record] = {record.submitted_by_id}
        if model is Assessment:
            keys[record].add(record.assessor_id)
        keys[record].discard(None)
    record_by_pk = {str(record.pk): record for record in rows}
    work = list(_read_work(model).filter(object_id__in=record_by_pk))
    withdrawn_at = {}
    if work:
        slugs = [record.slug for record in rows]
        withdrawn = _read_withdrawals(model).filter(record_slug__in=slugs).order_by("seq")
        withdrawn_at = dict(withdrawn.values_list("record_slug", "recorded_at"))
    for logged in work:
        record = record_by_pk[logged.object_id]
        public_until = withdrawn_at.get(record.slug)
        if public_until is None or logged.action_time >= public_until:
            keys[record].add(logged.user_id)
    return keys


def match_work(model, user) -> Exists:
    """Return the condition for records of `model` that `user` submitted or changed, as above."""
    later_withdrawal = _read_withdrawals(model).filter(
        record_slug=OuterRef(OuterRef("slug")),
        recorded_at__gt=OuterRef("action_time"),
    )
    work = _read_work(model).filter(
        ~Exists(later_withdrawal),
        user=user,
        object_id=Cast(OuterRef("pk"), TextField()),
    )
    return Exists(work)


def _read_work(model):
    """Return what the desk's log says of submissions and changes of records of `model`."""
    kind = ContentType.objects.get_for_model(model)
    logged = LogEntry.objects.filter(WORK, content_type=kind, action_flag__in=[ADDITION, CHANGE])
    return logged.order_by()


def _read_withdrawals(model):
    record_type = model._meta.model_name
    return LedgerEntry.objects.filter(action=Action.WITHDRAW, record_type=record_type)


def log_submissions(records, *, by):
    """Write into the desk's log that `by` submitted these, however they did it."""
    logged = []
    for record in records:
        row = LogEntry(
            user=by,
            content_type=ContentType.objects.get_for_model(record),
            object_id=str(record.pk),
            object_repr=str(record)[:200],
            action_flag=CHANGE,
            change_message=f"{SUBMITTED}.",
        )
        logged.append(row)
    LogEntry.objects.bulk_create(logged, batch_size=AT_ONCE)


def explain_own_work(authors, by) -> list[str]:
    """Return why `by` may not publish these records; `authors` is what `find_authors` returned."""
    sentences = []
    for record, people in authors.items():
        if record.state != State.IN_REVIEW:
            continue
        name = describe_record(record)
        if not people:
            sentences.append(f"Nobody submitted {name}. Return it to draft, and submit it.")
        elif by in people and not settings.ONE_PERSON_INSTALLATION:
            sentences.append(_explain_own(record, name, by))
    return sentences


def _explain_own(record, name, by):
    if by.pk == record.submitted_by_id:
        return f"You submitted {name} yourself; somebody else must publish it."
    if by.pk == getattr(record, "assessor_id", None):
        return f"You judged {name} yourself; somebody else must publish it."
    return (
        f"You worked on {name} too, by saving a change or submitting it before; somebody else must"
        " publish it."
    )
