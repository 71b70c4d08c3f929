"""Whether a pledge has the quote or the title of another one: then it may be entered twice."""

import re
import unicodedata

from django.db.models import Q

from commitments.models import Pledge, PledgeLink, State, Statement

COMPARED = ("quote", "title")
# Words that every spelling of a text has in the same letters. Texts from PDF write others with
# ligatures.
SAFE_WORD = re.compile(r"\b(?!\w*f[fil])[a-z0-9]{3,}\b|[\u4e00-\u9fff]{2,}")
# How many words must stand in both texts before they are compared letter by letter.
NEEDED_WORDS = 3


def fold_wording(text: str) -> str:
    """Return the letters and digits of a text, without case; signs and spaces only part words."""
    compatible = unicodedata.normalize("NFKC", text)
    lower_case = compatible.casefold()
    spaced = lower_case.replace("_", " ")
    words = re.findall(r"\w+", spaced)
    return " ".join(words)


def find_same_pledges(pledge: Pledge) -> list[Pledge]:
    """Return the pledges on record with the quote or the title of `pledge`, the oldest first."""
    condition = Q(pk__in=[])
    for column in COMPARED:
        text = getattr(pledge, column)
        condition |= _match_words_of(column, text)
    rows = Pledge.objects.filter(condition)
    rows = rows.exclude(pk=pledge.pk)
    rows = rows.order_by("pk")
    rows = rows.select_related("source", "summit", "stated_by", "stated_by_leader")
    return [row for row in rows if list_same_columns(pledge, row)]


def list_same_columns(pledge: Pledge, other: Pledge) -> list[str]:
    """Return which of the compared texts two pledges share."""
    same = []
    for column in COMPARED:
        text = getattr(pledge, column)
        other_text = getattr(other, column)
        wording = fold_wording(text)
        if wording and wording == fold_wording(other_text):
            same.append(column)
    return same


def _match_words_of(column, text):
    """Return the condition of rows with the longest words of the text in the same column."""
    wording = fold_wording(text)
    words = set(SAFE_WORD.findall(wording))
    longest = sorted(words, key=len, reverse=True)
    condition = ~Q(**{column: ""})
    for word in longest[:NEEDED_WORDS]:
        lookup = f"{column}__icontains"
        condition &= Q(**{lookup: word})
    return condition


def are_told_apart(pledge: Pledge, other: Pledge) -> bool:
    """Whether somebody has looked at both of two pledges.

    One says how it bears on the other, or a sentence of a full reading leads to both.
    """
    pair = [pledge.pk, other.pk]
    links = PledgeLink.objects.filter(
        from_pledge__in=pair,
        to_pledge__in=pair,
    )
    if links.exists():
        return True
    sentences = Statement.objects.filter(pledges=pledge)
    return sentences.filter(pledges=other).exists()


def find_earlier_doubles(pledge: Pledge) -> list[Pledge]:
    """Return the pledges that `pledge` may repeat: entered earlier, and not told apart from it."""
    doubles = []
    for other in find_same_pledges(pledge):
        is_later = other.pk > pledge.pk
        if is_later or other.state == State.WITHDRAWN:
            continue
        if not are_told_apart(pledge, other):
            doubles.append(other)
    return doubles
