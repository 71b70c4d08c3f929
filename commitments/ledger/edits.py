"""Two versions of a text held against each other, word by word."""

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

# A word with the blanks after it. Japanese and Chinese have no blanks: there each sign is a word.
WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff]\s*"
    r"|[^\s\u3040-\u30ff\u3400-\u9fff]+\s*"
    r"|\s+"
)
# More words than this would keep a reader waiting: such texts are shown whole.
MOST_WORDS = 6000
# Texts with less than this in common are shown one after the other: a mixture could not be read.
LEAST_ALIKE = 0.3


class Edit(StrEnum):
    """What became of a run of words, or of a row."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Run(NamedTuple):
    """Words that stand together and were kept, removed or added."""

    edit: Edit
    text: str


def compare_texts(before: str, after: str) -> list[Run]:
    """Return the runs of words that lead from `before` to `after`, in reading order."""
    words_before = WORD.findall(before)
    words_after = WORD.findall(after)
    return compare_words(words_before, words_after)


def _list_keys(words):
    """Return what makes words the same: not the blanks after them, but the ends of lines."""
    keys = []
    for word in words:
        bare = word.rstrip()
        ends = word.count("\n")
        keys.append((bare, ends))
    if keys:
        last, _ends = keys[-1]
        keys[-1] = (last, 0)
    return keys


def compare_words(before: list[str], after: list[str]) -> list[Run]:
    """Return the runs that lead from the words `before` to the words `after`."""
    longest = max(len(before), len(after))
    if longest > MOST_WORDS:
        return _show_whole(before, after)
    # Without “junk”: a word that is frequent in a long text counts like any other.
    matcher = SequenceMatcher(
        None,
        _list_keys(before),
        _list_keys(after),
        autojunk=False,
    )
    if matcher.ratio() < LEAST_ALIKE:
        return _show_whole(before, after)
    runs = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            _add_run(runs, Edit.KEPT, after[new_start:new_end])
            continue
        _add_run(runs, Edit.REMOVED, before[start:end])
        _add_run(runs, Edit.ADDED, after[new_start:new_end])
    return runs


def _show_whole(before, after):
    runs = []
    _add_run(runs, Edit.REMOVED, before)
    _add_run(runs, Edit.ADDED, after)
    return runs


def _add_run(runs, edit, words):
    """Add the words as one run, if there are any."""
    text = "".join(words)
    if text:
        run = Run(edit, text)
        runs.append(run)
