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
from commitments.verdicts.dates import ImpreciseDate, Precision

AHEAD, PASSED, UNDATED = "ahead", "passed", "undated"
WHEN = (AHEAD, PASSED, UNDATED)
# Stand for no day: databases differ in what the least of several is if one of them is missing.
NEVER = Value(date.max, output_field=DateField())
BEFORE_ALL = Value(date.min, output_field=DateField())
IS_AHEAD = Q(nearest_ahead__lt=NEVER)
IS_PASSED = Q(nearest_passed__gt=BEFORE_ALL)
CONDITIONS = {
    AHEAD: IS_AHEAD,
    PASSED: IS_PASSED,
    UNDATED: ~IS_AHEAD & ~IS_PASSED,
}


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
    public = Pledge.objects.published()
    pledges = _with_nearest_days(public, on)
    pledges = pledges.filter(CONDITIONS[when])
    if when == AHEAD:
        pledges = pledges.annotate(nearest_due=F("nearest_ahead"))
        return pledges.order_by("nearest_due", "slug")
    if when == PASSED:
        pledges = pledges.annotate(nearest_due=F("nearest_passed"))
        return pledges.order_by("-nearest_due", "slug")
    return pledges.order_by("deadline_precision", "slug")


def count_by_when(*, on) -> dict[str, int]:
    """Return {when: number of pledges}; one with days on both sides counts twice. One statement."""
    public = Pledge.objects.published()
    pledges = _with_nearest_days(public, on)
    counts = {}
    for when, condition in CONDITIONS.items():
        counts[when] = Count("pk", filter=condition)
    return pledges.aggregate(**counts)


def _with_nearest_days(pledges, on):
    """Name the nearest due day before `on`, and the nearest of the others, of each pledge."""
    is_ahead = When(deadline__gte=on, then=F("deadline"))
    is_passed = When(deadline__lt=on, then=F("deadline"))
    ahead = Least(
        Case(is_ahead, default=NEVER),
        *_find_days("gte", on, NEVER, order=""),
        output_field=DateField(),
    )
    passed = Greatest(
        Case(is_passed, default=BEFORE_ALL),
        *_find_days("lt", on, BEFORE_ALL, order="-"),
        output_field=DateField(),
    )
    return pledges.alias(nearest_ahead=ahead, nearest_passed=passed)


def _find_days(lookup, on, nothing, *, order):
    """Return the expressions for the nearest of the days that stand in rows inside a pledge."""
    sources = {
        "deadline": _own_deadlines(),
        "due": _dated_targets(),
        "judged_from": _newest_criteria(),
    }
    expressions = []
    for column, rows in sources.items():
        is_on_side = Q((f"{column}__{lookup}", on))
        rows = rows.filter(is_on_side, pledge=OuterRef("pk"))
        days = rows.order_by(f"{order}{column}").values(column)
        nearest = Subquery(days[:1])
        expressions.append(Coalesce(nearest, nothing))
    return expressions


def _own_deadlines():
    return Undertaking.objects.published().filter(
        deadline__isnull=False,
        exempt_reason="",
    )


def _dated_targets():
    is_common = Q(undertaking__isnull=True)
    is_owed = Q(undertaking__exempt_reason="")
    return Target.objects.published().filter(is_common | is_owed, due__isnull=False)


def _newest_criteria():
    versions = Criteria.objects.filter(pledge=OuterRef("pledge"))
    newest = versions.order_by("-number").values("pk")
    return Criteria.objects.filter(pk=Subquery(newest[:1]))


def list_next(*, on):
    """Return the pledges that a party still has to keep, those due next first."""
    parts = Undertaking.objects.published().waiting()
    parts = parts.filter(due_on__gte=on)
    pledges = _sort_by_last_day(parts, "due_on")
    return pledges.order_by("nearest_due", "slug")


def list_overdue(*, on):
    """Return the pledges that are overdue for a party, those due last first."""
    parts = Undertaking.objects.published().overdue(on=on)
    pledges = _sort_by_last_day(parts, "-due_on")
    return pledges.order_by("-nearest_due", "slug")


def _sort_by_last_day(parts, order):
    """Return the pledges of `parts`, each with the first of their last days in `order`."""
    own = parts.filter(pledge=OuterRef("pk"))
    days = own.order_by(order).values("due_on")
    nearest = Subquery(days[:1])
    pledges = Pledge.objects.published().annotate(nearest_due=nearest)
    return pledges.filter(nearest_due__isnull=False)


