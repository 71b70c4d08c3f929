"""The numbers of an answer have the decimals that their publisher printed, and no negative zero."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.judging.answers import EvaluationQuestion, as_json
from commitments.judging.evaluating import evaluate_rows
from commitments.models import Indicator, Observation, Party, Pledge, Release, Target, Undertaking
from commitments.models.numbers import strip_zeros
from commitments.verdicts.targets import Comparator, Kind

DAY = date(2026, 11, 22)
YEARS = range(2015, 2026)
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MOST_DECIMALS = 4
# Of a percentage: its last place is where a step of the figure's last decimal shows.
MOST_DECIMALS_OF_A_SHARE = 12
numbers = st.decimals(-500, 500, places=MOST_DECIMALS - 1)
kinds = st.sampled_from([kind for kind in Kind if kind != Kind.MILESTONE])


def find_numbers(body, path=()):
    """Yield (path, text) of each number in an answer; numbers are written as texts."""
    if isinstance(body, dict):
        for name, inner in body.items():
            yield from find_numbers(inner, (*path, name))
    elif isinstance(body, list):
        for inner in body:
            yield from find_numbers(inner, path)
    elif isinstance(body, str) and path[-1] not in ("label", "party", "pledge", "release"):
        try:
            Decimal(body)
        except ArithmeticError:
            return
        yield path, body
    elif isinstance(body, float):
        raise AssertionError(f"{path} is a float: {body}")


def evaluate_unsaved(fields, values):
    """Return the answer on a pledge with one target, by figures that are in no database."""
    indicator = Indicator(pk=1, slug="share", unit="%", state="published")
    release = Release(pk=1, slug="share-1", indicator=indicator, released_on=DAY)
    pledge = Pledge(pk=1, slug="pledge")
    undertaking = Undertaking(pk=1, pledge=pledge, party=Party(pk=1, slug="japan"))
    target = Target(pk=1, pledge=pledge, label="Share", indicator=indicator, **fields)
    figures = []
    for year, value in zip(YEARS, values, strict=False):
        figure = Observation(
            release=release,
            party=undertaking.party,
            period_start=date(year, 1, 1),
            period_end=date(year, 12, 31),
            value=strip_zeros(value),
            decimals=MOST_DECIMALS - 1,
            kind="actual",
        )
        figures.append(figure)
    evaluated = evaluate_rows([undertaking], [target], figures, events={}, as_of=DAY, known_on=DAY)
    return as_json(pledge, evaluated, EvaluationQuestion(DAY, DAY))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=kinds,
    comparator=st.sampled_from(list(Comparator)),
    value=numbers,
    baseline=numbers,
    values=st.lists(numbers, min_size=1, max_size=len(YEARS)),
    per_cent=st.booleans(),
    due=st.sampled_from([None, date(2020, 12, 31), date(2030, 12, 31)]),
)
def test_every_number_of_an_answer_is_short_and_none_is_a_negative_zero(
    kind, comparator, value, baseline, values, per_cent, due
):
    fields = {
        "kind": kind,
        "comparator": comparator,
        "value": value,
        "upper_value": value + 1,
        "baseline_value": baseline,
        "baseline_period": "2014",
        "per_cent": per_cent and kind == Kind.CHANGE,
        "due": due,
    }
    body = evaluate_unsaved(fields, values)
    most = MOST_DECIMALS
    if fields["per_cent"]:
        most = MOST_DECIMALS_OF_A_SHARE
    for path, text in find_numbers(body):
        assert NUMBER.fullmatch(text), (path, text)
        _whole, _point, decimals = text.partition(".")
        assert len(decimals) <= most, (path, text)
        assert not (text.startswith("-") and not Decimal(text)), (path, text)


@pytest.mark.django_db
def test_a_mean_over_three_parties_ends(client, settle, make_pledge, make_party, make_figures):
    parties = [make_party(slug) for slug in ("japan-1", "france", "spain")]
    values = ("2.00", "2.00", "1.00")
    rows = [(party, 2025, value) for party, value in zip(parties, values, strict=True)]
    indicator = make_figures("share", *rows)
    pledge = make_pledge("thirds", parties=parties, state="draft")
    pledge.targets.create(
        label="Share", kind="stand", indicator=indicator, value=2, due=date(2025, 12, 31)
    )
    settle(pledge)
    body = json.loads(client.get("/api/v1/pledges/thirds/evaluation/").content)
    assert body["rollup"]["mean_score"] == "0.3333"
    assert body["rollup"]["percent"] == "66.6667"


LONG = "12345678901234567890.12345678901234567890"


@pytest.mark.django_db
def test_a_figure_keeps_all_its_digits_wherever_it_is_read(
    client, settle, make_pledge, make_figures, japan
):
    indicator = make_figures("people")
    indicator.releases.get().observations.create(
        party=japan,
        period_start=date(2025, 1, 1),
        period_end=date(2025, 12, 31),
        value=Decimal(LONG),
        decimals=20,
        kind="actual",
    )
    stored = LONG.rstrip("0")
    pledge = make_pledge("count", state="draft")
    pledge.targets.create(
        label="Count",
        kind="stand",
        indicator=indicator,
        value=Decimal(LONG),
        due=date(2025, 12, 31),
    )
    settle(pledge)
    [row] = client.get("/api/v1/observations/", {"indicator": "people"}).json()["results"]
    assert row["value"] == stored
    [part] = client.get("/api/v1/pledges/count/evaluation/").json()["undertakings"]
    finding = part["primary"]
    assert (finding["status"], finding["decided_by"]["value"]) == ("met", stored)
    assert finding["actual"] == LONG
    assert LONG in client.get("/pledges/count/inputs.csv").content.decode()
    page = client.get(pledge.get_absolute_url()).content.decode()
    assert "12,345,678,901,234,567,890.12345678901234567890" in page
    assert client.get("/pledges/count/chart.svg").status_code == 200
