"""A cited source leads to its original, and says in which copy it was read."""

import re

import pytest

from commitments.ledger.freshness import read_head
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db

ORIGINAL = "https://office.example/statement"
COPY = "https://www.copies.example/statement"
ARCHIVE = "https://archive.example/2025/statement"


@shared
def write_citation(make_source, make_pledge, read):
    """Return how today's page of a pledge and its citation name its source: the links, the text."""

    def write(**addresses):
        source = make_source("statement", title="A statement", **addresses)
        pledge = make_pledge("promise", source=source)
        page = pledge.get_absolute_url()
        today = cut_caption(read(page))
        cited = cut_caption(read(f"{page}at/{read_head()}/"))
        assert cited == today
        links = dict(re.findall(r'<a\s+href="(http[^"]*)"[^>]*>([^<\u2060]*)', today))
        return links, " ".join(re.sub(r"<[^>]*>", "", today).split())

    return write


def cut_caption(page):
    return re.search(r"<figcaption>.*?</figcaption>", page, re.DOTALL)[0]


def test_the_title_leads_to_the_original_and_the_copies_stand_beside_it(write_citation):
    links, _words = write_citation(url=ORIGINAL, read_at=COPY, archived_at=ARCHIVE)
    assert links == {
        ORIGINAL: "A statement",
        COPY: "read in a copy: copies.example",
        ARCHIVE: "archived copy",
    }


def test_a_source_read_in_the_original_names_no_copy(write_citation):
    links, words = write_citation(url=ORIGINAL)
    assert links == {ORIGINAL: "A statement"}
    assert "copy" not in words


def test_without_the_original_the_title_leads_to_the_copy_and_says_so(write_citation):
    links, words = write_citation(url="", read_at=COPY)
    assert links == {COPY: "A statement"}
    assert "the link leads to the copy it was read in: copies.example" in words


def test_what_is_only_in_an_archive_leads_there(write_citation):
    links, words = write_citation(url="", note="Taken down.", archived_at=ARCHIVE)
    assert links == {ARCHIVE: "archived copy"}
    assert "A statement" in words
