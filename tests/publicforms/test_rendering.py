"""The public form: exact in JSON, the same whatever the order of entry, and nothing private in
it.
"""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from commitments import models
from commitments.publicforms import (
    CURRENT,
    FORMS,
    find_dependents,
    find_references,
    prefetch_public_form,
    render,
    render_exactly,
    write_canonically,
)
from tests.fixtures.cases import in_one_test
from tests.fixtures.shared import shared

DAY = date(2025, 10, 28)

# What no public form says, and why.
OF_EVERY_ROOT = {
    "id": "the slug names it in public",
    "state": "what is not published is not rendered",
    "version": "counts saves, drafts included",
    "submitted_by": "a user",
    "review_note": "between curator and reviewer",
    "edited_at": "drafts are edited too",
}
OF_EVERY_ROW_INSIDE = {"id": "the record it lies in names it"}
PRIVATE = {
    models.Assessment: {
        "assessor": "a user; the credit name is public",
        "reviewer": "a user; the credit name is public",
        "published_seq": "the ledger says it",
    },
    models.Snapshot: {
        "file": "kept copies are given out by licence only",
        "text": "taken from the file",
    },
    models.Undertaking: {
        "current_assessment": "derived from the assessments",
        "shown_status": "derived from the assessments",
        "due_on": "derived from the deadlines",
        "shown_by": "derived from the assessments",
        "checked_on": "derived from the ledger",
        "unjudged_reason": "derived from all that bears on it",
        "judged_under": "derived from links and assessments",
    },
}
DECLARED = [(form.model, form.fields, "") for form in FORMS] + [
    (child.model, child.fields, child.owner) for form in FORMS for child in form.children
]


@shared
def graph(settle, make_party, make_leader, make_topic, make_summit, make_source, make_pledge, make_evidence,
          make_search_note, make_assessment, japan):  # fmt: skip
    """A small published record in which every type refers to all that it can."""
    union = make_party("union", state="draft", kind="bloc")
    union.memberships.create(member=japan)
    settle(union)
    leader = make_leader(tenures=[{"party": japan, "office": "Prime Minister"}])
    series = settle(models.SummitSeries.objects.create(slug="annual", name="Annual"))
    summit = make_summit(state="draft", series=series, country=japan)
    summit.participations.create(party=union, leader=leader, tenure=leader.tenures.get())
    settle(summit)
    source = make_source("paper", issued_by=union, issued_at=summit)
    indicator = models.Indicator.objects.create(
        slug="share", name="Share", unit="%", definition="d", publisher="p", frequency="annual"
    )
    settle(indicator)
    release = models.Release.objects.create(
        slug="share-1", indicator=indicator, released_on=DAY, title="t"
    )
    release.observations.create(
        party=japan,
        period_start=DAY,
        period_end=DAY,
        value=Decimal("1.60"),
        decimals=2,
        kind="actual",
    )
    settle(release)
    topic = make_topic("defence", parent=make_topic("money"))
    earlier = make_pledge("earlier")
    pledge = make_pledge(
        "promise", state="draft", source=source, summit=summit, stated_by=union, stated_by_leader=leader,
        topics=[topic], parties=[japan, union],
    )  # fmt: skip
    pledge.links.create(to_pledge=earlier, kind="reaffirms")
    pledge.targets.create(
        label="Share",
        kind="reach",
        indicator=indicator,
        measured_for=union,
        value=2,
        partly_met_share="0.5",
    )
    settle(pledge)
    source.statements.create(quote="We will.").pledges.add(pledge)
    source.snapshots.create(
        retrieved_at=datetime(2026, 1, 1, tzinfo=UTC),
        media_type="text/html",
        byte_size=1,
        sha256="a" * 64,
    )
    undertaking = pledge.undertakings.get(party=japan)
    proof = make_evidence(pledge, "proof", source=source)
    proof.undertakings.add(undertaking)
    note = make_search_note(pledge, "searched")
    note.undertakings.add(undertaking)
    make_assessment(
        undertaking,
        "met",
        "verdict",
        evidence=[proof],
        search_notes=[note],
        criteria=pledge.criteria.get(),
    )
    report = models.OutsideReport.objects.create(
        slug="report", assessor=union, title="t", source=source, scale="s", published_on=DAY
    )
    report.verdicts.create(undertaking=undertaking, score="1")
    settle(report)
    settle(
        models.Response.objects.create(
            slug="reply", undertaking=undertaking, received_on=DAY, text="t"
        )
    )
    return [
        prefetch_public_form(model.objects.filter(pk=pk)).get()
        for model in models.ROOTS
        for pk in model.objects.values_list("pk", flat=True)
    ]


@pytest.fixture
def rendered(graph):
    return {(record._meta.model_name, record.slug): render(record) for record in graph}


def values_in(payload):
    yield payload
    for inner in (
        payload.values()
        if isinstance(payload, dict)
        else payload
        if isinstance(payload, list)
        else ()
    ):
        yield from values_in(inner)


