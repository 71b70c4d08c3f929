"""A source that is on record is named, however its address is spelt."""

import pytest

from commitments.importing.records import Unreadable, enter_records
from commitments.models import Source

pytestmark = pytest.mark.django_db


def test_a_new_source_with_the_address_of_one_on_record_is_refused(make_source, researcher):
    make_source("paper", url="https://example.org/paper")
    fields = {
        "slug": "twin",
        "kind": "news",
        "title": "Twin",
        "publisher": "P",
        "published_on": "2025-10-28",
        "tier": "press",
        "url": "http://www.example.org/paper/?utm_source=mail",
    }
    with pytest.raises(Unreadable) as refusal:
        enter_records([("source", fields)], assessor=researcher)
    assert refusal.value.reasons == [
        "source twin: url: the source “paper” has this address; refer to that one"
    ]
    assert Source.objects.count() == 1
