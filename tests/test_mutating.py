"""The rules broken on purpose: `.ci/mutate` makes mutants that differ, and their tests notice."""

import ast
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BROKEN = "cases.py: as_of > target.due -> as_of >= target.due"
RULES = Path("commitments/verdicts/rules.py")


@pytest.fixture(scope="module")
def mutate():
    # Its name has no ending to import it by, and it must leave nothing beside it.
    loader = SourceFileLoader("mutate", str(ROOT / ".ci" / "mutate"))
    module = module_from_spec(spec_from_loader("mutate", loader))
    exec(compile((ROOT / ".ci" / "mutate").read_text(), ".ci/mutate", "exec"), module.__dict__)
    return module


def test_every_mutant_is_another_program_that_still_compiles(mutate):
    made = list(mutate.mutants(RULES))
    sound = ast.unparse(ast.parse((ROOT / RULES).read_text()))
    assert len(made) > 50
    for _name, source in made:
        assert source != sound
        ast.parse(source)
    assert len({source for _name, source in made}) > 0.95 * len(made)


def test_a_mutant_says_what_was_broken(mutate):
    names = [name for name, _source in mutate.mutants(Path("commitments/verdicts/cases.py"))]
    assert BROKEN in names


@pytest.mark.soak
def test_a_mutant_of_the_deadline_is_killed(mutate, soaking):
    if not soaking:
        pytest.skip("Runs the tests of the rules twice: part of `make soak`.")
    path = Path("commitments/verdicts/cases.py")
    chosen = [(path, *one) for one in mutate.mutants(path) if one[0] == BROKEN]
    assert len(chosen) == 1
    assert mutate.run(chosen, timeout=120) == []