@pytest.mark.django_db
def test_a_public_form_holds_nothing_that_json_would_change(rendered):
    for payload in rendered.values():
        assert {type(value) for value in values_in(payload)} <= {
            dict,
            list,
            str,
            int,
            bool,
            type(None),
        }
        assert json.loads(write_canonically(payload)) == payload


@pytest.mark.django_db
def test_a_public_form_has_the_fields_it_declares_and_no_others(rendered):
    for (record_type, _slug), payload in rendered.items():
        form = CURRENT[record_type]
        assert set(payload) == {"form", *form.fields, *(child.key for child in form.children)}
        assert payload["form"] == form.number
        for child in form.children:
            assert all(set(row) == set(child.fields) for row in payload[child.key])


@pytest.mark.django_db
def test_a_pledge_says(rendered):
    payload = rendered["pledge", "promise"]
    assert set(payload) == {
        "form", "slug", "title", "title_ja", "summit", "occasion", "occasion_ja", "quote", "quote_is_verbatim",
        "quote_language", "translation", "translated_by", "source", "locator", "made_on", "made_on_precision", "stated_by",
        "stated_by_leader", "attribution", "modality", "kind", "topics", "deadline", "deadline_precision",
        "deadline_fiscal_start", "deadline_fiscal_named", "deadline_from", "deadline_words", "condition", "condition_ja", "explanation", "explanation_ja", "verifiability",
        "verifiability_reason", "verifiability_reason_ja", "borne_by", "quotes", "criteria", "undertakings", "links", "targets",
    }  # fmt: skip
    assert set(payload["undertakings"][0]) == {
        "slug", "party", "leader", "binds_from", "deadline", "deadline_precision", "deadline_fiscal_start",
        "deadline_fiscal_named", "deadline_from", "reservation", "exempt_reason", "missing", "missing_ja",
    }  # fmt: skip
    assert payload["undertakings"][1]["party"] == "union"
    assert payload["targets"][0]["value"] == "2"
    assert (
        payload["form"],
        payload["targets"][0]["per_cent"],
        payload["targets"][0]["label_ja"],
    ) == (5, False, "")
    assert payload["topics"] == ["defence"]
    assert payload["made_on"] == "2025-10-28"


@pytest.mark.django_db
def test_an_assessment_says(rendered):
    payload = rendered["assessment", "verdict"]
    assert set(payload) == {
        "form", "slug", "undertaking", "status", "late", "done_on", "done_on_precision", "done_on_fiscal_start",
        "done_on_fiscal_named", "done_on_from", "cause", "answer", "answer_ja", "confidence", "rationale", "rationale_ja", "caveat", "caveat_ja",
        "evidence", "search_notes", "as_of", "method", "criteria", "methodology", "rules_version", "findings", "assessor_credit",
        "reviewer_credit", "signed_alone", "differs_because", "differs_because_ja",
    }  # fmt: skip
    assert payload["form"] == 4
    assert payload["undertaking"] == "promise--japan"
    assert payload["criteria"] == 1
    assert payload["evidence"] == ["proof"]
    assert payload["search_notes"] == ["searched"]
    assert payload["assessor_credit"] == "Rita"


@pytest.mark.django_db
def test_no_public_form_holds_a_users_name_or_number(rendered, researcher, reviewer):
    text = json.dumps(list(rendered.values()))
    for user in (researcher, reviewer):
        assert f'"{user.username}"' not in text


