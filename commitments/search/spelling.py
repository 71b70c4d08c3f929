"""What a misspelt word may have meant, among the words of public titles and names."""

from difflib import get_close_matches

from django.db.models import Q

from commitments.models import SearchWord
from commitments.search.english import find_other_spelling
from commitments.search.words import PERCENT, UNSPACED, compose, split_words

# Too many words are like a shorter one; a word longer than those of all titles is no misspelling.
SHORTEST, LONGEST = 4, 40
LIKENESS = 0.75
# Each word corrected costs a comparison with some of the vocabulary.
MOST_WRONG = 4


def list_vocabulary(texts) -> set[str]:
    """Return the words of `texts` that a misspelling may have meant."""
    words = set()
    for text in texts:
        words.update(word.text for word in split_words(text))
    return {word for word in words if _could_be_wrong(word)}


def correct_spelling(text) -> str | None:
    """Return `text` with its unknown words replaced by the known words most like them.

    Known are the words of public titles and names. Return None if nothing is replaced. One
    statement.
    """
    text = compose(text)
    words = [word for word in split_words(text) if _could_be_wrong(word.text)]
    if not words:
        return None
    known_words = _load_similar_words(words)
    wrong_words = [word for word in words if not _is_known(word.text, known_words)]
    corrected = text
    # From the end, so that a replacement does not move those still to come.
    for word in reversed(wrong_words[:MOST_WRONG]):
        likest = _find_likest(word.text, known_words)
        if likest:
            before = corrected[: word.start]
            after = corrected[word.end :]
            corrected = before + likest + after
    if corrected == text:
        return None
    return corrected


def _load_similar_words(words) -> list[str]:
    """Return the known words that begin or end as one of `words`, in order. One statement."""
    similar = Q()
    for word in words:
        # Who misspells a word seldom misses both its first letter and its last two.
        text = word.text
        first_letter = Q(word__startswith=text[0])
        last_letters = Q(word__endswith=text[-2:])
        similar |= first_letter | last_letters
    entries = SearchWord.objects.published().filter(similar)
    return sorted(entries.values_list("word", flat=True))


def _is_known(word, known_words) -> bool:
    """Whether a known word begins with `word`, in either of its spellings."""
    other_spelling = find_other_spelling(word)
    spellings = (word, other_spelling)
    return any(known.startswith(spellings) for known in known_words)


def _find_likest(word, known_words) -> str | None:
    about_as_long = []
    for known in known_words:
        difference = len(known) - len(word)
        if abs(difference) <= 2:
            about_as_long.append(known)
    matches = get_close_matches(word, about_as_long, n=1, cutoff=LIKENESS)
    return matches[0] if matches else None


def _could_be_wrong(word):
    return (
        SHORTEST <= len(word) <= LONGEST
        and word != PERCENT
        and not word.isnumeric()
        and not UNSPACED.match(word)
    )
