"""Findings in plain words, as drafts of answers and rationales: every reason, in both languages."""

import re
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from commitments.dates import write_out_date
from commitments.judging.sentences import find_imprecise_date, write_draft, write_rationale
from commitments.models import Indicator, Party, Target
from commitments.verdicts.findings import Finding, Reason
from commitments.verdicts.statuses import Status
from commitments.verdicts.targets import Comparator, Figure, FigureKind, Kind, Period

SHARE = Indicator(
    name="Share", unit="% of GDP", frequency="fiscal_year", fiscal_year_starts=4
)  # fmt: skip
DOLLARS = Indicator(name="Money", unit="USD bn", frequency="annual")
PEOPLE = Indicator(name="Hunger", unit="million people", frequency="annual")
FEET = Indicator(name="Height", unit="feet", frequency="annual")
JAPAN = Party(name="Japan", name_ja="日本")
FY2025 = Period(date(2025, 4, 1), date(2026, 3, 31))
FY2026 = Period(date(2026, 4, 1), date(2027, 3, 31))
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
DAY = Period(date(2025, 12, 31), date(2025, 12, 31))
SPAN = Period(date(2025, 3, 3), date(2025, 5, 4))
PRINTED = date(2025, 12, 1)


def target(kind=Kind.STAND, indicator=SHARE, comparator=Comparator.AT_LEAST, value=2, **fields):
    if kind == Kind.MILESTONE:
        indicator, value = None, None
    return Target(
        kind=kind,
        label=fields.pop("label", "Two per cent"),
        label_ja="2％",
        indicator=indicator,
        comparator=comparator,
        value=value and Decimal(value),
        **fields,
    )


def found(status, reason, *, period=FY2025, actual="1.90", kind="actual", required=2, **fields):
    """A finding that `actual` in `period` decided; None where nothing did."""
    row = None
    if actual is not None:
        actual = Decimal(actual)
        row = Figure(period, actual, 2, kind, PRINTED)
        fields.update(decided_by=row, actual=actual, required=Decimal(required))
    return Finding(Status(status), Reason(reason), **fields)


def draft(row, finding, party=JAPAN):
    compared = SimpleNamespace(finding=finding, target=SimpleNamespace(baseline=None))
    undertaking = SimpleNamespace(party=party)
    return write_draft(SimpleNamespace(rows=[row], primary=compared, undertaking=undertaking))


