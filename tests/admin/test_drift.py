"""The verdicts that drift, and the finding beside the form: seen by all at the desk, drafted by
those who may judge.
"""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments.importing import statistics
from commitments.models import Assessment, LedgerHead, User
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
PAGE = "/admin/drift/"
SIGNED = date(2026, 2, 1)


@shared
def pledge(make_two_per_cent):
    """Japan at 2.10, France at 1.90; by a wider definition both fell short."""
    return make_two_per_cent()


@pytest.fixture
def part(pledge):
    return {row.party.slug: row for row in pledge.undertakings.select_related("party", "pledge")}


@pytest.fixture
def drifting(part, make_assessment, make_figures, japan):
    """Japan's verdict, signed as met, which a revision to 1.97 would change."""
    signed = make_assessment(part["japan"], "met", as_of=SIGNED)
    make_figures("narrow", (japan, 2025, "1.97"), released_on=date(2026, 6, 1))
    return signed


def shown(client, page=PAGE):
    answer = client.get(page)
    assert answer.status_code == 200
    return " ".join(answer.html().split())


def test_old_and_new_stand_side_by_side_with_the_numbers_that_decided(
    at_desk, drifting, researcher
):
    text = shown(at_desk(researcher))
    assert "1 verdict drifts" in text
    assert 'Published: <em class="found">met</em>' in text
    assert 'The rule finds now: <em class="found">not met</em>, 1.97% in 2025' in text
    for name, value in [
        ("Value", "1.97%"),
        ("Required", "2%"),
        ("Period", "2025"),
        ("Kind", "actual"),
    ]:
        assert f"<dt>{name}</dt><dd>{value}</dd>" in text
    assert "narrow-2026-06-01" in text
    # The judgement kept no finding: this is what the rule finds for its day.
    assert 'The rule as of that day: <em class="found">met</em>, 2.1% in 2025' in text
    assert "narrow-2026-01-15" in text
    assert "Every other definition finds the same." in text


def test_what_the_rule_had_found_and_which_definitions_flip_is_named(
    at_desk, part, make_assessment, make_figures, japan, researcher
):
    make_figures("narrow", (japan, 2025, "1.97"), released_on=date(2026, 1, 20))
    make_assessment(part["japan"], "partly_met", as_of=SIGNED, differs_because="Nearly.")
    make_figures("narrow", (japan, 2025, "2.05"), released_on=date(2026, 6, 1))
    text = shown(at_desk(researcher))
    assert 'The rule as of that day: <em class="found">not met</em>, 1.97% in 2025' in text
    assert "Why it differs from the rule: Nearly." in text
    assert "The verdict flips</b> under: Wide" in text


def test_a_verdict_that_was_signed_otherwise_with_a_reason_stands_apart(
    at_desk, part, make_assessment, researcher
):
    make_assessment(part["france"], "met", as_of=SIGNED, differs_because="By a gift.")
    text = shown(at_desk(researcher))
    assert "No published verdict drifts" in text
    assert "with a reason: 1</summary>" in text
    assert "By a gift." in text


def test_one_click_drafts_the_new_assessment_and_opens_its_form(
    at_desk, address, drifting, researcher
):
    client, before = at_desk(researcher), LedgerHead.objects.get().seq
    answer = client.post(PAGE, {"undertaking": drifting.undertaking_id})
    made = Assessment.objects.exclude(pk=drifting.pk).get()
    assert (answer.status_code, answer["Location"]) == (302, address(made))
    assert (made.status, made.method, made.state, made.as_of) == (
        "not_met",
        "rule",
        "draft",
        timezone.now().date(),
    )
    assert LedgerHead.objects.get().seq == before
    # A second click opens what the first one made, and the queue links to it.
    assert client.post(PAGE, {"undertaking": drifting.undertaking_id})["Location"] == address(made)
    assert Assessment.objects.count() == 2
    text = shown(client)
    assert f'href="{address(made)}">Drafted: open it' in text
    assert "Draft the new assessment" not in text
    # It stands on the desk of whoever asked for it.
    assert made in [
        row.record for tray in client.get("/admin/").context["desk"]["trays"] for row in tray.rows
    ]


