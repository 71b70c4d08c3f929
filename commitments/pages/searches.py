"""Where proof was looked for and not found, on the page of a pledge."""

from django.db.models import Prefetch

from commitments.models import SearchNote, Undertaking


def choose_public_notes(pledge, as_of):
    """Return the public search notes of `pledge` by that day; `with_flags` has annotated it.

    Without any, the queryset asks the database nothing.
    """
    if not pledge.has_searches:
        return SearchNote.objects.none()
    notes = SearchNote.objects.published()
    notes = notes.as_of(as_of)
    return notes.newest_first()


def load_search_notes(pledge, as_of) -> list[SearchNote]:
    """Return the public search notes, the newest first, with whom each was made for."""
    notes = choose_public_notes(pledge, as_of)
    notes = notes.filter(pledge=pledge)
    parts = Undertaking.objects.published().select_related("party")
    prefetch = Prefetch("undertakings", parts)
    return list(notes.prefetch_related(prefetch))


def attach_search_notes(parts, notes):
    """Set the newest search of each part that no verdict is shown of; `notes` come so."""
    for part in parts:
        undertaking = part.undertaking
        is_judged = part.assessment or part.outside
        if not is_judged and not undertaking.is_exempt:
            part.searched = find_note_on(undertaking, notes)


def find_note_on(undertaking, notes) -> SearchNote | None:
    """Return the first of `notes` that is about `undertaking`, or about all of its pledge."""
    for note in notes:
        undertakings = note.undertakings.all()
        if not undertakings:
            return note
        if undertaking in undertakings:
            return note
    return None
