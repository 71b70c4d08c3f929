"""What holds for every public page: it answers, caches well, sets nothing, and asks the database
little.
"""

import gzip
import re
from itertools import pairwise, product

import pytest
from django.urls import reverse

from tests.fixtures.addresses import knows_parameter, list_public_addresses


@pytest.fixture
def addresses(record):
    """Walked in one test each: to make the record costs more than to ask for a page."""
    return list_public_addresses(**vars(record))


@pytest.fixture
def paged_addresses(addresses):
    """The pages of lists that have several pages. A comparison has them once something is chosen."""
    paged = [address for address in addresses if knows_parameter(address, "page")]
    return [address for address in paged if address != "/compare/"]


def test_it_answers_and_sets_no_cookie(client, addresses, subtests):
    for address in addresses:
        with subtests.test(address):
            response = client.get(address)
            assert response.status_code == 200
            assert not response.cookies
            assert "Cookie" not in response.headers.get("Vary", "")
            assert response.headers["Cache-Control"] == "no-cache"


def test_an_unchanged_page_costs_one_statement(client, statements, addresses, subtests):
    for address in addresses:
        with subtests.test(address):
            tag = client.get(address).headers["ETag"]
            assert statements(address, if_none_match=tag) == 1
            again = client.get(address, headers={"if-none-match": tag})
            assert again.status_code == 304
            assert again.content == b""
            assert again.headers["ETag"] == tag


def test_it_travels_compressed_to_whoever_accepts_that(client, addresses, subtests):
    for address in addresses:
        with subtests.test(address):
            plain = client.get(address, headers={"accept-encoding": "identity"})
            small = client.get(address, headers={"accept-encoding": "br, gzip"})
            assert "Content-Encoding" not in plain.headers
            assert small.headers["Content-Encoding"] == "gzip"
            assert small.headers["Content-Length"] == str(len(small.compressed))
            assert len(small.compressed) < len(plain.content)
            assert gzip.decompress(small.compressed) == plain.content
            # One tag for both, so weak; and a cache keeps the two apart.
            assert small.headers["ETag"] == plain.headers["ETag"]
            assert plain.headers["ETag"].startswith('W/"')
            again = client.get(
                address, headers={"if-none-match": small.headers["ETag"], "accept-encoding": "gzip"}
            )
            assert again.status_code == 304
            for answer in (plain, small, again):
                assert answer.headers["Vary"] == "Accept-Encoding"


def test_any_publication_changes_the_tag(client, addresses, subtests, make_topic):
    before = {address: client.get(address).headers["ETag"] for address in addresses}
    make_topic("energy")
    for address, tag in before.items():
        with subtests.test(address):
            assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_an_unknown_parameter_changes_nothing_but_the_address(client, addresses, subtests):
    for address in addresses:
        with subtests.test(address):
            plain, followed = (
                client.get(address),
                client.get(address, {"utm_source": "mail", "fbclid": "1"}),
            )
            assert followed.content == plain.content
            assert followed.headers["ETag"] == plain.headers["ETag"]


def test_the_canonical_address_is_absolute_and_named_once(read, addresses, subtests, settings):
    settings.SITE_ADDRESS = "https://ledger.example.org"
    for address in addresses:
        with subtests.test(address):
            named = re.findall(r'rel="canonical" href="([^"]+)"', read(address))
            assert named == [f"https://ledger.example.org{address}"]


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(read, addresses, subtests):
    for address in addresses:
        with subtests.test(address):
            text = re.sub(r'<script src="/static/[^"]+" defer></script>', "", read(address))
            # A block of data for search engines is no script: no browser runs it.
            text = re.sub(
                r"<textarea.*?</textarea>", "", text, flags=re.DOTALL
            )  # what is to be copied elsewhere
            assert not re.search(
                r'<style|<script(?! type="application/ld\+json">)|\sstyle=|\son[a-z]+=', text
            )
            assert not re.search(
                r'<(?:link|img|script|use|source)[^>]+(?:href|src)="https?://(?!127\.0\.0\.1)', text
            )


def test_headings_descend_without_gaps_from_one_h1(read, addresses, subtests):
    for address in addresses:
        with subtests.test(address):
            levels = [int(level) for level in re.findall(r"<h([1-6])", read(address))]
            assert levels.count(1) == 1
            assert levels[0] == 1
            assert all(lower - upper <= 1 for upper, lower in pairwise(levels))


def test_it_may_only_be_read(client, addresses, subtests):
    for address in addresses:
        with subtests.test(address):
            assert client.post(address).status_code == 405


def test_a_page_that_is_no_number_is_refused_in_words(client, paged_addresses, subtests):
    for address in paged_addresses:
        with subtests.test(address):
            response = client.get(address, {"page": "two"})
            assert response.status_code == 400
            assert "“page” must be a whole number" in response.html()


def test_a_page_there_is_not_is_not_found(client, paged_addresses, subtests):
    for address, page in product(paged_addresses, ["0", "-1", "99", "9" * 5000]):
        with subtests.test(f"{address} {page[:2]}"):
            assert client.get(address, {"page": page}).status_code in (400, 404)


@pytest.mark.parametrize("name", ["summit", "pledge", "leader", "party"])
def test_a_draft_answers_byte_for_byte_as_nothing_does(
    client, name, make_summit, make_pledge, make_leader, make_party
):
    make = {
        "summit": make_summit,
        "pledge": make_pledge,
        "leader": make_leader,
        "party": make_party,
    }[name]
    make("hidden-row", state="draft")
    hidden, never = (
        client.get(reverse(name, args=[slug])) for slug in ("hidden-row", "never-made")
    )
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content
    assert hidden.headers == never.headers
    # Asked with yesterday's tag too: a 304 would say that there is something.
    tag = client.get(reverse("home")).headers["ETag"]
    assert len({client.get(reverse(name, args=[s]), headers={"if-none-match": tag}).status_code
                for s in ("hidden-row", "never-made")}) == 1  # fmt: skip