def test_a_draft_somebody_made_their_own_is_not_drafted_again(
    at_desk, save, address, drifting, researcher
):
    client = at_desk(researcher)
    client.post(PAGE, {"undertaking": drifting.undertaking_id})
    made = Assessment.objects.exclude(pk=drifting.pk).get()
    assert (
        save(
            client, address(made), status="met", differs_because="A gift makes up for it."
        ).status_code
        == 302
    )
    made.refresh_from_db()
    assert (made.status, made.method) == ("met", "judgement")
    assert client.post(PAGE, {"undertaking": drifting.undertaking_id})["Location"] == address(made)
    assert Assessment.objects.count() == 2
    assert save(client, address(made), status="not_met", differs_because="").status_code == 302
    made.refresh_from_db()
    assert made.method == "rule"


def test_all_are_drafted_at_once_and_a_second_time_none(
    at_desk, drifting, part, make_assessment, make_figures, researcher
):
    client = at_desk(researcher)
    make_assessment(part["france"], "not_met", as_of=SIGNED)
    make_figures("narrow", (part["france"].party, 2025, "2.30"), released_on=date(2026, 7, 1))
    for told in ("Drafted: 2.", "Drafted before: 2."):
        answer = client.post(PAGE, {"undertaking": [row.pk for row in part.values()]}, follow=True)
        assert told in answer.html()
        assert Assessment.objects.filter(state="draft").count() == 2


@pytest.mark.parametrize(
    "sent", [{}, {"undertaking": "x"}, {"undertaking": "9" * 30}, {"undertaking": "0"}]
)
def test_what_does_not_drift_is_not_drafted(at_desk, drifting, sent, researcher):
    answer = at_desk(researcher).post(PAGE, sent, follow=True)
    assert "nothing was drafted" in answer.html()
    assert Assessment.objects.count() == 1


def test_only_who_may_judge_drafts_and_only_staff_with_a_role_looks(
    at_desk, drifting, make_user, researcher
):
    def answers(user, **options):
        client = at_desk(user, **options)
        return client.get(PAGE).status_code, client.post(
            PAGE, {"undertaking": drifting.undertaking_id}
        ).status_code

    looker = make_user("looker")
    assert answers(looker) == (403, 403)
    looker.user_permissions.add(*permissions("view_assessment"))
    assert answers(User.objects.get(pk=looker.pk)) == (200, 403)
    assert "Draft the new assessment" not in shown(at_desk(User.objects.get(pk=looker.pk)))
    assert answers(None) == (302, 302)
    # Without the token of a form of ours.
    assert answers(researcher, enforce_csrf_checks=True) == (200, 403)
    assert Assessment.objects.count() == 1
    assert answers(make_user("vera", "reviewer")) == (200, 302)
    assert Assessment.objects.count() == 2


def permissions(*codenames):
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(content_type__app_label="commitments", codename__in=codenames)


def test_the_desk_counts_only_what_its_person_has_compared(
    at_desk, drifting, make_party, researcher, reviewer
):
    client = at_desk(researcher)
    assert "Compare them now" in shown(client, "/admin/")
    shown(client)
    assert f'<a href="{PAGE}">All 1</a>' in shown(client, "/admin/")
    assert "You have not looked" in shown(at_desk(reviewer), "/admin/")
    # The record has changed: the number may be another.
    make_party("spain")
    assert "Compare them now" in shown(client, "/admin/")


