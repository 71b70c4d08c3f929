from datetime import date, timedelta

from django.utils import timezone


def test_the_front_page_counts_verdicts_and_leads_to_them(read, record):
    text = read("/")
    assert "How the one part in this record stands" in text
    assert 'href="/pledges/?status=met"' in text


def test_deadlines_ahead_and_passed_are_kept_apart(read, make_pledge):
    today = timezone.now().date()
    make_pledge("ahead", deadline=today, deadline_precision="day")
    make_pledge("passed", made_on=date(2020, 1, 1), deadline=today - timedelta(days=1), deadline_precision="day")
    text = read("/")
    ahead, passed = text.index('id="ahead"'), text.index('id="overdue"')
    assert ahead < text.index("/pledges/ahead/", ahead) < passed < text.index("/pledges/passed/", passed)


def test_one_pledge_is_told_with_its_caveat_and_proof(read, record):
    text = read("/")
    told = text[text.index('id="told"') : text.index('id="changed"')]
    assert "On budget basis; outturn pending." in told
    assert "It was done." in told


def test_an_empty_site_says_so(read, db):
    assert "Nothing is published yet." in read("/")
