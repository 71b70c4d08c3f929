"""A series as coordinates: what a reader sees must be where the numbers say."""

import itertools
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from commitments.charting.frames import Frame
from commitments.charting.series import Goal, draw_chart
from commitments.verdicts.targets import Kind, RuleTarget

# 200 pixels high between the edges, 10 wide for each per cent.
FRAME = Frame(room=1000, height=250, top=25, foot=25)
NARROW = Frame(room=284, height=220)


def year(number, value, kind="actual"):
    return SimpleNamespace(
        period_start=date(number, 1, 1),
        period_end=date(number, 12, 31),
        value=Decimal(value),
        kind=kind,
    )


def goal(value="2", due=date(2024, 12, 31), role="primary", kind=Kind.STAND, **more):
    return Goal(role, RuleTarget(kind, due, Decimal(value), **more))


def at(text):
    return float(text.removesuffix("%"))


def test_without_a_figure_there_is_no_chart():
    assert draw_chart([], [goal()], FRAME) is None


def test_one_figure_stands_in_the_middle():
    drawn = draw_chart([year(2024, "1.5")], [goal()], FRAME)
    (mark,) = drawn.marks
    assert 40 < at(mark.x) < 60
    assert drawn.lines == []
    assert at(drawn.deadlines[0].x) == at(mark.x)


def test_heights_are_in_proportion_from_zero():
    drawn = draw_chart([year(2023, "1"), year(2024, "2")], [], FRAME)
    assert [(float(y), value) for y, value in drawn.upright] == [
        (225, Decimal(0)), (175, Decimal("0.5")), (125, Decimal(1)), (75, Decimal("1.5")), (25, Decimal(2)),
    ]  # fmt: skip
    assert [float(mark.y) for mark in drawn.marks] == [125, 25]


def test_negative_values_stand_below_zero():
    drawn = draw_chart([year(2023, "-3.2"), year(2024, "1")], [], FRAME)
    zero = next(float(y) for y, value in drawn.upright if value == 0)
    assert float(drawn.marks[0].y) > zero > float(drawn.marks[1].y)
    assert drawn.upright[0][1] <= Decimal("-3.2")


def test_a_gap_is_never_joined_by_a_line():
    drawn = draw_chart([year(n, "2") for n in (2014, 2022, 2023, 2024)], [], FRAME)
    x = [mark.x for mark in drawn.marks]
    assert [(line.x1, line.x2) for line in drawn.lines] == [(x[1], x[2]), (x[2], x[3])]


def test_a_line_is_firm_only_between_actual_figures():
    drawn = draw_chart(
        [year(2023, "2"), year(2024, "2.1"), year(2025, "2.2", "estimate")], [], FRAME
    )
    assert [line.firm for line in drawn.lines] == [True, False]


def test_of_two_kinds_for_a_period_the_surer_one_keeps_its_place_and_carries_the_line():
    drawn = draw_chart(
        [year(2023, "1.5"), year(2024, "2", "estimate"), year(2024, "2"), year(2025, "3")],
        [],
        FRAME,
    )
    estimate, actual = [mark for mark in drawn.marks if mark.row.period_end.year == 2024]
    assert (estimate.kind, actual.kind) == ("estimate", "actual")
    assert at(estimate.x) < at(actual.x)
    assert actual.x in {line.x1 for line in drawn.lines}
    assert estimate.x not in {end for line in drawn.lines for end in (line.x1, line.x2)}


def test_only_a_budget_is_drawn_and_explained():
    drawn = draw_chart([year(2025, "2", "budget")], [goal()], FRAME)
    assert drawn.kinds == ["budget"]


def test_the_required_path_runs_from_the_baseline_to_the_target():
    falling = goal("-500", date(2030, 12, 31), kind=Kind.CHANGE, comparator="at_most", baseline=Decimal(795),
                   baseline_day=date(2015, 12, 31))  # fmt: skip
    drawn = draw_chart([year(2015, "795"), year(2024, "673")], [falling], FRAME)
    (way,), (level,) = drawn.ways, drawn.levels
    assert level.value == 295
    assert (way.x1, way.y1) == (drawn.marks[0].x, drawn.marks[0].y)
    assert (way.x2, way.y2) == (drawn.deadlines[0].x, level.y)


def test_without_a_baseline_there_is_no_path():
    assert draw_chart([year(2024, "1")], [goal()], FRAME).ways == []