EVENT = target(Kind.MILESTONE, label="The law adopted")
FALL = target(Kind.CHANGE, PEOPLE, Comparator.AT_MOST, -500)
BELOW = target(Kind.HOLD, DOLLARS, Comparator.BELOW_BASELINE, None)
CASES = [
    pytest.param(
        target(), found("met", "satisfied", actual="2.10"),
        "Japan met it: 2.10% of GDP in FY2025 (target: at least 2% of GDP).",
        "日本は達成しました：2025年度にGDP比2.10％（目標：GDP比2％以上）。",
        "The rule (“Two per cent”) finds: met. The figure is what was promised. The figure that decides is 2.10%"
        " of GDP in FY2025 (target: at least 2% of GDP). It is an actual figure, released on 1 December 2025.",
        id="met",
    ),
    pytest.param(
        target(), found("not_met", "fell_short", kind="budget", met_late_in=FY2026),
        "Japan did not meet it: 1.90% of GDP in FY2025 (target: at least 2% of GDP). It was reached later, in FY2026.",
        "日本は達成しませんでした：2025年度にGDP比1.90％（目標：GDP比2％以上）。その後、2026年度に目標の水準に達しました。",
        "The rule (“Two per cent”) finds: not met. The figure is not what was promised. The figure that decides is"
        " 1.90% of GDP in FY2025 (target: at least 2% of GDP). It is a budget figure, released on 1 December 2025."
        " It was reached later, in FY2026.",
        id="not met, reached later",
    ),
    pytest.param(
        target(Kind.TOTAL, DOLLARS, value=20), found("partly_met", "partly", period=SPAN, actual="18", kind="estimate"),
        "Japan met it in part: 18 billion US dollars from 3 March 2025 to 4 May 2025 (target: at least 20 billion US"
        " dollars).",
        "日本は一部達成しました：2025年3月3日から2025年5月4日までに180億米ドル（目標：200億米ドル以上）。",
        "The rule (“Two per cent”) finds: partly met. Short of the target, but enough to be partly met. The figure"
        " that decides is 18 billion US dollars from 3 March 2025 to 4 May 2025 (target: at least 20 billion US"
        " dollars). It is an estimate, released on 1 December 2025.",
        id="partly met, over a window",
    ),
    pytest.param(
        BELOW, found("off_track", "failed_period", period=YEAR, actual="309.8", required="303.5"),
        "Japan, off track: 309.80 billion US dollars in 2025 (target: below 303.5 billion US dollars).",
        "日本は遅れています：2025年に3098.0億米ドル（目標：3035億米ドル未満）。",
        "The rule (“Two per cent”) finds: off track. It had to hold in every period, and failed in one. The figure"
        " that decides is 309.80 billion US dollars in 2025 (target: below 303.5 billion US dollars). It is an actual"
        " figure, released on 1 December 2025.",
        id="off track, a period failed, below the baseline",
    ),
    pytest.param(
        target(Kind.REACH, DOLLARS, Comparator.AT_MOST, 5), found("off_track", "exceeded", period=DAY, actual="6"),
        "Japan, off track: 6.00 billion US dollars on 31 December 2025 (target: at most 5 billion US dollars).",
        "日本は遅れています：2025年12月31日に60.0億米ドル（目標：50億米ドル以下）。",
        "The rule (“Two per cent”) finds: off track. The sum is beyond what was promised already. The figure that"
        " decides is 6.00 billion US dollars on 31 December 2025 (target: at most 5 billion US dollars). It is an"
        " actual figure, released on 1 December 2025.",
        id="the sum exceeds it, on a day",
    ),
    pytest.param(
        FALL, found("off_track", "behind", period=YEAR, actual="-122", kind="projection", path=Decimal("494.9")),
        "Japan, off track: a change of −122 million people in 2025 (target: falls by at least 500 million people).",
        "日本は遅れています：2025年に−1億2200万人の変化（目標：5億人以上の減少）。",
        "The rule (“Two per cent”) finds: off track. Behind the straight line to the target. The figure that decides"
        " is a change of −122 million people in 2025 (target: falls by at least 500 million people). By then the"
        " straight line to the target asked for 494.9 million people. It is a projection, released on 1 December"
        " 2025.",
        id="behind, a change",
    ),
    pytest.param(
        target(comparator=Comparator.BETWEEN, value=1, upper_value=Decimal(3)), found("on_track", "ahead"),
        "Japan, on track: 1.90% of GDP in FY2025 (target: between 1% of GDP and 3% of GDP).",
        "日本は順調です：2025年度にGDP比1.90％（目標：GDP比1％とGDP比3％の間）。",
        "The rule (“Two per cent”) finds: on track. At or ahead of the straight line to the target. The figure that"
        " decides is 1.90% of GDP in FY2025 (target: between 1% of GDP and 3% of GDP). It is an actual figure,"
        " released on 1 December 2025.",
        id="ahead, between two values",
    ),
    pytest.param(
        target(Kind.HOLD, comparator=Comparator.EQUAL), found("on_track", "holding", actual="2"),
        "Japan, on track: 2.00% of GDP in FY2025 (target: exactly 2% of GDP).",
        "日本は順調です：2025年度にGDP比2.00％（目標：ちょうどGDP比2％）。",
        "The rule (“Two per cent”) finds: on track. It has held in every period so far. The figure that decides is"
        " 2.00% of GDP in FY2025 (target: exactly 2% of GDP). It is an actual figure, released on 1 December 2025.",
        id="holding",
    ),
    pytest.param(
        target(), found("in_progress", "under_way"),
        "Japan, in progress: 1.90% of GDP in FY2025 (target: at least 2% of GDP).",
        "日本は進行中です：2025年度にGDP比1.90％（目標：GDP比2％以上）。",
        "The rule (“Two per cent”) finds: in progress. The deadline has not passed, and no path to it was stated. The"
        " newest figure is 1.90% of GDP in FY2025 (target: at least 2% of GDP). It is an actual figure, released on"
        " 1 December 2025.",
        id="under way",
    ),
    pytest.param(
        target(), found("in_progress", "awaiting_data"),
        "Japan, in progress: the last day has passed, and its figure is not published yet.",
        "日本は進行中です：期限は過ぎたが、その時点の数値はまだ公表されていない。",
        "The rule (“Two per cent”) finds: in progress. The deadline has passed; the figure for it is not published"
        " yet. The newest figure is 1.90% of GDP in FY2025 (target: at least 2% of GDP). It is an actual figure,"
        " released on 1 December 2025.",
        id="figures awaited",
    ),
    pytest.param(
        FALL, found("in_progress", "no_figure_since_baseline", period=YEAR, actual="0"),
        "Japan, in progress: no figure for a time after the baseline has been published yet.",
        "日本は進行中です：基準時点より後の数値はまだ公表されていない。",
        "The rule (“Two per cent”) finds: in progress. No figure for a time after the baseline has been published yet.",
        id="no figure since the baseline",
    ),
    pytest.param(
        target(), found("in_progress", "no_data", actual=None),
        "Japan, in progress: no figure that counts has been published yet.",
        "日本は進行中です：判定に使える数値はまだ公表されていない。",
        "The rule (“Two per cent”) finds: in progress. No figure that counts has been published yet.",
        id="no figure",
    ),
    pytest.param(
        FALL, found("in_progress", "uncomparable", actual=None),
        "Japan, in progress: there is no figure to measure a change from.",
        "日本は進行中です：変化を測る起点の数値がない。",
        "The rule (“Two per cent”) finds: in progress. There is no baseline to measure a change from.",
        id="nothing to compare with",
    ),
    pytest.param(
        EVENT, found("met", "satisfied", period=SPAN, actual="1"),
        "Japan met it: it happened between 3 March 2025 and 4 May 2025.",
        "日本は達成しました：2025年3月3日から2025年5月4日までの間に実現した。",
        "The rule (“The law adopted”) finds: met. It happened in time. The evidence of it was published on"
        " 1 December 2025.",
        id="an event in time",
    ),
    pytest.param(
        EVENT, found("not_met", "fell_short", period=DAY, actual="1", met_late_in=DAY),
        "Japan did not meet it: it did not happen in time. It happened later, on 31 December 2025.",
        "日本は達成しませんでした：期限までに実現しなかった。その後、2025年12月31日に実現しました。",
        "The rule (“The law adopted”) finds: not met. It did not happen in time. The evidence of it was published on"
        " 1 December 2025. It happened later, on 31 December 2025.",
        id="an event too late",
    ),
    pytest.param(
        EVENT, found("in_progress", "under_way", actual=None),
        "Japan, in progress: no published evidence shows yet that it happened.",
        "日本は進行中です：実現したことを示す根拠資料はまだ公表されていない。",
        "The rule (“The law adopted”) finds: in progress. No published evidence shows yet that it happened.",
        id="an event to come",
    ),
    pytest.param(
        EVENT, found("in_progress", "awaiting_data", actual=None),
        "Japan, in progress: the last day has passed, and no published evidence says whether it happened.",
        "日本は進行中です：期限は過ぎたが、実現したかどうかを示す根拠資料は公表されていない。",
        "The rule (“The law adopted”) finds: in progress. The day has passed; no published evidence says whether it"
        " happened.",
        id="an event nobody knows of",
    ),
    pytest.param(
        EVENT, found("in_progress", "awaiting_data", period=SPAN, actual="1", borderline=True),
        "Japan, in progress: it happened around the last day, and the evidence leaves open on which side.",
        "日本は進行中です：期限の前後に実現したが、根拠資料からは期限内かどうか分からない。",
        "The rule (“The law adopted”) finds: in progress. It happened around the day; the evidence leaves open on"
        " which side of it. The evidence of it was published on 1 December 2025.",
        id="an event around the day",
    ),
]  # fmt: skip


