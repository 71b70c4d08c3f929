"""What a misspelt word may have meant: among the words of public titles and names, and no
others.
"""

from difflib import get_close_matches

from django.db.models import Q

from commitments.models import SearchWord
from commitments.search.english import other_spelling
from commitments.search.words import PERCENT, UNSPACED, composed, words

# Of a shorter word every other is a neighbour; a longer one than any title's is no misspelling.
SHORTEST, LONGEST = 4, 40
LIKENESS = 0.75
# Each costs a comparison with some of the vocabulary.
MOST_WRONG = 4


def vocabulary(texts) -> set[str]:
    """Return the words of `texts` that a misspelling may have meant; pairs of characters are
    none.
    """
    return {word.text for text in texts for word in words(text) if _could_be_wrong(word.text)}


def respelt(text) -> str | None:
    """Return `text` with the words that no title or name holds replaced by the likest that one
    does, or None.

    One statement.
    """
    text = composed(text)
    asked = [word for word in words(text) if _could_be_wrong(word.text)]
    if not asked:
        return None
    alike = Q()
    for word in asked:
        # Who misspells a word seldom misses both its first letter and its last two.
        alike |= Q(word__startswith=word.text[0]) | Q(word__endswith=word.text[-2:])
    known = sorted(SearchWord.objects.published().filter(alike).values_list("word", flat=True))
    begun = [(word, (word.text, other_spelling(word.text))) for word in asked]
    wrong = [
        word for word, spellings in begun if not any(other.startswith(spellings) for other in known)
    ]
    meant = text
    # From the end, so that what is replaced moves nothing that is still to be.
    for word in reversed(wrong[:MOST_WRONG]):
        near = [other for other in known if abs(len(other) - len(word.text)) <= 2]
        for likest in get_close_matches(word.text, near, n=1, cutoff=LIKENESS):
            meant = meant[: word.start] + likest + meant[word.end :]
    return meant if meant != text else None


def _could_be_wrong(word):
    return (
        SHORTEST <= len(word) <= LONGEST
        and word != PERCENT
        and not word.isnumeric()
        and not UNSPACED.match(word)
    )
