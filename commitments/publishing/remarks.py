"""What checking the ledger has to say: something is wrong, may be, or is only worth knowing."""

from enum import Enum
from typing import NamedTuple


class Weight(Enum):
    WRONG = "wrong"
    WARNING = "warning"
    NOTE = "note"


class Remark(NamedTuple):
    weight: Weight
    sentence: str


def make_finding(sentence: str) -> Remark:
    """Return the remark that something is wrong."""
    return Remark(
        weight=Weight.WRONG,
        sentence=sentence,
    )
