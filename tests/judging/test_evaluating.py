"""Published targets and figures, judged by the rules: what `evaluate` prints is what the numbers
say.
"""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.judging.evaluating import NotOwed, evaluate_pledge
from tests.fixtures.cases import on_the_same_record
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
NOW = {"as_of": date(2026, 11, 22), "known_on": date(2026, 11, 22)}


@shared
def pledge(make_two_per_cent):
    """Japan just reached it, France just did not; the other definition flips Japan's."""
    return make_two_per_cent(narrow=("2.00", "1.99"))


def printed(capsys, *arguments):
    call_command("evaluate", *arguments)
    return capsys.readouterr().out


def test_every_party_is_judged_by_every_definition(pledge, capsys):
    answer = json.loads(printed(capsys, "two-per-cent", "--json"))
    assert (answer["pledge"], answer["rules_version"]) == ("two-per-cent", "2")
    france, japan = answer["undertakings"]
    assert (france["party"], france["primary"]["status"], france["flips"]) == (
        "france",
        "not_met",
        [],
    )
    assert (japan["party"], japan["primary"]["status"], japan["flips"]) == (
        "japan",
        "met",
        ["Wide"],
    )
    assert (japan["primary"]["actual"], japan["primary"]["required"], japan["primary"]["gap"]) == (
        "2.00",
        "2",
        "0.00",
    )
    assert japan["primary"]["decided_by"]["release"] == "narrow-2026-01-15"
    assert japan["primary"]["borderline"] is True
    assert japan["pace"] is None
    assert answer["rollup"] == {
        "parties": 2, "by_status": {"met": 1, "not_met": 1}, "scored": 2, "mean_score": "0", "percent": "50.0",
    }  # fmt: skip


def test_it_says_so_in_words(pledge, capsys):
    text = printed(capsys, "two-per-cent", "--as-of", "2026-11-22", "--party", "japan")
    assert (
        "Narrow: met (satisfied); 2.00 against 2, gap +0.00; actual for 2025-01-01 to 2025-12-31"
        in text
    )
    assert "Wide: not_met (fell_short)" in text
    assert "the verdict flips" in text
    assert "france" not in text


def test_what_was_known_on_a_day(pledge, japan, make_figures, capsys):
    make_figures("narrow", (japan, 2025, "1.95"), released_on=date(2026, 6, 1))
    for day, expected in [
        ("2026-01-14", "awaiting_data"),
        ("2026-05-31", "satisfied"),
        ("2026-06-01", "fell_short"),
    ]:
        arguments = [
            "two-per-cent",
            "--json",
            "--party",
            "japan",
            "--as-of",
            "2026-11-22",
            "--known-on",
            day,
        ]
        assert (
            json.loads(printed(capsys, *arguments))["undertakings"][0]["primary"]["reason"]
            == expected
        )


def test_only_published_figures_count(pledge, japan, make_figures):
    make_figures("narrow", (japan, 2025, "1.50"), released_on=date(2026, 6, 1), state="draft")
    assert evaluate_pledge(pledge, party="japan", **NOW)[0].primary.finding.status == "met"


def test_a_party_may_have_a_target_of_its_own_and_an_exempt_one_is_left_out(settle, make_pledge, make_party, japan,
                                                                            make_figures):  # fmt: skip
    spain, iceland = make_party("spain"), make_party("iceland")
    indicator = make_figures("share", (japan, 2025, "2.00"), (spain, 2025, "2.00"))
    pledge = make_pledge("own-targets", parties=[japan, spain, iceland], state="draft")
    pledge.undertakings.filter(party=iceland).update(exempt_reason="No forces.")
    common = {"kind": "stand", "indicator": indicator, "due": date(2025, 12, 31), "label": "Share"}
    pledge.targets.create(value=Decimal("3.5"), **common)
    pledge.targets.create(
        value=Decimal("2.0"), undertaking=pledge.undertakings.get(party=spain), **common
    )
    found = evaluate_pledge(settle(pledge), **NOW)
    assert {one.undertaking.party.slug: str(one.primary.finding.status) for one in found} == {
        "japan": "not_met",
        "spain": "met",
    }


