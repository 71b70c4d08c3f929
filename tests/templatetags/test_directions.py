"""A text from right to left says so, wherever it is shown."""

import pytest
from django.urls import reverse

from commitments.languages import find_direction
from commitments.models import LedgerEntry
from commitments.templatetags.languages import mark_text


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("en", "ltr"),
        ("ja", "ltr"),
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("he", "rtl"),
        ("fa-IR", "rtl"),
        ("ckb", "rtl"),
        ("az-Arab", "rtl"),
        ("ku-Latn", "ltr"),
        ("ar-Latn", "ltr"),
        ("zh-Hans", "ltr"),
    ],
)
def test_the_direction_follows_from_the_language(language, direction):
    assert find_direction(language) == direction


def test_the_attributes_name_the_language_and_only_the_unusual_direction():
    assert mark_text("ar") == 'lang="ar" dir="rtl"'
    assert mark_text("fr") == 'lang="fr"'


@pytest.mark.django_db
def test_a_pledge_shows_the_other_texts_of_its_quote(make_pledge, make_source, settle, client):
    pledge = make_pledge("promise", state="draft")
    source = make_source("kingdom", title="بيان", language="ar")
    pledge.quotes.create(
        text="سنفعل ذلك.", language="ar", whose="authentic", source=source, locator="Page 2"
    )
    settle(pledge)
    entry = LedgerEntry.objects.for_record(pledge).get()
    cited = reverse("pledge_cited", args=[pledge.slug, entry.seq])
    for address in (pledge.get_absolute_url(), cited):
        html = client.get(address).content.decode()
        assert '<blockquote lang="ar" dir="rtl">' in html
        for words in ("سنفعل ذلك.", "Authentic text", "Page 2", source.url):
            assert words in html
