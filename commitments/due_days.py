"""Every day on which something of a pledge falls due, each under its own name.

The deadline of the pledge, a party's own, the due days of targets that differ from it, and the day
from which the criteria can be judged. The calendar page and the calendar files read them here.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Case, Count, DateField, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, Least

from commitments.models import (
    Criteria,
    Party,
    Pledge,
    Target,
    TargetRole,
    Undertaking,
)
from commitments.models.due_days import ENDLESS
from commitments.verdicts.dates import ImpreciseDate, Precision, has_passed

AHEAD, PASSED, UNDATED = "ahead", "passed", "undated"
WHEN = (AHEAD, PASSED, UNDATED)
# Stand for no day: databases differ in what the least of several is if one of them is missing.
NEVER = Value(date.max, output_field=DateField())
BEFORE_ALL = Value(date.min, output_field=DateField())


class DueKind(StrEnum):
    DEADLINE = "deadline"
    OWN_DEADLINE = "own_deadline"
    TARGET = "target"
    INTERIM = "interim"
    JUDGED_FROM = "judged_from"


@dataclass(frozen=True)
class DueDay:
    """A day on which something of `pledge` falls due for `parts`.

    `party` is set where the day is one party's alone, `target` where it is that of a target.
    """

    kind: DueKind
    pledge: Pledge
    due: ImpreciseDate
    # Names it among those of its pledge, whatever day it is moved to.
    key: str
    parts: list[Undertaking] = field(default_factory=list)
    party: Party | None = None
    target: Target | None = None

    @property
    def day(self) -> date:
        return self.due.last_day

    def is_overdue(self, *, on) -> bool:
        """Whether the day has passed on `on` for a part that waits, with no verdict since then.

        A verdict that is still open does not end the wait for a part's own last day.
        """
        if not self.due.passed(on=on):
            return False
        return any(self._is_missed_by(part) for part in self.parts)

    def _is_missed_by(self, part):
        if not part.is_waiting:
            return False
        verdict = part.current_assessment
        is_judged_since = verdict is not None and verdict.as_of >= self.day
        return part.due_on == self.day or not is_judged_since


def list_due(when, *, on):
    """Return the pledges with a day that is due `when`, seen from the day `on`; that day itself is
    still ahead. The nearest come first, each with its `nearest_due` day.
    """
    pledges = _with_nearest_days(Pledge.objects.published(), on)
    if when == AHEAD:
        pledges = pledges.filter(nearest_ahead__lt=NEVER).annotate(nearest_due=F("nearest_ahead"))
        return pledges.order_by("nearest_due", "slug")
    if when == PASSED:
        pledges = pledges.filter(nearest_passed__gt=BEFORE_ALL)
        pledges = pledges.annotate(nearest_due=F("nearest_passed"))
        return pledges.order_by("-nearest_due", "slug")
    pledges = pledges.filter(nearest_ahead=NEVER, nearest_passed=BEFORE_ALL)
    return pledges.order_by("deadline_precision", "slug")


def count_by_when(*, on) -> dict[str, int]:
    """Return {when: number of pledges}; one with days on both sides counts twice. One statement."""
    pledges = _with_nearest_days(Pledge.objects.published(), on)
    is_ahead, is_passed = Q(nearest_ahead__lt=NEVER), Q(nearest_passed__gt=BEFORE_ALL)
    counts = {AHEAD: is_ahead, PASSED: is_passed, UNDATED: ~is_ahead & ~is_passed}
    return pledges.aggregate(
        **{when: Count("pk", filter=condition) for when, condition in counts.items()}
    )


def _with_nearest_days(pledges, on):
    """Name the nearest due day before `on`, and the nearest of the others, of each pledge."""
    ahead = [
        Coalesce(Case(When(deadline__gte=on, then=F("deadline"))), NEVER),
        *_find_days("gte", on, NEVER, order=""),
    ]
    passed = [
        Coalesce(Case(When(deadline__lt=on, then=F("deadline"))), BEFORE_ALL),
        *_find_days("lt", on, BEFORE_ALL, order="-"),
    ]
    return pledges.alias(
        nearest_ahead=Least(*ahead, output_field=DateField()),
        nearest_passed=Greatest(*passed, output_field=DateField()),
    )


def _find_days(lookup, on, nothing, *, order):
    """Return the expressions for the nearest of the days that stand in rows inside a pledge."""
    sources = [
        (_own_deadlines(), "deadline"),
        (_dated_targets(), "due"),
        (_newest_criteria(), "judged_from"),
    ]
    expressions = []
    for rows, column in sources:
        rows = rows.filter(pledge=OuterRef("pk"), **{f"{column}__{lookup}": on})
        nearest = rows.order_by(f"{order}{column}").values(column)[:1]
        expressions.append(Coalesce(Subquery(nearest), nothing))
    return expressions


def _own_deadlines():
    return Undertaking.objects.filter(deadline__isnull=False, exempt_reason="")


def _dated_targets():
    owed = Q(undertaking__isnull=True) | Q(undertaking__exempt_reason="")
    return Target.objects.filter(owed, due__isnull=False)


def _newest_criteria():
    newest = Criteria.objects.filter(pledge=OuterRef("pledge")).order_by("-number")
    return Criteria.objects.filter(pk=Subquery(newest.values("pk")[:1]))


def list_next(*, on):
    """Return the pledges that a party still has to keep, those due next first."""
    parts = Undertaking.objects.waiting().filter(due_on__gte=on)
    return _sort_by_last_day(parts, "due_on").order_by("nearest_due", "slug")


def list_overdue(*, on):
    """Return the pledges that are overdue for a party, those due last first."""
    parts = Undertaking.objects.overdue(on=on)
    return _sort_by_last_day(parts, "-due_on").order_by("-nearest_due", "slug")


def _sort_by_last_day(parts, order):
    """Return the pledges of `parts`, each with the first of their last days in `order`."""
    days = parts.filter(pledge=OuterRef("pk")).order_by(order).values("due_on")
    pledges = Pledge.objects.published().annotate(nearest_due=Subquery(days[:1]))
    return pledges.filter(nearest_due__isnull=False)


def with_due_days(pledges, parts=None):
    """Load what `list_due_days` reads of each pledge. Three statements, or two more with `parts`,
    which are the undertakings to look at; without them those of a listing.
    """
    if parts is not None:
        pledges = pledges.prefetch_related(
            Prefetch("undertakings", parts, to_attr="listed_undertakings")
        )
    targets = _dated_targets().select_related("undertaking__party")
    criteria = _newest_criteria().filter(judged_from__isnull=False)
    return pledges.prefetch_related(
        Prefetch("targets", targets.order_by("pk"), to_attr="dated_targets"),
        Prefetch("criteria", criteria, to_attr="dated_criteria"),
    )


def list_due_days(pledge) -> list[DueDay]:
    """Return the due days of `pledge`, loaded by `with_due_days`, the earliest first."""
    parts = [part for part in pledge.listed_undertakings if not part.is_exempt]
    days = build_due_days(pledge, parts, pledge.dated_targets, pledge.dated_criteria)
    return sort_due_days(days)


def sort_due_days(days) -> list[DueDay]:
    """Return `days` with the earliest first."""
    return sorted(days, key=lambda due: due.day)


def build_due_days(pledge, parts, targets, criteria) -> list[DueDay]:
    """Return the due days of `pledge` for `parts`, which are not exempt. No statement.

    Of `criteria`, the newest come first.
    """
    common = _find_common(pledge, parts, targets)
    days = []
    if pledge.deadline:
        key = f"pledge-{pledge.slug}"
        days.append(DueDay(DueKind.DEADLINE, pledge, pledge.due, key, common))
    for part in parts:
        if part.deadline and part.due != pledge.due:
            key = f"undertaking-{part.slug}"
            due = DueDay(DueKind.OWN_DEADLINE, pledge, part.due, key, [part], party=part.party)
            days.append(due)
    days += _build_days_of_targets(pledge, parts, common, targets)
    if criteria and criteria[0].judged_from not in (None, pledge.deadline):
        key = f"criteria-{pledge.slug}"
        days.append(DueDay(DueKind.JUDGED_FROM, pledge, criteria[0].judged, key, common))
    return days


def _find_common(pledge, parts, targets) -> list[Undertaking]:
    """Return those of `parts` that have no day of their own, and so those of the pledge."""
    with_own_target = set()
    for target in targets:
        if target.role == TargetRole.PRIMARY and target.due != pledge.deadline:
            with_own_target.add(target.undertaking_id)
    common = []
    for part in parts:
        is_endless = part.deadline_precision in ENDLESS
        has_own_deadline = is_endless or part.deadline not in (None, pledge.deadline)
        has_own_target = part.deadline is None and part.pk in with_own_target
        if not has_own_deadline and not has_own_target:
            common.append(part)
    return common


def _build_days_of_targets(pledge, parts, common, targets) -> list[DueDay]:
    """Return the due days of those `targets` that differ from the deadline they serve."""
    parts_by_key = {part.pk: part for part in parts}
    seen = Counter()
    days = []
    for target in targets:
        # Labels may be the same; then the order tells them apart.
        label = (target.role, target.undertaking_id and target.undertaking.slug, target.label)
        seen[label] += 1
        own = parts_by_key.get(target.undertaking_id)
        served = own.deadline if own and own.deadline else pledge.deadline
        if target.due in (None, served):
            continue
        is_interim = target.role == TargetRole.INTERIM
        concerned = parts if is_interim else common
        if target.undertaking_id:
            concerned = [own] if own else []
        day = DueDay(
            DueKind.INTERIM if is_interim else DueKind.TARGET,
            pledge,
            ImpreciseDate(target.due, Precision.DAY),
            _make_target_key(pledge, *label, seen[label]),
            [part for part in concerned if part.is_bound(on=target.due)],
            party=target.undertaking.party if target.undertaking_id else None,
            target=target,
        )
        days.append(day)
    return days


def _make_target_key(pledge, *parts):
    words = "|".join(str(part) for part in parts)
    digest = hashlib.sha256(words.encode()).hexdigest()[:12]
    return f"target-{pledge.slug}-{digest}"


def keep_due(days, when, *, on) -> list[DueDay]:
    """Keep those of `days` that are due `when`, seen from the day `on`."""
    return [due for due in days if has_passed(due.day, on=on) == (when == PASSED)]