def test_the_level_of_a_sum_is_no_line_that_one_period_could_reach():
    assert draw_chart([year(2024, "1")], [goal("100", kind=Kind.TOTAL)], FRAME).levels == []


def test_two_targets_at_one_level_are_one_line_and_the_primary_one_names_it():
    drawn = draw_chart([year(2024, "1")], [goal(role="alternative"), goal(role="primary")], FRAME)
    assert [level.role for level in drawn.levels] == ["primary"]


def test_a_label_keeps_clear_of_marks_and_of_other_labels():
    rows = [year(number, "2.1") for number in range(2019, 2025)]
    drawn = draw_chart(rows, [goal("2"), goal("1.9", role="alternative")], NARROW)
    boxes = []
    for level in drawn.levels:
        y = float(level.label_y)
        # Above its line unless something stands there: the figures do.
        assert all(not y - 10 < float(mark.y) < y for mark in drawn.marks)
        boxes.append((level.anchor, y))
    (one, first), (other, second) = boxes
    assert one != other or abs(first - second) >= 13


@pytest.mark.parametrize("frame", [NARROW, Frame(room=136, height=112)])
def test_as_many_periods_are_named_as_can_be_read(frame):
    drawn = draw_chart(
        [year(number, "2") for number in range(2014, 2027)], [goal(due=date(2035, 12, 31))], frame
    )
    places = [at(x) * frame.room / 100 for x, _row in drawn.across]
    assert drawn.across[0][1].period_end.year == 2026
    assert all(left - right >= 45 for left, right in itertools.pairwise(places))
    assert all(0 <= at(mark.x) <= 100 for mark in drawn.marks)
    assert at(drawn.deadlines[0].x) <= 100


def test_quarters_and_days_are_placed_by_their_last_day():
    quarters = [
        SimpleNamespace(
            period_start=date(2024, 1, 1),
            period_end=date(2024, 3, 31),
            value=Decimal(1),
            kind="actual",
        ),
        SimpleNamespace(
            period_start=date(2024, 4, 1),
            period_end=date(2024, 6, 30),
            value=Decimal(2),
            kind="actual",
        ),
    ]
    days = [
        SimpleNamespace(
            period_start=date(2024, 1, n),
            period_end=date(2024, 1, n),
            value=Decimal(n),
            kind="actual",
        )
        for n in (1, 2, 4)
    ]
    assert len(draw_chart(quarters, [], FRAME).lines) == 1
    drawn = draw_chart(days, [], FRAME)
    assert len(drawn.lines) == 1
    first, second, fourth = (at(mark.x) for mark in drawn.marks)
    assert fourth - second == pytest.approx(2 * (second - first), abs=0.05)


def test_a_stretch_of_more_than_a_year_is_drawn_as_one():
    long = SimpleNamespace(
        period_start=date(2021, 1, 1),
        period_end=date(2022, 6, 25),
        value=Decimal(1029),
        kind="estimate",
    )
    (mark,) = draw_chart([long], [], FRAME).marks
    assert at(mark.begins) < at(mark.x)
    assert draw_chart([year(2024, "1")], [], FRAME).marks[0].begins is None


def test_huge_and_tiny_numbers_keep_their_proportions():
    drawn = draw_chart([year(2023, "43000000000000.5"), year(2024, "0.00000001")], [], FRAME)
    assert float(drawn.marks[0].y) == pytest.approx(225 - 200 * 43 / 60, abs=0.01)
    assert float(drawn.marks[1].y) == 225
    assert len(drawn.upright) <= 7


def test_values_that_hardly_differ_are_not_flattened():
    drawn = draw_chart([year(2023, "1000"), year(2024, "1010")], [], FRAME)
    assert float(drawn.marks[0].y) - float(drawn.marks[1].y) > 100


def test_charts_that_hold_the_same_values_share_a_scale():
    small, large = (
        draw_chart([year(2024, "1")], [], FRAME, holding=[Decimal(5)]),
        draw_chart([year(2024, "5")], [], FRAME),
    )
    assert small.upright == large.upright


def test_a_drawing_of_fixed_width_is_in_pixels():
    drawn = draw_chart([year(2024, "1")], [goal()], Frame(room=688, height=330, fluid=False))
    assert not drawn.marks[0].x.endswith("%")
    assert 0 < float(drawn.marks[0].x) < 688
