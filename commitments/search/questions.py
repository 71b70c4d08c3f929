"""Whole questions, as readers type them: which of their words say nothing about a record."""

# The words that make an English question. "May" is a month; "WHO", in capitals, a name.
OF_A_QUESTION = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "to",
        "with",
        "about",
        "into",
        "than",
        "as",
        "if",
        "not",
        "any",
        "there",
        "this",
        "that",
        "these",
        "those",
        "it",
        "its",
        "they",
        "their",
        "we",
        "our",
        "you",
        "your",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "do",
        "does",
        "did",
        "doing",
        "done",
        "has",
        "have",
        "had",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "when",
        "where",
        "why",
        "how",
        "many",
        "much",
    ]
)
# Words that a question begins with; or it ends with its mark.
BEGINS = frozenset(
    [
        "did",
        "does",
        "do",
        "has",
        "have",
        "is",
        "are",
        "was",
        "were",
        "will",
        "who",
        "which",
        "what",
        "when",
        "how",
    ]
)
# What readers ask about every record, in their words. Questions are searched without these words,
# and so is a search that would find nothing with them.
OF_EVERY_RECORD = frozenset(
    [
        "promise",
        "promises",
        "promised",
        "pledge",
        "pledges",
        "pledged",
        "commitment",
        "commitments",
        "committed",
        "keep",
        "kept",
        "break",
        "broke",
        "broken",
        "meet",
        "met",
        "fulfil",
        "fulfill",
        "fulfilled",
        "happened",
        "reach",
        "reached",
        "achieve",
        "achieved",
        "hit",
        "honour",
        "honoured",
        "honor",
        "honored",
        "deliver",
        "delivered",
        "target",
        "targets",
        "goal",
        "goals",
    ]
)


def is_question(text) -> bool:
    """Whether a search is an English question: it begins like one, or ends with its mark."""
    words = str(text).split()
    if len(words) < 2:
        return False
    first = words[0]
    last = words[-1]
    if last.endswith("?"):
        return True
    return is_question_word(first, BEGINS)


def is_question_word(word, question_words) -> bool:
    """Whether `word` is one of these, with or without signs. In capitals it is a name."""
    is_name = word.isupper() and len(word) > 1
    if is_name:
        return False
    bare = word.strip("?!.,:;()")
    lower_case = bare.lower()
    return lower_case in question_words
