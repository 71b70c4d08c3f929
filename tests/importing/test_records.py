"""Records in their public form, entered: the same public form comes back, or nothing is entered at
all.
"""

from datetime import date
from decimal import Decimal

import pytest

from commitments import models, publishing
from commitments.importing.records import Unreadable, enter_records
from commitments.publicforms import CURRENT, prefetch_public_form, render

pytestmark = pytest.mark.django_db


def party(slug, **fields):
    return "party", {"slug": slug, "name": slug.title(), "kind": "state", **fields}


def source(slug="paper", **fields):
    return "source", {
        "slug": slug, "kind": "news", "title": "T", "publisher": "P", "published_on": "2025-10-28",
        "url": f"https://example.org/{slug}", "tier": "press", **fields,
    }  # fmt: skip


def pledge(slug="promise", **fields):
    return "pledge", {
        "slug": slug, "title": "We will", "occasion": "A speech", "quote": "We will.", "source": "paper",
        "made_on": "2025-10-28", "stated_by": "japan", "attribution": "own_statement", "modality": "commits",
        "kind": "spending", "undertakings": [{"party": "japan", "missing": "A figure."}], **fields,
    }  # fmt: skip


# Every field that a public form knows is filled in at least once here; a test below holds it so.
GRAPH = [
    party(
        "japan", name_ja="日本", short_name="JP", iso_code="JPN", wikidata_id="Q17", starts_on="1868-01-01",
        starts_on_precision="year", ends_on="2999-12-31",
        names=[{
            "name": "Nippon", "language": "en", "kind": "common", "starts_on": "1900-01-01", "ends_on": "2000-12-31",
        }],
    ),
    party("union", kind="bloc", memberships=[{"member": "japan", "starts_on": "2000-01-01", "ends_on": "2025-12-31"}]),
    ("topic", {"slug": "money", "name": "Money", "name_ja": "予算"}),
    ("topic", {"slug": "defence", "name": "Defence", "parent": "money"}),
    ("summitseries", {"slug": "annual", "name": "Annual", "name_ja": "年次"}),
    ("leader", {
        "slug": "takaichi", "name": "Sanae Takaichi", "native_name": "高市早苗", "wikidata_id": "Q7414921",
        "tenures": [{
            "slug": "takaichi-pm", "party": "japan", "office": "Prime Minister", "office_ja": "内閣総理大臣",
            "starts_on": "2025-10-21", "ends_on": "2026-02-01",
        }],
    }),
    ("summit", {
        "slug": "tokyo", "series": "annual", "name": "Tokyo", "name_ja": "東京", "kind": "bilateral",
        "standing": "postponed", "standing_reason": "A storm.", "standing_reason_ja": "台風。",
        "starts_on": "2025-10-27", "ends_on": "2025-10-28", "city": "Tokyo", "country": "japan", "venue": "Palace",
        "summary": "They met.", "summary_ja": "会談した。",
        "participations": [{"party": "japan", "leader": "takaichi", "tenure": "takaichi-pm", "role": "host"}],
    }),
    source(
        title_ja="題", published_on_precision="period", published_on_from="2025-10-01", language="ja",
        read_at="https://example.org/copy", archived_at="https://example.org/kept",
        issued_by="japan", issued_at="tokyo", note="A copy.", may_show_copy=True,
        snapshots=[{
            "retrieved_at": "2026-01-01T00:00:00.000001Z", "final_url": "https://example.org/b", "http_status": 200,
            "media_type": "text/html", "byte_size": 12, "sha256": "a" * 64, "archived_url": "https://example.net/",
        }],
        statements=[
            {"quote": "誓う。", "locator": "p. 1", "pledges": ["promise"]},
            {"quote": "Thanks.", "not_tracked_reason": "Praise."},
        ],
    ),
    source("yearbook", published_on="2026-03-31", published_on_precision="fiscal_year", published_on_fiscal_start=4,
           published_on_fiscal_named="start"),
    ("indicator", {
        "slug": "share", "name": "Share", "name_ja": "比率", "unit": "%", "definition": "Of GDP.", "publisher": "P",
        "url": "https://example.org/i", "frequency": "fiscal_year", "fiscal_year_starts": 4,
        "fiscal_year_named": "start", "lowest": "0", "highest": "100", "stage": "allocated",
        "currency": "JPY", "price_year": 2022,
    }),
    ("release", {
        "slug": "share-1", "indicator": "share", "released_on": "2025-12-01", "title": "R",
        "url": "https://example.org/r", "sha256": "b" * 64, "note": "Read by hand.",
        "observations": [{
            "party": "japan", "period_start": "2025-11-01", "period_end": "2025-11-30", "value": "1.60",
            "decimals": 2, "kind": "actual", "note": "Outturn.",
        }],
    }),
    pledge("older", deadline="2025-11-30", deadline_precision="month"),
    pledge(
        "earlier", deadline="2028-03-31", deadline_precision="fiscal_year", deadline_fiscal_start=4,
        deadline_fiscal_named="start", occasion_ja="演説", verifiability="partly", verifiability_reason="Secret in part.",
        verifiability_reason_ja="一部が非公開。",
    ),
    pledge(
        occasion="", summit="tokyo", title_ja="題", quote_is_verbatim=False, quote_language="ja", translation="We vow.",
        translated_by="ours", locator="p. 1", stated_by_leader="takaichi", topics=["defence", "money"],
        deadline="2026-01-31", deadline_precision="period", deadline_from="2026-01-01", explanation="Plainly.",
        deadline_words="by January", condition="If it rains.", condition_ja="雨なら。",
        quotes=[{"text": "We vow it.", "language": "en", "whose": "official", "source": "paper", "locator": "p. 3"}],
        explanation_ja="平易に。", borne_by="collectively",
        criteria=[{
            "number": 1, "fixed_on": "2025-10-28", "judged_from": "2026-03-31", "judged_from_precision": "fiscal_year",
            "judged_from_fiscal_start": 4, "judged_from_fiscal_named": "start", "met": "m", "met_ja": "達", "partly_met": "p",
            "partly_met_ja": "半", "not_met": "n", "not_met_ja": "否",
        }, {
            "number": 2, "fixed_on": "2025-10-29", "judged_from": "2026-03-31", "judged_from_precision": "period",
            "judged_from_from": "2026-03-01", "met": "m", "not_met": "n",
        }],
        undertakings=[
            {"party": "japan", "leader": "takaichi", "binds_from": "2025-11-01", "reservation": "Except islands.",
             "deadline": "2026-03-31", "deadline_precision": "fiscal_year", "deadline_fiscal_start": 4,
             "deadline_fiscal_named": "start", "missing": "A figure.", "missing_ja": "数字。"},
            {"party": "union", "exempt_reason": "No member signed.", "deadline": "2026-03-31",
             "deadline_precision": "period", "deadline_from": "2026-03-01"},
        ],
        links=[{"to_pledge": "earlier", "kind": "strengthens"}],
        targets=[{
            "undertaking": "promise--japan", "role": "primary", "label": "Share of GDP", "label_ja": "GDP比",
            "kind": "change", "indicator": "share", "measured_for": "japan", "comparator": "at_least", "value": "2",
            "upper_value": "3", "met_at": "lower", "baseline_source": "paper",
            "decimals": 1, "baseline_value": "1.1", "baseline_period": "FY2022", "window_start": "2025-04-01",
            "due": "2026-01-31", "partly_met_share": "0.5", "accepts": ["actual", "budget"],
        }],
    ),
    ("evidence", {
        "slug": "proof", "pledge": "promise", "undertakings": ["promise--japan"], "source": "paper",
        "stance": "supports", "finding": "Done.", "finding_ja": "済。", "excerpt": "済", "excerpt_language": "ja",
        "translation": "Done", "translated_by": "ours", "locator": "p. 2", "happened_on": "2025-10-28",
        "happened_on_precision": "period", "happened_on_from": "2025-10-01", "is_milestone": True,
    }),
    ("evidence", {
        "slug": "proof-2", "pledge": "promise", "source": "paper", "stance": "context", "finding": "Said.",
        "happened_on": "2026-03-31", "happened_on_precision": "fiscal_year", "happened_on_fiscal_start": 4,
        "happened_on_fiscal_named": "start",
    }),
    ("searchnote", {
        "slug": "search", "pledge": "promise", "undertakings": ["promise--japan"], "searched_on": "2025-11-30",
        "places": "Its budgets.", "places_ja": "予算書。", "not_found": "No sum.", "not_found_ja": "金額なし。",
    }),
    ("assessment", {
        "slug": "verdict", "undertaking": "promise--japan", "status": "met", "confidence": "low", "rationale": "So.",
        "answer": "It did.", "answer_ja": "した。",
        "rationale_ja": "故に。", "caveat": "But.", "caveat_ja": "但し。", "evidence": ["proof"], "as_of": "2025-12-01",
        "search_notes": ["search"],
        "method": "judgement", "criteria": 1, "methodology": "1", "rules_version": "1",
        # What the rule had found is kept with it when it is published.
        "differs_because": "By the wider definition.", "differs_because_ja": "広い定義による。",
    }),
    ("evidence", {
        "slug": "proof-3", "pledge": "older", "source": "yearbook", "stance": "contradicts", "finding": "Not yet.",
        "happened_on": "2025-11-30",
    }),
    ("assessment", {
        "slug": "verdict-2", "undertaking": "older--japan", "status": "not_met", "confidence": "low",
        "rationale": "So.", "answer": "It did so a year late.", "evidence": ["proof-3"], "as_of": "2026-06-01",
        "late": True, "done_on": "2026-03-31", "done_on_precision": "fiscal_year", "done_on_fiscal_start": 4,
        "done_on_fiscal_named": "start", "cause": "events",
    }),
    ("assessment", {
        "slug": "verdict-3", "undertaking": "older--japan", "status": "not_met", "confidence": "low",
        "rationale": "So.", "answer": "It did so in March.", "evidence": ["proof-3"], "as_of": "2026-06-02",
        "late": True, "done_on": "2026-03-31", "done_on_precision": "period", "done_on_from": "2026-03-01",
    }),
    ("outsidereport", {
        "slug": "report", "assessor": "union", "title": "R", "source": "paper", "scale": "0/1", "licence": "CC",
        "published_on": "2025-12-31",
        "verdicts": [{"undertaking": "promise--japan", "score": "1", "status": "met", "note": "p. 3"}],
    }),
    ("response", {
        "slug": "reply", "undertaking": "promise--japan", "received_on": "2026-01-02", "text": "Thanks.",
        "url": "https://example.org/reply", "answer": "Noted.",
    }),
]  # fmt: skip
BASE = [party("japan"), source()]


