"""What every address of the API has in common."""

import itertools

import pytest

from commitments.api.paging import CursorPages
from commitments.api.stats import Stats
from commitments.api.urls import RESOURCES
from commitments.filters import Filters
from commitments.models import LedgerHead
from tests.fixtures.cases import in_one_test, on_the_same_record

pytestmark = pytest.mark.django_db

SECRET = "zzdraftzz"
NEVER = "yyneveryy"


def test_a_drafts_slug_answers_like_one_that_nobody_ever_used(get, drafts):
    for name, slug in drafts.items():
        draft, never = get(f"{name}/{slug}/"), get(f"{name}/{slug.replace(SECRET, NEVER)}/")
        assert draft.status == never.status == 404, name
        assert draft.response.content == never.response.content, name
        assert draft.response.headers == never.response.headers, name


def test_no_list_shows_a_draft(get, drafts):
    for name in RESOURCES:
        assert SECRET not in get(f"{name}/?page_size=100").response.content.decode(), name


def test_no_record_shows_a_draft_inside_it(get, world, drafts):
    for path in (
        "pledges/defence/",
        "assessments/" + world.assessment.slug + "/",
        "sources/joint-statement/",
        "undertakings/defence--united-states/",
    ):
        answer = get(path)
        assert answer.status == 200
        assert SECRET not in answer.response.content.decode(), path


FILTERED_BY_A_DRAFT = [
    *(
        "pledges/?party={}-party",
        "pledges/?leader={}-leader",
        "pledges/?topic={}-topic",
        "pledges/?summit={}-summit",
    ),
    *(
        "pledges/?series={}-series",
        "pledges/?q={}",
        "undertakings/?pledge={}-pledge",
        "summits/?party={}-party",
    ),
    *(
        "leaders/?party={}-party",
        "assessments/?pledge={}-pledge",
        "assessments/?undertaking={}-pledge--japan",
    ),
    *(
        "observations/?release={}-release",
        "observations/?indicator={}-indicator",
        "observations/?party={}-party",
    ),
    *(
        "releases/?indicator={}-indicator",
        "outside-reports/?pledge={}-pledge",
        "responses/?pledge={}-under",
    ),
    *("topics/?parent={}-topic", "parties/?member_of={}-party", "leaders/?summit={}-summit"),
    *("outside-reports/?assessor={}-party", "sources/?party={}-party"),
    *("evidence/?source={}-source", "evidence/?pledge={}-under", "sources/?summit={}-summit"),
]


def test_filtering_by_a_draft_answers_like_nonsense(get, drafts):
    for address in FILTERED_BY_A_DRAFT:
        draft, never = get(address.format(SECRET)), get(address.format(NEVER))
        assert draft.status == never.status == 200, address
        assert draft.body == never.body == {"next": None, "previous": None, "results": []}, address


def test_a_change_to_a_draft_alone_moves_no_tag(get, world, make_pledge):
    before = get("pledges/").response["ETag"]
    make_pledge("unfinished", state="draft")
    assert get("pledges/").response["ETag"] == before


@on_the_same_record("path", ["pledges/", "pledges/defence/", "changes/?after=3", "schema/"])
def test_a_known_answer_costs_one_statement_and_no_bytes(
    get, world, django_assert_num_queries, path
):
    tag = get(path).response["ETag"]
    with django_assert_num_queries(1):
        again = get(path, **{"If-None-Match": tag})
    assert (again.status, again.response.content, again.response["ETag"]) == (304, b"", tag)
    LedgerHead.objects.update(seq=9999)
    assert get(path, **{"If-None-Match": tag}).status == 200


def test_a_known_answer_makes_no_filters(get, world, monkeypatch):
    tags = {path: get(path).response["ETag"] for path in ("pledges/", "pledges/defence/", "stats/")}

    def fail(*args, **options):
        raise AssertionError("Filters were made.")

    monkeypatch.setattr(Filters, "__init__", fail)
    for path, tag in tags.items():
        assert get(path, **{"If-None-Match": tag}).status == 304
    monkeypatch.undo()
    # A parameter that nobody knows is refused all the same.
    assert get("pledges/?nonsense=1", **{"If-None-Match": tags["pledges/"]}).status == 400


def test_a_tag_belongs_to_its_address(get, world):
    tag = get("pledges/").response["ETag"]
    assert get("pledges/defence/", **{"If-None-Match": tag}).status == 200
    assert get("pledges/?party=japan", **{"If-None-Match": tag}).status == 200
    assert get("pledges/nothing/", **{"If-None-Match": tag}).status == 404
    assert get("pledges/", **{"If-Match": '"other"'}).status == 412


def test_every_answer_says_how_it_may_be_kept_and_read(get, world):
    for path in (
        "pledges/",
        "pledges/defence/",
        "pledges/nothing/",
        "pledges/?colour=red",
        "nowhere/",
    ):
        response = get(path).response
        assert response["Content-Type"] == "application/json"
        assert response["Cache-Control"] == "no-cache"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies
        assert "Vary" not in response


