"""What the filters keep of the lists that only the API has, and of the shared ones what the pages
never ask.
"""

from datetime import date

import pytest

from commitments.api.stats import Stats
from commitments.api.urls import RESOURCES
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db


@shared
def more(world, make_party, make_topic, make_source, make_leader):
    make_topic("cyber", parent=world.topic)
    make_source("budget", issued_by=world.states, published_on=date(2026, 1, 5))
    make_leader("donald-trump")
    make_party("opec", kind="bloc")


@on_the_same_record(
    "query, found",
    [
        ("parties/?member_of=g7", ["japan"]),
        ("parties/?member_of=opec", []),
        ("parties/?kind=bloc&ordering=name", ["g7", "opec"]),
        ("leaders/?summit=tokyo-2025", ["sanae-takaichi"]),
        ("topics/?parent=defence", ["cyber"]),
        ("sources/?party=united-states", ["budget"]),
        ("sources/?published_from=2026-01-05", ["budget"]),
        ("sources/?published_from=2026-01-06", []),
        ("sources/?published_to=2025-10-28", ["joint-statement", "white-house"]),
        ("sources/?published_to=2025-10-27", []),
        ("assessments/?confidence=low", []),
        ("assessments/?method=rule", []),
        ("indicators/?stage=disbursed", []),
        ("indicators/?frequency=annual&publisher=MoF", ["spending"]),
        ("indicators/?publisher=mof", []),
        (
            "releases/?indicator=spending&released_from=2026-01-05&released_to=2026-01-05",
            ["spending-2026"],
        ),
        ("releases/?released_from=2026-01-06", []),
        ("releases/?released_to=2026-01-04", []),
        ("outside-reports/?assessor=think-tank&pledge=earlier&party=japan", ["report"]),
        ("outside-reports/?pledge=defence", []),
        ("outside-reports/?party=united-states", []),
        ("outside-reports/?assessor=japan", []),
        ("responses/?undertaking=defence--japan&pledge=defence&party=japan", ["reply"]),
        ("responses/?party=united-states", []),
        ("responses/?pledge=earlier", []),
    ],
)
def test_what_each_filter_keeps(slugs, more, query, found):
    assert slugs(query) == found


def test_confidence_and_method_keep_what_has_them(slugs, world):
    assert slugs("assessments/?confidence=high&method=judgement") == [world.assessment.slug]


def test_every_parameter_but_status_is_given_once(get, world):
    for name, view in {**RESOURCES, "stats": Stats}.items():
        paged = {"page_size", "cursor", "fields"} if name not in ("stats", "changes") else set()
        for parameter in (view.filterset_class.names() | paged) - {"status"}:
            error = get(f"{name}/?{parameter}=1&{parameter}=1").body["error"]
            assert (error["status"], parameter in error["fields"]) == (400, True), (name, parameter)
    assert get("pledges/?" + "status=met&" * 900).status == 200
