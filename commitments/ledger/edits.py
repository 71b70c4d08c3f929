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
# More words than this on both sides would keep a reader waiting: such texts are shown whole.
MOST_WORDS = 6000
# Texts with less than this in common are shown one after the other: a mixture could not be read.
LEAST_ALIKE = 0.3


class Edit(StrEnum):
    """What became of a run of words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Run(NamedTuple):
    """Words that stand together and were kept, removed or added."""

    edit: Edit
    text: str

    @property
    def is_kept(self):
        return self.edit == Edit.KEPT

    @property
    def is_removed(self):
        return self.edit == Edit.REMOVED


def compare_texts(before: str, after: str) -> list[Run]:
    """Return the runs of words that lead from `before` to `after`, in reading order."""
    return compare_words(WORD.findall(before), WORD.findall(after))


def compare_words(before: list[str], after: list[str]) -> list[Run]:
    """Return the runs that lead from the words `before` to those `after`."""
    if max(len(before), len(after)) > MOST_WORDS:
        return _show_whole(before, after)
    # Without junk: a word that is frequent in a long text counts like any other.
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return _show_whole(before, after)
    runs = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            runs += _make_runs(Edit.KEPT, before[start:end])
            continue
        runs += _make_runs(Edit.REMOVED, before[start:end])
        runs += _make_runs(Edit.ADDED, after[new_start:new_end])
    return runs


def _show_whole(before, after):
    removed = _make_runs(Edit.REMOVED, before)
    added = _make_runs(Edit.ADDED, after)
    return removed + added


def _make_runs(edit, words):
    """Return the words as one run, or no run if there are none."""
    if not words:
        return []
    return [Run(edit, "".join(words))]
