"""Who may do what at the desk, as a table; and every address of the admin, so that none is
forgotten.
"""

import pytest
from django.urls import reverse

from commitments import publishing
from commitments.admin import site
from commitments.models import LedgerEntry, Party, Source, User
from tests.fixtures.records import reopen, withdraw

pytestmark = pytest.mark.django_db
ROLES = ["anonymous", "outsider", "researcher", "reviewer", "administrator"]


@pytest.fixture
def clients(at_desk, make_user):
    """One client a role. Whoever made the records under test is none of them."""
    outsider = User.objects.create_user("outsider", password="correct horse battery")
    people = {role: make_user(f"a-{role}", role) for role in ROLES[2:]}
    return {role: at_desk({"outsider": outsider, **people}.get(role)) for role in ROLES}


def to_login(answer):
    return answer.status_code == 302 and answer["Location"].startswith("/admin/login/")


# role → the answer: "login", or a status code; and whether it had its effect.
LOGIN = ("login", False)
DONE, REFUSED, FORBIDDEN, BACK = (302, True), (409, False), (403, False), (302, False)
SHOWN = (200, False)
TABLE = {
    "list": [LOGIN, LOGIN, SHOWN, SHOWN, SHOWN],
    "add": [LOGIN, LOGIN, DONE, DONE, DONE],
    "change a draft": [LOGIN, LOGIN, DONE, DONE, DONE],
    "change what is in review": [LOGIN, LOGIN, REFUSED, REFUSED, REFUSED],
    # A proposal is stored, and the record stays as it is.
    "amend": [LOGIN, LOGIN, BACK, BACK, BACK],
    "change what is withdrawn": [LOGIN, LOGIN, REFUSED, REFUSED, REFUSED],
    "submit": [LOGIN, LOGIN, DONE, DONE, DONE],
    "return": [LOGIN, LOGIN, FORBIDDEN, DONE, DONE],
    "publish": [LOGIN, LOGIN, FORBIDDEN, DONE, DONE],
    # Both are proposed: nothing changes until somebody else approves.
    "withdraw": [LOGIN, LOGIN, BACK, BACK, BACK],
    "reopen": [LOGIN, LOGIN, BACK, BACK, BACK],
    "delete a draft": [LOGIN, LOGIN, DONE, DONE, DONE],
    "delete what is in review": [LOGIN, LOGIN, BACK, BACK, BACK],
    "delete what is published": [LOGIN, LOGIN, BACK, BACK, BACK],
    "delete what is withdrawn": [LOGIN, LOGIN, BACK, BACK, BACK],
    "delete what was reopened": [LOGIN, LOGIN, BACK, BACK, BACK],
}


@pytest.fixture
def record(make_party, researcher, reviewer):
    """Return a party in the state that a deed of the table starts from."""

    def make(deed, slug):
        party = make_party(slug, state="draft")
        if "draft" not in deed and deed != "submit":
            publishing.submit(party, by=researcher)
        if any(word in deed for word in ("published", "amend", "withdr", "reopen")):
            publishing.publish(party, by=reviewer)
        if "withdrawn" in deed or "reopen" in deed:
            withdraw(party, by=reviewer, note="Sunk.")
        if "reopened" in deed:
            reopen(party, by=reviewer)
        party.refresh_from_db()
        return party

    return make


def stored(record):
    return Party.objects.filter(pk=record.pk).values_list("name", "state").first()


def attempt(client, deed, record, address, act_address, filled, reader):
    """Do `deed` as a browser would, even where no button offers it."""
    if deed == "list":
        return client.get(address(Party, "changelist"))
    if deed == "add":
        page = address(Party, "add")
        return client.post(page, {**filled(reader.get(page)), "name": "Mu", "kind": "area"})
    if deed.startswith("delete"):
        return client.post(address(record, "delete"), {"post": "yes"})
    if deed.startswith("change") or deed == "amend":
        typed = {
            "name": "Poseidonis",
            "slug": record.slug,
            "kind": "area",
            "starts_on_precision": "day",
            "ends_on_precision": "day",
            "version": record.version,
        }
        rows = {
            f"{kind}-{name}_FORMS": 0
            for kind in ("names", "memberships")
            for name in ("TOTAL", "INITIAL")
        }
        return client.post(address(record), {**typed, **rows, "public_note": "Its other name."})
    opened = reader.get(act_address(record, deed))
    return client.post(
        act_address(record, deed), {"seen": opened.context["ahead"].seen, "note": "Why."}
    )


