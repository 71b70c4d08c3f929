"""Hide a marked row of every kind in every unpublished state, then read every public address for
the mark.

Addresses are walked from the URL configuration, filters from their declarations: what is added
later is covered unasked.
"""

import re

import pytest
from django.middleware.gzip import GZipMiddleware
from django.urls import Resolver404, resolve
from django.utils.translation import override
from django_filters import FilterSet

from commitments import filters, models
from commitments.syndication import share_images
from tests.fixtures.addresses import list_addresses_without_parameters
from tests.fixtures.canaries import CANARY, HIDDEN_STATES, LURE
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.clients import GzipClient
from tests.fixtures.walking import addresses, answer, everything, leaks, public_slugs, routes

pytestmark = pytest.mark.django_db
NEVER = "never-existed"
WITHOUT_PARAMETERS = {*list_addresses_without_parameters(), "/ledger/entries.jsonl", "/healthz", "/readyz",
                      "/robots.txt", "/share.png", "/api/v1/schema/", "/api/v1/docs/"}  # fmt: skip
OTHER_PARAMETERS = {"page", "page_size", "cursor", "fields", "as_of", "ordering"}


@pytest.fixture(autouse=True)
def without_random_bytes(monkeypatch):
    """Compress equal pages to equal lengths: Django adds up to 100 random bytes to each."""
    monkeypatch.setattr(GZipMiddleware, "max_random_bytes", 0)


@pytest.fixture(autouse=True)
def pictures_in_words(monkeypatch):
    """No search finds a word in a picture: let each answer what it would have drawn."""
    monkeypatch.setattr(share_images, "draw_picture", lambda face: repr(face).encode())


def filter_names():
    for name in dir(filters):
        candidate = getattr(filters, name)
        if isinstance(candidate, type) and issubclass(candidate, FilterSet):
            yield from candidate.base_filters


def lists():
    return [
        route
        for route in sorted(set(routes()))
        if "<" not in route and route not in WITHOUT_PARAMETERS
    ]


def questions(value, *, names=None):
    """Yield every list address with every parameter (or each of `names`) set to `value`.

    What a page does not declare it ignores, and is asked for at once.
    """
    names = names or sorted({*filter_names(), *OTHER_PARAMETERS, "state", "evidence__finding"})
    for route in lists():
        ignored = [name for name in names if ignores(route, name)]
        for name in names:
            if name not in ignored:
                yield f"{route}?{name}={value}"
        if ignored:
            yield f"{route}?{'&'.join(f'{name}={value}' for name in ignored)}"


def ignores(route, name):
    """Whether the page at `route` says that it ignores a parameter.

    The API refuses those it does not know, and a page that cannot look back refuses a day.
    """
    if name == "as_of":
        return False
    try:
        view = resolve(route).func
    except Resolver404:
        return False
    return hasattr(view, "parameters") and name not in view.parameters


def test_no_public_address_shows_anything_unpublished(client, hidden_record):
    shown = public_slugs()
    assert not [slug for slug in shown if CANARY in slug], (
        "published() itself lets hidden rows through"
    )
    answers = everything(client, shown)
    assert leaks(answers) == []
    assert sum(status == 200 for status, _, _ in answers.values()) >= 30
    assert [address for address, (status, _, _) in answers.items() if status >= 500] == []


@pytest.mark.once
def test_a_hidden_slug_answers_exactly_as_one_that_never_existed(client, hidden_record):
    """Status, headers and bytes; an error may repeat what was asked, and so differ in length."""
    assert len(hidden_record) > 40
    strangers = {}
    for slug in hidden_record:
        for address in addresses([slug]):
            route = address.replace(slug, NEVER)
            if route != address:
                strangers[route] = strangers.get(route) or answer(client.get(route))
                assert without_length(client.get(address), slug) == without_length(
                    strangers[route], NEVER
                ), address


def without_length(response, slug):
    status, headers, body = response if isinstance(response, tuple) else answer(response)
    headers = [(name, value) for name, value in headers if name != "Content-Length"]
    return status, headers, body.replace(slug.encode(), b"(asked)")


@pytest.mark.once
def test_asking_for_hidden_words_tells_nothing(client, hidden_record):
    """A hidden word or slug as a parameter's value answers as nonsense does, apart from repeating
    it.

    Asked with the tag of the plain list: one that ignores the parameter says so at little cost.
    """
    lures = [LURE, f"{CANARY}-draft-party", f"{CANARY}-withdrawn-pledge"]
    tags = {route: client.get(route).headers.get("ETag", "") for route in lists()}
    asked_at_once = [address for address in questions(NEVER) if "&" in address]
    assert len(asked_at_once) > 10
    statuses = {answer(client.get(address))[0] for address in asked_at_once}
    assert statuses == {200}
    for other, *lured in zip(questions(NEVER), *map(questions, lures), strict=True):
        plain = {"if-none-match": tags[other.rpartition("?")[0]]}
        expected = anonymous(client.get(other, headers=plain), NEVER)
        for address, lure in zip(lured, lures, strict=True):
            response = client.get(address, headers=plain)
            assert response.status_code < 500, address
            assert anonymous(response, lure) == expected, address


