"""The code reads no worse than it did: see tools/style.py for the figures and their record."""

import ast
import json

from tools import style


def test_no_file_reads_worse_than_recorded():
    recorded = json.loads(style.RECORD.read_text())
    assert style.find_excesses(style.measure_files(), recorded) == []


def test_every_public_name_has_one_home():
    assert style.shared_names() == {}


def test_nodes_are_counted_over_the_lines_they_span():
    tree = ast.parse(
        '''
def double(number):
    """Return twice `number`: this sentence does not count."""
    twice = number * 2
    return twice
'''
    )
    # An assignment with its target, the product and its two parts; a return with its name.
    assert style.density(tree) == (7, 2)


def test_a_file_without_a_record_starts_at_the_limit_of_new_files():
    measured = {"nodes_per_line": {"new.py": 5.6}, "banned_names": {"new.py": 1}}
    assert style.find_excesses(measured, {}) == [
        "new.py: nodes_per_line is 5.6, and may be at most 5.5",
        "new.py: banned_names is 1, and may be at most 0",
    ]


def test_tightening_lowers_and_never_raises():
    recorded = {"banned_names": {"better.py": 4, "worse.py": 1, "gone.py": 2}}
    measured = {"banned_names": {"better.py": 2, "worse.py": 3, "clean.py": 0}}
    assert style.tighten(measured, recorded) == {"banned_names": {"better.py": 2, "worse.py": 1}}
