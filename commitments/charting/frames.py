"""The sheet a drawing is made on: where a share of its width and a value of its scale land."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

# Room for any stored figure (15 digits before the point, 8 behind) and its products.
DIGITS = 60
# About how wide a character of a label is drawn, and the space between two labels.
CHARACTER = 6.5
CLEAR = 6
# The first digits of a round step; a scale's steps are these times a power of ten.
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
        if not self.fluid:
            return write_coordinate(pixels)
        per_cent = pixels * 100 / self.room
        return f"{write_coordinate(per_cent)}%"


@dataclass(frozen=True)
class Scale:
    """A linear scale; `ticks` are round values from its low end to its high end."""

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
            length = self.high - self.low
            share = (value - self.low) / length
            return float(share)

    @property
    def characters(self) -> int:
        """How long the longest label is, as far as that can be known without words."""
        labels = [f"{tick:f}" for tick in self.ticks]
        lengths = map(len, labels)
        longest = max(lengths)
        return min(longest, 8)


def scale_of(values: Iterable[Decimal], *, steps: int) -> Scale:
    """Return a scale of about `steps` round steps that holds all `values`, and usually zero.

    Zero is left out only where all values lie within a tenth of the highest: there they would be
    one flat line.
    """
    values = list(values)
    low = min(values)
    high = max(values)
    with localcontext(prec=DIGITS):
        spread = high - low
        highest = max(abs(low), abs(high))
        is_flat = spread * 10 < highest
        if low == high or not is_flat:
            low = min(low, Decimal(0))
            high = max(high, Decimal(0))
        if low == high:
            high = low + 1
        exact_step = (high - low) / steps
        step = _round_step(exact_step)
        first = low // step * step
        last = -(-high // step) * step
        # Decimal's // cuts towards zero, so a negative end may still lie outside.
        if first > low:
            first -= step
        if last < high:
            last += step
        length = last - first
        count = int(length / step)
        ticks = [first + step * number for number in range(count + 1)]
        return Scale(ticks)


def _round_step(least: Decimal) -> Decimal:
    """Return the smallest of 1, 2, 5 times a power of ten that is not below `least`."""
    exponent = least.adjusted()
    power = Decimal(1).scaleb(exponent)
    steps = [factor * power for factor in STEPS]
    return next(step for step in steps if step >= least)


def write_coordinate(number: float) -> str:
    """Return a coordinate as SVG writes it, with no more decimals than can be seen."""
    written = f"{number:.2f}"
    without_zeros = written.rstrip("0")
    return without_zeros.rstrip(".")


def upright(frame: Frame, scale: Scale, value: Decimal) -> float:
    """Return how many pixels below the top edge `value` stands."""
    share = scale.share(value)
    height = frame.bottom - frame.top
    return frame.bottom - share * height
