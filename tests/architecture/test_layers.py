"""Which part of `commitments` may import which. The table below is the architecture."""

import ast
import re
from pathlib import Path

from tests.fixtures.cases import in_one_test

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "commitments"

# Each may import what stands before it in its row and in the rows above.
TABLES = ["verdicts", "models"]
READS = [
    "languages",
    "addresses",
    "naming",
    "publicforms",
    "search",
    "numbers",
    "dates",
    "days",
    "ledger",
    "filters",
    "scoreboard",
    "tallies",
    "due_days",
    "timeline",
    "charting",
    "judging",
    "exporting",
]
WRITES = ["publishing", "assessing", "archiving", "importing", "demo"]
PUBLIC = ["pages", "api", "syndication"]
STAFF = ["admin", "management"]

MAY_IMPORT = {
    "verdicts": set(),
    "models": {"verdicts"},
    **{part: {*TABLES, *READS[:index]} for index, part in enumerate(READS)},
    **{part: {*TABLES, *READS, *WRITES[:index]} for index, part in enumerate(WRITES)},
    **{part: {*TABLES, *READS} for part in PUBLIC},
    **{part: {*TABLES, *READS, *WRITES, *PUBLIC} for part in STAFF},
    "templatetags": {"verdicts", "languages"},
    # Wires the triggers and roles to the end of every migration.
    "apps": {"models", "publishing"},
}
NOT_PURE = ("django", "rest_framework", "django_filters", "commitments.models")
DRAWERS = {"utils", "helpers", "services", "managers", "common", "core", "misc"}
MAX_LINES, MAX_TEST_LINES, MAX_FUNCTION = 500, 500, 60

# The migrations are generated; the form declarations are a list of fields, long because the models
# are.
LONG_BY_NATURE = {"publicforms/forms.py"}
FILES = [
    path
    for path in APP.rglob("*.py")
    if not {"migrations", "static"} & {*path.parts} and path.stat().st_size
]
TESTS = list((ROOT / "tests").rglob("*.py"))


def part_of(path):
    return path.relative_to(APP).parts[0].removesuffix(".py")


def name_of(path):
    return str(path.relative_to(ROOT))


def imported_modules(path):
    package = ["commitments", *path.relative_to(APP).parent.parts]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{stem}.{alias.name}" for alias in node.names)


@in_one_test("path", FILES, ids=name_of)
def test_imports_point_downwards(path):
    part = part_of(path)
    if part == "__init__":
        return
    assert part in MAY_IMPORT, f"{part} is not in the table of layers: say what it may import"
    for module in imported_modules(path):
        if part == "verdicts":
            assert not module.startswith(NOT_PURE), f"verdicts must stay pure: {module}"
        if module.startswith("commitments."):
            target = module.split(".")[1]
            assert target == part or target in MAY_IMPORT[part], f"{part} may not import {target}"


@in_one_test("path", FILES, ids=name_of)
def test_files_and_functions_stay_small(path):
    if str(path.relative_to(APP)) not in LONG_BY_NATURE:
        assert len(path.read_text().splitlines()) <= MAX_LINES
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < MAX_FUNCTION, f"{node.name} is too long"
            assert len(node.args.args) <= 6, f"{node.name} takes too many positional arguments"


@in_one_test("path", TESTS, ids=name_of)
def test_test_files_stay_small(path):
    assert len(path.read_text().splitlines()) <= MAX_TEST_LINES


READ_BY_PUBLIC = {*PUBLIC, "filters", "scoreboard", "tallies", "charting", "search"}


def is_read_by_public(path):
    alone = (APP / "ledger" / "chain.py", APP / "judging" / "figures.py")
    return part_of(path) in READ_BY_PUBLIC or path in alone


@in_one_test("path", [path for path in FILES if is_read_by_public(path)], ids=name_of)
def test_public_code_starts_from_published_rows(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr in {"objects", "_base_manager", "_default_manager"}
        ):
            assert node.attr in {"published", "none"}, (
                f"{path.name}:{node.lineno} reads unpublished rows"
            )


def test_only_the_guards_and_the_search_index_ask_which_database_it_is():
    asking = {
        str(path.relative_to(APP)) for path in FILES if re.search(r"\bvendor\b", path.read_text())
    }
    assert asking == {"publishing/guards.py", "search/index.py"}


def test_no_file_is_a_drawer():
    assert [name_of(path) for path in [*FILES, *TESTS] if path.stem in DRAWERS] == []


def test_only_publishing_writes_the_search_table():
    for path in FILES:
        if part_of(path) != "publishing":
            assert not re.search(r"Search(Entry|Word)\.objects\.(?!published)", path.read_text()), (
                path.name
            )


def test_only_publishing_writes_states_and_shown_verdicts():
    """`.update(` or `.save(` with these columns anywhere else would change what is public past the
    ledger.
    """
    columns = ("state=", "shown_status=", "shown_by=", "current_assessment=", "checked_on=")
    for path in FILES:
        if part_of(path) in {"publishing", "models"}:
            continue
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            writes = ".update(" in line or ".create(" in line
            assert not (writes and any(column in line for column in columns)), (
                f"{path.name}:{number}"
            )
