"""The sheet a drawing is made on: where a share of its width and a value of its scale land."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

# Room for any stored figure (15 digits before the point, 8 behind) and its products.
DIGITS = 60
# How wide a character of the labels is drawn, about, and how much a label keeps clear of the next.
CHARACTER = 6.5
CLEAR = 6
STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Frame:
    """`room` is the narrowest width in pixels that the drawing must be readable at.

    A fluid drawing says where things stand in per cent of its width: it stretches to any width, and
    its text and marks keep their size. A drawing that is not fluid is exactly `room` pixels wide.
    """

    room: int
    height: int
    top: int = 34
    foot: int = 24
    fluid: bool = True

    @property
    def bottom(self) -> int:
        return self.height - self.foot

    def across(self, pixels: float) -> str:
        """Return the place so many pixels from the left, as an SVG attribute writes it."""
        return (
            f"{write_coordinate(pixels * 100 / self.room)}%"
            if self.fluid
            else write_coordinate(pixels)
        )


@dataclass(frozen=True)
class Scale:
    """A straight scale over round values: `ticks` are the round ones from its low to its high
    end.
    """

    ticks: list[Decimal]

    @property
    def low(self) -> Decimal:
        return self.ticks[0]

    @property
    def high(self) -> Decimal:
        return self.ticks[-1]

    def share(self, value: Decimal) -> float:
        """Return how far up the scale `value` lies, 0 at its low end and 1 at its high end."""
        with localcontext(prec=DIGITS):
            return float((value - self.low) / (self.high - self.low))

    @property
    def characters(self) -> int:
        """How long the longest label is, as far as that can be known without words."""
        return max(min(len(f"{tick:f}"), 8) for tick in self.ticks)


def scale_of(values: Iterable[Decimal], *, steps: int) -> Scale:
    """Return a scale of about `steps` round steps that holds all `values`, and zero unless that
    flattens them.

    Zero is left out only where all values lie within a tenth of the highest: there they would be
    one flat line.
    """
    values = list(values)
    low, high = min(values), max(values)
    with localcontext(prec=DIGITS):
        if (high - low) * 10 >= max(abs(low), abs(high)) or low == high:
            low, high = min(low, Decimal(0)), max(high, Decimal(0))
        if low == high:
            high = low + 1
        step = _round_step((high - low) / steps)
        first, last = low // step * step, -(-high // step) * step
        # Decimal's // cuts towards zero, so a negative end may still lie outside.
        first, last = first - step if first > low else first, last + step if last < high else last
        count = int((last - first) / step)
        return Scale([first + step * number for number in range(count + 1)])


def _round_step(least: Decimal) -> Decimal:
    """Return the smallest of 1, 2, 5 times a power of ten that is not below `least`."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(step * power for step in STEPS if step * power >= least)


def write_coordinate(number: float) -> str:
    """Return a coordinate as SVG writes it, with no more decimals than can be seen."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def upright(frame: Frame, scale: Scale, value: Decimal) -> float:
    """Return how many pixels below the top edge `value` stands."""
    return frame.bottom - scale.share(value) * (frame.bottom - frame.top)
