"""The OpenAPI description: valid, complete, and true to what the API answers."""

import copy
import re
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from commitments.api.description import unwrap_descriptions
from commitments.api.stats import Stats
from commitments.api.urls import RESOURCES
from commitments.publicforms import CURRENT

pytestmark = pytest.mark.django_db

DOCS = Path(django_settings.BASE_DIR) / "docs" / "api.md"
ADDRESS = re.compile(r"^/api/v1/([a-z-]+)/(\{slug\}/(evaluation/)?)?$")
EVALUATION = "/api/v1/pledges/{slug}/evaluation/"


@pytest.fixture
def description(get):
    return get("schema/").body


@pytest.fixture
def fits(description):
    """Return a check that a body is what the description says of an operation, with no key
    besides.
    """
    closed = copy.deepcopy(description["components"])
    for schema in closed["schemas"].values():
        if "properties" in schema:
            schema["additionalProperties"] = False

    def fits(body, path, status):
        content = description["paths"][path]["get"]["responses"][str(status)]["content"]
        schema = {**content["application/json"]["schema"], "components": closed}
        jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(
            body
        )

    return fits


def test_the_description_is_valid_and_warns_of_nothing():
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())


def test_it_is_openapi_3_1_and_names_every_resource(description):
    assert description["openapi"] == "3.1.1"
    assert all(ADDRESS.match(path) for path in description["paths"])
    lists = {
        match[1] for path in description["paths"] if (match := ADDRESS.match(path)) and not match[2]
    }
    assert lists == {*RESOURCES, "stats"}
    assert {path for path, item in description["paths"].items() if set(item) != {"get"}} == set()


def test_no_description_shows_where_a_docstring_wraps(description):
    operation = description["paths"]["/api/v1/undertakings/"]["get"]
    about, cost = operation["description"].split("\n\n")
    assert about.startswith("One party's part in a pledge, the verdict on it")
    assert cost.endswith("they cost two statements more, and all the figures.")
    described = description["components"]["schemas"]["Pledge"]["description"]
    assert described.endswith("all of it comes unasked, `always` in any case.")


@pytest.mark.parametrize(
    ("text", "unwrapped"),
    [
        pytest.param("One sentence\nin two lines.", "One sentence in two lines.", id="paragraph"),
        pytest.param("First.\n\nSecond\none.", "First.\n\nSecond one.", id="two paragraphs"),
        pytest.param("Kind\n\n* `a` - A\n* `b` - B", "Kind\n\n* `a` - A\n* `b` - B", id="list"),
        pytest.param("Either:\n- a\n- b\n  too", "Either:\n- a\n- b\n  too", id="indented list"),
    ],
)
def test_only_line_breaks_within_a_paragraph_are_unwrapped(text, unwrapped):
    # A field called “description” is a schema, and a value that is no description stays as it is.
    field = {"description": {"description": text, "example": text}}
    assert unwrap_descriptions({"properties": [field]}) == {
        "properties": [{"description": {"description": unwrapped, "example": text}}]
    }


def test_answers_fit_the_description(get, world, fits):
    for name in RESOURCES:
        body = get(f"{name}/?page_size=100").body
        fits(body, f"/api/v1/{name}/", 200)
        for row in body["results"] if name not in ("changes", "observations") else ():
            fits(get(f"{name}/{row['slug']}/").body, f"/api/v1/{name}/{{slug}}/", 200)
    fits(get("stats/").body, "/api/v1/stats/", 200)
    fits(get("pledges/defence/evaluation/").body, EVALUATION, 200)


def test_errors_fit_the_description(get, world, fits):
    fits(get("pledges/?colour=red").body, "/api/v1/pledges/", 400)
    fits(get("pledges/nothing/").body, "/api/v1/pledges/{slug}/", 404)
    fits(get("pledges/nothing/evaluation/").body, EVALUATION, 404)
    fits(get("pledges/defence/evaluation/?party=nothing").body, EVALUATION, 400)
    fits(get("pledges/", Accept="text/html").body, "/api/v1/pledges/", 406)


def test_a_key_too_many_does_not_fit(get, world, fits):
    body = get("pledges/defence/").body
    with pytest.raises(jsonschema.ValidationError):
        fits({**body, "state": "published"}, "/api/v1/pledges/{slug}/", 200)
    with pytest.raises(jsonschema.ValidationError):
        fits({**body, "made_on": None}, "/api/v1/pledges/{slug}/", 200)


def test_every_field_of_every_public_form_is_described(description):
    schemas = description["components"]["schemas"]
    for form in CURRENT.values():
        properties = schemas[form.model.__name__]["properties"]
        assert set(form.fields) | {child.key for child in form.children} <= set(properties)