@pytest.fixture
def load(researcher):
    return lambda items: enter_records(items, assessor=researcher)


@pytest.fixture
def publish_all(researcher, reviewer):
    def publish_all(report):
        publishing.publish_many(publishing.submit_many(report.made, by=researcher), by=reviewer)

    return publish_all


@pytest.fixture
def public_forms():
    def read():
        return [
            (record_type, render(record))
            for record_type, slug in ((kind, fields["slug"]) for kind, fields in GRAPH)
            for record in prefetch_public_form(CURRENT[record_type].model.objects.filter(slug=slug))
        ]

    return read


@pytest.fixture
def empty_the_tables():
    def empty():
        models.Undertaking.objects.update(current_assessment=None)
        for model in (
            models.Membership,
            models.Snapshot,
            models.Observation,
            models.Statement,
            models.PledgeLink,
            *models.ROOTS[::-1],
        ):
            if model is models.Topic:
                model.objects.update(parent=None)
            model._base_manager.all().delete()

    return empty


def reasons(load, *items):
    with pytest.raises(Unreadable) as refusal:
        load([*BASE, *items])
    return refusal.value.reasons


def test_public_forms_entered_again_give_the_same_public_forms(
    load, publish_all, public_forms, empty_the_tables
):
    publish_all(load(GRAPH))
    first = public_forms()
    assert len(first) == len(GRAPH)
    empty_the_tables()
    publish_all(load(first))
    assert public_forms() == first


