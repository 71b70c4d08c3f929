"""Private parts of other packages may change in any release, so each use of one is listed here.

After an upgrade, look whether the part still does what its reason says, then record the version.
"""

import ast
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("commitments", "tracker", "tests/fixtures")
# Names that begin with an underscore and are documented: of Django's models, and of named tuples.
DOCUMENTED = {"_meta", "_base_manager", "_default_manager", "_asdict", "_fields", "_replace"}
# Functions that take the name of an attribute or of a fixture.
LOOKUPS = {"getattr", "setattr", "hasattr", "delattr", "getfixturevalue"}


class PrivatePart(NamedTuple):
    """A private part of `package`, the file that uses it, and the version it was checked with."""

    name: str
    path: str
    package: str
    version: str
    reason: str


PRIVATE_PARTS = [
    PrivatePart(
        "_iterable_class",
        "commitments/models/undertakings.py",
        package="django",
        version="5.2.19",
        reason="A queryset has no public way to set something on the rows that it yields.",
    ),
    PrivatePart(
        "_clone",
        "commitments/models/looking_back.py",
        package="django",
        version="5.2.19",
        reason="Every filter copies the queryset, and its day has to go along.",
    ),
    PrivatePart(
        "_prefetched_objects_cache",
        "commitments/ledger/reviving.py",
        package="django",
        version="5.2.19",
        reason="Lists revived from the ledger answer `.all()`, and are in no table to prefetch.",
    ),
    PrivatePart(
        "_should_delete_form",
        "commitments/admin/conflicts.py",
        package="django",
        version="5.2.19",
        reason="`deleted_forms` needs a valid formset; conflicts are shown for invalid ones too.",
    ),
    PrivatePart(
        "_get_serializer",
        "commitments/api/description.py",
        package="drf-spectacular",
        version="0.30.0",
        reason="The answers we add to the schema stand beside the one it would describe itself.",
    ),
    PrivatePart(
        "_fixture_teardown",
        "tests/conftest.py",
        package="django",
        version="5.2.19",
        reason="Tables are emptied there, which the ledger's guards refuse unless they are lifted.",
    ),
    PrivatePart(
        "_fixturemanager",
        "tests/fixtures/shared.py",
        package="pytest",
        version="9.1.1",
        reason="Tests are sorted by their shared fixtures before any of these is made.",
    ),
    PrivatePart(
        "_fixture_teardown",
        "tests/fixtures/kept.py",
        package="django",
        version="5.2.19",
        reason="Committed records of a module are emptied out when the next test wants others.",
    ),
    PrivatePart(
        "_fixturemanager",
        "tests/fixtures/kept.py",
        package="pytest",
        version="9.1.1",
        reason="The kept fixture of a test must be known before the test begins.",
    ),
    PrivatePart(
        "_django_db_helper",
        "tests/fixtures/shared.py",
        package="pytest-django",
        version="4.14.0",
        reason="Our fixture of that name lets records stay in the database between tests.",
    ),
]


def is_private(name):
    return name.startswith("_") and not name.startswith("__") and name.strip("_") != ""


def is_set_on_self(node):
    if not isinstance(node, ast.Attribute) or not isinstance(node.ctx, ast.Store):
        return False
    return ast.unparse(node.value) == "self"


def find_own_names(tree):
    """Return the names of the functions, classes and attributes that a file itself defines."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif is_set_on_self(node):
            names.add(node.attr)
    return names


def is_of_super(node):
    return isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "super"


def find_imports(node):
    """Return the private modules and names that a `from` imports from elsewhere."""
    module = node.module or ""
    if module.startswith(("commitments", "tracker", "tests", "__future__")):
        return set()
    names = {*module.split("."), *(alias.name for alias in node.names)}
    return {name for name in names if is_private(name)}


def find_lookups(node):
    """Return the private names that a call looks up, such as `getattr(model, "_name")`."""
    function = ast.unparse(node.func).rpartition(".")[2]
    if function not in LOOKUPS:
        return set()
    values = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
    return {value for value in values if isinstance(value, str) and is_private(value)}


def find_private_names(source):
    """Return the private names in a file that belong to others."""
    tree = ast.parse(source)
    own_names = find_own_names(tree)
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            if node.attr not in own_names or is_of_super(node):
                names.add(node.attr)
        elif isinstance(node, ast.ImportFrom):
            names |= find_imports(node)
        elif isinstance(node, ast.Call):
            names |= find_lookups(node)
    return names - DOCUMENTED


def find_files():
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return [*files, ROOT / "tests" / "conftest.py"]


def test_every_private_part_in_use_is_listed_with_a_reason():
    uses = set()
    for path in find_files():
        for name in find_private_names(path.read_text()):
            uses.add((name, str(path.relative_to(ROOT))))
    assert uses == {(part.name, part.path) for part in PRIVATE_PARTS}
    assert all(part.reason for part in PRIVATE_PARTS)


@pytest.mark.parametrize("part", PRIVATE_PARTS, ids=lambda part: part.name)
def test_private_parts_were_checked_with_the_installed_version(part):
    assert version(part.package) == part.version, f"check {part.name} in {part.path}: {part.reason}"


@pytest.mark.parametrize(
    "source, names",
    [
        pytest.param("rows._query = 1", {"_query"}, id="attribute"),
        pytest.param("from django.db._base import x", {"_base"}, id="module"),
        pytest.param("from django.db import _base", {"_base"}, id="name imported"),
        pytest.param("getattr(model, '_state')", {"_state"}, id="name looked up"),
        pytest.param("request.getfixturevalue('_db')", {"_db"}, id="fixture"),
        pytest.param(
            "class A(B):\n  def _clone(self):\n    return super()._clone()",
            {"_clone"},
            id="method of a base class",
        ),
        pytest.param("model._meta.fields", set(), id="documented"),
        pytest.param("def _read():\n  pass\nmodule._read()", set(), id="defined in the file"),
        pytest.param("from commitments.verdicts import _name", set(), id="from ourselves"),
        pytest.param("for _ in rows:\n  row.__class__", set(), id="not private"),
    ],
)
def test_private_names_of_others_are_found(source, names):
    assert find_private_names(source) == names
