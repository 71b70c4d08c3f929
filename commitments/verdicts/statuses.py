"""Every status: its word, family, icon, definition and place on other scales, in one place.

The values are public: they appear in addresses and JSON and never change their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
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


# Never stored: the status of a part without a published assessment.
NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True)
class Meaning:
    """What a status means to a reader. `icon` names a symbol of the icon sheet, `tone` a colour."""

    family: Family | None
    word: str
    icon: str
    tone: str
    definition: str


MEANINGS: dict[str, Meaning] = {
    Status.NOT_STARTED: Meaning(
        family=Family.OPEN,
        word=_("Not started"),
        icon="circle",
        tone="waiting",
        definition=_("Nothing has been done towards it yet."),
    ),
    Status.IN_PROGRESS: Meaning(
        family=Family.OPEN,
        word=_("In progress"),
        icon="circle-dot",
        tone="moving",
        definition=_("Steps have been taken; it is too early to say whether they will do."),
    ),
    Status.ON_TRACK: Meaning(
        family=Family.OPEN,
        word=_("On track"),
        icon="trending-up",
        tone="moving",
        definition=_("At or ahead of the pace it needs."),
    ),
    Status.OFF_TRACK: Meaning(
        family=Family.OPEN,
        word=_("Off track"),
        icon="trending-down",
        tone="troubled",
        definition=_("Behind the pace it needs."),
    ),
    Status.STALLED: Meaning(
        family=Family.OPEN,
        word=_("Stalled"),
        icon="pause",
        tone="troubled",
        definition=_("Begun, then no step for a year or longer."),
    ),
    Status.REVERSED: Meaning(
        family=Family.OPEN,
        word=_("Reversed"),
        icon="undo",
        tone="troubled",
        definition=_("Steps have been taken against it."),
    ),
    Status.MET: Meaning(
        family=Family.CLOSED,
        word=_("Met"),
        icon="check",
        tone="kept",
        definition=_("What the criteria ask for has happened, by the day."),
    ),
    Status.PARTLY_MET: Meaning(
        family=Family.CLOSED,
        word=_("Partly met"),
        icon="half",
        tone="partly",
        definition=_("A part that the criteria name in advance has happened, by the day."),
    ),
    Status.NOT_MET: Meaning(
        family=Family.CLOSED,
        word=_("Not met"),
        icon="cross",
        tone="broken",
        definition=_("The day has passed without it."),
    ),
    Status.SUPERSEDED: Meaning(
        family=Family.SET_ASIDE,
        word=_("Superseded"),
        icon="arrow-right",
        tone="aside",
        definition=_("A later pledge took its place."),
    ),
    Status.WITHDRAWN: Meaning(
        family=Family.SET_ASIDE,
        word=_("Withdrawn"),
        icon="minus",
        tone="aside",
        definition=_("Those who made it took it back."),
    ),
    Status.UNVERIFIABLE: Meaning(
        family=Family.SET_ASIDE,
        word=_("Unverifiable"),
        icon="help",
        tone="aside",
        definition=_("Nobody outside can know whether it was kept; the verdict says why."),
    ),
    Status.NOT_APPLICABLE: Meaning(
        family=Family.SET_ASIDE,
        word=_("Not applicable"),
        icon="slash",
        tone="aside",
        definition=_("It does not bind this party."),
    ),
    NOT_ASSESSED: Meaning(
        family=None,
        word=_("Not assessed"),
        icon="dotted-circle",
        tone="waiting",
        definition=_("No assessment is published yet; the page says what is missing."),
    ),
}


class Unjudged(StrEnum):
    """Why a part has no verdict. Only the last one is a gap of the record."""

    NOT_DUE = "not_due"
    JUDGED_UNDER = "judged_under"
    NOTHING_FOUND = "nothing_found"
    AWAITING_DATA = "awaiting_data"
    NOT_LOOKED_AT = "not_looked_at"


UNJUDGED_MEANINGS: dict[str, Meaning] = {
    Unjudged.NOT_DUE: Meaning(
        family=None,
        word=_("Not due yet"),
        icon="calendar",
        tone="waiting",
        definition=_("Its last day is not over, so there is nothing to judge yet."),
    ),
    Unjudged.JUDGED_UNDER: Meaning(
        family=None,
        word=_("Judged under another pledge"),
        icon="corner",
        tone="aside",
        definition=_("The same party’s verdict under a linked pledge holds for it too."),
    ),
    Unjudged.NOTHING_FOUND: Meaning(
        family=None,
        word=_("Searched, nothing found"),
        icon="search-cross",
        tone="waiting",
        definition=_("We searched and found no proof; the page says where and on which day."),
    ),
    Unjudged.AWAITING_DATA: Meaning(
        family=None,
        word=_("Figures awaited"),
        icon="hourglass",
        tone="waiting",
        definition=_("Its last day has passed; the figure that decides is not published yet."),
    ),
    Unjudged.NOT_LOOKED_AT: Meaning(
        family=None,
        word=_("Not looked at yet"),
        icon="closed-eye",
        tone="waiting",
        definition=_("Nobody here has looked for proof yet: a gap of this record."),
    ),
}

# Who did it after the last day did not meet it. Readers see both.
DONE_LATER = _("Not met, done later")


def choose_word(status: str, *, is_late: bool = False) -> str:
    """Return the word for the status of a verdict; `is_late` if it was done after its day."""
    if is_late:
        return DONE_LATER
    return MEANINGS[status].word


# Not a status: what readers see first once the last day has passed with the verdict open or
# missing. The status is then what it was last judged, not how it stands.
OVERDUE = "overdue"
OVERDUE_MEANING = Meaning(
    family=None,
    word=_("Overdue"),
    icon="clock",
    tone="troubled",
    definition=_("The deadline has passed without a final verdict."),
)

OPEN = frozenset(status for status in Status if MEANINGS[status].family is Family.OPEN)
CLOSED = frozenset(status for status in Status if MEANINGS[status].family is Family.CLOSED)
SET_ASIDE = frozenset(status for status in Status if MEANINGS[status].family is Family.SET_ASIDE)

# Readers first want to know how it ended, then how it stands, what is set aside, what is missing.
READING_ORDER: tuple[str, ...] = (
    *(status for status in Status if status in CLOSED),
    *(status for status in Status if status in OPEN),
    *(status for status in Status if status in SET_ASIDE),
    NOT_ASSESSED,
)

# Why there is no verdict: first what readers wait for, then the gap, then what is counted apart.
UNJUDGED_ORDER: tuple[str, ...] = (
    Unjudged.AWAITING_DATA,
    Unjudged.NOTHING_FOUND,
    Unjudged.NOT_LOOKED_AT,
    NOT_ASSESSED,
    Unjudged.NOT_DUE,
    Unjudged.JUDGED_UNDER,
)

# Nothing is to be judged here: no bar and no share counts them.
APART = frozenset({Unjudged.NOT_DUE, Unjudged.JUDGED_UNDER})

# The same with what is overdue, which comes before what is still open, and the reasons why there is
# no verdict.
STANDING_ORDER: tuple[str, ...] = (
    *(status for status in Status if status in CLOSED),
    OVERDUE,
    *(code for code in READING_ORDER if code not in CLOSED and code != NOT_ASSESSED),
    *UNJUDGED_ORDER,
)

# An open verdict that nobody looked at for longer may be out of date.
LOOK_AGAIN_AFTER = timedelta(days=180)

# The G7/G20 Research Group's scale: full compliance +1, work in progress or partial 0, failure or
# the opposite −1. A status without a place on it is left out of the mean.
SCORES: dict[str, int] = {
    Status.MET: 1,
    Status.PARTLY_MET: 0,
    Status.IN_PROGRESS: 0,
    Status.NOT_MET: -1,
    Status.REVERSED: -1,
}

# The way back is not exact: an outside 0 may be partial compliance or work still in progress.
STATUS_OF_SCORE: dict[int, Status] = {1: Status.MET, 0: Status.PARTLY_MET, -1: Status.NOT_MET}


def disagree(ours: str, theirs: str) -> bool:
    """Whether two verdicts on one undertaking say different things: they have neither the same
    status nor the same score.

    Boundary: an outside 0 is entered as “partly met” and may mean work still in progress, so it
    does not disagree with our “in progress”.
    """
    if ours == theirs:
        return False
    score = SCORES.get(ours)
    return score is None or score != SCORES.get(theirs)


def find_meaning(code: str) -> Meaning:
    """Return what a status, “overdue”, or a reason for no verdict means to a reader."""
    if code == OVERDUE:
        return OVERDUE_MEANING
    if code in UNJUDGED_MEANINGS:
        return UNJUDGED_MEANINGS[code]
    return MEANINGS[code]


def find_last_look(judged_as_of: date, *looks: date) -> date:
    """Return the day a verdict was last checked: the newest of the day it is as of and of the
    `looks` since, which are confirmations and searches. Publishing it is no look.
    """
    return max([judged_as_of, *looks])


def may_be_out_of_date(status: str, checked_on: date | None, *, on: date) -> bool:
    """Whether a verdict with `status` is open and was last checked too long before the day `on`.

    Boundary: one checked exactly `LOOK_AGAIN_AFTER` before is not.
    """
    if status not in OPEN or checked_on is None:
        return False
    return checked_on < on - LOOK_AGAIN_AFTER


def percent_from_mean(mean: Decimal) -> Decimal:
    """Return a mean score of −1 to +1 as 0 to 100 per cent: (mean + 1) / 2 × 100.

    The Research Group converts its scores so.
    """
    return (mean + 1) / 2 * 100
