"""The tray of verdicts that rest on older criteria, an older methodology or older rules."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.admin.older_versions import load_older_versions
from commitments.models import Assessment, Criteria

pytestmark = pytest.mark.django_db
LATER = date(2026, 1, 1)


@pytest.fixture
def judge(make_pledge, make_assessment):
    """A published verdict by the newest version of everything, changed as `columns` say."""

    def judge(slug, *, as_of=LATER, **columns):
        pledge = make_pledge(slug)
        verdict = make_assessment(
            pledge.undertakings.get(), "met", as_of=as_of, criteria=pledge.criteria.get()
        )
        Assessment.objects.filter(pk=verdict.pk).update(**columns)
        return pledge

    return judge


def add_criteria(pledge):
    Criteria.objects.create(pledge=pledge, number=2, fixed_on=LATER, met="More.", not_met="Less.")


def list_rows(user):
    tray = load_older_versions(user)
    return {row.undertaking.pledge.slug: row.reasons for row in tray["rows"]}


def test_what_rests_on_the_newest_version_is_left_out(judge, researcher):
    judge("newest")
    judge("a-judgement", rules_version="1")
    assert load_older_versions(researcher) == {"rows": [], "counts": []}


@pytest.mark.parametrize(
    "columns, reason",
    [
        pytest.param({"methodology": "0"}, "methodology 0, now 1", id="methodology"),
        pytest.param(
            {"method": "rule", "rules_version": "1"}, "rules 1, now 2", id="signed as the rule"
        ),
        pytest.param(
            {"findings": {"definitions": []}, "rules_version": "1"},
            "rules 1, now 2",
            id="a finding beside a judgement",
        ),
    ],
)
def test_what_rests_on_an_older_version_is_listed(judge, researcher, columns, reason):
    judge("older", **columns)
    assert list_rows(researcher) == {"older": [reason]}


def test_the_oldest_come_first_with_a_count_for_each_reason(judge, researcher):
    add_criteria(judge("later", as_of=date(2026, 2, 2)))
    judge("earlier", as_of=date(2026, 2, 1), methodology="0")
    tray = load_older_versions(researcher)
    assert list(list_rows(researcher)) == ["earlier", "later"]
    assert [(count.number, count.words) for count in tray["counts"]] == [
        (1, "older criteria"),
        (1, "an older methodology"),
    ]


def test_a_verdict_that_is_no_longer_shown_is_left_out(judge, make_assessment, researcher):
    pledge = judge("judged-again", methodology="0")
    make_assessment(pledge.undertakings.get(), "met", as_of=date(2026, 2, 1))
    assert list_rows(researcher) == {}


def test_the_desk_links_to_judge_again_and_to_the_whole_list(at_desk, judge, researcher):
    pledge = judge("older", methodology="0")
    judge("newest")
    client = at_desk(researcher)
    page = client.get("/admin/").html()
    undertaking = pledge.undertakings.get()
    assert f"/admin/commitments/assessment/add/?undertaking={undertaking.pk}" in page
    assert "methodology 0, now 1" in page
    link = "/admin/commitments/undertaking/?older_versions=methodology"
    assert link in page
    rows = client.get(link).context["cl"].result_list
    assert list(rows) == [undertaking]


def test_the_tray_costs_two_statements(judge, researcher):
    researcher.has_perm("commitments.view_undertaking")
    for number in range(3):
        judge(f"older-{number}", methodology="0")
    with CaptureQueriesContext(connection) as statements:
        load_older_versions(researcher)
    assert len(statements) == 2
