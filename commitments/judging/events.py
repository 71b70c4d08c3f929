"""Dated events as figures: what published evidence says of the event that a milestone asks for."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import F

from commitments.models import Evidence, Stance
from commitments.verdicts.targets import Figure, FigureKind, Period

# What an event is worth to the rules: it happened, or it had not happened by the end of its period.
VALUES = {Stance.SUPPORTS: Decimal(1), Stance.CONTRADICTS: Decimal(0)}


def load_events(targets, *, known_on=None) -> dict:
    """Return {(pledge, party): [Figure, …]} for the milestones among `targets`; the party is None
    where an event bears on all of them.

    They are of published evidence, and with `known_on` of what was known that day. One statement,
    or none without a milestone.
    """
    pledges = {target.pledge_id for target in targets if target.is_milestone}
    if not pledges:
        return {}
    rows = Evidence.objects.published().as_of(known_on)
    rows = rows.filter(
        pledge__in=pledges,
        is_milestone=True,
        stance__in=VALUES,
        happened_on__isnull=False,
    )
    # A row for each party that it bears on, and one without a party where it bears on all.
    rows = rows.annotate(bears_on=F("undertakings__party"))
    events = defaultdict(list)
    for row in rows.select_related("source").order_by("pk"):
        events[row.pledge_id, row.bears_on].append(_make_figure(row))
    return events


def find_events(target, undertaking, events) -> list[Figure]:
    """Return the events that decide `target` for the party of `undertaking`."""
    pledge = target.pledge_id
    party = target.measured_party(undertaking)
    return [*events.get((pledge, party), ()), *events.get((pledge, None), ())]


def _make_figure(evidence):
    """Return the event as a figure for the days on which it may have happened."""
    happened = evidence.happened
    period = Period(happened.first_day, happened.last_day)
    published = evidence.source.published_on or period.end
    return Figure(
        period=period,
        value=VALUES[evidence.stance],
        decimals=0,
        kind=FigureKind.ACTUAL,
        # What was announced for a day to come had not happened before that day.
        released_on=max(published, period.start),
        release=evidence.slug,
        url=evidence.source.address,
    )
