"""What search engines are told a page is about."""

import json
import re

import pytest

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def told(client):
    """Return what the page at an address says it is about."""

    def told(address):
        (text,) = re.findall(
            r'<script type="application/ld\+json">(.*?)</script>',
            client.get(address).content.decode(),
        )
        data = json.loads(text)
        assert data.pop("@context") == "https://schema.org"
        return data

    return told


def test_a_pledge_is_a_quotation(told, make_pledge, make_leader, make_topic, source):
    leader = make_leader(name="Sanae Takaichi")
    make_pledge(
        "defence",
        title="Two per cent",
        quote="We will.",
        stated_by_leader=leader,
        topics=[make_topic()],
    )
    assert told("/pledges/defence/") == {
        "@type": "Quotation",
        "name": "Two per cent",
        "text": "We will.",
        "inLanguage": "en",
        "dateCreated": "2025-10-28",
        "creator": {
            "@type": "Person",
            "name": "Sanae Takaichi",
            "url": f"{SITE}/leaders/sanae-takaichi/",
        },
        "isPartOf": {"@type": "CreativeWork", "name": source.title, "url": source.url},
        "about": ["Defence"],
        "url": f"{SITE}/pledges/defence/",
    }


def test_one_that_is_retold_is_no_quotation(told, make_pledge):
    make_pledge("retold", quote="They will.", quote_is_verbatim=False)
    data = told("/pledges/retold/")
    assert (data["@type"], data["abstract"]) == ("CreativeWork", "They will.")
    assert "text" not in data
    assert data["creator"] == {"@type": "Country", "name": "Japan", "url": f"{SITE}/parties/japan/"}


def test_a_summit_is_an_event(told, make_summit, japan):
    make_summit(
        name="Tokyo summit",
        name_ja="日米",
        summary="They met.",
        city="Tokyo",
        country=japan,
        parties=[japan],
    )
    assert told("/summits/tokyo-2025/") == {
        "@type": "Event",
        "name": "Tokyo summit",
        "alternateName": "日米",
        "description": "They met.",
        "startDate": "2025-10-28",
        "endDate": "2025-10-28",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "Tokyo",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Tokyo",
                "addressCountry": "Japan",
            },
        },
        "attendee": [{"@type": "Country", "name": "Japan", "url": f"{SITE}/parties/japan/"}],
        "url": f"{SITE}/summits/tokyo-2025/",
    }


def test_one_by_video_has_no_place(told, make_summit):
    make_summit()
    data = told("/summits/tokyo-2025/")
    assert data["location"] == {"@type": "VirtualLocation", "url": f"{SITE}/summits/tokyo-2025/"}
    assert data["eventAttendanceMode"].endswith("/OnlineEventAttendanceMode")


def test_a_leader_is_a_person(told, make_leader, japan):
    make_leader(
        native_name="高市早苗",
        wikidata_id="Q59656",
        tenures=[{"party": japan, "office": "Prime Minister"}],
    )
    assert told("/leaders/sanae-takaichi/") == {
        "@type": "Person",
        "name": "Sanae Takaichi",
        "alternateName": "高市早苗",
        "jobTitle": ["Prime Minister"],
        "sameAs": "https://www.wikidata.org/wiki/Q59656",
        "url": f"{SITE}/leaders/sanae-takaichi/",
    }


def test_the_record_is_a_dataset(told):
    data = told("/data/")
    assert data["@type"] == "Dataset"
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [way["contentUrl"] for way in data["distribution"]] == [
        f"{SITE}/api/v1/pledges/",
        f"{SITE}/pledges.csv",
        f"{SITE}/ledger/entries.jsonl",
    ]


def test_no_text_can_end_the_block(client, told, make_pledge):
    nasty = '</script><script>alert(1)</script> <!-- & ]]> \\ " \u2028 \u2029'
    make_pledge(
        "nasty", title="<!--<script>", quote=nasty.replace("\u2028", "").replace("\u2029", "")
    )
    page = client.get("/pledges/nasty/").content.decode()
    (inside,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert not re.search("[<>&\u2028\u2029]", inside)
    assert told("/pledges/nasty/")["text"].startswith(
        "</script><script>alert(1)</script> <!-- & ]]>"
    )
    assert len(re.findall("<script", page)) == 1


def test_the_breaks_of_lines_that_old_scripts_know_are_escaped():
    from commitments.templatetags.linked_data import block

    assert "\\u2028\\u2029" in block("Thing", name="\u2028\u2029")