@pytest.mark.parametrize("row, finding, answer, answer_ja, rationale", CASES)
def test_a_finding_is_said_in_plain_words(row, finding, answer, answer_ja, rationale):
    texts = draft(row, finding)
    assert texts.answer == answer
    assert texts.answer_ja == answer_ja
    assert texts.rationale == rationale
    assert texts.rationale_ja.endswith("。")


def test_every_reason_and_kind_of_target_is_among_the_cases():
    assert {case.values[1].reason for case in CASES} == set(Reason)
    assert {case.values[0].kind for case in CASES} == set(Kind)
    kinds = {case.values[1].decided_by.kind for case in CASES if case.values[1].decided_by}
    assert kinds == set(FigureKind)


def test_no_draft_holds_a_code_word():
    for case in CASES:
        texts = draft(*case.values[:2])
        assert not re.search(r"[a-z]_[a-z]", " ".join(texts)), case.id


@pytest.mark.parametrize("length", [1, 60, 100, 140, 150, 160, 200])
def test_an_answer_is_never_longer_than_it_may_be(length):
    finding = found("not_met", "fell_short", met_late_in=FY2026)
    texts = draft(target(), finding, Party(name="x" * length, name_ja="日" * length))
    assert 0 < len(texts.answer) <= 160
    assert 0 < len(texts.answer_ja) <= 160