def anonymous(response, asked):
    status, _, body = answer(response)
    return status, body.replace(asked.encode(), b"(asked)")


@on_the_same_record("state", [*HIDDEN_STATES, "published"])
@pytest.mark.once
def test_a_state_is_no_filter(client, hidden_record, state):
    for address in questions(state, names=["state", "status", "state__in", "ordering"]):
        assert CANARY.encode() not in answer(client.get(address))[2], address


@pytest.mark.once
def test_editing_what_is_hidden_changes_no_public_byte_count_or_etag(client, hidden_record):
    shown = public_slugs()
    before = everything(client, shown)
    for model in [*models.ROOTS, models.Undertaking]:
        for row in model.objects.filter(slug__contains=CANARY):
            for field in row._meta.local_concrete_fields:
                if isinstance(getattr(row, field.attname), str) and CANARY in getattr(
                    row, field.attname
                ):
                    changed = (
                        {"slug": f"{row.slug}-2"}
                        if field.name == "slug"
                        else {field.attname: "changed"}
                    )
                    if not field.name.endswith("url"):
                        model.objects.filter(pk=row.pk).update(**changed)
    models.Assessment.objects.filter(slug__contains=CANARY, state="draft").update(status="stalled")
    assert everything(client, shown) == before


@pytest.mark.once
def test_a_staff_visit_changes_nothing_for_the_public(client, hidden_record, reviewer):
    shown = public_slugs()
    before = everything(client, shown)
    staff = GzipClient()
    staff.force_login(reviewer)
    assert everything(staff, shown) == before
    assert everything(client, shown) == before
    assert not client.cookies


# A page in Japanese comes from the same view and the same rows; what could differ is the words
# around them. So only what there is to see in English is asked for again, and of what is hidden one
# slug of each kind.


def in_japanese(addresses):
    """Return each of `addresses` that has a Japanese page, under its prefix."""
    with override("ja"):
        prefixed = {route.removeprefix("/ja") for route in routes() if route.startswith("/ja/")}
    patterns = [re.compile(re.sub("<[^>]+>", "[^/]+", re.escape(route))) for route in prefixed]
    return [
        f"/ja{address}"
        for address in addresses
        if any(pattern.fullmatch(address) for pattern in patterns)
    ]


@pytest.mark.once
def test_no_japanese_page_shows_anything_unpublished(client, hidden_record):
    seen = [
        address
        for address, answered in everything(client, public_slugs()).items()
        if answered[0] == 200
    ]
    japanese = in_japanese(seen)
    assert len(japanese) >= 20
    for address in japanese:
        status, headers, body = answer(client.get(address))
        assert status == 200, address
        assert CANARY.encode() not in body and CANARY not in str(headers), address


@pytest.mark.once
def test_a_hidden_slug_answers_in_japanese_too_as_one_that_never_existed(client, hidden_record):
    drafts = [slug for slug in hidden_record if slug.startswith(f"{CANARY}-draft-")]
    assert len(drafts) > 10
    stranger = {}
    for slug in drafts:
        for address in in_japanese(addresses([slug])):
            if slug in address:
                route = address.replace(slug, NEVER)
                stranger[route] = stranger.get(route) or answer(client.get(route))
                assert without_length(client.get(address), slug) == without_length(
                    stranger[route], NEVER
                ), address


BREAKAGES = {
    "evidence without its state": (models.evidence.EvidenceQuerySet, "public"),
    "search notes without their state": (models.search_notes.SearchNoteQuerySet, "public"),
    "pledges without their summit's state": (models.pledges.PledgeQuerySet, "public"),
    "assessments without their state": (models.assessments.AssessmentQuerySet, "public"),
    "outside verdicts without their report's state": (
        models.outside.OutsideVerdictQuerySet,
        "public",
    ),
    "figures without their release's state": (models.indicators.ReleaseQuerySet, "public"),
    "responses without their state": (models.responses.ResponseQuerySet, "public"),
}


@pytest.mark.parametrize("broken", BREAKAGES)
@pytest.mark.once
def test_this_test_notices_when_visibility_is_broken(client, hidden_record, monkeypatch, broken):
    queryset, method = BREAKAGES[broken]
    shown = public_slugs()
    from django.db.models import Q

    monkeypatch.setattr(queryset, method, staticmethod(lambda prefix="": Q()))
    assert any(leaks({address: answer(client.get(address))}) for address in addresses(shown))