@pytest.mark.parametrize("value, expected", [("70.00", "met"), ("70.01", "not_met")])
def test_a_change_in_per_cent_of_the_baseline(
    settle, make_pledge, japan, make_figures, value, expected
):
    """Thirty per cent less than 100 in 2020."""
    pledge = make_pledge("less", state="draft")
    pledge.targets.create(
        kind="change", label="Change", indicator=make_figures("emissions", (japan, 2025, value)), value=Decimal(-30),
        comparator="at_most", baseline_value=Decimal(100), baseline_period="2020",
        per_cent=True, due=date(2025, 12, 31),
    )  # fmt: skip
    [one] = evaluate_pledge(settle(pledge), **NOW)
    assert one.primary.finding.status == expected


def test_the_page_says_that_a_change_is_in_per_cent(client, settle, make_pledge, make_figures):
    pledge = make_pledge("less", state="draft")
    pledge.targets.create(
        kind="change", label="Change", indicator=make_figures("emissions"), value=Decimal(-30), per_cent=True,
        comparator="at_most", baseline_value=Decimal(100), baseline_period="2020", due=date(2030, 12, 31),
    )  # fmt: skip
    text = client.get(settle(pledge).get_absolute_url()).html()
    assert "has fallen by at least 30% from its level of 2020 (100)" in " ".join(text.split())


def test_an_interim_target_is_a_step_on_the_way_and_not_a_definition(
    settle, make_pledge, japan, make_figures
):
    indicator = make_figures("share", (japan, 2025, "1.40"))
    pledge = make_pledge("steps", state="draft")
    common = {"kind": "reach", "indicator": indicator, "label": "Share"}
    pledge.targets.create(
        value=Decimal(2),
        due=date(2027, 12, 31),
        baseline_value=Decimal(1),
        baseline_period="2023",
        **common,
    )
    pledge.targets.create(role="interim", value=Decimal("1.5"), due=date(2025, 12, 31), **common)
    [one] = evaluate_pledge(settle(pledge), as_of=date(2025, 12, 31), known_on=date(2026, 2, 1))
    assert one.alternatives == []
    finding = one.primary.finding
    assert (finding.status, finding.required, finding.path) == (
        "off_track",
        Decimal(2),
        Decimal("1.5"),
    )


def test_the_pace_stands_beside_the_finding_as_arithmetic(
    settle, make_pledge, japan, make_figures, capsys
):
    pledge = make_pledge("paced", state="draft")
    pledge.targets.create(
        kind="reach", label="Share", indicator=make_figures("share", (japan, 2025, "1.50")), value=Decimal(2),
        due=date(2027, 12, 31), baseline_value=Decimal(1), baseline_period="2023",
    )  # fmt: skip
    settle(pledge)
    [one] = json.loads(printed(capsys, "paced", "--json", "--as-of", "2026-11-22"))["undertakings"]
    assert {name: one["pace"][name] for name in ("basis", "since", "latest", "reached", "arrives_in")} == {
        "basis": "arithmetic", "since": "2023-12-31", "latest": "1.5", "reached": False, "arrives_in": 2028,
    }  # fmt: skip
    assert set(one) == {"party", "primary", "alternatives", "flips", "pace"}


def test_a_party_that_joined_later_is_judged_from_then(
    settle, make_pledge, make_party, make_figures, japan
):
    finland = make_party("finland")
    figures = [
        (party, year, "1.90" if year < 2024 else "2.10")
        for party in (japan, finland)
        for year in (2023, 2024, 2025)
    ]
    pledge = make_pledge("each-year", parties=[japan, finland], state="draft")
    pledge.undertakings.filter(party=finland).update(binds_from=date(2024, 1, 1))
    pledge.targets.create(
        kind="hold", label="Share", indicator=make_figures("share", *figures), value=Decimal(2),
        window_start=date(2023, 1, 1), due=date(2025, 12, 31),
    )  # fmt: skip
    found = {
        one.undertaking.party.slug: one.primary.finding
        for one in evaluate_pledge(settle(pledge), **NOW)
    }
    assert (found["finland"].status, found["japan"].status) == ("met", "not_met")
    assert found["japan"].decided_by.period.start == date(2023, 1, 1)
    before = {"as_of": date(2023, 12, 31), "known_on": date(2023, 12, 31)}
    assert [one.undertaking.party.slug for one in evaluate_pledge(pledge, **before)] == ["japan"]
    with pytest.raises(NotOwed, match="finland owes this pledge only from 2024-01-01"):
        evaluate_pledge(pledge, party="finland", **before)


