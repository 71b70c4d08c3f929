"""Parties × pledges, as a table and as CSV."""

import csv
import re

import pytest

from commitments.models import Undertaking
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db


@shared
def summit(make_summit, make_pledge, make_party, make_assessment, japan):
    """Japan owes both pledges, France one; the verdicts differ in every cell."""
    summit, france = make_summit("tokyo-2025"), make_party("france")
    both = make_pledge("both", title="=SUM(both)", summit=summit, parties=[japan, france])
    make_pledge("one", title="Only Japan's", summit=summit, parties=[japan])
    make_assessment(both.undertakings.get(party=japan), "met")
    make_assessment(both.undertakings.get(party=france), "off_track")
    make_pledge("hidden", title="Not yet", summit=summit, parties=[japan], state="draft")
    return summit


def cells(text):
    table = text[text.index('<table class="matrix">') :]
    table = table[: table.index("</table>")]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)
    plain = [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
             for row in rows]  # fmt: skip
    return plain, table


def test_each_cell_leads_to_its_verdict(read, summit):
    rows, table = cells(read(summit.get_absolute_url()))
    assert rows == [
        ["Pledge", "Japan", "France"],
        ["=SUM(both)", "Met", "Off track  may be out of date"],
        ["Only Japan&#x27;s", "Not looked at yet", "–owes nothing here"],
    ]
    assert 'href="/pledges/both/#both--france"' in table
    assert 'scope="row"' in table


def test_with_many_parties_they_stand_in_the_rows(read, make_summit, make_pledge, make_party):
    summit = make_summit("large")
    make_pledge(
        "shared", title="Shared", summit=summit, parties=[make_party(f"ally-{n}") for n in range(9)]
    )
    rows, _ = cells(read(summit.get_absolute_url()))
    assert rows[0] == ["Party", "Shared"]
    assert len(rows) == 10


def test_a_summit_without_pledges_has_none(read, make_summit):
    assert 'class="matrix"' not in read(make_summit("empty").get_absolute_url())


def test_the_file_has_a_row_for_each_part_and_no_formula(client, summit):
    response = client.get("/summits/tokyo-2025/matrix.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(response.html().splitlines()))
    assert [(row["pledge"], row["party"], row["status"]) for row in rows] == [
        ("both", "france", "off_track"),
        ("both", "japan", "met"),
        ("one", "japan", "not_assessed"),
    ]
    assert rows[0]["title"] == "'=SUM(both)"
    assert rows[0]["as_of"] == "2025-10-28"


def test_the_exempt_have_no_status_in_it(client, summit):
    Undertaking.objects.filter(pledge__slug="one").update(exempt_reason="No forces.")
    rows = list(csv.DictReader(client.get("/summits/tokyo-2025/matrix.csv").html().splitlines()))
    assert (rows[2]["status"], rows[2]["exempt"]) == ("", "yes")


def test_the_file_is_as_fresh_and_as_cheap_as_a_page(client, statements, summit):
    tag = client.get("/summits/tokyo-2025/matrix.csv").headers["ETag"]
    assert statements("/summits/tokyo-2025/matrix.csv", if_none_match=tag) == 1
    assert statements("/summits/tokyo-2025/matrix.csv") == 4


def test_a_summit_that_is_no_longer_there_has_no_file(client):
    assert client.get("/summits/never/matrix.csv").status_code == 404
