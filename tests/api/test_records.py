"""The fields of every other resource, by name: a field added by accident fails here."""

import pytest

from commitments import models, publishing

pytestmark = pytest.mark.django_db

TERM = {"starts_on", "starts_on_precision", "ends_on", "ends_on_precision"}
FIELDS = {
    "summits": {
        *(
            "form",
            "slug",
            "series",
            "name",
            "name_ja",
            "kind",
            *TERM,
            "standing",
            "standing_reason",
            "standing_reason_ja",
            "city",
            "country",
            "venue",
        ),
        *("summary", "summary_ja", "participations"),
    },
    "series": {"form", "slug", "name", "name_ja"},
    "leaders": {"form", "slug", "name", "native_name", "wikidata_id", "tenures"},
    "parties": {
        "form",
        "slug",
        "name",
        "name_ja",
        "short_name",
        "kind",
        "iso_code",
        "wikidata_id",
        *TERM,
        "names",
        "memberships",
    },
    "topics": {"form", "slug", "name", "name_ja", "parent"},
    "undertakings": {
        *(
            "slug",
            "pledge",
            "party",
            "leader",
            "binds_from",
            "deadline",
            "deadline_precision",
            "deadline_fiscal_start",
            "deadline_fiscal_named",
            "deadline_from",
            "reservation",
            "exempt_reason",
            "missing",
            "missing_ja",
        ),
        "due_on",
        "verdict",
    },
    "assessments": {
        *(
            "form",
            "slug",
            "undertaking",
            "status",
            "late",
            "done_on",
            "done_on_precision",
            "done_on_fiscal_start",
            "done_on_fiscal_named",
            "done_on_from",
            "cause",
            "answer",
            "answer_ja",
            "confidence",
            "rationale",
            "rationale_ja",
            "caveat",
            "caveat_ja",
        ),
        *(
            "evidence",
            "search_notes",
            "as_of",
            "method",
            "criteria",
            "methodology",
            "rules_version",
            "findings",
        ),
        *(
            "assessor_credit",
            "reviewer_credit",
            "signed_alone",
            "differs_because",
            "differs_because_ja",
        ),
    },
    "evidence": {
        *("form", "slug", "pledge", "undertakings", "source", "stance", "finding", "finding_ja"),
        *("excerpt", "excerpt_language", "translation", "translated_by", "locator"),
        *("happened_on", "happened_on_precision", "happened_on_fiscal_start"),
        *("happened_on_fiscal_named", "happened_on_from", "is_milestone"),
    },
    "search-notes": {
        *("form", "slug", "pledge", "undertakings", "searched_on"),
        *("places", "places_ja", "not_found", "not_found_ja"),
    },
    "sources": {
        *(
            "form",
            "slug",
            "kind",
            "title",
            "title_ja",
            "publisher",
            "language",
            "url",
            "read_at",
            "archived_at",
            "tier",
            "issued_by",
            "issued_at",
        ),
        *(
            "published_on",
            "published_on_precision",
            "published_on_fiscal_start",
            "published_on_fiscal_named",
            "published_on_from",
        ),
        *("note", "may_show_copy", "snapshots", "statements"),
    },
    "indicators": {
        *("form", "slug", "name", "name_ja", "unit", "definition", "publisher", "url", "frequency"),
        *("fiscal_year_starts", "fiscal_year_named", "lowest", "highest"),
        *("stage", "currency", "price_year"),
    },
    "releases": {
        "form",
        "slug",
        "indicator",
        "released_on",
        "title",
        "url",
        "sha256",
        "note",
        "observations",
    },
    "outside-reports": {
        *(
            "form",
            "slug",
            "assessor",
            "title",
            "source",
            "scale",
            "licence",
            "published_on",
            "verdicts",
        ),
    },
    "responses": {
        "form",
        "slug",
        "undertaking",
        "received_on",
        "text",
        "language",
        "url",
        "answer",
    },
}


def test_records_have_these_fields_and_no_others(get, world):
    for name, fields in FIELDS.items():
        rows = get(f"{name}/").body["results"]
        assert rows, name
        for row in rows:
            assert set(row) == fields, name
            whole = get(f"{name}/{row['slug']}/").body
            if name == "parties":
                assert set(whole.pop("scorecard")) == {"ours", "outside"}
            if name == "undertakings":
                del whole["finding"], whole["alternatives"]
            assert whole == row


def test_rows_inside_have_these_fields_and_no_others(get, world):
    (participation,) = get("summits/tokyo-2025/").body["participations"]
    assert set(participation) == {"party", "leader", "tenure", "role"}
    (membership,) = get("parties/g7/").body["memberships"]
    assert membership == {
        "member": "japan",
        "starts_on": None,
        "starts_on_precision": "none",
        "ends_on": None,
        "ends_on_precision": "none",
    }
    (tenure,) = get("leaders/sanae-takaichi/").body["tenures"]
    assert set(tenure) == {"slug", "party", "office", "office_ja", *TERM}
    (snapshot,) = get("sources/joint-statement/").body["snapshots"]
    assert set(snapshot) == {
        *(
            "retrieved_at",
            "final_url",
            "http_status",
            "media_type",
            "byte_size",
            "sha256",
            "archived_url",
        ),
    }


def test_no_answer_names_an_account(get, world):
    for name in FIELDS:
        text = get(f"{name}/").response.content.decode()
        # The user names; the credit names Rita and Victor are public.
        assert '"rita"' not in text and '"victor"' not in text, name


def test_a_statement_names_its_pledge_once_that_is_published(get, world, settle, make_pledge):
    pledge = make_pledge("later", state="draft")
    models.Statement.objects.create(source=world.source, quote="We will.").pledges.add(pledge)
    publishing.record(world.source)
    assert get("sources/joint-statement/").body["statements"][0]["pledges"] == []
    settle(pledge)
    assert get("sources/joint-statement/").body["statements"][0]["pledges"] == ["later"]


def test_orders_of_the_lists(slugs, world, make_summit, make_topic):
    make_summit("a-later-one", starts_on="2026-01-01", ends_on="2026-01-01")
    assert slugs("summits/") == ["a-later-one", "tokyo-2025"]
    make_topic("a-topic")
    assert slugs("topics/") == ["a-topic", "defence"]
    assert slugs("pledges/") == ["defence", "earlier"]
    assert slugs("pledges/?ordering=made_on") == ["earlier", "defence"]
