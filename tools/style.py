"""Measure how easily the code reads.

`python -m tools.style` prints the figures of a checkout. The architecture tests hold every file to
what is recorded in tests/architecture/style.json, so that the figures only get better:
`python -m tools.style --tighten` lowers what is recorded to what the files have now, and raises
nothing.
"""

import argparse
import ast
import json
import math
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RECORD = ROOT / "tests" / "architecture" / "style.json"
PACKAGES = ("commitments", "tracker")
# Syntax nodes per line that a file without a record may have.
DENSITY_OF_NEW_FILES = 5.5
LONGEST_TEMPLATE_LINE = 140
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
# A name that says nothing about the value: a participle or a pronoun.
BANNED_NAMES = frozenset(
    [
        "told",
        "asked",
        "found",
        "given",
        "kept",
        "shown",
        "listed",
        "chosen",
        "offered",
        "turned",
        "named",
        "counted",
        "beside",
        "one",
        "others",
        "rest",
    ]
)
# Names that a framework looks up by itself, so that many modules define them.
FRAMEWORK_NAMES = frozenset(
    {
        "Command",  # Django finds a management command by this name
        "Migration",  # and a migration by this one
    }
)


def python_files(root=ROOT):
    """Return the Python files of the program itself, without generated migrations."""
    files = [path for package in PACKAGES for path in (root / package).rglob("*.py")]
    return sorted(path for path in files if "migrations" not in path.parts)


def template_files(root=ROOT):
    return sorted(
        path for path in (root / "templates").rglob("*") if path.suffix in (".html", ".svg", ".xml")
    )


def body_without_docstring(function):
    if ast.get_docstring(function, clean=False) is None:
        return function.body
    return function.body[1:]


def function_size(function):
    """Return (syntax nodes, distinct lines they span) of a body without its docstring."""
    nodes = 0
    lines = set()
    for statement in body_without_docstring(function):
        for node in ast.walk(statement):
            if isinstance(node, ast.expr | ast.stmt):
                nodes += 1
                lines.update(range(node.lineno, node.end_lineno + 1))
    return nodes, len(lines)


def density(tree):
    """Return (nodes, lines) of all function bodies of a module; nested functions count again."""
    sizes = [function_size(node) for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]
    return sum(nodes for nodes, _ in sizes), sum(lines for _, lines in sizes)


def nodes_per_line(path):
    nodes, lines = density(ast.parse(path.read_text()))
    return nodes / lines if lines else 0.0


def count_nodes(tree, kinds):
    return sum(isinstance(node, kinds) for node in ast.walk(tree))


def defined_names(tree):
    """Yield every name that a module binds: functions, classes, parameters, variables."""
    for node in ast.walk(tree):
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def count_banned_names(path):
    return sum(name in BANNED_NAMES for name in defined_names(ast.parse(path.read_text())))


def count_long_template_lines(path):
    return sum(len(line) > LONGEST_TEMPLATE_LINE for line in path.read_text().splitlines())


def top_level_names(tree):
    for node in tree.body:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not node.name.startswith("_"):
            yield node.name


def shared_names(root=ROOT):
    """Return the public names that several modules define as {name: [module, ...]}."""
    homes = defaultdict(list)
    for path in python_files(root):
        for name in top_level_names(ast.parse(path.read_text())):
            if name not in FRAMEWORK_NAMES:
                homes[name].append(str(path.relative_to(root)))
    return {name: paths for name, paths in sorted(homes.items()) if len(paths) > 1}


def count_code_lines(path):
    lines = (line.strip() for line in path.read_text().splitlines())
    return sum(bool(line) and not line.startswith("#") for line in lines)


def figures(root=ROOT):
    """Return the figures of a whole checkout as {what: number}."""
    trees = {path: ast.parse(path.read_text()) for path in python_files(root)}
    line_count = sum(count_code_lines(path) for path in trees)
    sizes = [density(tree) for tree in trees.values()]
    comprehensions = sum(count_nodes(tree, COMPREHENSIONS) for tree in trees.values())
    conditionals = sum(count_nodes(tree, ast.IfExp) for tree in trees.values())
    template_lines = [
        line
        for path in template_files(root)
        for line in path.read_text().splitlines()
        if line.strip()
    ]
    long_lines = sum(len(line) > LONGEST_TEMPLATE_LINE for line in template_lines)
    return {
        "lines of Python, without blank ones and comments": line_count,
        "syntax nodes per line of function body": (
            sum(n for n, _ in sizes) / sum(lines for _, lines in sizes)
        ),
        "comprehensions per 1000 lines": 1000 * comprehensions / line_count,
        "conditional expressions per 1000 lines": 1000 * conditionals / line_count,
        "template characters a line": sum(map(len, template_lines)) / len(template_lines),
        "per cent of template lines over 140 characters": 100 * long_lines / len(template_lines),
        "names defined in several modules": len(shared_names(root)),
        "banned names bound": sum(count_banned_names(path) for path in trees),
    }


def measure_files(root=ROOT):
    """Return {figure: {file: number}} of what is recorded per file."""
    python = python_files(root)
    templates = template_files(root)
    return {
        "nodes_per_line": {name_of(path, root): round_up(nodes_per_line(path)) for path in python},
        "banned_names": {name_of(path, root): count_banned_names(path) for path in python},
        "long_template_lines": {
            name_of(path, root): count_long_template_lines(path) for path in templates
        },
    }


def name_of(path, root):
    return path.relative_to(root).as_posix()


def round_up(number):
    return math.ceil(number * 100) / 100


def allowed(figure):
    """Return what a file without a record may have of `figure`."""
    return DENSITY_OF_NEW_FILES if figure == "nodes_per_line" else 0


def find_excesses(measured, recorded):
    """Return a sentence for each file that reads worse than it is recorded to."""
    excesses = []
    for figure, numbers in measured.items():
        limits = recorded.get(figure, {})
        for name, number in numbers.items():
            limit = limits.get(name, allowed(figure))
            if number > limit:
                excesses.append(f"{name}: {figure} is {number}, and may be at most {limit}")
    return excesses


def tighten(measured, recorded):
    """Return the lower of both for each file that is still above what a new file may have."""
    tightened = {}
    for figure, numbers in measured.items():
        limits = recorded.get(figure, {})
        limit = allowed(figure)
        lower = {name: min(number, limits.get(name, number)) for name, number in numbers.items()}
        tightened[figure] = {name: number for name, number in lower.items() if number > limit}
    return tightened


def print_figures(root):
    for what, number in figures(root).items():
        print(f"{number:10.2f}  {what}")
    densest = sorted(python_files(root), key=nodes_per_line, reverse=True)
    for path in densest[:25]:
        print(f"{nodes_per_line(path):10.2f}  {name_of(path, root)}")
    for name, paths in shared_names(root).items():
        print(f"  {name}: {', '.join(paths)}")


def main():
    parser = argparse.ArgumentParser(description="Measure how easily the code reads.")
    parser.add_argument("root", nargs="?", type=Path, default=ROOT, help="the checkout to measure")
    parser.add_argument("--tighten", action="store_true", help="lower the recorded figures")
    options = parser.parse_args()
    if not options.tighten:
        print_figures(options.root.resolve())
        return
    recorded = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    tightened = tighten(measure_files(), recorded)
    RECORD.write_text(json.dumps(tightened, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
