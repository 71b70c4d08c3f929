"""A pledge in numbers: its rule in a sentence, its charts, and the files that let anybody repeat
it.
"""

import csv
import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from commitments import models
from tests.fixtures.shared import shared

pytestmark = pytest.mark.django_db
DEADLINE = date(2024, 12, 31)


@pytest.fixture
def make_figures(settle):
    """A release of an indicator; `rows` are (party, year, value) and perhaps the kind."""

    def make(slug, *rows, released_on=date(2025, 6, 1), note="", state="published", **fields):
        defaults = {
            "name": slug.title(),
            "unit": "% of GDP",
            "definition": "d",
            "publisher": "p",
            "frequency": "annual",
        }
        indicator, made = models.Indicator.objects.get_or_create(
            slug=slug, defaults={**defaults, **fields}
        )
        if made:
            settle(indicator)
        release = models.Release.objects.create(
            slug=f"{slug}-{released_on}",
            indicator=indicator,
            released_on=released_on,
            title=f"Tables of {released_on}",
        )
        for party, year, value, *kind in rows:
            release.observations.create(
                party=party, period_start=date(year, 1, 1), period_end=date(year, 12, 31), value=Decimal(value),
                decimals=2, kind=kind[0] if kind else "actual", note=note,
            )  # fmt: skip
        return settle(release, state).indicator

    return make


@pytest.fixture
def make_measured(settle, make_pledge):
    def make(slug, indicator, *, parties=None, role="primary", value=2, **fields):
        pledge = make_pledge(
            slug, state="draft", parties=parties, made_on=date(2014, 9, 5), **fields
        )
        pledge.targets.create(
            role=role,
            label="Share of GDP",
            kind="stand",
            indicator=indicator,
            value=value,
            due=DEADLINE,
        )
        return settle(pledge)

    return make


@shared
def japan_alone(japan, make_figures, make_measured):
    """Three years with a gap, the last in two kinds, and a later release that revises it."""
    rows = [
        (japan, 2021, "1.50"),
        (japan, 2023, "1.80"),
        (japan, 2024, "2.10", "estimate"),
        (japan, 2024, "1.99"),
    ]
    indicator = make_figures("share", *rows)
    make_figures("share", (japan, 2024, "2.00"), released_on=date(2026, 1, 1))
    return make_measured("alone", indicator)


@shared
def allies(make_party, make_figures, make_measured):
    """Six parties: the last is exempt, two are at the target or above."""
    parties = [make_party(f"ally-{number}") for number in range(6)]
    rows = [
        (party, year, f"{1.7 + number / 10:.2f}")
        for number, party in enumerate(parties)
        for year in (2023, 2024)
    ]
    pledge = make_measured("together", make_figures("share", *rows), parties=parties)
    models.Undertaking.objects.filter(slug="together--ally-5").update(exempt_reason="No forces.")
    return pledge


def section(text, name):
    start = text.index(f'aria-labelledby="{name}"')
    return text[start : text.index("</section>", start)]


def test_the_rule_is_one_sentence(read, japan_alone):
    html = section(read("/pledges/alone/"), "rule")
    rule = re.sub(r"<[^>]+>", "", html)
    assert "Met if Share is at least 2% of GDP in 2024, to the published decimal." in rule
    assert (
        "<details><summary>For programmers</summary><p><code>manage.py evaluate"
        " alone</code></p></details>" in html
    )
    assert "Rules version 2" in rule


def test_one_partys_figures_are_drawn_and_told(read, japan_alone):
    figures = section(read("/pledges/alone/"), "figures")
    assert figures.count('href="#mark-actual" x="7"') == 1  # in the legend
    drawn = figures[figures.index('<svg class="chart"') : figures.index("</figure>")]
    assert (drawn.count('"#mark-actual" x='), drawn.count('"#mark-estimate" x=')) == (
        4,
        2,
    )  # each once in the legend
    assert drawn.count('class="joined') == 1, "2021 is not joined with 2023"
    assert "At least 2%" in drawn
    assert "Deadline 31 December 2024" in drawn
    assert "2024, actual: 2.00; Tables of 2026-01-01, 1 January 2026" in drawn
    assert "4 figures. First 2021, actual: 1.50. Last 2024, actual: 2.00." in drawn
    assert '<table class="stacked figures">' in figures


