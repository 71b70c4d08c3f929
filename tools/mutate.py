"""Break the rules on purpose, one place at a time, and see whether their tests notice.

    python -m tools.mutate                          every mutant (`make soak-mutants`)
    python -m tools.mutate --count 40               forty of them, the same for the same --seed
    python -m tools.mutate --only "rules.py:hold"   those whose name begins so

A mutant is one comparison, operator, constant, condition, name or result of
commitments/verdicts/*.py turned into another. It is killed if tests/verdicts fail or take too long.
tools/survivors.txt lists the mutants that no test can kill, each with the reason. Exits 1 when
fewer than 95 in 100 of all are killed, when one survives that is not listed, and when one is listed
that a test kills.

The rules and their tests need no Django, so each mutant gets a fork of this process, which has
loaded pytest and Hypothesis already, and ends at the first failure. The programs to be had were
tried: mutmut leaves alone what is decorated or outside a function, which much of the rules is
(properties, tables), and cosmic-ray starts Python for each mutant.
"""

import argparse
import ast
import importlib.abc
import importlib.util
import os
import random
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, configuration, settings

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "commitments" / "verdicts"
TESTS = ROOT / "tests" / "verdicts"
SURVIVORS = Path(__file__).with_name("survivors.txt")
ENOUGH = 0.95
PROGRESS_EVERY = 100
MEMORY = 4 * 1024**3
SURVIVED, KILLED, UNJUDGED = range(3)
NOTHING_TRIED = (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED)

SWAPPED_OPERATORS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
# Names of functions, members and ends, each with one that is likely to be meant by mistake.
MISTAKEN_NAMES = {
    "ge": "gt",
    "le": "lt",
    "lt": "le",
    "eq": "ne",
    "min": "max",
    "max": "min",
    "start": "end",
    "end": "start",
    "MET": "NOT_MET",
    "NOT_MET": "MET",
    "PARTLY_MET": "NOT_MET",
    "ON_TRACK": "OFF_TRACK",
    "OFF_TRACK": "ON_TRACK",
    "IN_PROGRESS": "ON_TRACK",
    "SATISFIED": "PARTLY",
    "FELL_SHORT": "EXCEEDED",
    "EXCEEDED": "FELL_SHORT",
    "PARTLY": "FELL_SHORT",
    "FAILED_PERIOD": "FELL_SHORT",
    "AHEAD": "BEHIND",
    "BEHIND": "AHEAD",
    "HOLDING": "UNDER_WAY",
    "UNDER_WAY": "HOLDING",
    "NO_DATA": "AWAITING_DATA",
    "AWAITING_DATA": "NO_DATA",
    "UNCOMPARABLE": "NO_DATA",
    "REACH": "STAND",
    "STAND": "REACH",
    "HOLD": "REACH",
    "CHANGE": "TOTAL",
    "TOTAL": "CHANGE",
    "MILESTONE": "REACH",
    "AT_LEAST": "AT_MOST",
    "AT_MOST": "AT_LEAST",
    "EQUAL": "AT_LEAST",
    "BELOW_BASELINE": "AT_MOST",
    "OPEN": "CLOSED",
    "CLOSED": "OPEN",
    "SET_ASIDE": "OPEN",
    "ROUND_HALF_UP": "ROUND_HALF_EVEN",
    "ROUND_CEILING": "ROUND_FLOOR",
}


class Mutant(NamedTuple):
    """A broken source to put in place of a file; its name says where, what was and what is."""

    path: Path
    name: str
    source: str


class Change(NamedTuple):
    """A way to break a syntax tree, and the way back."""

    apply: Callable[[], None]
    undo: Callable[[], None]


# Breaking


def make_mutants(path):
    """Yield a mutant for each way to break the file."""
    tree = ast.parse(path.read_text())
    name_counts = Counter()
    for function, node in list(walk_with_function(tree)):
        for change in changes_of(node):
            before = to_line(node)
            change.apply()
            after = to_line(node)
            source = ast.unparse(tree)
            change.undo()
            name = f"{path.name}:{function} {before} -> {after}"
            name_counts[name] += 1
            count = name_counts[name]
            # Survivors are listed by name, so of two that read the same the second says so.
            if count > 1:
                name = f"{name} ({count})"
            yield Mutant(path, name, source)


def make_every_mutant():
    every = []
    for path in sorted(RULES.glob("*.py")):
        every.extend(make_mutants(path))
    return every