def with_due_days(pledges, parts=None):
    """Load what `list_due_days` reads of each of `pledges`. Two statements.

    With `parts`, the undertakings to look at, one more; without them those of a listing are.
    """
    if parts is not None:
        own = Prefetch("undertakings", parts, to_attr="listed_undertakings")
        pledges = pledges.prefetch_related(own)
    targets = _dated_targets().select_related("undertaking__party")
    targets = targets.order_by("pk")
    criteria = _newest_criteria().filter(judged_from__isnull=False)
    return pledges.prefetch_related(
        Prefetch("targets", targets, to_attr="dated_targets"),
        Prefetch("criteria", criteria, to_attr="dated_criteria"),
    )


def list_due_days(pledge) -> list[DueDay]:
    """Return the due days of `pledge`, loaded by `with_due_days`, the earliest first."""
    return build_due_days(
        pledge,
        pledge.listed_undertakings,
        pledge.dated_targets,
        pledge.dated_criteria,
    )


def build_due_days(pledge, undertakings, targets, criteria) -> list[DueDay]:
    """Return the due days of `pledge`, the earliest first. No statement.

    The exempt have none. Of `criteria`, the newest come first.
    """
    parts = [part for part in undertakings if not part.is_exempt]
    common = _find_common(pledge, parts, targets)
    days = []
    if pledge.deadline:
        key = f"pledge-{pledge.slug}"
        due = DueDay(DueKind.DEADLINE, pledge, pledge.due, key, common)
        days.append(due)
    for part in parts:
        if part.deadline and part.due != pledge.due:
            key = f"undertaking-{part.slug}"
            due = DueDay(DueKind.OWN_DEADLINE, pledge, part.due, key, [part], party=part.party)
            days.append(due)
    days += _build_days_of_targets(pledge, parts, common, targets)
    if criteria and criteria[0].judged_from not in (None, pledge.deadline):
        key = f"criteria-{pledge.slug}"
        due = DueDay(DueKind.JUDGED_FROM, pledge, criteria[0].judged, key, common)
        days.append(due)
    return sorted(days, key=lambda due: due.day)


def _find_common(pledge, parts, targets) -> list[Undertaking]:
    """Return those of `parts` that have no day of their own, and so those of the pledge."""
    with_own_target = set()
    for target in targets:
        is_primary = target.role == TargetRole.PRIMARY
        if is_primary and target.due not in (None, pledge.deadline):
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
    number_of_label = Counter()
    days = []
    for target in targets:
        owner = parts_by_key.get(target.undertaking_id)
        key = _make_target_key(pledge, target)
        number_of_label[key] += 1
        if target.due in (None, _find_deadline_served(pledge, owner)):
            continue
        kind = DueKind.TARGET
        concerned = common
        if target.role == TargetRole.INTERIM:
            kind = DueKind.INTERIM
            concerned = parts
        if owner is not None:
            concerned = [owner]
        elif target.undertaking_id:
            concerned = []
        party = None
        if target.undertaking_id:
            party = target.undertaking.party
        bound = [part for part in concerned if part.is_bound(on=target.due)]
        due = DueDay(
            kind,
            pledge,
            ImpreciseDate(target.due, Precision.DAY),
            # Labels may be the same; then the order tells them apart.
            f"{key}-{number_of_label[key]}",
            bound,
            party,
            target,
        )
        days.append(due)
    return days


def _find_deadline_served(pledge, owner):
    """Return the deadline that a target serves: of its party, if that has its own."""
    if owner is not None and owner.deadline:
        return owner.deadline
    return pledge.deadline


def _make_target_key(pledge, target):
    owner = ""
    if target.undertaking_id:
        owner = target.undertaking.slug
    words = f"{target.role}|{owner}|{target.label}"
    digest = hashlib.sha256(words.encode())
    number = digest.hexdigest()[:12]
    return f"target-{pledge.slug}-{number}"


def keep_due(days, when, *, on) -> list[DueDay]:
    """Keep those of `days` that are due `when`, seen from the day `on`."""
    passed = when == PASSED
    return [due for due in days if due.due.passed(on=on) == passed]