def test_every_parameter_is_described_in_the_schema_and_in_the_docs(description):
    docs = DOCS.read_text()
    for name, view in {**RESOURCES, "stats": Stats}.items():
        described = description["paths"][f"/api/v1/{name}/"]["get"]["parameters"]
        paged = view.pagination_class.parameters | {"fields"} if name in RESOURCES else set()
        assert {each["name"] for each in described} == view.filterset_class.names() | paged
        assert all(len(each["description"]) > 5 for each in described), name
        assert f"`/api/v1/{name}/`" in docs
        for parameter in view.filterset_class.names():
            assert f"`{parameter}`" in docs or f"`{parameter}=" in docs, (name, parameter)


def test_the_evaluation_is_described_with_its_parameters(description):
    operation = description["paths"][EVALUATION]["get"]
    assert operation["operationId"] == "pledges_evaluation"
    described = {each["name"]: each for each in operation["parameters"]}
    assert set(described) == {"slug", "as_of", "known_on", "party", "period", "release"}
    assert (
        described["as_of"]["schema"]
        == described["known_on"]["schema"]
        == {
            "type": "string",
            "format": "date",
        }
    )
    assert set(operation["responses"]) == {"200", "304", "400", "404", "406"}


def test_the_fields_that_may_be_chosen_are_described(description):
    for path, item in description["paths"].items():
        chosen = [each for each in item["get"].get("parameters", ()) if each["name"] == "fields"]
        assert bool(chosen) == (path not in ("/api/v1/stats/", EVALUATION)), path
        for parameter in chosen:
            assert (parameter["explode"], len(parameter["schema"]["items"]["enum"]) > 3) == (
                False,
                True,
            )
    assert "scorecard" in str(description["paths"]["/api/v1/parties/{slug}/"]["get"]["parameters"])
    assert "scorecard" not in str(description["paths"]["/api/v1/parties/"]["get"]["parameters"])


def test_the_docs_page_loads_nothing_from_elsewhere(client):
    page = client.get("/api/v1/docs/")
    assert page.status_code == 200
    addresses = re.findall(r"""(?:src|href)="([^"]*)""", page.content.decode())
    assert addresses and all(
        address.startswith("/") and not address.startswith("//") for address in addresses
    )
    # Its program is a file of its own: the site's policy runs nothing that stands in a page.
    assert not re.search(r"<script(?![^>]*\bsrc=)", page.content.decode())
    script = client.get("/api/v1/docs/?script=")
    assert script["Content-Type"] == "application/javascript"
    assert "/api/v1/schema/" in script.content.decode()
    assert not page.cookies and not script.cookies


@pytest.mark.parametrize(
    "junk",
    ["?format=xml", "?script=%FF", "?lang=%00", pytest.param("?lang=" + "x" * 5000, id="long")],
)
def test_junk_for_the_docs_page_is_never_our_fault(client, junk):
    assert client.get(f"/api/v1/docs/{junk}").status_code in (200, 400, 404)
    assert client.post("/api/v1/docs/").status_code == 405
    assert client.get("/api/v1/docs/", headers={"Accept": "application/json"}).status_code in (
        200,
        406,
    )


@pytest.fixture
def described_api(world):
    # Django closes the connection around each request, which on PostgreSQL ends the test's
    # transaction.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    from tracker.wsgi import application

    yield schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


generated = schemathesis.pytest.from_fixture("described_api")


@pytest.fixture
def is_new(soaking):
    """Tell whether a case tries what none has: all do in the long form, which tries every value.

    Many cases give one parameter another value of the same sort; in the short form one is enough.
    """
    tried = set()

    def is_new(case):
        data = case.meta.phase.data
        if soaking or not hasattr(data, "scenario"):
            return True
        operation = (case.method, case.operation.path)
        sort = (*operation, data.scenario, data.parameter, data.location, *(case.query or {}))
        if sort in tried:
            return False
        tried.add(sort)
        return True

    return is_new


@pytest.mark.once
@generated.parametrize()
@hypothesis_settings(
    max_examples=hypothesis_settings.default.max_examples // 16,
    suppress_health_check=list(HealthCheck),
)
def test_generated_requests_are_answered_as_described(case, is_new):
    if not is_new(case):
        return
    # No pattern can say which cursors there are, or that a day exists in its month.
    excluded = [positive_data_acceptance]
    # Null, an empty list and an empty text are one in an address: nothing is asked for, which is no
    # mistake.
    if any(value in (None, "", [], {}) for value in (case.query or {}).values()):
        excluded.append(negative_data_rejection)
    case.call_and_validate(headers={"Host": "localhost"}, excluded_checks=excluded)