@pytest.mark.parametrize("deed", TABLE)
def test_each_role_does_what_the_table_says(clients, record, address, act_address, filled, deed):
    for role, (code, effect) in zip(ROLES, TABLE[deed], strict=True):
        party = record(deed, f"atlantis-of-{role}")
        before, known = stored(party), Party.objects.count()
        # What a page holds is read by somebody who may: a forged request carries it, too.
        answer = attempt(
            clients[role], deed, party, address, act_address, filled, clients["administrator"]
        )
        assert to_login(answer) if code == "login" else answer.status_code == code, role
        assert ((stored(party), Party.objects.count()) != (before, known)) is effect, role


@pytest.mark.once
def test_every_address_of_the_admin_answers_each_role_without_an_error(
    clients, make_pledge, make_evidence, make_assessment, address
):
    pledge = make_pledge()
    make_assessment(pledge.undertakings.get(), "met")
    seen = set()
    for pattern in site.get_urls():
        route = str(pattern.pattern)
        for model, admin in [(None, None), *site._registry.items()]:
            opts = model and model._meta
            prefix = f"{opts.app_label}/{opts.model_name}/" if opts else ""
            if route != prefix and opts:
                continue
            for inner in admin.get_urls() if admin else [pattern]:
                if admin is None and (
                    hasattr(pattern, "url_patterns") or "<path:" in route or "<int:" in route
                ):
                    continue
                first = model and model.objects.first()
                path = f"/admin/{prefix}" + str(inner.pattern).removesuffix("\\Z").removeprefix("^")
                path = path.replace("<path:object_id>", str(first.pk if first else 1)).replace(
                    "<id>", "1"
                )
                path = (
                    path.replace("<str:name>", "submit")
                    .replace("(?P<url>.*)$", "nowhere")
                    .replace("<path:content_type_id>", "1")
                )
                seen.add(path)
                for role in ROLES:
                    for ask in (clients[role].get, clients[role].post):
                        answer = ask(path)
                        assert answer.status_code < 500, (role, path)
                        if role in ROLES[:2] and "/login/" not in path:
                            assert answer.status_code in (302, 403, 404) or path.endswith(
                                "jsi18n/"
                            ), (role, path)
    assert len(seen) > 60
    assert address(pledge, "preview") in seen


def test_nobody_publishes_what_they_submitted_or_judged(
    act, make_pledge, make_search_note, make_assessment, at_desk, make_user, reviewer
):
    victor = at_desk(reviewer)
    pledge = make_pledge(state="draft")
    publishing.submit(pledge, by=reviewer)
    answer = act(victor, pledge, "publish")
    assert answer.status_code == 409
    assert "somebody else must publish it" in answer.html()
    assert "Publish</a>" not in victor.get(f"/admin/commitments/pledge/{pledge.pk}/change/").html()

    other = make_pledge("other")
    judged = make_assessment(
        other.undertakings.get(),
        "in_progress",
        state="draft",
        assessor=reviewer,
        search_notes=[make_search_note(other, "searched")],
    )
    publishing.submit(judged, by=make_user("colleague", "researcher"))
    assert act(victor, judged, "publish").status_code == 409
    pledge.refresh_from_db(), judged.refresh_from_db()
    assert (pledge.state, judged.state) == ("in_review", "in_review")


def test_hidden_fields_that_are_posted_are_ignored(
    save, address, make_pledge, make_assessment, at_desk, researcher, reviewer
):
    pledge = make_pledge(state="draft")
    forged = {"state": "published", "submitted_by": reviewer.pk, "reviewer": reviewer.pk, "id": 999}
    forged |= {
        "undertakings-0-shown_status": "met",
        "undertakings-0-shown_by": "ours",
        "undertakings-0-slug": "x",
    }
    assert save(at_desk(researcher), address(pledge), title="Changed", **forged).status_code == 302
    pledge.refresh_from_db()
    row = pledge.undertakings.get()
    assert (pledge.title, pledge.state, pledge.submitted_by, pledge.version) == (
        "Changed",
        "draft",
        None,
        2,
    )
    assert (row.shown_status, row.shown_by, row.slug) == ("", "", f"{pledge.slug}--japan")

    judged = make_assessment(make_pledge("other").undertakings.get(), "in_progress", state="draft")
    forged = {
        "assessor": reviewer.pk,
        "reviewer": reviewer.pk,
        "published_seq": 1,
        "signed_alone": "on",
        "method": "rule",
    }
    assert save(at_desk(reviewer), address(judged), caveat="Early.", **forged).status_code == 302
    judged.refresh_from_db()
    assert (judged.assessor, judged.reviewer, judged.published_seq, judged.method) == (
        researcher,
        None,
        None,
        "judgement",
    )


