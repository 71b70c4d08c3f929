"""What a rule finds: a status, the reason as a code, and every number needed to say it in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from commitments.verdicts.rulesets import VERSION_1
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
    NO_FIGURE_SINCE_BASELINE = "no_figure_since_baseline"
    NO_DATA = "no_data"
    AWAITING_DATA = "awaiting_data"
    UNCOMPARABLE = "uncomparable"


class Finding(NamedTuple):
    """What a rule finds. It is a suggestion until a person signs it.

    `required` and `actual` are what was compared (of a fall, both are changes below zero; of two
    bounds, the one that was missed); `gap` is actual minus required, `share` the share of the way
    from the baseline (or zero). `path` is the value of the indicator that the straight line asks
    for at the end of the figure's period. `missing` are the periods without a figure. `met_late_in`
    is the first period after the deadline that satisfied the target.

    Its numbers have the decimals that the figures justify (`precision`). The status was decided on
    the exact ones.
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
        write = str if self.rules_version == VERSION_1.version else write_all_digits
        body = to_json_types(self._asdict(), write)
        assert isinstance(body, dict)
        return body

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> Finding:
        """Read what `as_json` wrote. Raises KeyError or ValueError for anything else."""
        values = {name: body[name] for name in cls._fields}
        values["status"] = Status(body["status"])
        values["reason"] = Reason(body["reason"])
        values["missing"] = tuple(_read_period(period) for period in body["missing"])
        for name, read in FINDING_READERS.items():
            if values[name] is not None:
                values[name] = read(values[name])
        return cls(**values)


def write_all_digits(number: Decimal) -> str:
    """Return all digits of a number: “0.00000000”, where the first version wrote “0E-8”."""
    return f"{number:f}"


def to_json_types(value: object, write: Callable[[Decimal], str] = write_all_digits) -> object:
    """Return `value` in JSON's own types: numbers, written by `write`, and days as strings."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    match value:
        case dict():
            return {name: to_json_types(inner, write) for name, inner in value.items()}
        case list() | tuple():
            return [to_json_types(inner, write) for inner in value]
        case Decimal():
            return write(value)
        case StrEnum():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            return value


def _read_period(body: dict[str, str]) -> Period:
    start = date.fromisoformat(body["start"])
    end = date.fromisoformat(body["end"])
    return Period(start, end)


def read_figure(body: dict[str, Any]) -> Figure:
    """Read a figure that `to_json_types` wrote. Raises KeyError or ValueError for anything else."""
    values = {
        **body,
        "period": _read_period(body["period"]),
        "value": Decimal(body["value"]),
        "released_on": date.fromisoformat(body["released_on"]),
    }
    return Figure(**values)


# How to read the fields of a finding that may be None and have no type of their own in JSON.
FINDING_READERS: dict[str, Callable[[Any], object]] = {
    "decided_by": read_figure,
    "required": Decimal,
    "actual": Decimal,
    "gap": Decimal,
    "share": Decimal,
    "path": Decimal,
    "met_late_in": _read_period,
}