def test_the_graph_fills_in_every_field_of_every_public_form(load, publish_all, public_forms):
    publish_all(load(GRAPH))
    filled = set()
    for record_type, payload in public_forms():
        for key, value in payload.items():
            filled |= {(record_type, key)} if value not in (None, "", []) else set()
            for row in value if isinstance(value, list) else []:
                names = row.items() if isinstance(row, dict) else []
                filled |= {
                    (record_type, key, name) for name, inner in names if inner not in (None, "", [])
                }
    for record_type, form in CURRENT.items():
        assert {(record_type, name) for name in form.fields} <= filled
        for child in form.children:
            assert {(record_type, child.key, name) for name in child.fields} <= filled


@pytest.mark.parametrize("published", [False, True], ids=["drafts", "published"])
def test_entering_the_same_again_makes_nothing(load, publish_all, published):
    report = load(GRAPH)
    if published:
        publish_all(report)
    again = load(GRAPH)
    assert (again.made, again.different) == ([], [])
    assert len(again.unchanged) == len(GRAPH)
    assert str(again) == f"0 made, {len(GRAPH)} unchanged, 0 different and left alone"


def test_everything_enters_as_a_draft_with_the_one_who_answers_for_it(load, researcher):
    report = load(GRAPH)
    assert {record.state for record in report.made} == {"draft"}
    assessors = {row.assessor for row in models.Assessment.objects.all()}
    assert assessors == {researcher}


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"value": Decimal("1.6")}, id="a decimal in another spelling"),
        pytest.param({"period_end": date(2025, 11, 30)}, id="a day that is a date already"),
        pytest.param({"note": "Outturn."}, id="fields left out"),
    ],
)
def test_the_same_in_another_spelling_is_the_same(load, fields):
    load(GRAPH)
    row = dict(next(item for kind, item in GRAPH if kind == "release")["observations"][0])
    again = load([("release", {"slug": "share-1", "observations": [{**row, **fields}]})])
    assert again.unchanged == [("release", "share-1")]


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(party("japan", name_ja="Nippon"), id="another text"),
        pytest.param(("party", {"slug": "union", "memberships": []}), id="a row less"),
        pytest.param(("topic", {"slug": "defence", "parent": None}), id="another reference"),
        pytest.param(("evidence", {"slug": "proof", "undertakings": []}), id="a reference less"),
        pytest.param(
            (
                "source",
                {
                    "slug": "paper",
                    "statements": [
                        {"quote": "誓う。", "pledges": ["earlier"]},
                        {"quote": "Thanks."},
                    ],
                },
            ),
            id="another pledge for a statement",
        ),
    ],
)
def test_a_record_that_differs_is_reported_and_left_alone(load, public_forms, item):
    load(GRAPH)
    before = public_forms()
    assert load([item]).different == [(item[0], item[1]["slug"])]
    assert public_forms() == before