def test_a_published_assessment_and_release_are_frozen_for_all(
    address, make_pledge, make_assessment, settle, at_desk, administrator
):
    from commitments.models import Indicator, Release

    client = at_desk(administrator)
    judged = make_assessment(make_pledge().undertakings.get(), "in_progress")
    indicator = Indicator.objects.create(
        slug="gdp", name="GDP", unit="%", definition="All.", publisher="OECD", frequency="annual"
    )
    release = settle(
        Release.objects.create(
            slug="gdp-1", indicator=indicator, released_on="2025-01-01", title="First"
        )
    )
    for record in (judged, release):
        page = client.get(address(record))
        assert page.status_code == 200
        assert not page.context["has_change_permission"]
        assert (
            client.post(
                address(record), {"version": record.version, "public_note": "x"}
            ).status_code
            == 409
        )
    assert f"?undertaking={judged.undertaking_id}" in client.get(address(judged)).html()


def test_lookups_into_accounts_are_refused_and_autocomplete_needs_the_right_to_see(
    clients, make_party, settings
):
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False
    make_party()
    listing = reverse("admin:commitments_party_changelist")
    for client in (clients["researcher"], clients["administrator"]):
        assert client.get(f"{listing}?submitted_by__password__startswith=md5").status_code == 400
    look_up = {
        "app_label": "commitments",
        "model_name": "pledge",
        "field_name": "stated_by",
        "term": "Japan",
    }
    assert clients["researcher"].get("/admin/autocomplete/", look_up).json()["results"]
    assert clients["outsider"].get("/admin/autocomplete/", look_up).status_code == 302
    secret = {
        "app_label": "commitments",
        "model_name": "pledge",
        "field_name": "submitted_by",
        "term": "a",
    }
    assert clients["researcher"].get("/admin/autocomplete/", secret).status_code == 403


def test_somebody_without_a_role_and_somebody_switched_off_see_nothing(at_desk, make_user, address):
    nobody, gone = make_user("nobody"), make_user("gone", "reviewer")
    assert at_desk(nobody).get(address(Source, "changelist")).status_code == 403
    assert "Pledges" not in at_desk(nobody).get("/admin/").html()
    client = at_desk(gone)
    assert client.get(address(Source, "changelist")).status_code == 200
    gone.groups.clear()
    assert client.get(address(Source, "changelist")).status_code == 403
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert to_login(client.get(address(Source, "changelist")))


def test_administrators_keep_accounts_and_raise_nobody_above_themselves(
    clients, save, address, make_user
):
    root = User.objects.create_superuser("root", password="correct horse battery")
    other = make_user("other", "researcher")
    client = clients["administrator"]
    assert (
        save(client, address(other), credit_name="Researcher 3", is_superuser="on").status_code
        == 302
    )
    other.refresh_from_db()
    assert (other.credit_name, other.is_superuser) == ("Researcher 3", False)
    assert client.post(address(root), {"username": "mine"}).status_code == 403
    assert client.get(f"/admin/commitments/user/{root.pk}/password/").status_code == 403
    for role in ("researcher", "reviewer"):
        assert clients[role].get(address(User, "changelist")).status_code == 403


def test_the_ledger_can_be_seen_and_not_touched(clients, make_party, address):
    make_party()
    entry = LedgerEntry.objects.get()
    for role in ROLES[2:]:
        page = clients[role].get(address(entry))
        assert "Japan" in page.html()
        assert clients[role].post(address(entry), {"note": "x"}).status_code == 403
        assert clients[role].post(address(entry, "delete"), {"post": "yes"}).status_code == 403
        assert clients[role].get(address(LedgerEntry, "add")).status_code == 403
    assert LedgerEntry.objects.get().note == ""


def test_what_is_public_by_csrf_is_not(at_desk, researcher, make_party, act_address):
    party = make_party(state="draft")
    client = at_desk(researcher, enforce_csrf_checks=True)
    assert client.post(act_address(party, "submit"), {"seen": ""}).status_code == 403
