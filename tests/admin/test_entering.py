"""A whole pledge by the forms: entered and submitted by a researcher, published by a reviewer."""

import pytest
from django.urls import reverse

from commitments.models import (
    Assessment,
    Evidence,
    Leader,
    LedgerEntry,
    Party,
    Pledge,
    Proposal,
    Source,
    Summit,
    Undertaking,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(address, save, errors):
    """Add a record by its form and return it as stored."""

    def enter(client, model, query="", **typed):
        known = set(model.objects.values_list("pk", flat=True))
        answer = save(client, address(model, "add") + query, **typed)
        assert answer.status_code == 302, errors(answer)
        return model.objects.exclude(pk__in=known).get()

    return enter


@pytest.fixture
def enter_meeting(enter):
    """Enter a party, its leader, their summit and a document of it, one after the other."""

    def enter_meeting(client):
        japan = enter(client, Party, name="Japan", kind="state", iso_code="JPN")
        office = {
            "tenures-0-party": japan.pk,
            "tenures-0-office": "Prime Minister",
            "tenures-0-starts_on": "2025-10-21",
        }
        leader = enter(client, Leader, name="Sanae Takaichi", **office)
        days = {"starts_on": "2025-10-28", "ends_on": "2025-10-28"}
        came = {
            "participations-0-party": japan.pk,
            "participations-0-leader": leader.pk,
            "participations-0-role": "host",
        }
        summit = enter(
            client, Summit, name="Japan-US summit, Tokyo", kind="bilateral", **days, **came
        )
        printed = {
            "publisher": "The White House",
            "published_on": "2025-10-28",
            "url": "https://example.org/fact-sheet",
        }
        kind = {"title": "Fact sheet", "kind": "fact_sheet", "tier": "primary_official"}
        return (
            japan,
            leader,
            summit,
            enter(client, Source, f"?issued_at={summit.pk}", **kind, **printed),
        )

    return enter_meeting


@pytest.fixture
def enter_pledge(enter):
    """Enter a pledge with an undertaking and criteria, evidence for it, and an assessment."""

    def enter_pledge(client, party, summit, source):
        told = {
            "title": "250 cherry trees for Washington",
            "quote": "Japan will give 250 cherry trees.",
        }
        sort = {"attribution": "own_statement", "modality": "commits", "kind": "symbolic"}
        owed = {"undertakings-0-party": party.pk, "undertakings-0-missing": "A notice of planting."}
        asked = {
            "criteria-0-fixed_on": "2025-10-28",
            "criteria-0-met": "250 are given.",
            "criteria-0-not_met": "Fewer.",
        }
        given = f"?source={source.pk}&summit={summit.pk}&made_on=2025-10-28&stated_by={party.pk}"
        pledge = enter(client, Pledge, given, **told, **sort, **owed, **asked)
        owing = pledge.undertakings.get()
        shows = {
            "source": source.pk,
            "stance": "supports",
            "finding": "They were given.",
            "happened_on": "2025-10-28",
        }
        evidence = enter(client, Evidence, f"?pledge={pledge.pk}", undertakings=[owing.pk], **shows)
        verdict = {
            "status": "met",
            "confidence": "high",
            "as_of": "2025-10-28",
            "answer": "Japan gave the 250 cherry trees.",
            "rationale": "The notice says so.",
        }
        judged = enter(
            client, Assessment, f"?undertaking={owing.pk}", evidence=[evidence.pk], **verdict
        )
        return pledge, evidence, judged

    return enter_pledge


def test_a_whole_pledge_from_the_party_to_the_verdict(
    enter_meeting, enter_pledge, act, at_desk, researcher, reviewer
):
    rita, victor = at_desk(researcher), at_desk(reviewer)
    japan, leader, summit, source = enter_meeting(rita)
    records = pledge, evidence, judged = enter_pledge(rita, japan, summit, source)
    assert (pledge.slug, pledge.state) == ("250-cherry-trees-for-washington", "draft")
    undertaking = pledge.undertakings.get()
    assert undertaking.slug == "250-cherry-trees-for-washington--japan"
    assert (pledge.criteria.get().number, summit.documents.get()) == (1, source)
    assert evidence.slug.startswith("250-cherry-trees-for-washington-")
    assert (judged.assessor, judged.criteria) == (researcher, pledge.criteria.get())
    assert not LedgerEntry.objects.exists()

    for record in records:
        assert act(rita, record, "submit", along="yes").status_code == 302
    opened = victor.get(reverse("admin:commitments_pledge_act", args=[pledge.pk, "publish"]))
    assert set(opened.context["ahead"].along) == {japan, leader, summit, source}
    for record in records:
        assert act(victor, record, "publish", note="First record.").status_code == 302
        record.refresh_from_db()
        assert record.is_published
    undertaking.refresh_from_db()
    assert (undertaking.shown_status, undertaking.current_assessment) == ("met", judged)
    assert LedgerEntry.objects.count() == 7
    assert set(LedgerEntry.objects.values_list("note", flat=True)) == {"First record."}


def test_an_empty_slug_is_made_of_the_title_and_unique(
    enter, make_source, make_pledge, at_desk, researcher
):
    client = at_desk(researcher)
    typed = {
        "kind": "law",
        "tier": "primary_official",
        "publisher": "Diet",
        "published_on": "2025-01-01",
    }
    slugs = [
        enter(client, Source, title=title, **typed).slug
        for title in ("A law", "A law", "法律", "Admin")
    ]
    assert slugs[0] == "a-law"
    assert slugs[1].startswith("a-law-")
    assert slugs[2].startswith("source-")
    assert slugs[3].startswith("admin-")


def test_save_and_add_another_takes_the_summit_and_the_source_over(
    filled, address, make_summit, source, japan, at_desk, researcher
):
    summit, client = make_summit(), at_desk(researcher)
    page = address(Pledge, "add")
    opened = client.get(
        f"{page}?summit={summit.pk}&source={source.pk}&made_on=2025-10-28&stated_by={japan.pk}"
    )
    typed = filled(
        opened,
        title="One",
        quote="We will.",
        attribution="joint_text",
        modality="agrees",
        kind="trade",
        _addanother="1",
    )
    answer = client.post(page, typed)
    assert answer.status_code == 302
    initial = client.get(answer["Location"]).context["adminform"].form.initial
    assert (initial["summit"], initial["source"]) == (str(summit.pk), str(source.pk))
    assert (initial["made_on"], initial["attribution"]) == ("2025-10-28", "joint_text")


def test_a_pledge_can_bind_every_participant_at_once(
    enter, make_party, make_summit, source, at_desk, researcher
):
    parties = [make_party(slug) for slug in ("france", "italy", "canada")]
    summit = make_summit(parties=parties)
    pledge = enter(
        at_desk(researcher),
        Pledge,
        f"?summit={summit.pk}&source={source.pk}&made_on=2025-10-28",
        stated_by=parties[0].pk,
        title="All of us",
        quote="We will.",
        attribution="joint_text",
        modality="commits",
        kind="security",
        binds_participants="on",
        **{"undertakings-0-party": parties[1].pk},
    )
    slugs = set(pledge.undertakings.values_list("slug", flat=True))
    assert slugs == {"all-of-us--france", "all-of-us--italy", "all-of-us--canada"}


def test_renaming_a_draft_pledge_or_party_renames_its_undertakings(
    save, address, make_party, make_pledge, at_desk, researcher
):
    party = make_party("atlantis", state="draft")
    pledge = make_pledge("first", state="draft", parties=[party])
    client = at_desk(researcher)
    assert save(client, address(pledge), slug="second").status_code == 302
    assert save(client, address(party), slug="mu").status_code == 302
    assert Undertaking.objects.get().slug == "second--mu"


def test_criteria_are_numbered_and_those_of_a_published_pledge_stay(
    filled, decide, address, make_pledge, at_desk, researcher, reviewer
):
    pledge, client = make_pledge(), at_desk(researcher)
    opened = client.get(address(pledge))
    typed = filled(
        opened,
        public_note="Sharper criteria.",
        **{
            "criteria-TOTAL_FORMS": "1",
            "criteria-INITIAL_FORMS": "0",
            "criteria-0-fixed_on": "2025-11-01",
            "criteria-0-met": "More.",
            "criteria-0-not_met": "Less.",
        },
    )
    assert client.post(address(pledge), typed).status_code == 302
    decide(at_desk(reviewer), Proposal.objects.get(), "approve")
    kept = list(pledge.criteria.order_by("number").values_list("number", "met"))
    assert kept == [(1, "It is done."), (2, "More.")]


def test_an_assessment_takes_no_evidence_and_no_criteria_of_another_pledge(
    save, errors, address, make_pledge, make_evidence, at_desk, researcher
):
    pledge, other = make_pledge("one"), make_pledge("another")
    foreign = make_evidence(other)
    page = f"{address(Assessment, 'add')}?undertaking={pledge.undertakings.get().pk}"
    typed = {"status": "in_progress", "confidence": "low", "rationale": "Because."}
    for wrong in ({"evidence": [foreign.pk]}, {"criteria": other.criteria.get().pk}):
        answer = save(at_desk(researcher), page, **typed, **wrong)
        assert answer.status_code == 200
        assert "Select a valid choice" in errors(answer)[0]
    assert not Assessment.objects.exists()


def test_the_assessment_form_shows_criteria_evidence_and_earlier_verdicts(
    address, make_pledge, make_evidence, make_assessment, at_desk, researcher
):
    undertaking = make_pledge().undertakings.get()
    make_evidence(undertaking.pledge, finding="Ships were ordered.")
    make_assessment(undertaking, "in_progress", rationale="The keel is laid.")
    page = (
        at_desk(researcher).get(f"{address(Assessment, 'add')}?undertaking={undertaking.pk}").html()
    )
    for text in ("It is done.", "Ships were ordered.", "The keel is laid."):
        assert text in page


def test_evidence_takes_no_undertaking_of_another_pledge(
    save, errors, address, make_pledge, source, at_desk, researcher
):
    pledge, other = make_pledge("one"), make_pledge("another")
    answer = save(
        at_desk(researcher),
        f"{address(Evidence, 'add')}?pledge={pledge.pk}",
        source=source.pk,
        stance="context",
        finding="Something.",
        happened_on="2025-10-29",
        undertakings=[other.undertakings.get().pk],
    )
    assert "Select a valid choice" in errors(answer)[0]


@pytest.mark.parametrize(
    "text", ["A\0B", "A\u202eB", "A\u200bB"], ids=["NUL", "right to left", "zero width"]
)
def test_characters_that_hide_text_are_refused_in_the_form(
    save, errors, address, at_desk, researcher, text
):
    answer = save(at_desk(researcher), address(Party, "add"), name=text, kind="state")
    assert answer.status_code == 200
    assert errors(answer)
    assert not Party.objects.exists()
