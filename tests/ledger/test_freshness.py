"""The conditional answer: who is told that nothing has changed, and who gets the content anew."""

from datetime import UTC, date, datetime

import pytest
from django.http import HttpResponse, QueryDict
from django.utils import timezone

from commitments.ledger import freshness

NAME = '"7.build.2026-11-30.en-gb.html.0"'
OLDER = '"6.build.2026-11-30.en-gb.html.0"'
SINCE = "Mon, 30 Nov 2020 12:00:00 GMT"


@pytest.fixture(autouse=True)
def fixed_surroundings(settings, monkeypatch):
    settings.BUILD = "build"
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 30, 12, tzinfo=UTC))


def answer_to(headers, query="", **options):
    return freshness.make_conditional_answer(query, headers, form="html", seq=7, **options)


# What is sent, and the status of the answer with a strong and with a weak ETag.
CASES = {
    "nothing is held": ({}, 200, 200),
    "this answer is held": ({"If-None-Match": NAME}, 304, 304),
    "held by its weak name": ({"If-None-Match": f"W/{NAME}"}, 304, 304),
    "held among others": ({"If-None-Match": f"{OLDER}, W/{NAME}"}, 304, 304),
    "anything is held": ({"If-None-Match": "*"}, 304, 304),
    "an older answer is held": ({"If-None-Match": OLDER}, 200, 200),
    "no ETag at all": ({"If-None-Match": "yesterday's"}, 200, 200),
    "a name without quotes": ({"If-None-Match": NAME.strip('"')}, 200, 200),
    "this one or none": ({"If-Match": NAME}, 200, 412),
    "weak names never match strongly": ({"If-Match": f"W/{NAME}"}, 412, 412),
    "another one or none": ({"If-Match": OLDER}, 412, 412),
    "any one": ({"If-Match": "*"}, 200, 200),
    "a refusal comes before a 304": ({"If-Match": OLDER, "If-None-Match": NAME}, 412, 412),
    "any one, and this is held": ({"If-Match": "*", "If-None-Match": NAME}, 304, 304),
    "older than a day": ({"If-Unmodified-Since": SINCE}, 412, 412),
    "an ETag comes before a day": ({"If-Match": "*", "If-Unmodified-Since": SINCE}, 200, 200),
    "a day that is none": ({"If-Unmodified-Since": "yesterday"}, 200, 200),
    "changed since a day": ({"If-Modified-Since": SINCE}, 200, 200),
}


def status_of(answer):
    response = answer.make_empty_response()
    return response.status_code if response else 200


def test_whoever_holds_the_answer_is_told_so_and_nobody_else(subtests):
    for case, (headers, strong, weak) in CASES.items():
        with subtests.test(case):
            assert status_of(answer_to(headers)) == strong
            assert status_of(answer_to(headers, is_weak=True)) == weak


def test_the_outcome_is_a_value_too():
    answer = answer_to({"If-None-Match": NAME})
    assert (answer.is_unchanged, answer.is_refused) == (True, False)
    answer = answer_to({"If-Match": OLDER, "If-None-Match": NAME})
    assert (answer.is_unchanged, answer.is_refused) == (False, True)


def test_the_etag_says_what_the_answer_depends_on():
    assert answer_to({}).etag == NAME
    assert answer_to({}, is_weak=True).etag == f"W/{NAME}"
    assert answer_to({}, "party=japan").etag != NAME


def test_an_answer_and_its_304_have_an_etag_and_an_error_has_none(subtests):
    answer = answer_to({})
    assert answer.headers == {"ETag": NAME, "Cache-Control": "no-cache"}
    for status, etag in [(200, NAME), (304, NAME), (400, None), (404, None), (412, None)]:
        with subtests.test(status):
            response = HttpResponse(status=status)
            answer.add_headers(response)
            assert response.headers.get("ETag") == etag
            assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.django_db
def test_without_a_number_the_ledger_is_asked_for_its_newest(make_topic):
    make_topic()
    answer = freshness.make_conditional_answer("", {}, form="html")
    assert answer.etag == NAME.replace("7", str(freshness.read_head()), 1)


def test_the_day_that_a_page_was_made_for_is_the_day_in_its_name():
    """At midnight the clock may be a day further than the page."""
    eve = date(2026, 11, 29)
    answer = freshness.make_conditional_answer("", {}, form="html", seq=7, today=eve)
    assert answer.etag == NAME.replace("11-30", "11-29")


def test_only_known_parameters_count_in_one_order_and_without_empties():
    query = QueryDict("status=met&party=japan&utm_source=mail&party=&party=france&q=a%26b")
    known = ["status", "party", "q", "page"]
    written = freshness.write_canonical_query(query, known)
    assert written == "party=france&party=japan&q=a%26b&status=met"