def test_what_an_item_leaves_out_is_not_held_against_the_record(load):
    load(GRAPH)
    assert load([("source", {"slug": "paper", "title": "T"})]).unchanged == [("source", "paper")]


def test_a_statement_may_name_a_pledge_that_comes_later_in_the_list(load):
    load(
        [
            party("japan"),
            source(statements=[{"quote": "We will.", "pledges": ["promise"]}]),
            pledge(),
        ]
    )
    assert models.Statement.objects.get().pledges.get().slug == "promise"


def test_a_statement_of_a_pledge_that_never_comes_is_named(load):
    [reason] = reasons(
        load, source("other", statements=[{"quote": "We will.", "pledges": ["promise"]}])
    )
    assert reason == "statement “We will.”: refers to the pledge “promise”, which is not there"


@pytest.mark.parametrize(
    "item, sentence",
    [
        pytest.param(
            ("treaty", {"slug": "x"}),
            "treaty x: there is no record type “treaty”; known are",
            id="type",
        ),
        pytest.param(
            party("x", colour="red"),
            "party x: there is no field “colour”; known are slug, name",
            id="field",
        ),
        pytest.param(
            pledge(targets=[{"lable": "x"}]),
            "pledge promise: there is no field “lable”; known are undertaking, role",
            id="field of a row inside",
        ),
        pytest.param(
            party("x", state="published"),
            "party x: there is no field “state”",
            id="what only publishing sets",
        ),
        pytest.param(
            pledge(source="gone"),
            "pledge promise: refers to the source “gone”, which is not there",
            id="reference",
        ),
        pytest.param(
            pledge(topics=["gone"]),
            "pledge promise: refers to the topic “gone”, which is not there",
            id="list",
        ),
        pytest.param(
            ("party", {"name": "X"}), "party (without a slug): it needs a slug", id="no slug"
        ),
        pytest.param(
            party("x", kind="planet"),
            "party x: kind: Value 'planet' is not a valid choice.",
            id="choice",
        ),
        pytest.param(
            party("x", kind=None),
            "party x: kind: This field cannot be null.",
            id="nothing where needed",
        ),
        pytest.param(party("X Y"), "party X Y: slug: Use lower-case letters", id="slug"),
        pytest.param(
            party("x", name="a\u202eb"),
            "party x: name: There is an invisible U+202E (right-to-left override) after “a”",
            id="text",
        ),
        pytest.param(
            pledge(made_on="28/10/2025"),
            "pledge promise: made_on: “28/10/2025” is not a day such as 2026-01-31",
            id="day",
        ),
        pytest.param(
            pledge(deadline="2025-10-27", deadline_precision="day"),
            "deadline is before the day",
            id="constraint",
        ),
        pytest.param(
            source(
                "x",
                snapshots=[
                    {"retrieved_at": "2026-01-01T00:00:00", "media_type": "a/b", "byte_size": 1}
                ],
            ),
            "source x: retrieved_at: “2026-01-01T00:00:00” is not a time with its zone",
            id="time without a zone",
        ),
        pytest.param(
            party("x", memberships=["japan"]),
            "memberships: 'japan' is not a mapping",
            id="no mapping",
        ),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(load, item, sentence):
    [reason] = reasons(load, item)
    assert sentence in reason


@pytest.mark.parametrize(
    "value, sentence",
    [
        pytest.param(
            1.6, "value: Write 1.6 in quotation marks, so that it stays exact.", id="a float"
        ),
        pytest.param(
            "1.000,5",
            "value: “1.000,5” is not a number. Write it like 1234.5 or −0.75.",
            id="in another country's form",
        ),
        pytest.param("1 600", "is not a number", id="with a space"),
        pytest.param("NaN", "value: ", id="no number"),
        pytest.param("Infinity", "value: ", id="without end"),
        pytest.param(
            "0.1" + "2" * 20,
            "At most 40 digits are kept, 20 of them after the point.",
            id="finer than is kept",
        ),
    ],
)
def test_a_number_that_would_not_stay_exact_is_refused(load, value, sentence):
    indicator = next(item for item in GRAPH if item[0] == "indicator")
    row = {
        "party": "japan",
        "period_start": "2024-04-01",
        "period_end": "2025-03-31",
        "decimals": 1,
        "kind": "actual",
    }
    release = {"slug": "r", "indicator": "share", "released_on": "2025-06-01", "title": "R"}
    [reason] = reasons(
        load, indicator, ("release", {**release, "observations": [{**row, "value": value}]})
    )
    assert sentence in reason


def test_a_float_is_refused_by_its_field_on_a_record_that_is_there_too(load):
    indicator = ("indicator", {**dict(GRAPH)["indicator"], "lowest": "0.5"})
    load([*BASE, indicator])
    with pytest.raises(Unreadable) as refusal:
        load([("indicator", {**indicator[1], "lowest": 0.5})])
    [reason] = refusal.value.reasons
    assert "lowest: Write 0.5 in quotation marks, so that it stays exact." in reason


@pytest.mark.parametrize(
    "day",
    ["31 January 2026", "2026-1-31", "20260131", "January 2026", "31/01/2026", "令和8年1月31日"],
)
def test_a_day_as_people_write_it_is_refused_with_what_to_write(load, day):
    [reason] = reasons(load, ("party", {**dict(GRAPH)["party"], "slug": "x", "starts_on": day}))
    assert f"starts_on: “{day}” is not a day such as 2026-01-31" in reason


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_entered(load):
    found = reasons(
        load, party("x", colour="red"), party("y"), pledge(kind="wish", modality="hopes")
    )
    assert [reason.split(":")[0] for reason in found] == [
        "party x",
        "pledge promise",
        "pledge promise",
    ]
    assert not models.Party.objects.exists()
    assert not models.Source.objects.exists()


def test_a_statement_of_a_refused_source_is_no_second_complaint(load):
    statements = [{"quote": "We will.", "pledges": ["promise"]}, {"quote": ""}]
    assert len(reasons(load, source("other", statements=statements), pledge())) == 1
