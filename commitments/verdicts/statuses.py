"""Every status: its word, family, icon, definition and place on other scales, in one place.

The values are public: they appear in addresses and JSON and never change their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


def _(text: str) -> str:
    """Mark a string for translation; the templates look the translation up."""
    return text


class Family(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    SET_ASIDE = "set_aside"


class Status(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    ON_TRACK = "on_track"
    OFF_TRACK = "off_track"
    STALLED = "stalled"
    REVERSED = "reversed"
    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNVERIFIABLE = "unverifiable"
    NOT_APPLICABLE = "not_applicable"


# Never stored: the answer where no assessment is published.
NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True)
class Meaning:
    """What a status says to a reader. `icon` names a symbol of the icon sheet, `tone` a colour."""

    family: Family | None
    word: str
    icon: str
    tone: str
    definition: str


MEANINGS: dict[str, Meaning] = {
    Status.NOT_STARTED: Meaning(
        Family.OPEN,
        _("Not started"),
        "circle",
        "waiting",
        _("Nothing has been done towards it yet."),
    ),
    Status.IN_PROGRESS: Meaning(
        Family.OPEN,
        _("In progress"),
        "circle-dot",
        "moving",
        _("Steps have been taken; it is too early to say whether they will do."),
    ),
    Status.ON_TRACK: Meaning(
        Family.OPEN,
        _("On track"),
        "trending-up",
        "moving",
        _("At or ahead of the pace it needs."),
    ),
    Status.OFF_TRACK: Meaning(
        Family.OPEN,
        _("Off track"),
        "trending-down",
        "troubled",
        _("Behind the pace it needs."),
    ),
    Status.STALLED: Meaning(
        Family.OPEN,
        _("Stalled"),
        "pause",
        "troubled",
        _("Begun, then no step for a year or longer."),
    ),
    Status.REVERSED: Meaning(
        Family.OPEN,
        _("Reversed"),
        "undo",
        "troubled",
        _("Steps have been taken against it."),
    ),
    Status.MET: Meaning(
        Family.CLOSED,
        _("Met"),
        "check",
        "kept",
        _("What the criteria ask for has happened, by the day."),
    ),
    Status.PARTLY_MET: Meaning(
        Family.CLOSED,
        _("Partly met"),
        "half",
        "partly",
        _("A part that the criteria name in advance has happened, by the day."),
    ),
    Status.NOT_MET: Meaning(
        Family.CLOSED,
        _("Not met"),
        "cross",
        "broken",
        _("The day has passed without it."),
    ),
    Status.SUPERSEDED: Meaning(
        Family.SET_ASIDE,
        _("Superseded"),
        "arrow-right",
        "aside",
        _("A later pledge took its place."),
    ),
    Status.WITHDRAWN: Meaning(
        Family.SET_ASIDE,
        _("Withdrawn"),
        "minus",
        "aside",
        _("Those who made it took it back."),
    ),
    Status.UNVERIFIABLE: Meaning(
        Family.SET_ASIDE,
        _("Unverifiable"),
        "help",
        "aside",
        _("Nobody outside can know whether it was kept; the verdict says why."),
    ),
    Status.NOT_APPLICABLE: Meaning(
        Family.SET_ASIDE,
        _("Not applicable"),
        "slash",
        "aside",
        _("It does not bind this party."),
    ),
    NOT_ASSESSED: Meaning(
        None,
        _("Not assessed"),
        "dotted-circle",
        "waiting",
        _("No assessment is published yet; the page says what is missing."),
    ),
}

OPEN = frozenset(s for s in Status if MEANINGS[s].family is Family.OPEN)
CLOSED = frozenset(s for s in Status if MEANINGS[s].family is Family.CLOSED)
SET_ASIDE = frozenset(s for s in Status if MEANINGS[s].family is Family.SET_ASIDE)

# The order a reader asks in: how it ended, how it stands, what is set aside, what is missing.
READING_ORDER: tuple[str, ...] = (
    *(status for status in Status if status in CLOSED),
    *(status for status in Status if status in OPEN),
    *(status for status in Status if status in SET_ASIDE),
    NOT_ASSESSED,
)

# The G7/G20 Research Group's scale: full compliance +1, work in progress or partial 0, failure or
# the opposite −1. A status without a place on it is left out of the mean.
SCORES: dict[str, int] = {
    Status.MET: 1,
    Status.PARTLY_MET: 0,
    Status.IN_PROGRESS: 0,
    Status.NOT_MET: -1,
    Status.REVERSED: -1,
}

# The way back, which loses something: an outside 0 may be partial compliance or work still in
# progress.
STATUS_OF_SCORE: dict[int, Status] = {1: Status.MET, 0: Status.PARTLY_MET, -1: Status.NOT_MET}


def percent_from_mean(mean: Decimal) -> Decimal:
    """Return a mean score of −1 to +1 as 0 to 100 per cent: (mean + 1) / 2 × 100, after the
    Research Group.
    """
    return (mean + 1) / 2 * 100
