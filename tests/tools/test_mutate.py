"""The rules broken on purpose: the mutants of `tools.mutate` differ, run, and are noticed."""

import ast
import json
import subprocess
import sys

import pytest

from tools import mutate

BROKEN = "cases.py:Case.__init__ as_of > due -> as_of >= due"


@pytest.mark.parametrize("name", ["rules.py", "targets.py", "pacing.py"])
def test_every_mutant_is_another_program_that_still_compiles_and_has_a_name_of_its_own(name):
    path = mutate.RULES / name
    mutants = list(mutate.make_mutants(path))
    sources = {mutant.source for mutant in mutants}
    assert len({mutant.name for mutant in mutants}) == len(mutants) > 50
    assert ast.unparse(ast.parse(path.read_text())) not in sources
    for source in sources:
        compile(source, name, "exec")
    assert len(sources) > 0.99 * len(mutants)


def test_a_mutant_says_where_and_what_was_broken():
    names = {mutant.name for mutant in mutate.make_mutants(mutate.RULES / "cases.py")}
    assert BROKEN in names


def test_every_survivor_that_is_listed_is_a_mutant_and_has_a_reason():
    lines = [line for line in mutate.SURVIVORS.read_text().splitlines() if line[0] != "#"]
    names = {mutant.name for mutant in mutate.make_every_mutant()}
    excused = mutate.load_excused_names()
    assert excused <= names
    assert len(excused) == len(lines)
    assert all(len(line.partition("  # ")[2]) > 20 for line in lines)


def test_what_the_list_of_survivors_says_wrongly_is_a_complaint(monkeypatch, tmp_path):
    monkeypatch.setattr(mutate, "SURVIVORS", tmp_path / "survivors.txt")
    mutate.SURVIVORS.write_text("# A title\nlisted  # Why.\nkilled  # Why.\ngone  # Why.\n")
    every = [mutate.Mutant(None, name, "") for name in ["listed", "killed", "new", "fine"]]
    assert mutate.list_complaints({"listed", "new"}, every, every) == [
        "  survives and is not listed: new",
        "  is listed and is killed: killed",
        "  is listed and is no mutant: gone",
    ]


DRIVER = """
import json, sys, tempfile
from tools import mutate
path = mutate.RULES / "cases.py"
mutants = []
for old, new in json.loads(sys.argv[1]):
    source = path.read_text()
    assert source.count(old) == 1, old
    mutants.append(mutate.Mutant(path, new, source.replace(old, new)))
with tempfile.TemporaryDirectory() as folder:
    mutate.prepare(folder)
    survivors = mutate.find_survivors(mutants, jobs=2, seconds=20, report=lambda *_, **options: None)
print(json.dumps(survivors))
"""


def find_survivors(*changes):
    """Return which of these changes of cases.py survive: each is (old text, new text).

    In a process of its own: here the rules are loaded already.
    """
    answer = subprocess.run(
        [sys.executable, "-c", DRIVER, json.dumps(changes)],
        cwd=mutate.ROOT,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


@pytest.mark.soak
def test_what_breaks_a_rule_is_killed_and_what_breaks_none_survives(soaking):
    """So a mutant is really what runs, and a death is really for what it does."""
    if not soaking:
        pytest.skip("Runs the tests of the rules several times: part of `make soak`.")
    assert find_survivors(
        ("as_of > due", "as_of >= due"),
        ("as_of > due", "due < as_of"),
        ("self.rows = rows", "self.rows = []"),
        ("class Case:", "while True: pass\nclass Case:"),
    ) == ["due < as_of"]
