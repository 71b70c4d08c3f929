"""One of everything, and a draft of everything: what the API may show, and what it must not."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import timezone

from commitments import models
from commitments.importing import statistics
from commitments.publicforms import prefetch_public_form, render
from tests.fixtures.shared import shared

SECRET = "zzdraftzz"
FOUND = {"stance": "supports", "finding": "It was."}


@pytest.fixture
def slugs(get):
    """Ask for a list and return the slugs in it."""

    def slugs(path, data=None):
        answer = get(path, data)
        assert answer.status == 200, answer.body
        return [row["slug"] for row in answer.body["results"]]

    return slugs


@shared
def world(
    settle,
    japan,
    make_party,
    make_leader,
    make_topic,
    make_source,
    make_pledge,
    make_evidence,
    make_search_note,
    make_assessment,
):
    """A published record of each sort, tied together as real ones are."""
    states = make_party("united-states", name_ja="米国", iso_code="USA")
    bloc = make_party("g7", kind="bloc", state="draft")
    models.Membership.objects.create(bloc=bloc, member=japan)
    settle(bloc)
    leader = make_leader(
        tenures=[{"party": japan, "office": "Prime Minister", "starts_on": date(2025, 10, 21)}]
    )
    series = settle(models.SummitSeries.objects.create(slug="japan-us", name="Japan-US summits"))
    summit = models.Summit.objects.create(
        slug="tokyo-2025",
        name="Tokyo",
        series=series,
        kind="bilateral",
        starts_on=date(2025, 10, 28),
        ends_on=date(2025, 10, 28),
        country=japan,
    )
    models.Participation.objects.create(
        summit=summit, party=japan, leader=leader, tenure=leader.tenures.get()
    )
    settle(summit)
    indicator = settle(
        models.Indicator.objects.create(
            slug="spending",
            name="Spending",
            unit="%",
            definition="All of it.",
            publisher="MoF",
            frequency="annual",
        )
    )
    release = models.Release.objects.create(
        slug="spending-2026", indicator=indicator, released_on=date(2026, 1, 5), title="Budget"
    )
    models.Observation.objects.create(
        release=release,
        party=japan,
        period_start=date(2025, 4, 1),
        period_end=date(2026, 3, 31),
        value="1.80",
        decimals=2,
        kind="budget",
    )
    settle(release)
    source = make_source("joint-statement", issued_at=summit, state="draft")
    models.Snapshot.objects.create(
        source=source,
        retrieved_at=timezone.now(),
        media_type="text/html",
        byte_size=5,
        sha256="0" * 64,
    )
    settle(source)
    topic = make_topic()
    earlier = make_pledge("earlier", made_on=date(2025, 1, 5))
    pledge = make_pledge(
        "defence",
        state="draft",
        parties=[japan, states],
        summit=summit,
        source=source,
        topics=[topic],
        stated_by_leader=leader,
        deadline=date(2026, 3, 31),
        deadline_precision="day",
    )
    models.PledgeLink.objects.create(from_pledge=pledge, to_pledge=earlier, kind="reaffirms")
    models.Target.objects.create(
        pledge=pledge, label="Two per cent", kind="reach", indicator=indicator, value=2
    )
    settle(pledge)
    evidence = make_evidence(pledge, source=source)
    search_note = make_search_note(pledge, "searched", state="draft")
    search_note.undertakings.set(pledge.undertakings.filter(party=japan))
    settle(search_note)
    assessment = make_assessment(
        pledge.undertakings.get(party=japan),
        "met",
        evidence=[evidence],
        search_notes=[search_note],
    )
    report = models.OutsideReport.objects.create(
        slug="report",
        assessor=make_party("think-tank", kind="organisation"),
        title="Compliance",
        source=source,
        scale="0 to 2",
        published_on=date(2026, 1, 1),
    )
    models.OutsideVerdict.objects.create(
        report=report, undertaking=earlier.undertakings.get(), score="2", status="met"
    )
    settle(report)
    undertaking = pledge.undertakings.get(party=japan)
    reply = {"undertaking": undertaking, "received_on": date(2026, 1, 2), "text": "We did."}
    settle(models.Response.objects.create(slug="reply", **reply))
    return SimpleNamespace(
        states=states,
        leader=leader,
        series=series,
        summit=summit,
        indicator=indicator,
        release=release,
        source=source,
        topic=topic,
        earlier=earlier,
        pledge=pledge,
        evidence=evidence,
        search_note=search_note,
        assessment=assessment,
    )


@shared
def drafts(
    world, make_party, make_leader, make_topic, make_summit, make_source, make_pledge, make_evidence
):
    """Drafts of each sort, also inside and beside published records. Returns a slug for each
    resource.
    """
    hidden = {"state": "draft"}
    party = make_party(f"{SECRET}-party", **hidden)
    leader = make_leader(f"{SECRET}-leader", **hidden)
    topic = make_topic(f"{SECRET}-topic", **hidden)
    summit = make_summit(f"{SECRET}-summit", **hidden)
    source = make_source(f"{SECRET}-source", **hidden)
    series = models.SummitSeries.objects.create(slug=f"{SECRET}-series", name=SECRET)
    indicator = models.Indicator.objects.create(
        slug=f"{SECRET}-indicator",
        name=SECRET,
        unit="%",
        definition=SECRET,
        publisher=SECRET,
        frequency="annual",
    )
    release = models.Release.objects.create(
        slug=f"{SECRET}-release",
        indicator=world.indicator,
        released_on=date(2026, 2, 1),
        title=SECRET,
    )
    year = {"period_start": date(2025, 4, 1), "period_end": date(2026, 3, 31), "kind": "budget"}
    models.Observation.objects.create(
        release=release, party=world.states, value=2, decimals=0, note=SECRET, **year
    )
    pledge = make_pledge(f"{SECRET}-pledge", **hidden)
    # A published pledge under a summit that is not: hidden with it.
    under = make_pledge(f"{SECRET}-under", summit=summit, **hidden)
    models.Pledge.objects.filter(pk=under.pk).update(state="published")
    evidence = make_evidence(world.pledge, f"{SECRET}-evidence", finding=SECRET, **hidden)
    undertaking = world.pledge.undertakings.get(party__slug="united-states")
    assessment = models.Assessment.objects.create(
        slug=f"{SECRET}-assessment",
        undertaking=undertaking,
        status="on_track",
        confidence="low",
        rationale=SECRET,
        as_of=date(2025, 11, 1),
    )
    report = models.OutsideReport.objects.create(
        slug=f"{SECRET}-report",
        assessor=world.states,
        title=SECRET,
        source=world.source,
        scale=SECRET,
        published_on=date(2026, 1, 1),
    )
    models.OutsideVerdict.objects.create(
        report=report, undertaking=undertaking, score=SECRET, status="met"
    )
    reply = {"undertaking": undertaking, "received_on": date(2026, 1, 2), "text": SECRET}
    response = models.Response.objects.create(slug=f"{SECRET}-reply", **reply)
    # Ties between the published and the hidden, as a curator's unfinished work leaves them.
    world.pledge.topics.add(topic)
    note = models.SearchNote.objects.create(
        slug=f"{SECRET}-note",
        pledge=world.pledge,
        searched_on=date(2026, 1, 1),
        places=SECRET,
        not_found=SECRET,
    )
    world.assessment.evidence.add(evidence)
    world.assessment.search_notes.add(note)
    models.PledgeLink.objects.create(from_pledge=world.pledge, to_pledge=pledge, kind="part_of")
    models.PledgeLink.objects.create(from_pledge=world.pledge, to_pledge=under, kind="part_of")
    models.Statement.objects.create(source=world.source, quote="We will.").pledges.add(pledge)
    models.Statement.objects.create(source=world.source, quote="We shall.").pledges.add(under)
    return {
        "summits": summit.slug,
        "series": series.slug,
        "leaders": leader.slug,
        "parties": party.slug,
        "topics": topic.slug,
        "pledges": pledge.slug,
        "undertakings": pledge.undertakings.get().slug,
        "assessments": assessment.slug,
        "evidence": evidence.slug,
        "search-notes": note.slug,
        "sources": source.slug,
        "indicators": indicator.slug,
        "releases": release.slug,
        "outside-reports": report.slug,
        "responses": response.slug,
    }


@pytest.fixture
def make_many(
    world, make_party, make_leader, make_topic, make_summit, make_source, make_pledge, make_assessment, reviewer,
):  # fmt: skip
    """Make `count` more public records of every sort that has lists inside.

    Marked published past publishing, with entries in the ledger that are not chained: what they
    cost to read does not depend on it, and two hundred of each would take a minute to publish.
    """

    def make_many(count, *, payloads=True):
        for number in range(count):
            party = make_party(f"party-{number}", state="draft")
            models.Membership.objects.create(bloc=models.Party.objects.get(slug="g7"), member=party)
            tenures = [{"party": party, "office": "President"}]
            leader = make_leader(f"leader-{number}", tenures=tenures, state="draft")
            topic = make_topic(f"topic-{number}", state="draft")
            summit = make_summit(f"summit-{number}", parties=[party], state="draft")
            about = {"summit": summit, "topics": [topic], "stated_by_leader": leader}
            pledge = make_pledge(f"pledge-{number}", parties=[party], state="draft", **about)
            undertaking = pledge.undertakings.get()
            make_assessment(undertaking, "in_progress", state="draft")
            source = make_source(f"source-{number}", state="draft")
            statement = models.Statement.objects.create(source=source, quote=f"Sentence {number}.")
            statement.pledges.add(pledge)
            make_sort_of_figures(number, party, source, undertaking)
        with_ledger = [model for model in models.ROOTS if model is not models.Assessment]
        for model in with_ledger:
            model.objects.filter(slug__regex=r"-[0-9]+$", state="draft").update(state="published")
        drafts = models.Assessment.objects.filter(
            undertaking__party__slug__startswith="party-", state="draft"
        )
        drafts.update(state="published", reviewer=reviewer, published_seq=1)
        if payloads:
            enter_unchained()
        statistics.gather(statistics.MANY)

    return make_many


def make_sort_of_figures(number, party, source, undertaking):
    about = {"unit": "%", "definition": "All.", "publisher": "MoF", "frequency": "annual"}
    indicator = models.Indicator.objects.create(slug=f"indicator-{number}", name="Share", **about)
    day = date(2026, 1, 5)
    release = models.Release.objects.create(
        slug=f"release-{number}", indicator=indicator, released_on=day, title="Budget"
    )
    models.Observation.objects.create(
        release=release,
        party=party,
        period_start=day,
        period_end=day,
        value=2,
        decimals=0,
        kind="actual",
    )
    models.SummitSeries.objects.create(slug=f"series-{number}", name="Series")
    models.Evidence.objects.create(
        slug=f"evidence-{number}",
        pledge=undertaking.pledge,
        source=source,
        stance="supports",
        happened_on=day,
        finding="It was.",
    ).undertakings.add(undertaking)
    models.SearchNote.objects.create(
        slug=f"note-{number}",
        pledge=undertaking.pledge,
        searched_on=day,
        places="The register.",
        not_found="No report.",
    ).undertakings.add(undertaking)
    report = models.OutsideReport.objects.create(
        slug=f"report-{number}",
        assessor=party,
        title="Report",
        source=source,
        scale="0-2",
        published_on=day,
    )
    models.OutsideVerdict.objects.create(
        report=report, undertaking=undertaking, score="2", status="met"
    )
    models.Response.objects.create(
        slug=f"reply-{number}", undertaking=undertaking, received_on=day, text="We did."
    )


def enter_unchained():
    """Give every published record without a payload one."""
    known = set(models.LedgerEntry.objects.values_list("record_type", "record_slug"))
    seq = models.LedgerEntry.objects.order_by("-seq").first().seq
    entries, payloads = [], []
    for model in models.ROOTS:
        name = model._meta.model_name
        for record in prefetch_public_form(model.objects.published()):
            if (name, record.slug) not in known:
                seq += 1
                about = {
                    "record_type": name,
                    "record_slug": record.slug,
                    "payload_sha256": "0" * 64,
                }
                entries.append(
                    models.LedgerEntry(
                        seq=seq,
                        recorded_at=timezone.now(),
                        action="publish",
                        hash=f"{seq:064d}",
                        **about,
                    )
                )
                payloads.append(
                    models.LedgerPayload(entry_id=seq, salt="0" * 64, body=render(record))
                )
    models.LedgerEntry.objects.bulk_create(entries)
    models.LedgerPayload.objects.bulk_create(payloads)