@pytest.mark.parametrize(
    "row, party",
    [
        pytest.param(target(indicator=FEET), JAPAN, id="a unit"),
        pytest.param(target(), Party(name="Japan"), id="the party's name"),
    ],
)
def test_nothing_is_drafted_in_japanese_while_a_word_lacks_it(row, party):
    texts = draft(row, found("not_met", "fell_short"), party)
    assert texts.answer
    assert (texts.answer_ja, texts.rationale_ja, texts.caveat_ja) == ("", "", "")


def test_a_label_without_japanese_is_left_out_there():
    row = target()
    row.label_ja = ""
    texts = draft(row, found("met", "satisfied"))
    assert texts.rationale_ja.startswith("ルールの算定結果は「達成」です。")


@pytest.mark.parametrize(
    "finding, caveat",
    [
        pytest.param(found("met", "satisfied"), "", id="none"),
        pytest.param(
            found("met", "satisfied", kind="budget", provisional=True, borderline=True),
            "It rests on a budget figure, not on the outturn. The figure is so close to the target"
            " that rounding could change the verdict.",
            id="both",
        ),
    ],
)
def test_a_caveat_says_what_the_figure_is(finding, caveat):
    assert draft(target(), finding).caveat == caveat


def test_a_command_writes_the_rationale_alone():
    compared = SimpleNamespace(finding=found("in_progress", "no_data", actual=None))
    compared.target = SimpleNamespace(baseline=None)
    assert write_rationale(target(), compared).startswith("The rule (“Two per cent”) finds:")


@pytest.mark.parametrize(
    "first, last, words",
    [
        pytest.param(date(2025, 3, 3), date(2025, 3, 3), "3 March 2025", id="a day"),
        pytest.param(date(2025, 3, 1), date(2025, 3, 31), "March 2025", id="a month"),
        pytest.param(date(2025, 1, 1), date(2025, 3, 31), "quarter 1 of 2025", id="a quarter"),
        pytest.param(date(2025, 1, 1), date(2025, 12, 31), "2025", id="a year"),
        pytest.param(date(2025, 4, 1), date(2026, 3, 31), "FY2025", id="a fiscal year"),
        pytest.param(
            date(2025, 1, 1), date(2026, 6, 30), "1 January 2025 to 30 June 2026", id="another time"
        ),
    ],
)
def test_a_period_is_named_as_people_name_it(first, last, words):
    assert write_out_date(find_imprecise_date(Period(first, last), SHARE)) == words