@pytest.mark.parametrize(
    "path, status, code",
    [
        ("pledges/?colour=red", 400, "unknown_parameter"),
        ("pledges/?kind=red", 400, "invalid_parameter"),
        ("pledges/?party=%20", 400, "invalid_parameter"),
        ("outside-reports/?party=%1C", 400, "invalid_parameter"),
        ("pledges/defence/?party=japan", 400, "unknown_parameter"),
        ("pledges/?format=json", 400, "unknown_parameter"),
        ("pledges/?format=xml", 400, "unknown_parameter"),
        ("schema/?lang=ja", 400, "unknown_parameter"),
        ("pledges/nothing/", 404, "not_found"),
        ("pledges/Not%20a%20slug/", 404, "not_found"),
        ("changes/1/", 404, "not_found"),
        ("nowhere/", 404, "not_found"),
        ("../v2/pledges/", 404, "not_found"),
        ("../", 404, "not_found"),
    ],
)
def test_errors_have_one_shape(get, path, status, code):
    answer = get(path)
    assert answer.status == status
    assert set(answer.body) == {"error"}
    assert set(answer.body["error"]) == {"status", "code", "message", "fields"}
    assert (answer.body["error"]["status"], answer.body["error"]["code"]) == (status, code)


def test_unknown_parameters_are_named(get):
    error = get("pledges/?colour=red&size=9&kind=odd").body["error"]
    assert set(error["fields"]) == {"colour", "size", "kind"}
    assert "page_size" in error["message"]


def test_a_parameter_given_twice_is_refused_unless_it_is_a_list(get):
    assert get("pledges/?party=japan&party=france").body["error"]["fields"] == {
        "party": "Give it once."
    }
    assert get("pledges/?page_size=1&page_size=2").status == 400
    assert get("pledges/?status=met&status=not_met").status == 200


def test_json_is_the_only_format(get):
    assert get("pledges/", Accept="text/html").body["error"]["code"] == "not_acceptable"
    assert get("pledges/", Accept="text/html, */*;q=0.1").status == 200


@in_one_test("path", ["pledges/", "pledges/defence/", "changes/", "schema/", "nowhere/"])
@in_one_test("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_nothing_can_be_written(client, path, method):
    response = client.generic(
        method, f"/api/v1/{path}", "{}", headers={"X-HTTP-Method-Override": "GET"}
    )
    assert response.status_code == 405
    assert "GET" in response["Allow"]


def test_a_script_elsewhere_may_ask_conditionally(client):
    response = client.options("/api/v1/pledges/", headers={"Origin": "https://example.org"})
    assert response.status_code == 204
    assert response["Access-Control-Allow-Headers"] == "If-None-Match"
    assert "Access-Control-Allow-Credentials" not in response


def test_a_missing_slash_is_added(client):
    assert client.get("/api/v1/pledges")["Location"] == "/api/v1/pledges/"


JUNK = [
    "%00",
    "%ED%A0%80",
    "%FF",
    "9" * 5000,
    "-1",
    "１２",
    "0000-00-00",
    "10000-01-01",
    "2026-02-30",
    "'",
    "%25_%25",
    "x" * 9000,
]


def test_junk_is_never_our_fault(client, world):
    for name, view in {**RESOURCES, "stats": Stats}.items():
        parameters = {*view.filterset_class.names(), *CursorPages.parameters, "fields", "unknown"}
        for parameter, junk in itertools.product(sorted(parameters), JUNK):
            response = client.get(f"/api/v1/{name}/?{parameter}={junk}")
            assert response.status_code in (200, 400), (name, parameter, junk)
        for junk in JUNK:
            assert client.get(f"/api/v1/{name}/{junk}/").status_code in (400, 404), (name, junk)


@pytest.mark.parametrize("path", ["pledges/%00/", "pledges/?q=%00", "pledges/?page_size=%00"])
def test_nul_is_refused(client, path):
    assert client.get(f"/api/v1/{path}").status_code == 400


def test_thousands_of_parameters_are_refused_briefly(client):
    many = "&".join(f"p{number}=1" for number in range(3000))
    response = client.get(f"/api/v1/pledges/?{many}")
    assert response.status_code == 400
    assert len(response.content) < 2000
    too_many = "&".join(f"p{number}=1" for number in range(6000))
    assert client.get(f"/api/v1/pledges/?{too_many}").json()["error"]["status"] == 400


@pytest.mark.parametrize(
    "header",
    [{"Accept": ";;;,,/"}, {"Accept": "a" * 9000}, {"Range": "bytes=0-9"}, {"Cookie": "x"}],
)
def test_strange_headers_are_never_our_fault(get, header):
    assert get("pledges/", **header).status in (200, 406)