def test_the_queue_costs_the_same_for_many_verdicts_and_has_pages(
    at_desk, settle, make_pledge, make_party, make_figures, make_assessment, researcher, reviewer
):
    client, costs = at_desk(researcher), []
    parties = [make_party(f"p-{number:03d}") for number in range(100)]
    for name, size in [("few", 10), ("many", 100), ("more", 90)]:
        some = parties[:size]
        pledge = make_pledge(name, parties=some, state="draft")
        pledge.targets.create(
            kind="stand", value=Decimal(2), due=date(2025, 12, 31), label="Share",
            indicator=make_figures(name, *((party, 2025, "1.90") for party in some)),
        )  # fmt: skip
        settle(pledge)
        for part in pledge.undertakings.select_related("pledge"):
            make_assessment(part, "on_track", as_of=date(2026, 1, 1), state="draft")
        # Past publishing, which takes its time and is not what is counted here.
        Assessment.objects.update(state="published", reviewer=reviewer, published_seq=1)
        if name != "many":
            statistics.gather(statistics.MANY)
            shown(client)
            with CaptureQueriesContext(connection) as captured:
                text = shown(client)
            costs.append(len(captured))
    assert "200 verdicts drift" in text
    assert "page 1 of 4" in text
    assert text.count("Draft the new assessment") == 50
    assert "page 4 of 4" in shown(client, f"{PAGE}?page=99")
    assert costs[0] == costs[1] <= 14


@pytest.fixture
def every_case(settle, make_pledge, make_party, make_figures, make_assessment):
    """A part for each way in which a verdict and the rule can stand to each other, by party."""
    before_and_after = {
        "agrees": ("2.10", "2.10"),
        "revised": ("2.10", "1.97"),
        "explained": ("1.90", "1.90"),
        "explained-and-revised": ("1.90", "2.30"),
        "explained-and-agreeing": ("1.90", "2.30"),
        "set-aside": ("1.90", "1.90"),
        "only-drafted": ("1.90", "1.90"),
        "without-a-verdict": ("1.90", "1.90"),
    }
    parties = {name: make_party(name) for name in before_and_after}
    first = [(parties[name], 2025, before) for name, (before, _) in before_and_after.items()]
    later = [(parties[name], 2025, after) for name, (_, after) in before_and_after.items()]
    pledge = make_pledge("all-cases", parties=list(parties.values()), state="draft")
    pledge.targets.create(
        label="Share", kind="stand", value=Decimal(2), due=date(2025, 12, 31),
        indicator=make_figures("share", *first),
    )  # fmt: skip
    settle(pledge)
    parts = {row.party.slug: row for row in pledge.undertakings.select_related("party", "pledge")}
    gift = {"as_of": SIGNED, "differs_because": "By a gift."}
    make_assessment(parts["agrees"], "met", as_of=SIGNED)
    make_assessment(parts["revised"], "met", as_of=SIGNED)
    make_assessment(parts["explained"], "met", **gift)
    make_assessment(parts["explained-and-revised"], "partly_met", **gift)
    make_assessment(parts["explained-and-agreeing"], "met", **gift)
    make_assessment(parts["set-aside"], "superseded", as_of=SIGNED)
    make_assessment(parts["only-drafted"], "met", as_of=SIGNED, state="draft")
    make_figures("share", *later, released_on=date(2026, 6, 1))
    return parts


def test_the_desk_and_the_command_agree_on_what_drifts(at_desk, every_case, capsys, researcher):
    answer = at_desk(researcher).get(PAGE)
    drifting = [row.difference.undertaking.party.slug for row in answer.context["page"]]
    explained = [row.undertaking.party.slug for row in answer.context["explained"]]
    assert drifting == ["explained-and-revised", "revised"]
    assert explained == ["explained"]

    call_command("assess_pledges", "--drift", "--json")
    body = json.loads(capsys.readouterr().out)
    assert [row["party"] for row in body["differences"]] == drifting
    assert [row["party"] for row in body["explained"]] == explained
    call_command("assess_pledges", "--drift")
    closing = "2 published verdicts drift. Signed otherwise than the rule, with a reason: 1."
    assert capsys.readouterr().out.endswith(f"{closing}\n")


def test_only_what_drifts_is_drafted_at_the_desk(at_desk, every_case, researcher):
    keys = [part.pk for part in every_case.values()]
    answer = at_desk(researcher).post(PAGE, {"undertaking": keys}, follow=True)
    assert "Drafted: 2." in answer.html()
    drafts = Assessment.objects.filter(state="draft", method="rule")
    parts = drafts.values_list("undertaking__party__slug", flat=True)
    assert sorted(parts) == ["explained-and-revised", "revised"]