def to_line(node):
    words = ast.unparse(node).split()
    return " ".join(words)


def walk_with_function(node, function=""):
    """Yield (function, node) for every node below `node`: the name of what it is defined in."""
    for child in ast.iter_child_nodes(node):
        inside = function
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            inside = f"{function}.{child.name}" if function else child.name
        yield inside, child
        yield from walk_with_function(child, inside)


def changes_of(node):
    """Yield a change for each way to break `node` itself."""
    match node:
        case ast.Compare(ops=operators):
            for place, operator in enumerate(operators):
                yield replace_item(operators, place, swap(operator))
        case ast.BinOp(op=operator) | ast.BoolOp(op=operator):
            # Not every operator has another that is likely to be meant.
            if type(operator) in SWAPPED_OPERATORS:
                yield replace_field(node, "op", swap(operator))
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield replace_field(node, "test", negate(test))
        case ast.comprehension(ifs=[condition]):
            yield replace_item(node.ifs, 0, negate(condition))
        case ast.UnaryOp(op=ast.USub()):
            yield replace_field(node, "op", ast.UAdd())
        case ast.Constant(value=bool(value)):
            yield replace_field(node, "value", not value)
        case ast.Constant(value=int(value)):
            yield replace_field(node, "value", value + 1)
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) != "None":
            yield replace_field(node, "value", ast.Constant(None))
        case ast.Attribute(attr=name) if name in MISTAKEN_NAMES:
            yield replace_field(node, "attr", MISTAKEN_NAMES[name])
        case ast.Name(id=name) if name in MISTAKEN_NAMES:
            yield replace_field(node, "id", MISTAKEN_NAMES[name])


def swap(operator):
    other = SWAPPED_OPERATORS[type(operator)]
    return other()


def negate(condition):
    return ast.UnaryOp(ast.Not(), condition)


def replace_item(children, place, replacement):
    original = children[place]
    return Change(
        apply=lambda: children.__setitem__(place, replacement),
        undo=lambda: children.__setitem__(place, original),
    )


def replace_field(node, name, replacement):
    original = getattr(node, name)
    return Change(
        apply=lambda: setattr(node, name, replacement),
        undo=lambda: setattr(node, name, original),
    )


# Judging


