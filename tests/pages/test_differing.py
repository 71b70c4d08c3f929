"""Where we say another status than the rule, readers see both beside the verdict, and why."""

import html
import re
from datetime import date
from types import SimpleNamespace

import pytest

from commitments.pages.dossiers import Part
from tests.fixtures.records import withdraw
from tests.fixtures.shared import shared

REASON = "A gift that <the statistics> do not count would make up for it."
TOLD = (
    "The rule says “Not met”, we say “Met”: A gift that <the statistics> do not count would make up"
    " for it."
)


@shared
def part(settle, make_pledge, make_figures, japan):
    pledge = make_pledge("share", state="draft")
    indicator = make_figures("share", (japan, 2025, "1.90"))
    pledge.targets.create(
        label="Share", kind="stand", indicator=indicator, value=2, due=date(2025, 12, 31)
    )
    return settle(pledge).undertakings.get()


@shared
def verdict(part, make_assessment):
    return make_assessment(part, "met", as_of=date(2026, 2, 1), differs_because=REASON)


def words(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def test_both_statuses_and_the_reason_stand_beside_the_verdict(read, verdict):
    text = read("/pledges/share/")
    row = text[text.index('id="share--japan"') :]
    assert TOLD in words(row[: row.index("</tr>")])
    assert TOLD in words(read("/pledges/share/?as_of=2026-03-01"))


def test_a_reason_that_several_parties_share_is_told_once_and_each_is_marked(
    read, settle, make_pledge, make_party, make_figures, make_assessment
):
    parties = [make_party(name) for name in ("austria", "belgium", "chile", "denmark", "estonia")]
    pledge = make_pledge("share", state="draft", parties=parties)
    indicator = make_figures("share", *((party, 2025, "1.90") for party in parties))
    pledge.targets.create(
        label="Share", kind="stand", indicator=indicator, value=2, due=date(2025, 12, 31)
    )
    settle(pledge)
    for party, reason in zip(parties, [REASON, REASON, "Another.", REASON], strict=False):
        part = pledge.undertakings.get(party=party)
        slug = f"share-{party.slug}"
        make_assessment(part, "met", slug, as_of=date(2026, 2, 1), differs_because=reason)
    text = read("/pledges/share/")
    shown = words(text[text.index('aria-labelledby="verdicts"') : text.index('id="reasons"')])
    told = TOLD.removeprefix("The rule").removesuffix(REASON)
    assert shown.count(REASON) == shown.count(f"Of 3 parties the rule{told}{REASON}") == 1
    assert f"The rule{told}Another." in shown
    assert shown.count("differs from the rule") == 3


def test_a_verdict_that_the_rule_does_not_contradict_says_nothing_of_it(
    read, part, make_assessment
):
    make_assessment(part, "not_met", as_of=date(2026, 2, 1))
    assert "The rule says" not in read("/pledges/share/")


def test_an_earlier_verdict_and_a_citation_keep_it(read, verdict, part, make_assessment):
    from commitments.ledger.freshness import read_head

    cited = f"/pledges/share/at/{read_head()}/"
    make_assessment(part, "not_met", as_of=date(2026, 3, 1))
    text = read("/pledges/share/")
    assert TOLD in words(text[text.index('aria-labelledby="history"') :])
    assert TOLD not in words(text[: text.index('aria-labelledby="history"')])
    assert TOLD in words(read(cited))


def test_the_api_gives_the_reason_with_what_the_rule_had_found(client, verdict, reviewer):
    body = client.get(f"/api/v1/assessments/{verdict.slug}/").json()
    assert (body["form"], body["method"], body["differs_because"]) == (4, "judgement", REASON)
    assert body["findings"]["definitions"][0]["finding"]["status"] == "not_met"
    withdraw(verdict, by=reviewer, note="Misread.")
    assert "statistics" not in client.get("/api/v1/assessments/").html()


@pytest.mark.parametrize(
    "shown, found, beside",
    [
        pytest.param(
            "met", ["met", "not_met", "met"], [1], id="another definition closes it otherwise"
        ),
        pytest.param("met", ["met", "met"], [], id="all agree"),
        pytest.param("met", ["met", "in_progress"], [], id="the other waits for its figure"),
        pytest.param(
            "on_track",
            ["on_track", "partly_met"],
            [1],
            id="the verdict is open, the other closes it",
        ),
        pytest.param("partly_met", ["not_met", "not_met"], [], id="the verdict alone differs"),
        pytest.param("not_met", ["met", "not_met"], [], id="the verdict is what the other finds"),
        pytest.param("not_assessed", ["met", "not_met"], [], id="no verdict"),
        pytest.param("superseded", ["met", "not_met"], [], id="set aside"),
    ],
)
def test_what_another_definition_would_close_it_with_stands_beside_the_verdict(
    shown, found, beside
):
    definitions = [
        SimpleNamespace(
            compared=SimpleNamespace(finding=SimpleNamespace(status=one), flips=one != found[0])
        )
        for one in found
    ]
    undertaking = SimpleNamespace(status=shown, is_exempt=False)
    part = Part(undertaking, assessment=None, outside=None, standing="", definitions=definitions)
    assert part.otherwise == [definitions[index] for index in beside]


@pytest.mark.parametrize(
    "shown, found, borderline, told",
    [
        pytest.param("met", "met", True, True, id="the verdict is the rule's"),
        pytest.param("met", "met", False, False, id="no rounding matters"),
        pytest.param("partly_met", "met", True, False, id="a person says otherwise"),
    ],
)
def test_a_verdict_that_the_rounding_could_change_is_told_as_borderline(
    shown, found, borderline, told
):
    finding = SimpleNamespace(status=found, borderline=borderline)
    definition = SimpleNamespace(compared=SimpleNamespace(finding=finding))
    ours = SimpleNamespace(status=shown)
    part = Part(
        undertaking=None, assessment=ours, outside=None, standing="", definitions=[definition]
    )
    assert part.is_borderline is told
    # Without figures no rule finds anything; the verdict of an outside assessor is not the rule's.
    assert not Part(undertaking=None, assessment=ours, outside=None, standing="").is_borderline
    theirs = Part(
        undertaking=None, assessment=None, outside=ours, standing="", definitions=[definition]
    )
    assert not theirs.is_borderline
