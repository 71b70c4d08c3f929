"""Rules on what may be on record twice: they warn, because a curator may know better."""

from collections.abc import Iterator

from commitments.judging.same_addresses import find_same_sources
from commitments.judging.same_pledges import find_earlier_doubles, list_same_columns
from commitments.models import Pledge, Source, State


def source_entered_twice(source: Source, today) -> Iterator[str]:
    """Of two sources, the one entered later names the pair."""
    for same in find_same_sources(source):
        other = same.source
        if other.pk < source.pk and other.state != State.WITHDRAWN:
            yield (
                f"The source {other.slug} has the same address. Keep one, and have what cites the"
                " other cite it."
            )


def pledge_entered_twice(pledge: Pledge, today) -> Iterator[str]:
    """Of pledges with the same words, the later name the earlier, unless told apart from it."""
    names = []
    for other in find_earlier_doubles(pledge):
        columns = " and ".join(list_same_columns(pledge, other))
        names.append(f"{other.slug} ({columns})")
    if names:
        listed_names = ", ".join(names)
        yield (
            f"It has the words of {listed_names}. Is it the same pledge? If not, link them, or"
            " enter the sentence under its source with both pledges."
        )
