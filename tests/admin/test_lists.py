"""Every table is at the desk, and no list asks the database more often because it is longer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments import models, publishing
from commitments.admin import site

pytestmark = pytest.mark.django_db
LISTED = [
    "assessment",
    "evidence",
    "searchnote",
    "indicator",
    "leader",
    "ledgerentry",
    "outsidereport",
    "party",
    "pledge",
    "release",
    "response",
    "source",
    "summit",
    "summitseries",
    "topic",
    "undertaking",
]
# Shown with a ledger entry, or made from the records by publishing, and never by itself.
SHOWN_ELSEWHERE = {
    models.LedgerHead,
    models.LedgerPayload,
    models.LedgerPeople,
    models.SearchEntry,
    models.SearchWord,
}


def test_every_model_is_registered_or_a_row_inside_one_that_is():
    from django.apps import apps

    rows = {inline.model for admin in site._registry.values() for inline in admin.inlines}
    tables = set(apps.get_app_config("commitments").get_models())
    assert tables == (set(site._registry) & tables) | rows | SHOWN_ELSEWHERE
    assert set(models.ROOTS) <= set(site._registry)


@pytest.fixture
def add_one(make_source, make_pledge):
    """Add one row to every table that a list shows, each referring to rows of its own."""

    def add_places(n):
        party = models.Party.objects.create(slug=f"party-{n}", name=f"Party {n}", kind="area")
        models.Leader.objects.create(slug=f"leader-{n}", name=f"Leader {n}")
        series = models.SummitSeries.objects.create(slug=f"series-{n}", name=f"Series {n}")
        days = {"starts_on": "2025-01-01", "ends_on": "2025-01-02"}
        return party, models.Summit.objects.create(
            slug=f"summit-{n}", name="S", kind="bilateral", series=series, **days
        )

    def add_figures(n, party, source):
        statistic = {"unit": "%", "definition": "D", "publisher": "P", "frequency": "annual"}
        indicator = models.Indicator.objects.create(slug=f"i-{n}", name=f"I {n}", **statistic)
        models.Release.objects.create(
            slug=f"r-{n}", indicator=indicator, released_on="2025-01-01", title="R"
        )
        report = {"title": "O", "scale": "0", "published_on": "2025-01-01"}
        models.OutsideReport.objects.create(slug=f"o-{n}", assessor=party, source=source, **report)

    def add_judgement(n, pledge, source):
        said = {"stance": "context", "finding": "F", "happened_on": "2025-01-03"}
        evidence = models.Evidence.objects.create(
            slug=f"e-{n}", pledge=pledge, source=source, **said
        )
        models.SearchNote.objects.create(
            slug=f"s-{n}", pledge=pledge, searched_on="2025-01-03", places="P", not_found="N"
        )
        judged = {
            "undertaking": pledge.undertakings.get(),
            "status": "on_track",
            "confidence": "low",
        }
        models.Assessment.objects.create(slug=f"a-{n}", as_of="2025-02-01", **judged).evidence.add(
            evidence
        )
        answered = {"undertaking": judged["undertaking"], "received_on": "2025-02-02", "text": "T"}
        models.Response.objects.create(slug=f"r-{n}", **answered)

    def add_one(n):
        party, summit = add_places(n)
        above = models.Topic.objects.first()
        topic = models.Topic.objects.create(slug=f"topic-{n}", name=f"Topic {n}", parent=above)
        source = make_source(f"source-{n}", state="draft", issued_by=party, issued_at=summit)
        told = {"source": source, "stated_by": party, "topics": [topic], "summit": summit}
        pledge = make_pledge(f"pledge-{n}", state="draft", parties=[party], **told)
        add_figures(n, party, source)
        add_judgement(n, pledge, source)
        with publishing.appending() as pen:
            pen.append("record", "party", party.slug)

    return add_one


@pytest.mark.once
def test_the_number_of_statements_of_a_list_does_not_grow_with_it(
    add_one, at_desk, administrator, monkeypatch
):
    client = at_desk(administrator)
    pages = {name: reverse(f"admin:commitments_{name}_changelist") + "?all=" for name in LISTED}
    for admin in site._registry.values():
        monkeypatch.setattr(admin, "list_per_page", 200)

    def statements(page):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        return len(asked)

    for n in range(10):
        add_one(n)
    client.get(pages["party"])  # content types are asked for once
    few = {name: statements(page) for name, page in pages.items()}
    for n in range(10, 100):
        add_one(n)
    many = {name: statements(page) for name, page in pages.items()}
    assert few == many
    assert max(many.values()) <= 12


@pytest.mark.parametrize("queue", ["drafts", "returned", "review"])
def test_the_desk_filter_shows_whose_turn_it_is(
    queue, save, address, make_party, make_user, at_desk, researcher, reviewer
):
    mine = make_party("mine", state="draft")
    back = make_party("back", state="draft")
    others = make_party("others", state="draft")
    at_review = publishing.submit(
        make_party("at-review", state="draft"), by=make_user("una", "researcher")
    )
    own = publishing.submit(make_party("own", state="draft"), by=reviewer)
    client = at_desk(reviewer)
    assert save(client, address(mine), name="Edited by me").status_code == 302
    publishing.return_to_draft(publishing.submit(back, by=reviewer), by=reviewer)
    shown = client.get(f"{address(models.Party, 'changelist')}?desk={queue}").context["cl"].queryset
    expected = {"drafts": {mine, back}, "returned": {back}, "review": {at_review}}[queue]
    assert set(shown) == expected
    assert not {others, own} & set(shown)


def test_undertakings_are_filtered_by_the_words_of_a_verdict(
    make_pledge, make_assessment, at_desk, researcher
):
    make_assessment(make_pledge("kept").undertakings.get(), "not_met")
    make_pledge("waiting")
    page = at_desk(researcher).get(
        f"{reverse('admin:commitments_undertaking_changelist')}?shown_status=not_met"
    )
    assert [row.pledge.slug for row in page.context["cl"].result_list] == ["kept"]
    assert "Not met" in page.html()
    assert ">not_met<" not in page.html()
    assert ">in_progress<" not in page.html()


def test_whoever_signs_out_is_told_so_and_shown_the_way_back(at_desk, researcher):
    page = at_desk(researcher).post(reverse("admin:logout")).html()
    assert "You are signed out." in page
    assert f'href="{reverse("admin:login")}"' in page
