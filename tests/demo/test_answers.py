"""What a reader takes from a verdict in one sentence, and from a deadline in its own words: true to
the record, in both languages.
"""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from commitments.demo.loading import SafeLoader
from tests.fixtures.cases import in_one_test

DEMO = Path(__file__).resolve().parents[2] / "commitments" / "demo"
LONGEST_ANSWER = 160
CAUSES = {"own_choice", "parliament", "court", "other_side", "events", "unknown"}
HAS_A_CAUSE = {"not_met", "partly_met", "reversed"}
# “20%”, “1,029”, “0.7”; not the 20 of “G20”, nor a single digit, which records write as a word.
FIGURE = re.compile(r"(?<![A-Za-z\d.,])(?:\d[\d,]*\d(?:\.\d+)?|\d\.\d+)")


def read_items():
    for path in sorted(DEMO.glob("records/*.yaml")):
        for item in yaml.load(path.read_text(encoding="utf-8"), Loader=SafeLoader):
            yield from item.items()


ITEMS = [item for item in read_items() if item[0] != "correction"]


def of_type(wanted):
    return {fields["slug"]: fields for record_type, fields in ITEMS if record_type == wanted}


PLEDGES, EVIDENCE, ASSESSMENTS = of_type("pledge"), of_type("evidence"), of_type("assessment")


def each(records):
    """Return one test case a record, named by its slug."""
    return [pytest.param(fields, id=slug) for slug, fields in records.items()]


def pledge_of(assessment):
    return PLEDGES[assessment["undertaking"].split("--")[0]]


def texts(value):
    """Yield every text within a record, at any depth."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


def figures(text):
    return {found.replace(",", "") for found in FIGURE.findall(text)}


@in_one_test("assessment", each(ASSESSMENTS))
def test_an_answer_is_one_short_sentence_in_each_language(assessment):
    english, japanese = assessment["answer"], assessment["answer_ja"]
    assert len(english) <= LONGEST_ANSWER
    assert len(japanese) <= LONGEST_ANSWER
    assert english.endswith(".")
    assert ". " not in english
    assert japanese.endswith("。")


@in_one_test("assessment", each(ASSESSMENTS))
def test_the_figures_of_an_answer_stand_in_the_record_it_sums_up(assessment):
    cited = [EVIDENCE[slug] for slug in assessment["evidence"]]
    judged = {name: assessment.get(name, "") for name in ("rationale", "caveat", "as_of")}
    record = " ".join(texts([judged, pledge_of(assessment), cited]))
    record = re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\1 \2 \3", record)
    assert figures(assessment["answer"]) <= figures(record)


@in_one_test("assessment", each(ASSESSMENTS))
def test_a_cause_is_named_where_something_was_missed_and_nowhere_else(assessment):
    assert ("cause" in assessment) == (assessment["status"] in HAS_A_CAUSE)
    assert assessment.get("cause", "unknown") in CAUSES


@in_one_test("assessment", each(ASSESSMENTS))
def test_late_is_what_was_not_met_and_done_after_the_deadline(assessment):
    late = assessment.get("late", False)
    assert late == ("done_on" in assessment)
    assert not late or assessment["status"] == "not_met"
    assert not late or pledge_of(assessment)["deadline"] < assessment["done_on"]
    assert not late or assessment["done_on"] <= assessment["as_of"]


@in_one_test("assessment", each({k: a for k, a in ASSESSMENTS.items() if a["status"] == "met"}))
def test_what_was_met_has_evidence_of_a_day_up_to_the_deadline(assessment):
    deadline = pledge_of(assessment).get("deadline", "9999-12-31")
    dated = [EVIDENCE[slug] for slug in assessment["evidence"] if "happened_on" in EVIDENCE[slug]]
    first_days = [row.get("happened_on_from", row["happened_on"]) for row in dated]
    assert not dated or min(first_days) <= deadline


@in_one_test("pledge", each(PLEDGES))
def test_the_words_of_a_deadline_and_of_a_condition_are_quoted(pledge):
    assert pledge.get("deadline_words", "") in pledge["quote"]
    assert pledge.get("condition", "") in pledge["quote"]
    assert ("condition" in pledge) == ("condition_ja" in pledge)
    assert "deadline_words" not in pledge or pledge.get("quote_is_verbatim", True)


@in_one_test("pledge", each(PLEDGES))
def test_a_target_has_a_due_day_or_says_that_it_has_none(pledge):
    for target in pledge.get("targets", []):
        assert ("due" in target) != target.get("no_due_day", False)


def starts_a_new_one(day, precision, fiscal_start):
    """Return whether `day` is the first of a period of `precision`."""
    first_of_month = day.day == 1
    return {
        "week": day.weekday() == 0,
        "month": first_of_month,
        "quarter": first_of_month and day.month in {1, 4, 7, 10},
        "year": first_of_month and day.month == 1,
        "fiscal_year": first_of_month and day.month == fiscal_start,
    }.get(precision, True)


@pytest.mark.parametrize("field", ["deadline", "happened_on", "published_on", "done_on"])
def test_an_imprecise_day_is_the_last_of_its_period(field):
    contradicting = []
    for _, fields in ITEMS:
        if field in fields:
            next_day = date.fromisoformat(fields[field]) + timedelta(days=1)
            precision = fields.get(f"{field}_precision", "day")
            if not starts_a_new_one(next_day, precision, fields.get(f"{field}_fiscal_start")):
                contradicting.append(fields["slug"])
    assert contradicting == []