def test_a_bloc_is_judged_by_its_own_figure_and_its_members_by_theirs_or_by_the_blocs(
    settle, make_pledge, make_party, make_figures, japan
):
    union = make_party("union", kind="bloc")
    indicator = make_figures("share", (union, 2025, "2.10"), (japan, 2025, "1.90"))
    common = {
        "kind": "stand",
        "label": "Share",
        "indicator": indicator,
        "value": Decimal(2),
        "due": date(2025, 12, 31),
    }
    each = make_pledge("each", parties=[union, japan], state="draft")
    each.targets.create(**common)
    together = make_pledge(
        "together", parties=[union, japan], state="draft", borne_by="collectively"
    )
    together.targets.create(measured_for=union, **common)
    for pledge, expected in [
        (each, {"union": "met", "japan": "not_met"}),
        (together, {"union": "met", "japan": "met"}),
    ]:
        found = evaluate_pledge(settle(pledge), **NOW)
        assert {
            one.undertaking.party.slug: str(one.primary.finding.status) for one in found
        } == expected


def test_it_costs_the_same_with_thirty_parties(settle, make_pledge, make_party, make_figures):
    costs = []
    for name, size in [("few", 2), ("many", 30)]:
        parties = [make_party(f"{name}-{number}") for number in range(size)]
        indicator = make_figures(name, *((party, 2025, "2.00") for party in parties))
        pledge = make_pledge(name, parties=parties, state="draft")
        pledge.targets.create(
            kind="stand",
            indicator=indicator,
            value=Decimal(2),
            due=date(2025, 12, 31),
            label="Share",
        )
        settle(pledge)
        with CaptureQueriesContext(connection) as captured:
            assert len(evaluate_pledge(pledge, **NOW)) == size
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 3


@on_the_same_record(
    "arguments, sentence",
    [
        (["never"], "No pledge never is published."),
        (
            ["two-per-cent", "--party", "spain"],
            "spain does not owe this pledge. These do: france, japan.",
        ),
        (["two-per-cent", "--as-of", "1 April"], "1 April is not a day. Write it as 2026-03-31."),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(pledge, arguments, sentence):
    with pytest.raises(CommandError) as refusal:
        call_command("evaluate", *arguments)
    assert sentence in str(refusal.value)


def test_a_draft_is_as_unknown_as_nothing(make_pledge):
    make_pledge("hidden", state="draft")
    with pytest.raises(CommandError, match="No pledge hidden is published"):
        call_command("evaluate", "hidden")


def test_a_pledge_without_numbers_says_so(make_pledge, capsys):
    make_pledge("in-words")
    assert "no rule can judge it" in printed(capsys, "in-words")


def test_the_page_of_a_pledge_shows_what_the_rule_finds(
    client, pledge, japan, make_figures, capsys
):
    make_figures("narrow", (japan, 2025, "2.00"), released_on=date(2026, 1, 10))
    text = client.get(pledge.get_absolute_url()).html()
    section = text[text.index('id="rule"') : text.index('id="figures"')]
    assert section.count("Met") >= 1
    assert "The verdict flips" in section
    assert "Borderline" in section
    assert "manage.py evaluate two-per-cent" in section
    early = client.get(pledge.get_absolute_url(), {"as_of": "2026-01-14"}).html()
    assert "the figure for it is not published yet" in early
    # Japan is at 2.00 by the one definition, and the other has no figure yet: nothing has flipped.
    assert "The verdict flips" not in early
    assert "flips" not in printed(capsys, "two-per-cent", "--as-of", "2026-01-14")


def test_another_definition_that_closes_otherwise_stands_beside_the_verdict(
    client, make_two_per_cent, make_assessment
):
    pledge = make_two_per_cent()
    for part in pledge.undertakings.all():
        status = "met" if part.party.slug == "japan" else "not_met"
        make_assessment(part, status, f"verdict-{part.party.slug}", as_of=date(2026, 1, 10))
    text = client.get(pledge.get_absolute_url()).html()
    # France misses it by both, so nothing stands beside its verdict.
    (beside,) = re.findall(
        r'class="caveat otherwise">(.*?)</span></span></td>', re.sub(r">\s+<", "><", text)
    )
    assert re.sub(r"<[^>]+>", " ", beside).split() == [
        "Under",
        "another",
        "definition:",
        "Not",
        "met",
        "Wide",
    ]
    assert '<a href="#rule">Wide</a>' in beside
    japanese = client.get(f"/ja{pledge.get_absolute_url()}").html()
    assert japanese.count("別の定義では：") == 1