@pytest.mark.parametrize(
    "value, written",
    [
        pytest.param(Decimal("1.60"), "1.6", id="zeros at the end go"),
        pytest.param(
            Decimal("43000000000000.00000000"), "43000000000000", id="and the point with them"
        ),
        pytest.param(Decimal("1E+3"), "1000", id="no exponent"),
        pytest.param(Decimal("0.00000001"), "0.00000001", id="the smallest that is kept"),
        pytest.param(Decimal("0E-8"), "0", id="zero"),
        pytest.param(Decimal("-2.50"), "-2.5", id="below zero"),
        pytest.param(date(2028, 2, 29), "2028-02-29", id="a day"),
        pytest.param(
            datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01T00:00:00.000000Z", id="a moment"
        ),
        pytest.param(
            datetime(2026, 1, 1, 9, tzinfo=timezone(timedelta(hours=9))),
            "2026-01-01T00:00:00.000000Z",
            id="the same moment in Tokyo",
        ),
        pytest.param("Å", "Å", id="a text"),
        pytest.param(True, True, id="a yes"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_a_value_has_one_public_spelling(value, written):
    assert render_exactly(value) == written


def test_a_float_has_no_public_form():
    with pytest.raises(TypeError, match="no exact public form"):
        render_exactly(1.6)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "order", [slice(None), slice(None, None, -1)], ids=["forwards", "backwards"]
)
def test_the_order_of_entry_does_not_show(make_pledge, make_party, make_topic, source, order):
    parties = {slug: make_party(slug, state="draft") for slug in ("a", "b", "é", "日")[order]}
    pledge = make_pledge(
        state="draft",
        parties=parties.values(),
        topics=[make_topic(slug, state="draft") for slug in ("x", "y")[order]],
    )
    for number in (2, 10)[order]:
        pledge.criteria.create(number=number, fixed_on=DAY, met="m", not_met="n")
    for quote in ("A", "b", "É", "日本")[order]:
        source.statements.create(quote=quote)
    payload = render(prefetch_public_form(models.Pledge.objects.all()).get())
    assert payload["topics"] == ["x", "y"]
    assert [row["number"] for row in payload["criteria"]] == [1, 2, 10]
    assert [row["party"] for row in payload["undertakings"]] == ["a", "b", "é", "日"]
    assert [row["quote"] for row in render(source)["statements"]] == ["A", "b", "É", "日本"]


@pytest.mark.django_db
def test_a_reference_is_a_dependence_seen_from_the_other_side(graph):
    pairs = {(record, other) for record in graph for other in find_references(record)}
    assert pairs == {(other, record) for record in graph for other in find_dependents(record)}
    assert pairs


@pytest.mark.django_db
def test_every_type_that_can_refer_does_in_that_graph(graph):
    named = {(type(record), type(other)) for record in graph for other in find_references(record)}
    assert {one for one, _ in named} == set(models.ROOTS) - {models.SummitSeries, models.Indicator}
    assert {other for _, other in named} == set(models.ROOTS) - {
        models.Release,
        models.Assessment,
        models.OutsideReport,
        models.Response,
    }


@pytest.mark.django_db
def test_a_reference_to_a_row_inside_is_a_reference_to_its_record(graph):
    verdict = next(record for record in graph if isinstance(record, models.Assessment))
    assert {(other._meta.model_name, other.slug) for other in find_references(verdict)} == {
        ("pledge", "promise"),
        ("evidence", "proof"),
        ("searchnote", "searched"),
    }


@pytest.mark.django_db
def test_a_statement_is_no_reference_so_that_a_source_can_come_before_its_pledge(graph):
    source = next(record for record in graph if record.slug == "paper")
    assert "pledge" not in {other._meta.model_name for other in find_references(source)}


@pytest.mark.django_db
def test_only_published_records_depend(make_pledge, source):
    make_pledge("draft", state="draft")
    public = make_pledge("public")
    assert list(find_dependents(source)) == [public]


@pytest.mark.django_db
def test_rendering_what_was_loaded_asks_the_database_nothing(graph, django_assert_num_queries):
    for model in models.ROOTS:
        records = list(prefetch_public_form(model.objects.all()))
        with django_assert_num_queries(0):
            assert all(render(record) for record in records)


@in_one_test("model, fields, owner", DECLARED, ids=lambda value: getattr(value, "__name__", ""))
def test_a_form_names_only_fields_that_exist_and_each_once(model, fields, owner):
    known = {field.name for field in [*model._meta.fields, *model._meta.many_to_many]}
    assert set(fields) <= known
    assert len(set(fields)) == len(fields)
    assert owner not in fields


@in_one_test("form", FORMS, ids=lambda form: f"{form.record_type} {form.number}")
def test_a_form_sorts_its_lists_by_what_they_say(form):
    for child in form.children:
        assert set(child.order) <= set(child.fields)
        assert not set(child.order) & child.once_published


def test_every_root_has_a_form_and_nothing_else_has():
    assert {form.model for form in FORMS} == set(models.ROOTS)


@in_one_test("form", CURRENT.values(), ids=lambda form: form.record_type)
def test_every_field_is_public_or_private_for_a_reason(form):
    rows = [(form.model, set(form.fields), OF_EVERY_ROOT)]
    rows += [
        (child.model, {*child.fields, child.owner}, OF_EVERY_ROW_INSIDE) for child in form.children
    ]
    for model, public, private in rows:
        private = {**private, **PRIVATE.get(model, {})}
        known = {field.name for field in [*model._meta.fields, *model._meta.many_to_many]}
        assert known - public - set(private) == set(), (
            f"{model.__name__}: say whether these are public"
        )
        assert public & set(private) == set()
        assert set(private) <= known, f"{model.__name__} has no such fields any more"


def test_every_row_inside_a_record_is_in_its_form():
    """A model that hangs on a root by CASCADE, or protects it as its child, belongs to the root's
    form.
    """
    inside = {child.model for form in CURRENT.values() for child in form.children}
    ledger = {
        models.LedgerEntry,
        models.LedgerHead,
        models.LedgerPayload,
        models.LedgerPeople,
    }
    others = {models.User, models.SearchEntry, models.SearchWord, models.Proposal}
    rest = set(models.ROOTS) | inside | ledger | others
    from django.apps import apps

    assert {
        model
        for model in apps.get_app_config("commitments").get_models()
        if not model._meta.auto_created
    } == rest
