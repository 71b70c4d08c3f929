"""The first page, the manual, the previews: read by staff only, kept by nobody."""

import pytest
from django.urls import reverse

from commitments import publishing
from commitments.models import LedgerEntry, Pledge, State, Summit

pytestmark = pytest.mark.django_db


def trays(client):
    return {
        tray.title: [row.record for row in tray.rows]
        for tray in client.get("/admin/").context["desk"]["trays"]
    }


def test_the_desk_shows_each_person_what_waits_for_them(
    save, address, make_party, at_desk, researcher, reviewer
):
    draft, back, own = (make_party(slug, state="draft") for slug in ("draft", "back", "own"))
    sent = publishing.submit(make_party("sent", state="draft"), by=researcher)
    publishing.submit(own, by=reviewer)
    assert save(at_desk(researcher), address(draft), name="Mine").status_code == 302
    publishing.return_to_draft(publishing.submit(back, by=researcher), by=reviewer)
    hers, his = trays(at_desk(researcher)), trays(at_desk(reviewer))
    proposals = {"Proposals returned to me": [], "My open proposals": []}
    assert hers == {"Returned to me": [back], "My drafts": [back, draft], **proposals}
    proposals["Proposals that wait for my review"] = []
    own = {"Waiting for my review": [sent], "Returned to me": [], "My drafts": []}
    assert his == {**own, **proposals}


def test_the_desk_names_overdue_undertakings_and_doubtful_records(make_pledge, at_desk, researcher):
    make_pledge("late", deadline="2025-11-01", deadline_precision="day")
    make_pledge("vague", state="draft", criteria=False)
    page = at_desk(researcher).get("/admin/").html()
    assert "Japan: Late" in page
    assert "It has no criteria" in page


def test_the_manual_is_read_at_the_desk_and_every_link_into_it_has_its_place(at_desk, researcher):
    from commitments.admin import site

    page = at_desk(researcher).get(reverse("admin:curating")).html()
    anchors = {
        anchor
        for admin in site._registry.values()
        for anchor in getattr(admin, "manual", {}).values()
    }
    assert len(anchors) > 8
    for anchor in anchors:
        assert f'id="{anchor}"' in page, anchor


def test_a_preview_is_the_public_page_with_a_banner_and_changes_nothing(
    address, make_pledge, make_summit, make_topic, make_evidence, at_desk, researcher, client
):
    summit = make_summit(state="draft")
    pledge = make_pledge(
        state="draft", summit=summit, topics=[make_topic("canaries", state="draft")]
    )
    make_evidence(pledge, state="draft", finding="The trees were bought.")
    entries = LedgerEntry.objects.count()
    for record in (pledge, summit):
        answer = at_desk(researcher).get(address(record, "preview"))
        page = answer.html()
        assert answer.status_code == 200
        assert "Preview: not public" in page
        assert record.slug.split("-")[0].title() in page
        assert "published now" in page
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert "ETag" not in answer
    assert "The trees were bought." in at_desk(researcher).get(address(pledge, "preview")).html()
    assert set(Pledge.objects.values_list("state", flat=True)) == {State.DRAFT}
    assert Summit.objects.get().state == State.DRAFT
    assert LedgerEntry.objects.count() == entries
    # And for everybody else it goes on not to exist.
    missing = client.get("/pledges/never-was/")
    assert client.get(f"/pledges/{pledge.slug}/").content == missing.content.replace(
        b"never-was", pledge.slug.encode()
    )
    assert client.get(address(pledge, "preview")).status_code == 302


def test_a_preview_is_not_answered_from_what_a_browser_has_of_the_public_page(
    address, make_pledge, at_desk, researcher
):
    pledge, client = make_pledge(), at_desk(researcher)
    tag = client.get(f"/pledges/{pledge.slug}/")["ETag"]
    assert client.get(address(pledge, "preview"), headers={"If-None-Match": tag}).status_code == 200