class PlantedModule(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Give out a source of our own for one module of the rules, and remember that it was used."""

    def __init__(self, mutant):
        self.module = f"commitments.verdicts.{mutant.path.stem}"
        self.source = mutant.source
        self.used = False

    def find_spec(self, name, path, target=None):
        if name != self.module:
            return None
        return importlib.util.spec_from_loader(name, self)

    def get_source(self, name):
        self.used = True
        return self.source


def prepare(folder):
    """Set up what the forks share.

    Hypothesis neither shrinks what it finds nor keeps it, and repeats itself.
    """
    configuration.set_hypothesis_home_dir(folder)
    settings.register_profile(
        "mutants",
        max_examples=40,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")
    sys.path.insert(0, str(ROOT))
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"


def order_tests(path):
    """Return two lists of test files: those of the file's own name, then all."""
    tests = sorted(map(str, TESTS.glob("test_*.py")))
    # The tables of cases come before the properties, which take longer.
    tables = [test for test in tests if "always" not in test]
    properties = [test for test in tests if "always" in test]
    beginning = f"/test_{path.stem}"
    own = [test for test in tables if beginning in test]
    return own, tables + properties


def run_tests(tests):
    options = [
        "-x",
        "-q",
        f"-c{os.devnull}",
        f"--rootdir={ROOT}",
        f"--confcutdir={TESTS}",
        "--import-mode=importlib",
        "--assert=plain",
        "-pno:cacheprovider",
    ]
    return pytest.main([*tests, *options])


def judge(mutant):
    """Run the tests of the rules against a mutant, and return what became of it."""
    planted = PlantedModule(mutant)
    sys.meta_path.insert(0, planted)
    own, tests = order_tests(mutant.path)
    exit_code = run_tests(own) if own else pytest.ExitCode.OK
    if exit_code == pytest.ExitCode.OK:
        exit_code = run_tests(tests)
    if not planted.used:
        return UNJUDGED
    if exit_code in NOTHING_TRIED:
        return UNJUDGED
    if exit_code == pytest.ExitCode.OK:
        return SURVIVED
    return KILLED


def start_judging(mutant, *, seconds):
    """Judge in a process of its own and return its number.

    It is silent, and the system ends one that takes too long or too much.
    """
    process = os.fork()
    if process:
        return process
    outcome = UNJUDGED
    try:
        # Seconds of work, not of the clock: a busy machine kills no mutant.
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        outcome = judge(mutant)
    finally:
        os._exit(outcome)


def wait_for_outcome(running):
    """Wait for one of the `running` {process: name}, and return (name, outcome)."""
    process, status = os.wait()
    exit_code = os.waitstatus_to_exitcode(status)
    outcome = KILLED if exit_code < 0 else exit_code
    return running.pop(process), outcome


def judge_all(mutants, *, jobs, seconds):
    """Yield (name, outcome) for each mutant as they end, `jobs` at a time."""
    running = {}
    for mutant in mutants:
        if len(running) == jobs:
            yield wait_for_outcome(running)
        running[start_judging(mutant, seconds=seconds)] = mutant.name
    while running:
        yield wait_for_outcome(running)


def require_passing_tests(paths, *, jobs, seconds):
    """Stop where the rules as they are do not pass their tests."""
    originals = []
    for path in paths:
        source = ast.unparse(ast.parse(path.read_text()))
        originals.append(Mutant(path, path.name, source))
    for name, outcome in judge_all(originals, jobs=jobs, seconds=seconds):
        if outcome != SURVIVED:
            sys.exit(
                f"{name}: its tests do not pass, or do not import it, before anything was broken."
            )


def find_survivors(mutants, *, jobs, seconds, report=print):
    """Return the names of the mutants that no test noticed."""
    paths = {mutant.path for mutant in mutants}
    require_passing_tests(paths, jobs=jobs, seconds=seconds)
    total = len(mutants)
    survivors = []
    outcomes = judge_all(mutants, jobs=jobs, seconds=seconds)
    for number, (name, outcome) in enumerate(outcomes, start=1):
        if outcome == UNJUDGED:
            sys.exit(f"Not judged: {name}")
        if outcome == SURVIVED:
            survivors.append(name)
            report(f"  survived  {name}", flush=True)
        if number % PROGRESS_EVERY == 0:
            report(f"  {number} of {total}, {len(survivors)} survived", flush=True)
    return survivors


def load_excused_names():
    """Return the names in survivors.txt: a line is a name, two blanks, a # and the reason."""
    names = set()
    for line in SURVIVORS.read_text().splitlines():
        name, separator, _reason = line.partition("  # ")
        if separator:
            names.add(name)
    return names


def list_complaints(survivors, mutants, every):
    """Return a line for each mutant about which survivors.txt is wrong."""
    excused = load_excused_names()
    judged_names = {mutant.name for mutant in mutants}
    every_name = {mutant.name for mutant in every}
    groups = {
        "survives and is not listed": survivors - excused,
        "is listed and is killed": excused & judged_names - survivors,
        "is listed and is no mutant": excused - every_name,
    }
    complaints = []
    for what, names in groups.items():
        complaints += [f"  {what}: {name}" for name in sorted(names)]
    return complaints


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, help="how many; all by default")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="those whose name begins so")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many at a time")
    parser.add_argument(
        "--seconds", type=int, default=60, help="of work for the tests of one mutant"
    )
    return parser.parse_args()


def choose_mutants(every, options):
    mutants = [mutant for mutant in every if mutant.name.startswith(options.only)]
    if options.count:
        count = min(options.count, len(mutants))
        mutants = random.Random(options.seed).sample(mutants, count)
    if not mutants:
        sys.exit(f"No mutant's name begins with {options.only!r}.")
    return mutants


def main():
    options = parse_options()
    every = make_every_mutant()
    mutants = choose_mutants(every, options)
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        names = find_survivors(mutants, jobs=options.jobs, seconds=options.seconds)
    survivors = set(names)
    complaints = list_complaints(survivors, mutants, every)
    for line in complaints:
        print(line)
    total = len(mutants)
    killed = total - len(survivors)
    share = killed / total
    print(f"{killed} of {total} mutants killed ({share:.1%}), {len(survivors)} survived.")
    # Of a few the share says little.
    complete = total == len(every)
    too_few = complete and share < ENOUGH
    sys.exit(bool(complaints) or too_few)


if __name__ == "__main__":
    main()
