import itertools
from decimal import Decimal

from commitments.charting.frames import Frame
from commitments.charting.strips import DOT, draw_strip

FRAME = Frame(room=284, height=0, top=24, foot=20)


def at(text):
    return float(text.removesuffix("%"))


def test_nobody_is_no_drawing():
    assert draw_strip([], Decimal(2), FRAME) is None


def test_each_party_stands_at_its_value():
    drawn = draw_strip([(Decimal("4"), "a"), (Decimal("1"), "b")], Decimal(2), FRAME)
    places = {dot.item: at(dot.x) for dot in drawn.dots}
    ticks = {value: at(x) for x, value in drawn.across}
    assert (places["a"], places["b"]) == (ticks[4], ticks[1])
    assert at(drawn.required[0]) == ticks[2]


def test_equal_values_are_stacked_and_none_is_covered():
    drawn = draw_strip(
        [(Decimal(2), n) for n in range(5)] + [(Decimal("2.01"), 9)], Decimal(1), FRAME
    )
    assert len({(dot.x, dot.y) for dot in drawn.dots}) == 6
    heights = sorted(float(dot.y) for dot in drawn.dots)
    assert all(upper - lower == DOT for lower, upper in itertools.pairwise(heights))
    assert heights[0] - DOT >= FRAME.top - DOT
    assert heights[-1] < drawn.frame.bottom


def test_dots_on_one_height_keep_their_distance():
    drawn = draw_strip([(Decimal(n) / 10, n) for n in range(40)], Decimal(2), FRAME)
    by_height = {}
    for dot in drawn.dots:
        by_height.setdefault(dot.y, []).append(at(dot.x) * FRAME.room / 100)
    for places in by_height.values():
        places.sort()
        assert all(right - left >= DOT - 0.1 for left, right in itertools.pairwise(places))
