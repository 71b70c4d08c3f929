"""Who may see a row, what was true on a day, what is overdue; and which texts are taken at all."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from commitments import models
from commitments.models import (
    Assessment,
    Evidence,
    Pledge,
    PledgeLink,
    SearchNote,
    Source,
    Summit,
    Undertaking,
)
from tests.fixtures.cases import in_one_test, on_the_same_record
from tests.fixtures.shared import shared

MADE, NEXT_DAY = date(2025, 10, 28), date(2025, 10, 29)

pytestmark = pytest.mark.django_db
DUE = date(2026, 1, 31)
BEFORE, AFTER = DUE - timedelta(days=1), DUE + timedelta(days=1)
UNPUBLISHED = ["draft", "in_review", "withdrawn"]


@shared
def graph(
    make_summit,
    make_pledge,
    make_source,
    make_evidence,
    make_search_note,
    make_assessment,
    make_party,
    settle,
    source,
):
    """One record of each kind that can be hidden by another, all published."""
    summit = make_summit()
    proof_source = make_source("proof-source")
    pledge = make_pledge("promise", summit=summit)
    undertaking = pledge.undertakings.get()
    proof = make_evidence(pledge, "proof", source=proof_source)
    searched = make_search_note(pledge, "searched")
    assessment = make_assessment(undertaking, "met", "verdict", evidence=[proof])
    link = PledgeLink.objects.create(
        from_pledge=make_pledge("later"), to_pledge=pledge, kind="reaffirms"
    )
    response = settle(
        models.Response.objects.create(
            slug="reply", undertaking=undertaking, received_on=DUE, text="We did."
        )
    )
    report_source, watchers = make_source("report-source"), make_party("watchers")
    report = models.OutsideReport.objects.create(
        slug="report",
        assessor=watchers,
        title="t",
        source=report_source,
        scale="s",
        published_on=DUE,
    )
    verdict = report.verdicts.create(undertaking=undertaking, score="+1", status="met")
    indicator = models.Indicator.objects.create(
        slug="share", name="Share", unit="%", definition="d", publisher="p", frequency="annual"
    )
    release = models.Release.objects.create(
        slug="share-1", indicator=indicator, released_on=DUE, title="t"
    )
    observation = release.observations.create(
        party=watchers, period_start=BEFORE, period_end=DUE, value=2, decimals=0, kind="actual"
    )
    settle(report)
    settle(release)
    return {
        "summit": summit, "participation": summit.participations.create(party=watchers), "source": source,
        "proof-source": proof_source, "pledge": pledge, "undertaking": undertaking, "evidence": proof,
        "searched": searched,
        "assessment": assessment, "link": link, "response": response, "report-source": report_source,
        "report": report, "verdict": verdict, "indicator": indicator, "release": release, "observation": observation,
    }  # fmt: skip


WITH_THE_PLEDGE = {
    "pledge",
    "undertaking",
    "evidence",
    "searched",
    "assessment",
    "link",
    "response",
    "verdict",
}


def public(graph):
    return {
        name
        for name, row in graph.items()
        if type(row).objects.published().filter(pk=row.pk).exists()
    }


def test_what_is_published_with_all_it_hangs_on_is_public(graph):
    assert public(graph) == set(graph)


@pytest.mark.parametrize("state", UNPUBLISHED)
@on_the_same_record(
    "hidden, with_it",
    [
        pytest.param("summit", {"summit", "participation", *WITH_THE_PLEDGE}, id="summit"),
        pytest.param("pledge", WITH_THE_PLEDGE, id="pledge"),
        pytest.param("proof-source", {"proof-source", "evidence"}, id="source of evidence"),
        pytest.param("evidence", {"evidence"}, id="evidence"),
        pytest.param("searched", {"searched"}, id="search note"),
        pytest.param("assessment", {"assessment"}, id="assessment"),
        pytest.param("response", {"response"}, id="response"),
        pytest.param(
            "report-source",
            {"report-source", "report", "verdict"},
            id="source of an outside report",
        ),
        pytest.param("report", {"report", "verdict"}, id="outside report"),
        pytest.param("indicator", {"indicator", "release", "observation"}, id="indicator"),
        pytest.param("release", {"release", "observation"}, id="release"),
    ],
)
def test_what_is_hidden_hides_all_that_hangs_on_it(graph, hidden, with_it, state):
    type(graph[hidden])._base_manager.filter(pk=graph[hidden].pk).update(state=state)
    assert set(graph) - public(graph) == with_it


@pytest.mark.parametrize("end", ["later", "promise"])
def test_a_link_needs_both_ends(graph, end):
    Pledge.objects.filter(slug=end).update(state="draft")
    assert not PledgeLink.objects.published().exists()


def test_one_row_and_the_list_agree_on_who_is_public(graph):
    pledge = graph["pledge"]
    assert pledge.is_public
    Summit.objects.update(state="draft")
    pledge.refresh_from_db()
    assert not pledge.is_public


def test_a_list_of_pledges_carries_no_party_of_a_hidden_one(graph):
    Summit.objects.update(state="withdrawn")
    [only] = Pledge.objects.published().for_listing()
    assert only.slug == "later"
    hidden = Pledge.objects.for_listing().get(slug="promise")
    assert hidden.listed_undertakings == []


@pytest.mark.parametrize(
    "on, slugs",
    [
        pytest.param(date(2025, 10, 27), set(), id="the day before"),
        pytest.param(date(2025, 10, 28), {"first"}, id="the day"),
        pytest.param(date(2025, 10, 29), {"first", "second"}, id="the day after"),
    ],
)
@pytest.mark.parametrize("kind", ["pledges", "assessments", "summits"])
def test_as_of_keeps_what_was_there_by_that_day(
    make_pledge, make_assessment, make_summit, on, slugs, kind
):
    for slug, day in [("first", date(2025, 10, 28)), ("second", date(2025, 10, 29))]:
        if kind == "summits":
            make_summit(slug, starts_on=day, ends_on=date(2025, 12, 31), state="draft")
            continue
        pledge = make_pledge(
            slug if kind == "pledges" else f"of-{slug}", made_on=day, state="draft"
        )
        if kind == "assessments":
            make_assessment(pledge.undertakings.get(), "on_track", slug, as_of=day, state="draft")
    model = {"pledges": Pledge, "assessments": Assessment, "summits": Summit}[kind]
    assert set(model.objects.as_of(on).values_list("slug", flat=True)) == slugs


@pytest.mark.parametrize(
    "printed, happened, kept",
    [
        pytest.param(DUE, BEFORE, True, id="printed that day"),
        pytest.param(AFTER, BEFORE, False, id="printed the day after, whenever it happened"),
        pytest.param(None, DUE, True, id="undated, happened that day"),
        pytest.param(None, AFTER, False, id="undated, happened the day after"),
        pytest.param(None, None, True, id="undated altogether"),
    ],
)
def test_evidence_counts_from_the_day_it_was_printed(
    make_source, make_pledge, make_evidence, printed, happened, kept
):
    precision = {"published_on_precision": "day" if printed else "none"}
    source = make_source("printed", published_on=printed, state="draft", **precision)
    precision = {"happened_on_precision": "day" if happened else "none"}
    make_evidence(
        make_pledge(state="draft"), source=source, happened_on=happened, state="draft", **precision
    )
    assert Evidence.objects.as_of(DUE).exists() is kept


@pytest.mark.parametrize("searched_on, kept", [(BEFORE, True), (DUE, True), (AFTER, False)])
def test_a_search_counts_from_the_day_it_was_made(make_pledge, make_search_note, searched_on, kept):
    make_search_note(make_pledge(state="draft"), "note", searched_on=searched_on, state="draft")
    assert SearchNote.objects.as_of(DUE).exists() is kept


def test_a_source_without_a_date_is_kept_on_every_day(make_source):
    make_source("undated", published_on=None, published_on_precision="none", state="draft")
    assert Source.objects.as_of(date(1900, 1, 1)).count() == 1


@pytest.fixture
def make_due(make_pledge):
    """A pledge due on DUE whose undertaking reads as `columns` say."""

    def make(**columns):
        pledge = make_pledge(deadline=DUE, deadline_precision="day", state="draft")
        pledge.undertakings.update(**columns)
        return pledge

    return make


def overdue(on):
    pledges, undertakings = (
        Pledge.objects.overdue(on=on).count(),
        Undertaking.objects.overdue(on=on).count(),
    )
    assert pledges == undertakings
    return bool(pledges)


@pytest.mark.parametrize(
    "on, late", [(BEFORE, False), (DUE, False), (AFTER, True)], ids=["before", "the day", "after"]
)
def test_it_is_overdue_the_day_after_the_deadline_and_not_on_it(make_due, on, late):
    make_due()
    assert overdue(on) is late


@pytest.mark.parametrize(
    "status, late",
    [
        *(
            (status, True)
            for status in [
                "",
                "not_started",
                "in_progress",
                "on_track",
                "off_track",
                "stalled",
                "reversed",
            ]
        ),
        *((status, False) for status in ["met", "partly_met", "not_met"]),
        *(
            (status, False)
            for status in ["superseded", "withdrawn", "unverifiable", "not_applicable"]
        ),
    ],
)
def test_only_what_is_open_or_not_assessed_is_overdue(make_due, status, late):
    make_due(shown_status=status, shown_by="ours" if status else "")
    assert overdue(AFTER) is late


def test_the_exempt_are_never_overdue(make_due):
    make_due(exempt_reason="It did not sign.")
    assert not overdue(date(2100, 1, 1))


def test_what_has_no_last_day_is_never_overdue(make_pledge):
    make_pledge(deadline=None, deadline_precision="ongoing", state="draft")
    assert not overdue(date(2100, 1, 1))


def test_a_pledge_is_overdue_while_one_of_its_parties_is(make_pledge, make_party, japan):
    pledge = make_pledge(
        deadline=DUE, deadline_precision="day", parties=[japan, make_party("france")], state="draft"
    )
    pledge.undertakings.filter(party=japan).update(shown_status="met", shown_by="ours")
    assert Pledge.objects.overdue(on=AFTER).get() == pledge
    assert Undertaking.objects.overdue(on=AFTER).get().party.slug == "france"


HIDDEN = {
    "NUL": "\0",
    "escape": "\x1b",
    "delete": "\x7f",
    "a C1 control": "\x85",
    "zero-width space": "\u200b",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "line separator": "\u2028",
    "lone surrogate": "\ud800",
}


@in_one_test("field", ["name", "definition"], ids=["a line", "prose"])
@in_one_test("character", HIDDEN.values(), ids=HIDDEN)
def test_characters_that_hide_or_reorder_text_are_refused_by_their_number(field, character):
    indicator = models.Indicator(**{field: f"Sum{character}mit"})
    with pytest.raises(ValidationError, match=rf"U\+{ord(character):04X}"):
        indicator.clean_fields(exclude=[f.name for f in indicator._meta.fields if f.name != field])


@pytest.mark.parametrize(
    "text", ["防衛費を２％へ", "Ålesund – “quoted” … 43 %", "👩‍🚀", "two\nlines\tand a tab"]
)
def test_text_of_any_script_is_taken(text):
    indicator = models.Indicator(definition=text)
    indicator.clean_fields(
        exclude=[f.name for f in indicator._meta.fields if f.name != "definition"]
    )


@pytest.mark.parametrize("how", ["save", "bulk_create", "update"])
def test_text_is_stored_composed_whichever_way_it_comes(how):
    decomposed, composed = "Cafe\u0301 か\u3099", "Caf\u00e9 \u304c"
    topic = models.Topic(slug="cafe", name="Other" if how == "update" else decomposed)
    if how == "bulk_create":
        models.Topic.objects.bulk_create([topic])
    else:
        topic.save()
    if how == "update":
        models.Topic.objects.update(name=decomposed)
    assert models.Topic.objects.get().name == composed


SLUGS = {
    "nothing but signs": "---",
    "empty": "",
    "capital": "Tokyo",
    "underscore": "tokyo_2025",
    "a space": "tokyo 2025",
    "a hyphen at the end": "tokyo-",
    "a hyphen at the start": "-tokyo",
    "three hyphens": "a---b",
    "a line break at the end": "tokyo\n",
    "a Cyrillic letter that looks Latin": "tоkyo",
    "another script": "東京",
    "a dot": "tokyo.json",
    "a slash": "a/b",
    "longer than the column": "a" * 161,
    "an address of the site": "admin",
}


@in_one_test("slug", SLUGS.values(), ids=SLUGS)
def test_a_slug_that_could_not_be_an_address_is_refused(slug):
    with pytest.raises(ValidationError) as refusal:
        models.Topic(slug=slug, name="n").full_clean()
    assert set(refusal.value.message_dict) == {"slug"}


@pytest.mark.parametrize("slug", ["tokyo", "tokyo-2025", "a--b", "2025", "a" * 160])
def test_a_slug_of_letters_digits_and_hyphens_is_taken(slug):
    models.Topic(slug=slug, name="n").full_clean()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("two\nlines", id="a line break"),
        pytest.param("hid\u200bden", id="a zero-width space"),
        pytest.param("turned\u202e", id="a right-to-left override"),
        pytest.param("par\u2029ted", id="a paragraph separator"),
    ],
)
def test_a_line_refuses_what_breaks_or_hides_it(text):
    with pytest.raises(ValidationError):
        models.Party(slug="x", name=text, kind="state").clean_fields()


@pytest.mark.parametrize("text", ["क्‌ष", "日本　東京", "Åland"])
def test_a_line_takes_every_script_s_own_spelling(text):
    models.Party(slug="x", name=text, kind="state").clean_fields()


@pytest.mark.parametrize("happened_on", [None, MADE, NEXT_DAY])
@pytest.mark.parametrize("published_on", [None, MADE, NEXT_DAY])
def test_a_piece_of_evidence_and_a_list_of_it_say_the_same_of_what_is_known(
    make_pledge, make_source, make_evidence, published_on, happened_on
):
    precision = "day" if published_on else "none"
    source = make_source("proof", published_on=published_on, published_on_precision=precision)
    row = make_evidence(
        make_pledge(),
        source=source,
        happened_on=happened_on,
        happened_on_precision="day" if happened_on else "none",
    )
    for day in (MADE, NEXT_DAY):
        assert row.is_known(on=day) == models.Evidence.objects.as_of(day).exists()
