from datetime import date

import pytest

from commitments.timeline.windows import EARLIEST, LATEST, Window, Zoom, choose_window, start_window

TODAY = date(2026, 11, 25)


def months(year, month=1):
    return year * 12 + month - 1


@pytest.mark.parametrize(
    "zoom, first, end, address",
    [
        (Zoom.DECADE, date(1970, 1, 1), date(2050, 1, 1), "1970"),
        (Zoom.YEAR, date(2014, 1, 1), date(2034, 1, 1), "2014"),
        (Zoom.MONTH, date(2025, 8, 1), date(2027, 8, 1), "2025-08"),
    ],
)
def test_unasked_a_window_holds_today(zoom, first, end, address):
    window = choose_window(zoom, TODAY)
    assert (window.first, window.end, window.address) == (first, end, address)
    assert window.holds(TODAY)


@pytest.mark.parametrize(
    "zoom, asked, first",
    [
        pytest.param(
            Zoom.DECADE, months(2014, 5), date(2010, 1, 1), id="a decade begins with its first year"
        ),
        pytest.param(Zoom.YEAR, months(2014, 5), date(2014, 1, 1), id="a year begins in January"),
        pytest.param(Zoom.MONTH, months(2014, 5), date(2014, 5, 1), id="a month is what it is"),
        pytest.param(Zoom.YEAR, months(1899), date(1900, 1, 1), id="not before the earliest"),
        pytest.param(Zoom.YEAR, months(2300), date(2199, 1, 1), id="not after the latest"),
    ],
)
def test_a_window_begins_with_a_whole_step(zoom, asked, first):
    assert start_window(zoom, asked).first == first


@pytest.mark.parametrize(
    "day, held",
    [
        (date(2013, 12, 31), False),
        (date(2014, 1, 1), True),
        (date(2033, 12, 31), True),
        (date(2034, 1, 1), False),
    ],
)
def test_the_first_day_is_held_and_the_day_after_the_last_is_not(day, held):
    assert choose_window(Zoom.YEAR, TODAY).holds(day) == held


def test_a_day_lies_at_its_share_of_the_window():
    window = choose_window(Zoom.YEAR, TODAY)
    assert window.share(window.first) == 0
    assert window.share(window.end) == 1
    assert window.share(date(2024, 1, 1)) == pytest.approx(0.5, abs=0.001)
    assert window.share(date(2013, 1, 1)) < 0


def test_a_window_moves_by_half_its_length_and_not_past_the_ends():
    window = choose_window(Zoom.YEAR, TODAY)
    assert window.move(1).address == "2024"
    assert window.move(-1).address == "2004"
    assert start_window(Zoom.YEAR, months(EARLIEST)).move(-1) is None
    assert start_window(Zoom.YEAR, months(LATEST)).move(1) is None
    assert choose_window(Zoom.MONTH, TODAY).move(1).address == "2026-08"


def test_zooming_keeps_today_in_view_and_elsewhere_the_middle():
    assert choose_window(Zoom.YEAR, TODAY).zoom_to(Zoom.MONTH, TODAY) == choose_window(
        Zoom.MONTH, TODAY
    )
    past = start_window(Zoom.YEAR, months(1980))
    assert past.zoom_to(Zoom.MONTH, TODAY).address == "1989-01"
    assert past.zoom_to(Zoom.DECADE, TODAY).address == "1950"
    assert past.zoom_to(Zoom.YEAR, TODAY) == past


@pytest.mark.parametrize(
    "zoom, steps, first, step",
    [
        (Zoom.DECADE, 8, date(2020, 1, 1), 10),
        (Zoom.YEAR, 20, date(2025, 1, 1), 1),
        (Zoom.MONTH, 24, date(2025, 10, 1), 0),
    ],
)
def test_each_step_has_a_tick_and_each_day_a_step(zoom, steps, first, step):
    window = choose_window(zoom, TODAY)
    assert len(window.ticks) == steps
    assert window.ticks[0] == window.first
    assert window.step_of(date(2025, 10, 28)) == first
    assert window.ticks[1].year - window.ticks[0].year == step


def test_the_last_year_is_the_one_of_the_last_day():
    assert Window(Zoom.YEAR, months(2014)).last_year == 2033
    assert Window(Zoom.MONTH, months(2025, 8)).last_year == 2027