def test_a_chart_names_itself_to_those_who_cannot_see_it(read, japan_alone):
    text = read("/pledges/alone/")
    for labels in re.findall(r'role="img" aria-labelledby="([^"]+)"', text):
        for name in labels.split():
            assert text.count(f'id="{name}"') == 1, name


def test_what_rounding_leaves_open_is_drawn_and_said(read, japan_alone, make_assessment):
    text = read("/pledges/alone/")
    rule = section(text, "rule")
    assert "Borderline:" not in section(text, "verdicts")
    make_assessment(japan_alone.undertakings.get(), "met", as_of=date(2026, 3, 1))
    assert "Borderline:" in section(read("/pledges/alone/"), "verdicts")
    assert '<svg class="rounding"' in rule
    assert "by its rounding alone it may stand for 1.995 to 2.005% of GDP" in rule
    assert "Borderline:" in rule


def test_what_was_found_and_required_has_its_unit(read, japan_alone):
    english, japanese = (
        section(read(f"{prefix}/pledges/alone/"), "rule") for prefix in ("", "/ja")
    )
    assert all(words in english for words in ("<b>2.00% of GDP</b>", ">2% of GDP<", ">no gap<"))
    assert all(words in japanese for words in ("<b>GDP比2.00", ">GDP比2", "～2.005", ">差なし<"))


def test_many_parties_are_a_strip_folded_by_what_was_found(read, allies):
    rule = section(read("/pledges/together/"), "rule")
    assert rule.count('<circle class="dot') == 5
    groups = re.findall(r'<details class="group">\s*<summary>(.*?)</summary>', rule, re.S)
    assert [re.sub(r"<[^>]+>|\s+", " ", group).split() for group in groups] == [
        ["Met", "2", "parties"],
        ["Not", "met", "3", "parties"],
    ]
    named = re.findall(
        r'<th scope="row">([^<]+)</th>\s*<td class="number">([^<]+)</td>\s*<td'
        r' class="number">([^<]+)<',
        rule,
    )
    assert named == [
        ("Ally-4".replace("-", " "), "2.10", "+0.10"),
        ("Ally 3", "2.00", "none"),
        ("Ally 2", "1.90", "−0.10"),
        ("Ally 1", "1.80", "−0.20"),
        ("Ally 0", "1.70", "−0.30"),
    ]
    assert "Ally 5" not in rule


def test_every_party_has_a_small_chart_and_a_row_on_the_page_of_figures(read, allies):
    text = read("/pledges/together/figures/")
    assert text.count('<svg class="chart small"') == 5
    assert re.findall(r'<th scope="row">([^<]+)</th>', text) == [
        f"Ally {number}" for number in range(5)
    ]
    assert ">1.70<" in text


def test_a_single_figure_is_no_small_chart(read, japan, make_figures, make_measured):
    make_measured("one", make_figures("share", (japan, 2024, "1.00")))
    text = read("/pledges/one/figures/")
    assert "chart small" not in text
    assert ">1.00<" in text


