"""What an import makes only once somebody has confirmed it: a slip in a name would make it too."""

from collections.abc import Iterable

from commitments.importing.texts import shorten
from commitments.models import Party


def list_new_parties(parties: Iterable[Party]) -> list[Party]:
    """Return those of `parties` that are not on record, each once, in order."""
    new = {}
    for party in parties:
        if not party.pk:
            new.setdefault(party.slug, party)
    return list(new.values())


def name_parties(parties: Iterable[Party]) -> str:
    """Return “Atlantis (atlantis), Japan (japan)”."""
    return ", ".join(f"{shorten(party.name)} ({shorten(party.slug)})" for party in parties)


def ask_for_parties(parties: list[Party]) -> str:
    """Return the sentence that asks to confirm new parties, and says how."""
    names = name_parties(parties)
    if len(parties) == 1:
        return (
            f"This party is not on record and would be made: {names}. Correct the name if it is a"
            " slip; else confirm it by --new-party make."
        )
    return (
        f"These {len(parties)} parties are not on record and would be made: {names}. Correct the"
        " names that are slips, and confirm the others by --new-party make."
    )
