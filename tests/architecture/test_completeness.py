"""Nothing exists half: what is built is reachable, tested and described."""

import ast
import re
from pathlib import Path

from django.apps import apps
from django.core.management import get_commands

from commitments.admin import site
from commitments.models import Attribution, Modality
from commitments.publicforms import CURRENT
from commitments.verdicts.statuses import MEANINGS
from tests.fixtures.cases import in_one_test

ROOT = Path(__file__).resolve().parents[2]
DOCS = {path.stem: path.read_text() for path in (ROOT / "docs").glob("*.md")}
TESTS = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("*.py"))
OWN_COMMANDS = sorted(name for name, app in get_commands().items() if app == "commitments")


# Not pages of their own, and why.
SHOWN_WITHIN = {
    "LedgerPayload": "the page of its entry shows it",
    "LedgerPeople": "the page of its entry shows them",
    "SearchEntry": (
        "readers search it, publishing alone writes it, and check_integrity holds it to the records"
    ),
    "SearchWord": "like SearchEntry",
    "LedgerHead": "the list of entries begins with it",
}


def in_admin_as_inline(model):
    return any(
        inline.model is model
        for registered in site._registry.values()
        for inline in registered.inlines
    )


@in_one_test(
    "model", list(apps.get_app_config("commitments").get_models()), ids=lambda model: model.__name__
)
def test_every_model_is_in_the_admin(model):
    assert model in site._registry or in_admin_as_inline(model) or model.__name__ in SHOWN_WITHIN


@in_one_test("name", OWN_COMMANDS)
def test_every_command_is_called_in_a_test_and_described(name):
    assert f'call_command("{name}"' in TESTS
    assert f"`{name}" in (ROOT / "README.md").read_text() + "".join(DOCS.values())


def settings_read():
    """Return the name of every variable that settings.py reads from the environment."""
    for node in ast.walk(ast.parse((ROOT / "tracker" / "settings.py").read_text())):
        if (
            isinstance(node, ast.Call)
            and node.args
            and re.fullmatch(r"env\.[a-z]+", ast.unparse(node.func))
        ):
            yield getattr(node.args[0], "value", "DATABASE_URL")


@in_one_test("name", sorted(set(settings_read())))
def test_every_setting_is_described(name):
    assert f"`{name}`" in DOCS["settings"]


@in_one_test("status", MEANINGS)
def test_every_status_is_described(status):
    assert MEANINGS[status].word in DOCS["methodology"]
    assert f"`{status}`" in DOCS["api"]


@in_one_test("value", [*Attribution, *Modality])
def test_every_attribution_and_modality_is_described(value):
    assert value.label.lower() in DOCS["methodology"].lower()
    assert f"`{value}`" in DOCS["api"]


def filter_names():
    from django_filters import FilterSet

    from commitments import filters

    for name in dir(filters):
        candidate = getattr(filters, name)
        if (
            isinstance(candidate, type)
            and issubclass(candidate, FilterSet)
            and candidate.__module__.startswith(filters.__name__)
        ):
            yield from candidate.base_filters


@in_one_test("name", sorted(set(filter_names())))
def test_every_filter_is_described(name):
    assert f"`{name}`" in DOCS["api"]


def endpoints():
    from django.urls import get_resolver

    from commitments.api import urls

    del urls
    for pattern in get_resolver("commitments.api.urls").url_patterns:
        yield re.split(r"[/<(\\]", str(pattern.pattern).lstrip("^"))[0]


@in_one_test("name", sorted({name for name in endpoints() if name}))
def test_every_endpoint_is_described(name):
    assert f"/api/v1/{name}/" in DOCS["api"]


@in_one_test("record_type", CURRENT)
def test_every_record_type_is_described(record_type):
    assert f"`{record_type}`" in DOCS["data-model"]


def addresses_for_programs():
    from commitments.syndication.urls import frames, urlpatterns

    for pattern in [*frames, *urlpatterns]:
        yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", str(pattern.pattern))


@in_one_test("address", list(addresses_for_programs()))
def test_every_address_for_other_programs_is_described(address):
    assert f"`{address}" in DOCS["syndication"]


def paths_in_the_table_of_changes():
    """Yield every path that CONTRIBUTING.md names in its table of changes."""
    text = (ROOT / "CONTRIBUTING.md").read_text()
    table = text.partition("## The files a change touches")[2].partition("\n## ")[0]
    for name in re.findall(r"`([^`]+)`", table):
        if re.fullmatch(r"\w[\w./-]*/[\w./-]*", name):
            yield name


def test_every_path_in_the_table_of_changes_exists():
    paths = list(paths_in_the_table_of_changes())
    assert len(paths) > 30
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_example_in_the_glossary_of_verbs_exists():
    text = (ROOT / "CONTRIBUTING.md").read_text()
    glossary = text.partition("| Verb |")[2].partition("\n\n")[0]
    examples = re.findall(r"`([a-z]\w+[a-z])`", glossary)
    assert len(examples) > 15
    code = "\n".join(path.read_text() for path in (ROOT / "commitments").rglob("*.py"))
    assert [name for name in examples if f"def {name}(" not in code] == []


def test_every_part_of_the_admin_that_the_architecture_names_exists():
    text = (ROOT / "docs" / "architecture.md").read_text()
    parts = re.findall(r"`([A-Z]\w+)` \(`(admin/\w+\.py)`\)", text)
    assert len(parts) >= 6
    for name, path in parts:
        assert f"class {name}" in (ROOT / "commitments" / path).read_text()
