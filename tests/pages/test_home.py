import re
from datetime import date, timedelta

from django.utils import timezone

from commitments import models


def test_the_front_page_counts_verdicts_and_leads_to_them(read, record):
    text = read("/")
    assert "How the one part in this record stands" in text
    assert 'href="/pledges/?status=met"' in text


def test_the_exempt_are_counted_apart_from_the_parts(read, make_pledge, make_party, japan):
    pledge = make_pledge(parties=[japan, make_party("france"), make_party("iceland")])
    pledge.undertakings.filter(party__slug="iceland").update(exempt_reason="It has no army.")
    text = " ".join(re.sub(r"<[^>]+>", " ", read("/")).split())
    assert "How the 2 parts in this record stand" in text
    assert "2 Not looked at yet 1 exempt, counted apart" in text


def test_deadlines_ahead_and_passed_are_kept_apart(read, make_pledge):
    today = timezone.now().date()
    make_pledge("ahead", deadline=today, deadline_precision="day")
    make_pledge(
        "passed",
        made_on=date(2020, 1, 1),
        deadline=today - timedelta(days=1),
        deadline_precision="day",
    )
    text = read("/")
    ahead, passed = text.index('id="ahead"'), text.index('id="overdue"')
    assert (
        ahead
        < text.index("/pledges/ahead/", ahead)
        < passed
        < text.index("/pledges/passed/", passed)
    )


def test_one_pledge_is_told_with_its_caveat_and_proof(read, record):
    text = read("/")
    told = text[text.index('id="told"') : text.index('id="changed"')]
    assert "On budget basis; outturn pending." in told
    assert "It was done." in told


def test_a_record_that_nobody_signed_is_called_a_demonstration(read, record):
    assert "demonstration record" not in read("/")
    models.Assessment.objects.update(assessor_credit="Demonstration researcher")
    assert "Nobody who runs this site has signed it" in read("/")


def test_an_empty_site_says_so(read, db):
    assert "Nothing is published yet." in read("/")


def lately(text):
    return " ".join(
        re.sub(r"<[^>]+>", "", text[text.index('id="changed"') : text.index('id="ahead"')]).split()
    )


def test_what_changed_is_a_sentence_with_its_caveat(read, record):
    told = lately(read("/"))
    assert f"Japan: {record.pledge.title}: Met, with a caveat." in told


def test_the_verdicts_of_one_day_on_one_pledge_are_one_sentence(
    read, make_party, make_pledge, make_assessment
):
    names = ["austria", "belgium", "chile", "denmark", "estonia"]
    pledge = make_pledge("together", parties=[make_party(name) for name in names])
    for name in names:
        part = pledge.undertakings.get(party__slug=name)
        make_assessment(
            part, "not_met" if name == "chile" else "met", f"verdict-{name}", as_of=date(2026, 2, 1)
        )
    # Entered later, but of an earlier day: it is not what holds.
    make_assessment(part, "off_track", "verdict-before", as_of=date(2026, 1, 1))
    told = lately(read("/"))
    assert "and 2 more:" in told
    assert re.search(r"4.Met, 1.Not met\.", told.replace("&nbsp;", " "))
    assert "Off track" not in told
