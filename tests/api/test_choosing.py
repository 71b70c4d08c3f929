"""`fields` and `ordering`, on every list."""

import pytest

from commitments import models
from commitments.api.urls import RESOURCES
from tests.fixtures.cases import on_the_same_record

pytestmark = pytest.mark.django_db


def test_only_the_fields_asked_for_come_and_the_slug(get, world):
    body = get("pledges/defence/?fields=title,verifiability,rollup").body
    assert set(body) == {"slug", "title", "verifiability", "rollup"}
    assert body["rollup"]["parties"] == 2
    for row in get("pledges/?fields=title").body["results"]:
        assert set(row) == {"slug", "title"}
    assert get("changes/?fields=action&page_size=1").body["results"] == [
        {"seq": 1, "action": "publish"}
    ]
    assert get("observations/?fields=value").body["results"] == [{"value": "1.8"}]


def test_every_field_of_every_resource_can_be_chosen(get, world):
    for name in RESOURCES:
        for field, value in get(f"{name}/").body["results"][0].items():
            row = get(f"{name}/", {"fields": field}).body["results"][0]
            assert row[field] == value
            assert set(row) - {"slug", "seq"} <= {field}


@on_the_same_record("asked", ["", ",", ",,"])
def test_no_name_asks_for_everything(get, world, asked):
    assert get("topics/defence/", {"fields": asked}).body == get("topics/defence/").body


def test_unknown_fields_are_named_with_those_there_are(get, world):
    for path in ("topics/", "topics/defence/"):
        error = get(path, {"fields": "name,colour,state"}).body["error"]
        assert (error["status"], error["code"]) == (400, "invalid_parameter")
        assert error["fields"] == {
            "fields": (
                "No fields of this record: colour, state. It has: form, name, name_ja, parent,"
                " slug."
            )
        }
    assert get("parties/?fields=scorecard").status == 400
    assert set(get("parties/japan/?fields=scorecard").body) == {"slug", "scorecard"}


@on_the_same_record(
    "asked",
    [
        "x" * 60000,
        ",".join(f"f{number}" for number in range(9000)),
        "slug__in",
        "\ufffd",
        "名前",
        " slug",
        "*",
    ],
)
def test_junk_is_refused_briefly(get, world, asked):
    answer = get("topics/", {"fields": asked})
    assert answer.status == 400
    assert len(answer.response.content) < 2500


def test_fields_are_given_once(get, world):
    assert get("topics/?fields=slug&fields=name").status == 400


def test_a_choice_has_a_tag_of_its_own_and_links_keep_it(get, world, make_topic):
    make_topic("trade")
    whole, part = get("topics/?page_size=1"), get("topics/?page_size=1&fields=slug")
    assert whole.response["ETag"] != part.response["ETag"]
    assert "fields=slug" in part.body["next"]
    assert (
        get("topics/defence/").response["ETag"]
        != get("topics/defence/?fields=slug").response["ETag"]
    )


def test_every_list_can_be_had_in_every_order_it_names(get, world):
    for name, view in RESOURCES.items():
        orders = view.filterset_class.orders()
        assert len(orders) > 1 or name == "changes", name
        default = get(f"{name}/?page_size=100").body["results"]
        for order in orders if name != "changes" else ():
            rows = get(f"{name}/?page_size=100&ordering={order}").body["results"]
            assert len(rows) == len(default), (name, order)
            field = order.removeprefix("-")
            values = [row[field] for row in rows if row.get(field) is not None]
            assert values == sorted(values, reverse=order.startswith("-")), (name, order)
        if name != "changes":
            assert (
                get(f"{name}/?ordering={orders[0]}").body["results"]
                == get(f"{name}/").body["results"]
            )


@on_the_same_record(
    "order", ["state", "-state", "?", "pk", "release__indicator", "name,slug", "name desc"]
)
def test_no_other_order_is_taken(get, world, order):
    for name in RESOURCES:
        assert get(f"{name}/", {"ordering": order}).status == 400, name


def test_a_party_by_itself_has_a_scorecard(get, world, make_outside_report):
    owed = {
        pledge.slug: pledge.undertakings.get(party__slug="japan")
        for pledge in (world.pledge, world.earlier)
    }
    make_outside_report("watch", (owed["defence"], "not_met"), (owed["earlier"], "partly_met"))
    models.Undertaking.objects.filter(slug="defence--united-states").update(
        exempt_reason="It said so."
    )
    card = get("parties/japan/").body["scorecard"]
    ours = {
        "by_status": {"met": 1},
        "late": 0,
        "scored": 1,
        "mean_score": "1",
        "percent": "100",
        "judged_under": 0,
        "unjudged": {},
        "others": {
            "undertakings": 1,
            "by_status": {"met": 1},
            "late": 0,
            "scored": 1,
            "mean_score": "1",
            "percent": "100",
        },
    }
    assert card["ours"] == ours
    assert list(card["outside"]) == ["think-tank", "watch-assessor"]
    assert card["outside"]["think-tank"] == {
        "by_status": {"met": 1},
        "late": 0,
        "scored": 1,
        "mean_score": "1",
        "percent": "100",
    }
    assert card["outside"]["watch-assessor"] == {
        "by_status": {"not_met": 1, "partly_met": 1},
        "late": 0,
        "scored": 2,
        "mean_score": "-0.5",
        "percent": "25",
    }
    none = {"by_status": {}, "late": 0, "scored": 0, "mean_score": None, "percent": None}
    apart = {"judged_under": 0, "unjudged": {}, "others": {"undertakings": 0, **none}}
    assert get("parties/united-states/").body["scorecard"] == {
        "ours": {**none, **apart},
        "outside": {},
    }
    assert "scorecard" not in get("parties/").body["results"][0]