def test_a_preview_says_nothing_of_how_the_public_page_is_compressed(
    address, make_pledge, at_desk, researcher
):
    pledge, client = make_pledge(state="draft"), at_desk(researcher)
    answer = client.get(address(pledge, "preview"), headers={"accept-encoding": "gzip, br"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert answer.headers["Vary"] == "Cookie"


@pytest.mark.django_db(transaction=True)
def test_a_preview_is_kept_for_nobody(address, make_pledge, at_desk, researcher, settings):
    """Within its transaction it has the number of an entry that was never made."""
    memory = {"BACKEND": "tracker.caches.SizedMemory", "LOCATION": "previews"}
    settings.CACHES = {**settings.CACHES, "pages": {**memory, "OPTIONS": {"MAX_BYTES": 10**7}}}
    draft, desk = make_pledge("draft", state="draft", title="At first"), at_desk(researcher)
    assert "At first" in desk.get(address(draft, "preview")).content.decode()
    Pledge.objects.update(title="Thought over")
    assert "At first" not in desk.get(address(draft, "preview")).content.decode()
    assert desk.get("/pledges/draft/").status_code == 404


def test_no_page_of_the_desk_is_kept_by_a_cache_or_holds_anything_inline(
    address, act_address, make_pledge, make_evidence, make_assessment, at_desk, reviewer
):
    pledge = make_pledge()
    judged = make_assessment(pledge.undertakings.get(), "met")
    draft = make_pledge("draft", state="draft")
    pages = [
        "/admin/",
        reverse("admin:curating"),
        address(Pledge, "add"),
        address(Pledge, "changelist"),
    ]
    pages += [
        address(pledge),
        address(draft),
        address(judged),
        address(judged.evidence.get()),
        act_address(draft, "submit"),
    ]
    pages += [
        "/admin/drift/",
        address(pledge.undertakings.get()),
        act_address(pledge, "withdraw"),
        address(draft, "delete"),
        address(pledge, "history"),
    ]
    client = at_desk(reviewer)
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert "no-store" in answer["Cache-Control"], page
        assert "ETag" not in answer
        text = answer.html()
        assert " style=" not in text, page
        assert "onclick=" not in text, page
        assert "<style" not in text, page
        assert all(
            tag.startswith("src=") or 'type="application/json"' in tag
            for tag in inline_scripts(text)
        ), page


def inline_scripts(text):
    """Return what stands in each script tag."""
    return [part.split(">")[0].strip().replace("id=", "src=") for part in text.split("<script")[1:]]


def test_files_of_a_draft_are_nowhere_to_be_fetched(
    make_source, at_desk, researcher, client, settings
):
    from django.core.files.base import ContentFile

    source = make_source(state="draft")
    snapshot = source.snapshots.create(
        retrieved_at="2025-10-28T00:00Z", media_type="text/plain", byte_size=6, sha256="0" * 64
    )
    snapshot.file.save("canary.txt", ContentFile(b"canary"))
    name = snapshot.file.name
    for visitor in (client, at_desk(researcher)):
        for place in (
            f"/{name}",
            f"/media/{name}",
            f"/static/{name}",
            f"{settings.MEDIA_URL}{name}",
        ):
            assert visitor.get(place).status_code == 404


def test_verdicts_that_nobody_looked_at_for_long_wait_at_the_desk_the_oldest_first(
    make_pledge, make_assessment, at_desk, reviewer
):
    days = {"older": "2025-11-01", "old": "2025-12-01"}
    for slug, day in days.items():
        make_assessment(make_pledge(slug).undertakings.get(), "on_track", as_of=day)
    closed = make_pledge("closed").undertakings.get()
    make_assessment(closed, "met", as_of="2025-11-01")
    client = at_desk(reviewer)
    tray = client.get("/admin/").context["desk"]["out_of_date"]
    assert [row.pledge.slug for row in tray["rows"]] == ["older", "old"]
    page = client.get("/admin/").html()
    key = tray["rows"][0].current_assessment_id
    assert f"/admin/commitments/assessment/{key}/do/confirm/" in page
    publishing.confirm(tray["rows"][0].current_assessment, by=reviewer, note="It stands.")
    tray = client.get("/admin/").context["desk"]["out_of_date"]
    assert [row.pledge.slug for row in tray["rows"]] == ["old"]
    assert "Old" in client.get("/admin/commitments/undertaking/?due=out_of_date").html()