def test_the_inputs_are_every_figure_as_printed_and_no_formula(
    client, japan, make_figures, make_measured
):
    make_measured("alone", make_figures("share", (japan, 2024, "-2"), note="=HYPERLINK(1)"))
    response = client.get("/pledges/alone/inputs.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="alone.csv"'
    assert list(csv.DictReader(response.html().splitlines())) == [
        {
            "indicator": "share", "party": "japan", "period": "2024", "period_start": "2024-01-01",
            "period_end": "2024-12-31", "value": "-2.00", "decimals": "2", "kind": "actual",
            "note": "'=HYPERLINK(1)", "release": "share-2025-06-01", "released_on": "2025-06-01", "address": "",
        }
    ]  # fmt: skip


def test_the_exempt_are_no_input(client, allies):
    assert "ally-5" not in client.get("/pledges/together/inputs.csv").html()


@pytest.mark.parametrize("file", ["inputs.csv", "chart.svg", "figures/", ""])
def test_each_looks_back_to_what_was_known(client, japan_alone, file):
    before, after = (
        client.get(f"/pledges/alone/{file}", {"as_of": day}).html()
        for day in ("2025-12-31", "2026-01-01")
    )
    assert re.search(r"\b1\.99\b", before)
    assert not re.search(r"\b1\.99\b", after)
    assert client.get(f"/pledges/alone/{file}", {"as_of": "tomorrow"}).status_code == 400


@pytest.mark.parametrize("file", ["inputs.csv", "chart.svg", "figures/"])
def test_without_numbers_or_before_it_was_made_there_is_nothing(
    client, make_pledge, japan_alone, file
):
    make_pledge("words")
    assert client.get(f"/pledges/words/{file}").status_code == 404
    assert client.get(f"/pledges/alone/{file}?as_of=2014-09-04").status_code == 404
    assert client.get(f"/pledges/never/{file}").status_code == 404


@pytest.mark.parametrize("record, files", [("japan_alone", 2), ("allies", 3)])
def test_a_page_that_looks_back_leads_to_the_figures_of_that_day(read, request, record, files):
    slug = request.getfixturevalue(record).slug
    text = read(f"/pledges/{slug}/?as_of=2025-12-31")
    links = re.findall(rf'href="(/pledges/{slug}/(?:chart.svg|inputs.csv|figures/)[^"]*)"', text)
    assert len(links) == files and all(link.endswith("as_of=2025-12-31") for link in links), links
    assert f"manage.py evaluate {slug} --as-of 2025-12-31" in text


def test_the_picture_stands_alone_and_may_do_nothing_else(client, japan_alone):
    response = client.get("/pledges/alone/chart.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert (
        response.headers["Content-Security-Policy"]
        == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    root = ElementTree.fromstring(response.content)
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    text = response.html()
    assert "%" not in "".join(re.findall(r'(?:<use|<circle)[^>]*? x="([^"]+)"', text)), (
        "a picture has a width of its own"
    )
    assert "var(" not in text
    assert not re.search(r"<script|https?://(?!127\.0\.0\.1|www\.w3\.org)", text)
    again = client.get(
        "/pledges/alone/chart.svg", headers={"if-none-match": response.headers["ETag"]}
    )
    assert (again.status_code, again.headers["Content-Security-Policy"]) == (
        304,
        response.headers["Content-Security-Policy"],
    )


def test_a_picture_can_be_asked_for_by_party(client, allies):
    text = client.get("/pledges/together/chart.svg").html()
    assert text.count('<circle class="dot') == 5 + 2  # and one for each verdict in the legend
    one = client.get("/pledges/together/chart.svg?party=ally-1").html()
    assert "Ally 1 · Share" in one
    assert ">1.80<" not in one
    assert "2024, actual: 1.80" in one


def test_who_joined_later_is_in_no_picture_of_a_day_before(client, allies):
    models.Undertaking.objects.filter(slug="together--ally-4").update(binds_from=date(2026, 3, 1))
    asked = [f"?party=ally-4&as_of={day}" for day in ("2026-02-28", "2026-03-01")]
    assert [client.get(f"/pledges/together/chart.svg{query}").status_code for query in asked] == [
        400,
        200,
    ]


@pytest.mark.parametrize("query", ["party=nobody", "indicator=nothing"])
def test_a_picture_that_is_not_there_is_refused_in_words(client, allies, query):
    response = client.get(f"/pledges/together/chart.svg?{query}")
    assert response.status_code == 400
    assert query.split("=")[0] in response.html()
    # The refusal is a page like any other, with the site's own policy.
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def test_money_shows_its_stages_and_never_a_sum(read, japan, make_figures, make_measured):
    usd = {"unit": "USD bn", "currency": "USD"}
    pledge = make_measured(
        "money", make_figures("promised", (japan, 2024, "109"), stage="announced", **usd), value=550
    )
    pledge.targets.create(
        role="alternative", label="Paid", kind="stand", value=550, due=DEADLINE,
        indicator=make_figures("paid", (japan, 2024, "12"), stage="disbursed", **usd),
    )  # fmt: skip
    figures = section(read("/pledges/money/"), "figures")
    ladder = figures[figures.index('<ol class="ladder">') : figures.index("</ol>")]
    stages = [
        re.sub(r"<[^>]+>|\s+", " ", one).split()
        for one in re.findall(r"<li>(.*?)</li>", ladder, re.S)
    ]
    assert [stage[0] for stage in stages] == ["Announced", "Committed", "Allocated", "Disbursed"]
    assert stages[0][1] == "109.00"
    assert stages[3][1] == "12.00"
    assert "No figures are held" in " ".join(stages[1])
    assert "121" not in figures


def test_a_share_of_an_economy_is_no_ladder(read, japan, make_figures, make_measured):
    make_measured(
        "share-of", make_figures("share", (japan, 2024, "2"), stage="allocated", currency="JPY")
    )
    assert 'class="ladder"' not in read("/pledges/share-of/")


def test_a_step_on_the_way_judges_nothing(read, japan, make_figures, make_measured):
    money = make_figures(
        "promised", (japan, 2024, "900"), stage="announced", currency="USD", unit="USD bn"
    )
    make_measured("step", money, role="interim", value=550)
    text = read("/pledges/step/")
    assert "a step on the way, which decides nothing by itself." in text
    sentences = [
        re.sub("<[^>]+>", "", section(page, "rule")) for page in (text, read("/ja/pledges/step/"))
    ]
    assert "Promised, at least 550\N{NO-BREAK SPACE}USD bn by 31 December 2024." in sentences[0]
    assert "、2024年12月31日までに5500億米ドル以上。" in sentences[1]
    models.Target.objects.update(kind="change", value=-30, per_cent=True, comparator="at_most")
    assert "at most -30% by 31 December 2024." in re.sub(
        "<[^>]+>", "", section(read("/pledges/step/"), "rule")
    )
    assert "manage.py evaluate" not in text
    assert "Met if" not in section(text, "rule")


def test_what_is_not_published_is_in_no_file(client, japan, japan_alone, make_figures):
    make_figures("share", (japan, 2022, "9.99"), released_on=date(2026, 2, 2), state="draft")
    for file in ("", "figures/", "inputs.csv", "chart.svg"):
        assert "9.99" not in client.get(f"/pledges/alone/{file}").html(), file


@pytest.mark.parametrize("file", ["", "figures/", "inputs.csv", "chart.svg"])
def test_many_parties_and_years_cost_no_more_statements(
    client, statements, japan, make_party, make_figures, make_measured, file
):
    few = make_measured("few", make_figures("share", (japan, 2024, "1"), (japan, 2023, "1")))
    parties = [make_party(f"ally-{number}") for number in range(20)]
    rows = [(party, year, "1.5") for party in parties for year in range(2014, 2025)]
    make_measured("many", make_figures("other", *rows), parties=parties)
    many = statements(f"/pledges/many/{file}")
    assert many == statements(f"{few.get_absolute_url()}{file}") <= 12
    tag = client.get(f"/pledges/many/{file}").headers["ETag"]
    assert statements(f"/pledges/many/{file}", if_none_match=tag) == 1
