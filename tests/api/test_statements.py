"""What an answer costs, in statements: the same for any number of rows, and few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments import publishing
from commitments.api.urls import RESOURCES

pytestmark = pytest.mark.django_db

# The head and the rows; a pledge's undertakings with their verdicts apart.
IN_A_LIST = dict.fromkeys(RESOURCES, 2) | {"pledges": 3}
# A party's scorecard is two. Findings are two as well, the targets and the figures; without targets
# one or none.
IN_A_RECORD = IN_A_LIST | {"parties": 4, "undertakings": 4}
# Where the ledger has no payload in the newest form, a record is rendered: one more, and one for
# each list inside.
RENDERED = {"pledges": 10, "sources": 6, "parties": 5, "topics": 3, "releases": 4}


@pytest.fixture
def costs(get):
    def costs(path):
        with CaptureQueriesContext(connection) as statements:
            assert get(path).status == 200
        return len(statements), [path, *(query["sql"] for query in statements)]

    return costs


@pytest.mark.once
@pytest.mark.parametrize("count", [10, 200])
def test_an_answer_costs_the_same_for_any_number_of_rows(costs, get, make_many, count, subtests):
    make_many(count)
    for name, number in IN_A_LIST.items():
        with subtests.test(f"the list of {name}"):
            for size in (1, 10, 100):
                spent, what = costs(f"{name}/?page_size={size}")
                assert spent == number <= 3, what
            assert len(get(f"{name}/?page_size=100").body["results"]) >= min(count, 100)
    for name in RESOURCES.keys() - {"changes", "observations"}:
        with subtests.test(f"a record among {name}"):
            slug = get(f"{name}/?page_size=1").body["results"][0]["slug"]
            spent, what = costs(f"{name}/{slug}/")
            assert spent == IN_A_RECORD[name] <= 4, what
    for query in ("", "?party=party-1&status=in_progress&topic=topic-1"):
        with subtests.test(f"statistics {query}"):
            spent, what = costs(f"stats/{query}")
            assert spent == 5, what


@pytest.mark.parametrize("count", [1, 10])
def test_what_the_ledger_does_not_have_is_rendered_at_a_bounded_price(costs, make_many, count):
    make_many(count, payloads=False)
    for name, most in RENDERED.items():
        spent, what = costs(f"{name}/?page_size=100")
        assert spent <= most, what


def test_filters_and_a_choice_of_fields_cost_no_more(costs, make_many):
    make_many(3)
    for path in (
        "pledges/?party=party-1&topic=topic-1&status=in_progress&fields=title",
        "observations/?known_on=2026-02-01&party=party-1&indicator=indicator-1&ordering=-period_end",
        "outside-reports/?party=party-1&pledge=pledge-1",
    ):
        spent, what = costs(path)
        assert spent <= 3, what


def test_a_confirmed_verdict_is_still_read_from_the_ledger(costs, world, reviewer):
    publishing.confirm(world.assessment, by=reviewer)
    spent, what = costs(f"assessments/{world.assessment.slug}/")
    assert spent == 2, what
