"""The rules broken on purpose: `.ci/mutate` makes mutants that differ, runs them, and their tests
notice.
"""

import ast
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MUTATE = ROOT / ".ci" / "mutate"
RULES = ROOT / "commitments" / "verdicts"
BROKEN = "cases.py:Case.__init__ as_of > target.due -> as_of >= target.due"


@pytest.fixture(scope="module")
def mutate():
    # Its name has no ending to import it by, and it must leave nothing beside it.
    loader = SourceFileLoader("mutate", str(MUTATE))
    module = module_from_spec(spec_from_loader("mutate", loader))
    exec(compile(MUTATE.read_text(), ".ci/mutate", "exec"), module.__dict__)
    return module


@pytest.mark.parametrize("name", ["rules.py", "targets.py", "pacing.py"])
def test_every_mutant_is_another_program_that_still_compiles_and_has_a_name_of_its_own(
    mutate, name
):
    made = dict(mutate.mutants(RULES / name))
    sound = ast.unparse(ast.parse((RULES / name).read_text()))
    assert len(made) == len(list(mutate.mutants(RULES / name))) > 50
    for source in made.values():
        assert source != sound
        compile(source, name, "exec")
    assert len(set(made.values())) > 0.99 * len(made)


def test_a_mutant_says_where_and_what_was_broken(mutate):
    assert BROKEN in dict(mutate.mutants(RULES / "cases.py"))


def test_every_survivor_that_is_listed_is_a_mutant_and_has_a_reason(mutate):
    lines = [
        line
        for line in mutate.SURVIVORS.read_text().splitlines()
        if line and not line.startswith("#")
    ]
    every = {name for path in RULES.glob("*.py") for name, _source in mutate.mutants(path)}
    assert mutate.listed() <= every
    assert all(len(line.partition("  # ")[2]) > 20 for line in lines)


def tried(*changes):
    """Return what `.ci/mutate` makes of cases.py changed by hand: of each pair the first is
    replaced by the second.

    In a process of its own: here the rules are loaded already.
    """
    driver = (
        "import runpy, sys, tempfile\nmutate = runpy.run_path(sys.argv[1])\npath = mutate['RULES']"
        " / 'cases.py'\npairs = zip(sys.argv[2::2], sys.argv[3::2])\nchosen = [(path, new,"
        " path.read_text().replace(old, new)) for old, new in pairs]\nwith"
        " tempfile.TemporaryDirectory() as folder:\n    mutate['prepare'](folder)\n   "
        " print(*mutate['survivors'](chosen, jobs=2, seconds=20, tell=lambda *said, **how: None),"
        " sep='\\n')\n"
    )
    sound = (RULES / "cases.py").read_text()
    assert all(sound.count(old) == 1 for old, _new in changes)
    arguments = [text for pair in changes for text in pair]
    ran = subprocess.run(
        [sys.executable, "-c", driver, str(MUTATE), *arguments], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split("\n")[:-1]


@pytest.mark.soak
def test_what_breaks_a_rule_is_killed_and_what_breaks_none_survives(soaking):
    """So a mutant is really what runs, and a death is really for what it does."""
    if not soaking:
        pytest.skip("Runs the tests of the rules several times: part of `make soak`.")
    assert tried(
        ("as_of > target.due", "as_of >= target.due"),
        ("as_of > target.due", "target.due < as_of"),
        ("= target, rows, as_of", "= target, [], as_of"),
        ("class Case:", "while True: pass\nclass Case:"),
    ) == ["target.due < as_of"]
