"""Where summits and pledges stand: checked against places worked out by hand."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from commitments.charting.heads import EDGE
from commitments.charting.lanes import (
    FRAME,
    MIXED,
    PITCH,
    SIGN,
    STRIP,
    draw_timeline,
    status_of,
)
from commitments.timeline.marks import Lane, PledgeLine, SummitMark, Timeline
from commitments.timeline.windows import Window, Zoom
from commitments.verdicts.dates import ImpreciseDate, Precision
from commitments.verdicts.rollup import rollup

TODAY = date(2026, 11, 25)
WINDOW = Window(Zoom.YEAR, 2014 * 12)
UNDATED = ImpreciseDate(None, Precision.NONE)


def pixels(text):
    return float(text.removesuffix("%")) * FRAME.room / 100


def place(day):
    return EDGE + WINDOW.share(day) * (FRAME.room - 2 * EDGE)


def line(slug="pledge", made=date(2020, 1, 1), due=None, judged=None, statuses=("met",), exempt=0):
    when = ImpreciseDate(due, Precision.DAY) if due else UNDATED
    return PledgeLine(slug, slug.title(), made, when, rollup(statuses, exempt=exempt), judged)


def mark(slug="summit", first=date(2020, 1, 1), pledges=1, lines=(), **about):
    return SummitMark(
        slug,
        slug.title(),
        about.pop("city", "Paris"),
        first,
        first,
        pledges,
        rollup([]),
        list(lines),
        **about,
    )


def drawn(*marks, lined=True, today=TODAY, window=WINDOW):
    timeline = Timeline(
        window, [Lane(None, list(marks))], before=0, after=0, lined=lined, grouped=False
    )
    return draw_timeline(timeline, today)


def only(*marks, **about):
    return drawn(*marks, **about).lanes[0].marks[0]


def test_a_summit_stands_at_its_first_day():
    assert pixels(only(mark(first=date(2020, 1, 1))).x) == pytest.approx(
        place(date(2020, 1, 1)), abs=0.1
    )


def test_the_area_of_a_mark_is_its_pledges_in_one_proportion():
    few, many = (
        drawn(mark("few", pledges=4), mark("many", pledges=16, first=date(2030, 1, 1)))
        .lanes[0]
        .marks
    )
    assert float(many.r) == pytest.approx(2 * float(few.r), abs=0.02)
    small, large = (
        drawn(mark("few", pledges=100), mark("many", pledges=400, first=date(2030, 1, 1)))
        .lanes[0]
        .marks
    )
    assert float(large.r) == pytest.approx(2 * float(small.r), abs=0.02)
    assert float(large.r) <= 15


def test_a_summit_without_pledges_can_still_be_seen():
    assert float(only(mark(pledges=0)).r) >= 3


# A pledge of 1 January 2020. Y22 is 1 January 2022, and so on.
Y20, Y22, Y24, Y25, Y30 = (date(year, 1, 1) for year in (2020, 2022, 2024, 2025, 2030))
EVE = date(2029, 12, 31)


@pytest.mark.parametrize(
    "due, judged, today, end, ahead, sign, late",
    [
        pytest.param(
            Y24,
            Y25,
            TODAY,
            Y24,
            None,
            Y25,
            True,
            id="judged after its deadline: goes on to the verdict",
        ),
        pytest.param(
            Y24,
            Y22,
            TODAY,
            Y24,
            None,
            Y22,
            False,
            id="judged before it: the sign stands on the line",
        ),
        pytest.param(
            Y30,
            Y22,
            TODAY,
            Y30,
            TODAY,
            Y22,
            False,
            id="deadline ahead: from today the line is another",
        ),
        pytest.param(
            Y24,
            None,
            TODAY,
            Y24,
            None,
            Y24,
            False,
            id="never judged, deadline passed: sign at the deadline",
        ),
        pytest.param(
            Y30,
            None,
            TODAY,
            Y30,
            TODAY,
            TODAY,
            False,
            id="never judged, deadline ahead: the sign is today",
        ),
        pytest.param(
            Y30, None, Y30, Y30, None, Y30, False, id="on the deadline day nothing is ahead"
        ),
        pytest.param(Y30, None, EVE, Y30, EVE, EVE, False, id="the day before, a day is ahead"),
        pytest.param(
            None, Y25, TODAY, Y25, None, Y25, False, id="no deadline: the line ends at the verdict"
        ),
        pytest.param(
            None, None, TODAY, Y20, None, Y20, False, id="no deadline, no verdict: a point"
        ),
    ],
)
def test_a_pledge_runs_to_its_deadline_and_on_to_its_verdict(
    due, judged, today, end, ahead, sign, late
):
    (one,) = only(mark(lines=[line(due=due, judged=judged)]), today=today).lines
    assert pixels(one.made) == pytest.approx(place(Y20), abs=0.1)
    assert pixels(one.end) == pytest.approx(place(end), abs=0.1)
    assert (one.ahead and pixels(one.ahead)) == (ahead and pytest.approx(place(ahead), abs=0.1))
    assert pixels(one.judged) == pytest.approx(place(sign), abs=0.1)
    assert (one.late, one.is_due) == (late, due is not None)


def test_what_lies_outside_the_window_stands_at_its_edge():
    before = only(
        mark(first=date(2009, 1, 1), lines=[line(made=date(2009, 1, 1), due=date(2040, 1, 1))])
    )
    assert before.before
    assert before.label == "‹ Paris 2009"
    assert pixels(before.x) == pytest.approx(EDGE, abs=0.1)
    (one,) = before.lines
    assert pixels(one.made) == pytest.approx(EDGE, abs=0.1)
    assert pixels(one.end) == pytest.approx(FRAME.room - EDGE, abs=0.1)
    # The deadline is not there: its tick is not drawn.
    assert not one.is_due


def test_a_line_of_which_nothing_else_is_said_shows_others_or_that_it_is_judged_elsewhere():
    counts = rollup([])
    assert status_of(replace(counts, judged_under=1)) == "judged_under"
    assert status_of(replace(counts, others_alone=rollup(["met"]))) == "met"
    assert status_of(replace(rollup(["met"]), judged_under=1)) == MIXED


@pytest.mark.parametrize(
    "statuses, exempt, status",
    [
        (["met", "met"], 0, "met"),
        (["met"], 1, "met"),
        (["met", "not_met"], 0, MIXED),
        ([], 1, "not_assessed"),
        ([], 0, "not_assessed"),
    ],
)
def test_a_line_shows_the_verdict_all_parties_share_or_that_they_differ(statuses, exempt, status):
    assert status_of(rollup(statuses, exempt=exempt)) == status


def test_no_line_covers_another():
    lines = [
        line(
            f"pledge-{number}",
            made=date(2014 + number % 7, 1, 1),
            due=date(2022 + number % 9, 6, 1),
        )
        for number in range(40)
    ]
    marks = [
        mark(f"summit-{year}", first=date(year, 1, 1), lines=lines[year - 2014 :: 7])
        for year in range(2014, 2021)
    ]
    rows = {}
    lane = drawn(*marks).lanes[0]
    for one in (one for mark in lane.marks for one in mark.lines):
        rows.setdefault(one.y, []).append(
            (pixels(one.made), max(pixels(one.end), pixels(one.judged) + SIGN))
        )
    assert sum(map(len, rows.values())) == 40
    for row in rows.values():
        row.sort()
        assert all(left[1] <= right[0] for left, right in itertools.pairwise(row))
    heights = sorted(map(float, rows))
    assert all(below - above == PITCH for above, below in itertools.pairwise(heights))
    assert heights[-1] < lane.height


def test_a_row_is_used_again_once_its_line_has_ended():
    first, second = (
        drawn(
            mark(
                "first",
                first=date(2014, 1, 1),
                lines=[line(made=date(2014, 1, 1), due=date(2016, 1, 1))],
            ),
            mark(
                "second",
                first=date(2020, 1, 1),
                lines=[line(made=date(2020, 1, 1), due=date(2022, 1, 1))],
            ),
        )
        .lanes[0]
        .marks
    )
    assert first.lines[0].y == second.lines[0].y


def test_the_stem_reaches_the_lowest_line_and_lines_above_it():
    one = only(mark(lines=[line(str(number), due=date(2022, 1, 1)) for number in range(3)]))
    assert float(one.stem) == max(float(line.y) for line in one.lines) > float(one.y)
    assert only(mark()).stem is None


def test_names_and_marks_keep_clear_of_one_another():
    crowd = [
        mark(f"summit-{n}", first=date(2020, 1 + n, 1), city=f"City of {n}", pledges=n)
        for n in range(9)
    ]
    lane = drawn(*crowd).lanes[0]
    boxes = {}
    for one in lane.marks:
        boxes.setdefault(one.y, []).append(
            (pixels(one.x) - float(one.r), pixels(one.x) + float(one.r))
        )
    assert len({(one.x, one.y) for one in lane.marks}) == 9
    for row in boxes.values():
        row.sort()
        assert all(left[1] <= right[0] for left, right in itertools.pairwise(row))


def test_a_mark_too_far_down_to_move_for_its_name_has_it_where_there_is_room():
    before = [
        mark(f"summit-{n}", first=date(2009, 1 + n, 1), city=f"City of {n}", lines=[line()])
        for n in range(5)
    ]
    piled = drawn(*before).lanes[0].marks
    assert len({one.y for one in piled}) == 5
    assert all(one.label for one in piled)


def test_a_name_turns_to_the_left_where_the_right_has_no_room():
    assert only(mark(first=date(2033, 12, 1))).anchor == "end"
    assert only(mark(first=date(2014, 1, 1), pledges=16)).anchor == "start"


def test_a_long_name_is_cut_and_says_so():
    one = only(
        mark(city="", first=date(2015, 1, 1), slug="a-summit-whose-name-is-very-long-indeed")
    )
    assert one.label.endswith("…") and len(one.label) == 24


def test_a_japanese_name_is_written_for_readers_of_japanese_and_cut_at_half_the_letters():
    about = {"city": "Tokyo", "first": date(2015, 1, 1)}
    assert only(mark(name_ja="日米首脳会談", **about)).label == "Tokyo"
    with override("ja"):
        assert only(mark(name_ja="日米首脳会談", **about)).label == "日米首脳会談"
        assert only(mark(name_ja="", **about)).label == "Tokyo"
        assert len(only(mark(name_ja="日米首脳会談" * 3, **about)).label) == 12
    # Each letter is as wide as two: where six Latin ones still fit on the right, six Japanese ones
    # do not.
    close = {"first": date(2031, 1, 1)}
    assert only(mark(city="Tokyo!", **close)).anchor == "start"
    with override("ja"):
        assert only(mark(name_ja="日米首脳会談", **close)).anchor == "end"


def test_without_lines_a_mark_has_a_bar_of_its_verdicts():
    one = only(mark(lines=[line()]), lined=False)
    assert one.lines == [] and one.stem is None
    assert float(one.bar) > float(one.y) + float(one.r)
    assert only(mark(lines=[line()])).bar is None


def test_today_is_marked_where_the_window_holds_it():
    assert pixels(drawn(mark()).today) == pytest.approx(place(TODAY), abs=0.1)
    assert drawn(mark(), today=date(2040, 1, 1)).today is None


def test_every_second_year_is_named_on_a_narrow_drawing_too():
    ticks = drawn(mark()).ticks
    assert [day.year for _x, day, major in ticks if major] == list(range(2014, 2034, 2))
    assert len(ticks) == 20


def test_the_legend_names_what_is_drawn():
    lines = [line("a", statuses=["met"]), line("b", statuses=["met", "not_met"])]
    assert drawn(mark(lines=lines)).statuses == ["met", MIXED]


def test_a_strip_is_packed_and_names_the_largest_where_there_is_room():
    """Three at once take three rows, the largest the first; of two in one row the later one's name
    has no room.
    """
    marks = [
        mark("small", first=date(2020, 1, 1), pledges=1),
        mark("large", first=date(2020, 1, 2), pledges=16, city="Tokyo"),
        mark("middle", first=date(2020, 1, 3), pledges=4, city="Rome"),
        mark("near", first=date(2021, 1, 1), pledges=9, city="Paris"),
    ]
    timeline = Timeline(WINDOW, [Lane(None, marks)], before=0, after=0, lined=True, grouped=False)
    drawn = draw_timeline(timeline, TODAY, STRIP).lanes[0].marks
    assert [one.item.slug for one in drawn] == ["small", "large", "middle", "near"]
    heights = {one.item.slug: float(one.y) for one in drawn}
    assert heights["large"] == heights["near"] < heights["middle"] < heights["small"]
    assert {one.item.slug: one.label for one in drawn} == {
        "large": "", "near": "Paris", "middle": "Rome", "small": "Paris",
    }  # fmt: skip
