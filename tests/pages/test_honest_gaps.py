"""What pages say of verdicts that may be out of date, of parts without one, and of others' alone."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from commitments.models import Undertaking

pytestmark = pytest.mark.django_db
JUDGED = date(2025, 10, 28)
SOON, LATER = (
    datetime(2026, 4, 26, 12, tzinfo=UTC),
    datetime(2026, 4, 27, 12, tzinfo=UTC),
)
MARK = "may be out of date"
# Where a verdict on one party is shown.
ADDRESSES = [
    "/pledges/tokyo-2025-defence/",
    "/pledges/",
    "/parties/japan/",
    "/summits/tokyo-2025/",
    "/embed/pledges/tokyo-2025-defence/",
    "/ja/pledges/tokyo-2025-defence/",
    "/compare/?party=japan&party=france",
    "/pledges/?as_of=2026-04-27",
]


def words(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.fixture
def part(japan, make_party, make_summit, make_pledge, make_assessment):
    parties = [japan, make_party("france")]
    summit = make_summit(parties=parties)
    pledge = make_pledge(summit=summit, parties=parties)
    part = pledge.undertakings.get(party=japan)
    make_assessment(part, "on_track", as_of=JUDGED)
    return part


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_open_verdict_is_marked_from_the_181st_day_on(read, part, address):
    mark = "情報が古い可能性があります" if address.startswith("/ja/") else MARK
    with time_machine.travel(LATER, tick=False):
        text = read(address)
    assert mark in words(text[text.index("<main") :])
    if "as_of" in address:
        return
    with time_machine.travel(SOON, tick=False):
        assert mark not in words(read(address))


def test_files_and_answers_say_it_too(client, get, part):
    with time_machine.travel(LATER, tick=False):
        row = get("undertakings/tokyo-2025-defence--japan/").body["verdict"]
        listed = get("undertakings/?may_be_out_of_date=yes").body["results"]
        rest = get("undertakings/?may_be_out_of_date=no").body["results"]
        file = b"".join(client.get("/pledges.csv")).decode()
    assert (row["may_be_out_of_date"], row["checked_on"]) == (True, str(JUDGED))
    assert [each["slug"] for each in listed] == ["tokyo-2025-defence--japan"]
    assert [each["slug"] for each in rest] == ["tokyo-2025-defence--france"]
    heads, *lines = [line.split(",") for line in file.splitlines()]
    column = heads.index("may_be_out_of_date")
    assert sorted(line[column] for line in lines) == ["no", "yes"]


def test_it_has_to_hold_of_the_same_party(get, part):
    with time_machine.travel(LATER, tick=False):
        japan, france = (
            get(f"pledges/?may_be_out_of_date=yes&party={slug}").body["results"]
            for slug in ("japan", "france")
        )
    assert (len(japan), france) == (1, [])


def test_counts_of_others_stand_apart_from_ours(read, make_party, make_pledge, make_assessment,
                                                make_outside_report):  # fmt: skip
    parties = [make_party(slug) for slug in ("canada", "france", "italy")]
    pledge = make_pledge(parties=parties)
    first, second, _third = pledge.undertakings.order_by("slug")
    make_assessment(first, "met")
    make_outside_report("watch", (second, "met"))
    for address in ("/", "/pledges/", pledge.get_absolute_url()):
        text = words(read(address))
        assert "1 Met" in text and "2 Met" not in text
        assert "1 judged by others alone: 1 met" in text


def test_a_verdict_under_another_pledge_is_named_with_its_link(
    read, get, make_pledge, make_assessment, settle
):
    earlier = make_pledge("earlier", made_on=date(2024, 1, 1))
    later = make_pledge("later", state="draft")
    later.links.create(to_pledge=earlier, kind="reaffirms")
    settle(later)
    make_assessment(later.undertakings.get(), "met")
    text = words(read(earlier.get_absolute_url()))
    assert "Judged under another pledge" in text
    assert "Later : Met Reaffirms this pledge" in text
    assert 'href="/pledges/later/#later--japan"' in read(earlier.get_absolute_url())
    verdict = get("undertakings/earlier--japan/").body["verdict"]
    assert (verdict["status"], verdict["reason"]) == ("not_assessed", "judged_under")
    assert verdict["judged_under"] == "later--japan"
    rollup = get("pledges/earlier/").body["rollup"]
    assert (rollup["by_status"], rollup["judged_under"]) == ({}, 1)
    make_assessment(earlier.undertakings.get(), "not_met")
    assert "judged under" not in words(read(earlier.get_absolute_url())).lower()


@pytest.mark.parametrize(
    "query, slugs",
    [
        ("unjudged_reason=not_due", {"due"}),
        ("unjudged_reason=not_looked_at", {"gap", "late"}),
        ("unjudged_reason=not_due&unjudged_reason=not_looked_at", {"due", "gap", "late"}),
        ("unjudged_reason=not_looked_at&overdue=false", {"gap"}),
        ("unjudged_reason=nothing_found", {"searched"}),
        ("status=not_assessed", {"due", "gap", "late", "searched"}),
        ("unjudged_reason=not_due&as_of=2026-04-01", {"due"}),
        ("unjudged_reason=not_looked_at&as_of=2026-04-01", set()),
        ("judged_by=ours", {"ours"}),
        ("judged_by=others", {"theirs"}),
        ("judged_by=others&as_of=2026-04-01", {"theirs"}),
    ],
)
def test_lists_are_narrowed_by_the_reason_and_by_whose_verdict_it_is(
    get, make_pledge, make_search_note, make_assessment, make_outside_report, query, slugs
):
    make_pledge("gap")
    make_pledge("due", deadline=date(2026, 12, 31), deadline_precision="day")
    make_pledge("late", deadline=date(2025, 12, 31), deadline_precision="day")
    make_search_note(make_pledge("searched"), "note")
    make_assessment(make_pledge("ours").undertakings.get(), "met")
    make_outside_report("watch", (make_pledge("theirs").undertakings.get(), "met"))
    with time_machine.travel(LATER, tick=False):
        answer = get(f"pledges/?{query}")
        rows = get(f"undertakings/?{query}").body["results"]
    assert {row["slug"] for row in answer.body["results"]} == slugs
    assert {row["pledge"] for row in rows} == slugs


def test_an_overdue_part_without_a_verdict_says_why_there_is_none(read, make_pledge):
    for slug in ("late", "later"):
        make_pledge(slug, deadline=date(2025, 12, 31), deadline_precision="day")
    reasons = Undertaking.objects.values_list("unjudged_reason", flat=True)
    assert set(reasons) == {"not_looked_at"}
    text = words(read("/pledges/"))
    assert "2 Overdue (2 not looked at yet)" in text
    assert "Overdue not assessed: not looked at yet" in text
