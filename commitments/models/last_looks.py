"""The day each assessment was last checked, by published records.

It is the newest of the day it is as of, of its confirmations, and of the searches for its party.
Publishing it, or loading it into a database, is no look.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from commitments.models.ledger import Action, LedgerEntry
from commitments.models.search_notes import SearchNote
from commitments.verdicts.statuses import find_last_look


def find_last_looks(assessments, undertakings, *, as_of=None) -> dict[int, date]:
    """Return the day each of `assessments`, by its key, was last checked; none if there are none.

    They are published ones on `undertakings`. With `as_of`, by that day. Two statements.
    """
    if not assessments:
        return {}
    confirmed = _find_confirmations(assessments, as_of)
    pledges = {row.pk: row.pledge_id for row in undertakings}
    searches = _find_searches(pledges.values(), as_of)
    looks = {}
    for row in assessments:
        part = row.undertaking_id
        days = [
            *confirmed[row.slug],
            *searches.cited[row.pk],
            *searches.of_part[part],
            *searches.of_pledge[pledges[part]],
        ]
        looks[row.pk] = find_last_look(row.as_of, *days)
    return looks


def _find_confirmations(assessments, as_of) -> dict[str, list[date]]:
    """Return {slug: days on which it was confirmed}. One statement."""
    entries = LedgerEntry.objects.filter(
        record_type="assessment",
        record_slug__in=[row.slug for row in assessments],
        action=Action.CONFIRM,
    )
    if as_of:
        entries = entries.filter(recorded_at__lt=find_end_of_day(as_of))
    days = defaultdict(list)
    for slug, moment in entries.values_list("record_slug", "recorded_at"):
        day = moment.date()
        days[slug].append(day)
    return days


class Searches(NamedTuple):
    """The days of searches, by the key of what they are about: an assessment that cites them, one
    part, or all parts of a pledge.
    """

    cited: dict[int, list[date]]
    of_part: dict[int, list[date]]
    of_pledge: dict[int, list[date]]


def _find_searches(pledges, as_of) -> Searches:
    """Return the searches on `pledges`, which are keys. One statement."""
    notes = SearchNote.objects.published().as_of(as_of)
    notes = notes.filter(pledge__in=set(pledges))
    columns = ("searched_on", "pledge", "undertakings", "assessments")
    rows = notes.order_by().values_list(*columns)
    searches = Searches(
        cited=defaultdict(list),
        of_part=defaultdict(list),
        of_pledge=defaultdict(list),
    )
    for day, pledge, part, assessment in rows:
        if assessment is not None:
            searches.cited[assessment].append(day)
        if part is None:
            searches.of_pledge[pledge].append(day)
        else:
            searches.of_part[part].append(day)
    return searches


def match_looks_since(first, *, as_of, assessment_slug) -> Q:
    """Match undertakings whose verdict was confirmed, or searched for, from the day `first` to the
    day `as_of`. `assessment_slug` is the column with the slug of that verdict.
    """
    confirmed = LedgerEntry.objects.filter(
        record_type="assessment",
        record_slug=OuterRef(assessment_slug),
        action=Action.CONFIRM,
        recorded_at__gte=datetime.combine(first, time.min, UTC),
        recorded_at__lt=find_end_of_day(as_of),
    )
    notes = SearchNote.objects.published().as_of(as_of).filter(searched_on__gte=first)
    for_all = Q(undertakings__isnull=True, pledge=OuterRef("pledge"))
    for_one = Q(undertakings=OuterRef("pk"))
    cited = Q(assessments__slug=OuterRef(assessment_slug))
    searched = notes.filter(for_all | for_one | cited)
    return Q(Exists(confirmed)) | Q(Exists(searched))


def find_end_of_day(day) -> datetime:
    """Return the first moment (UTC) after `day`."""
    start = datetime.combine(day, time.min, UTC)
    return start + timedelta(days=1)
