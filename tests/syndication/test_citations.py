"""Citations as files, which say for good what the page they name says."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from commitments import models, publishing
from commitments.ledger.freshness import read_head
from tests.fixtures.records import amend, withdraw
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
FORMS = {
    "cite.bib": "application/x-bibtex; charset=utf-8",
    "cite.json": "application/vnd.citationstyles.csl+json",
}


@shared
def pledge(make_pledge):
    return make_pledge("defence", title="Two per cent of {GDP}")


def address(seq, form):
    return f"/pledges/defence/at/{seq}/{form}"


@pytest.mark.parametrize("form", FORMS)
def test_it_is_a_file_that_cites_the_page_for_good(client, pledge, form):
    seq = read_head()
    response = client.get(address(seq, form))
    assert response.headers["Content-Type"] == FORMS[form]
    assert (
        response.headers["Content-Disposition"]
        == f'attachment; filename="defence-{seq}.{form[5:]}"'
    )
    assert f"https://ledger.example.org/pledges/defence/at/{seq}/" in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_happens_later_changes_it(read, client, pledge, reviewer, make_topic, form):
    seq = read_head()
    before = read(address(seq, form))
    pledge.title = "Changed since"
    pledge.save()
    amend(pledge, by=reviewer, note="A better title.")
    assert "Changed since" in read(address(read_head(), form))
    withdraw(pledge, by=reviewer, note="Never said.", cascade=True)
    assert read(address(seq, form)) == before
    assert client.get(address(read_head(), form)).status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_its_day_is_that_of_the_entry(read, pledge, form):
    on = models.LedgerEntry.objects.get(seq=read_head()).recorded_at.date()
    text = read(address(read_head(), form))
    if form == "cite.bib":
        assert (
            f"Ledger at entry {read_head()}, {on}" in text
            and r"Two per cent of \textbraceleft{}GDP" in text
        )
    else:
        (item,) = json.loads(text)
        assert item["issued"] == {"date-parts": [[on.year, on.month, on.day]]}
        assert item["title"] == "Two per cent of {GDP}"


@pytest.mark.parametrize("form", FORMS)
def test_what_was_redacted_or_never_public_has_none(
    client, pledge, make_pledge, reviewer, administrator, form
):
    make_pledge("hidden", state="draft")
    seq = read_head()
    for wrong in [0, seq + 1, 2**63, 10**40]:
        assert client.get(address(wrong, form)).status_code == 404
    assert client.get(f"/pledges/hidden/at/{seq}/{form}").status_code == 404
    withdraw(pledge, by=reviewer, note="Personal data.", cascade=True)
    published = models.LedgerEntry.objects.get(record_type="pledge", action="publish")
    publishing.redact(published.seq, by=administrator, note="A court order.")
    assert client.get(address(seq, form)).status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_it_costs_few_statements_and_cannot_look_back(client, statements, pledge, form):
    assert statements(address(read_head(), form)) <= 12
    tag = client.get(address(read_head(), form)).headers["ETag"]
    assert statements(address(read_head(), form), if_none_match=tag) == 1
    assert client.get(address(read_head(), form), {"as_of": "2025-12-01"}).status_code == 400


def test_the_page_and_what_is_kept_of_it_lead_to_the_files(read, pledge, make_topic):
    seq = read_head()
    for form in FORMS:
        assert f'href="{address(seq, form)}"' in read("/pledges/defence/")
        make_topic(f"later-{form[5:]}")
        assert f'href="{address(seq, form)}"' in read(f"/pledges/defence/at/{seq}/")
        seq = read_head()


@pytest.mark.parametrize(
    "names, caveat, said",
    [
        pytest.param(["Japan"], "", "Japan: Met, as of {day}. Ledger", id="no caveat"),
        pytest.param(
            ["Japan"],
            "At 2% & {more}.",
            "Japan: Met, as of {day}. At 2% & {more}. Ledger",
            id="a caveat",
        ),
        pytest.param(
            ["Japan"],
            "Outturn pending",
            "Met, as of {day}. Outturn pending. Ledger",
            id="no full stop",
        ),
        pytest.param(
            ["A", "B"],
            "Left out.",
            "A: Met, as of {day}. B: Met, as of {day}. Ledger",
            id="two parties",
        ),
        pytest.param(
            ["A", "B", "C"], "Left out.", "”. Ledger", id="three parties, of whom the page tells"
        ),
    ],
)
def test_every_form_says_the_verdict_and_the_condition_it_is_given_on(
    read, make_pledge, make_party, make_assessment, names, caveat, said
):
    parties = [make_party(f"party-{name.lower()}", name=name) for name in names]
    pledge = make_pledge("defence", parties=parties)
    for undertaking in pledge.undertakings.all():
        make_assessment(undertaking, "met", as_of=date(2025, 12, 16), caveat=caveat)
    shown = said.replace("{day}", '<time datetime="2025-12-16">16 December 2025</time>').replace(
        "&", "&amp;"
    )
    for page in ("/pledges/defence/", f"/pledges/defence/at/{read_head()}/"):
        assert f"{shown} at entry" in read(page), page
    noted = said.removeprefix("”. ").replace("{day}", "2025-12-16")
    (item,) = json.loads(read(address(read_head(), "cite.json")))
    assert f"{noted} at entry" in item["note"] and ("Met" in item["note"]) == (len(names) < 3)
    printed = noted.replace("2% & {more}", r"2\% \& \textbraceleft{}more\textbraceright{}")
    assert f"{printed} at entry" in read(address(read_head(), "cite.bib"))


def test_a_day_looked_back_to_is_cited_by_its_address_and_the_day_it_was_seen(
    read, pledge, make_assessment
):
    make_assessment(
        pledge.undertakings.get(), "on_track", as_of=date(2026, 3, 1), caveat="Half way."
    )
    make_assessment(pledge.undertakings.get(), "met", as_of=date(2026, 6, 1))
    with time_machine.travel(date(2026, 9, 1)):
        text = read("/pledges/defence/?as_of=2026-04-01&utm_source=mail")
    day, judged, seen = (f'<time datetime="2026-{month}-01">1 {word} 2026</time>' for month, word in
                         (("04", "April"), ("03", "March"), ("09", "September")))  # fmt: skip
    named = '<a href="?as_of=2026-04-01">https://ledger.example.org/pledges/defence/?as_of=2026-04-01</a>'
    said = (
        f"of {{GDP}}”, as of {day}. Japan: On track, as of {judged}. Half way. {named}, seen on"
        f" {seen}."
    )
    assert said in text and 'href="#cite"' in text
    assert "cite.bib" not in text and "#embed" not in text


def test_the_page_says_what_the_number_is_and_which_entry_is_its_own(read, pledge, make_topic):
    own = read_head()
    make_topic("later")
    on = timezone.now().date()
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        text = read("/pledges/defence/")
    assert (
        f"Summit Ledger. “Two per cent of {{GDP}}”. Ledger at entry {read_head()}, <time"
        f' datetime="{on}">' in text
    )
    assert (
        f"how far the whole ledger had come: entry {read_head()} itself may be about another record"
        in text
    )
    assert f'in the history of this pledge is <a href="#entry-{own}">entry {own}</a>' in text
    assert f'id="entry-{own}"' in text
