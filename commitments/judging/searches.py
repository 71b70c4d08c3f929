"""Rules of search notes: the day of the search, and whom it was made for."""

from collections.abc import Iterator

from commitments.models import SearchNote


def search_in_the_future(note: SearchNote, today) -> Iterator[str]:
    day = note.searched_on
    if day > today:
        yield f"Searched on {day}, which is still to come."


def search_for_another_pledge(note: SearchNote, today) -> Iterator[str]:
    pledge = note.pledge
    foreign = note.undertakings.exclude(pledge=pledge)
    for row in foreign:
        yield f"It names an undertaking of another pledge: {row.slug}."


def searched_before_the_pledge(note: SearchNote, today) -> Iterator[str]:
    day = note.searched_on
    made_on = note.pledge.made_on
    if day < made_on:
        yield f"Searched on {day}, before the pledge was made ({made_on})."
