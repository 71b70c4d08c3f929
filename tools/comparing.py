"""Compare two folders of recorded answers: what is missing, what differs, and how."""

import difflib
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

# Of one change, and of one line, no more is shown.
MOST_LINES = 12
LONGEST_LINE = 300


class Change(NamedTuple):
    """Lines with - and +, and the titles of the answers that have them."""

    lines: tuple
    titles: list

    def rank(self):
        """Return what the frequent ones come first by."""
        return (
            -len(self.titles),
            self.titles,
            self.lines,
        )


def read_answers(folder):
    """Return the text of each answer by the name of its file."""
    answers = {}
    for path in sorted(folder.rglob("*.txt")):
        inside = path.relative_to(folder)
        name = str(inside)
        text = path.read_bytes()
        answers[name] = text.decode()
    if not answers:
        sys.exit(f"There are no answers in {folder}.")
    return answers


def title(name, text):
    """Return what was asked for, and by whom: the folder says that."""
    request = text.splitlines()[0]
    asker = Path(name).parts[0]
    return f"{request} ({asker})"


def changes_between(old, new):
    """Return each place where two texts differ, as a tuple of its lines with - and +."""
    old_lines = old.split("\n")
    new_lines = new.split("\n")
    changes = []
    diff = list(difflib.unified_diff(old_lines, new_lines, n=0, lineterm=""))
    # The first two lines would name files.
    for line in diff[2:]:
        if line.startswith("@@"):
            changes.append([])
        else:
            changes[-1].append(line)
    return [tuple(lines) for lines in changes]


def find_changes(names, old, new):
    """Return each `Change` between answers of these names, the most frequent first."""
    places = defaultdict(list)
    for name in names:
        new_text = new[name]
        changes = changes_between(old[name], new_text)
        answer = title(name, new_text)
        # A change that an answer has twice is counted once.
        for lines in dict.fromkeys(changes):
            places[lines].append(answer)

    rows = []
    for lines, titles in places.items():
        row = Change(lines, titles)
        rows.append(row)
    return sorted(rows, key=Change.rank)


def print_missing(heading, names, answers):
    if names:
        print(heading, len(names))
    for name in sorted(names):
        text = answers[name]
        missing = title(name, text)
        print(" ", missing)


def print_change(number, change):
    count = len(change.titles)
    example = change.titles[0]
    hidden = len(change.lines) - MOST_LINES
    print("Change", number, "in", count, "answers, such as", example)
    for line in change.lines[:MOST_LINES]:
        beginning = line[:LONGEST_LINE]
        print(" ", beginning)
    if hidden > 0:
        print("  … and more lines:", hidden)


def print_changes(names, old, new):
    """Print each change once, then which answers have which changes."""
    numbers = defaultdict(list)
    changes = find_changes(names, old, new)
    for number, change in enumerate(changes, start=1):
        print_change(number, change)
        for answer in change.titles:
            numbers[answer].append(number)
    print("Answers that differ:", len(names))
    for answer in sorted(numbers):
        its_numbers = numbers[answer]
        print(" ", answer, "has change", *its_numbers)


def find_different(names, old, new):
    """Return which of these answers are not the same in both."""
    different = []
    for name in sorted(names):
        if old[name] != new[name]:
            different.append(name)
    return different


def compare(old_folder, new_folder):
    """Print how two recordings differ; return 1 if they do, else 0."""
    old = read_answers(old_folder)
    new = read_answers(new_folder)
    shared = old.keys() & new.keys()
    gone = old.keys() - shared
    added = new.keys() - shared
    different = find_different(shared, old, new)
    print_missing("Only before:", gone, old)
    print_missing("Only after:", added, new)
    if different:
        print_changes(different, old, new)
    same = len(shared) - len(different)
    print("Answers that are the same:", same)
    return int(old != new)
