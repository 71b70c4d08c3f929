"""What a rule found: a status, the reason as a code, and every number needed to say it in words."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import Figure, Period
from commitments.verdicts.version import RULES_VERSION


class Reason(StrEnum):
    SATISFIED = "satisfied"
    FELL_SHORT = "fell_short"
    PARTLY = "partly"
    FAILED_PERIOD = "failed_period"
    EXCEEDED = "exceeded"
    AHEAD = "ahead"
    BEHIND = "behind"
    HOLDING = "holding"
    UNDER_WAY = "under_way"
    NO_DATA = "no_data"
    AWAITING_DATA = "awaiting_data"
    UNCOMPARABLE = "uncomparable"


class Finding(NamedTuple):
    """`required` and `actual` are what was compared; `gap` is actual minus required, `share` the
    share of the way from the baseline (or zero). `path` is the value the straight line asked for on
    the day. `missing` names the periods without a figure. `met_late_in` is the first period after
    the deadline that satisfied. A finding is a suggestion until a person signs it.
    """

    status: Status
    reason: Reason
    decided_by: Figure | None = None
    required: Decimal | None = None
    actual: Decimal | None = None
    gap: Decimal | None = None
    share: Decimal | None = None
    path: Decimal | None = None
    met_late_in: Period | None = None
    missing: tuple[Period, ...] = ()
    provisional: bool = False
    borderline: bool = False
    rules_version: str = RULES_VERSION

    def as_json(self) -> dict[str, Any]:
        """Return the finding in JSON's own types; `Finding.from_json` gives back an equal one."""
        body = as_json_types(self._asdict())
        assert isinstance(body, dict)
        return body

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> Finding:
        """Read what `as_json` wrote. Raises KeyError or ValueError for anything else."""
        values = {name: body[name] for name in cls._fields}
        for name in ("required", "actual", "gap", "share", "path"):
            values[name] = None if values[name] is None else Decimal(values[name])
        values["status"], values["reason"] = Status(values["status"]), Reason(values["reason"])
        values["decided_by"] = values["decided_by"] and observation_from_json(values["decided_by"])
        values["met_late_in"] = values["met_late_in"] and _period(values["met_late_in"])
        values["missing"] = tuple(_period(one) for one in values["missing"])
        return cls(**values)


def as_json_types(value: object) -> object:
    """Return `value` in JSON's own types: numbers and days as strings."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, dict):
        return {name: as_json_types(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [as_json_types(inner) for inner in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def _period(body: dict[str, str]) -> Period:
    return Period(date.fromisoformat(body["start"]), date.fromisoformat(body["end"]))


def observation_from_json(body: dict[str, Any]) -> Figure:
    known = {
        "period": _period(body["period"]),
        "value": Decimal(body["value"]),
        "released_on": date.fromisoformat(body["released_on"]),
    }
    return Figure(**{**body, **known})
