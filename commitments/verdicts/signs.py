"""How a status looks: the colours of its tone, and its icon.

The share picture is drawn from these tables. The icon sheet, the colours in the style sheet and
those in the file of a chart are written from them: run `python -m tools.signs` after a change.
"""

from __future__ import annotations

from typing import NamedTuple

# Icons lie on a square of so many units, in strokes of this width.
GRID = 24
STROKE_WIDTH = 2.25


class Tone(NamedTuple):
    """The colour that is written in and its wash to write on, on paper and on a dark screen."""

    ink: str
    wash: str
    dark_ink: str
    dark_wash: str


class Stroke(NamedTuple):
    """A line through `points`, with round ends and corners."""

    points: tuple[tuple[float, float], ...]


class Round(NamedTuple):
    """A "ring", a full "disc", the right "half" of one, or a ring of "dots"."""

    form: str
    x: float
    y: float
    radius: float


class Icon(NamedTuple):
    """`markup` is what pages show. `shapes` is a simpler form for the share picture, which has no
    SVG; it is empty for an icon that the picture never shows.
    """

    markup: tuple[str, ...]
    shapes: tuple[Stroke | Round, ...] = ()


TONES = {
    "kept": Tone("#175a37", "#e2f0e5", dark_ink="#90d8aa", dark_wash="#17301f"),
    "partly": Tone("#6f4600", "#f8ebd0", dark_ink="#f0c878", dark_wash="#35290f"),
    "broken": Tone("#96201c", "#f9e3df", dark_ink="#ffa398", dark_wash="#3f1b18"),
    "moving": Tone("#1a4c83", "#e2ecf7", dark_ink="#a3cbf0", dark_wash="#17293d"),
    "troubled": Tone("#762763", "#f6e4f1", dark_ink="#eda9da", dark_wash="#381c32"),
    "waiting": Tone("#524d45", "#eeeae0", dark_ink="#c6c1b6", dark_wash="#2b2b2d"),
    "aside": Tone("#43505c", "#e6eaee", dark_ink="#b9c6d2", dark_wash="#252b31"),
}

CIRCLE = '<circle cx="12" cy="12" r="10"/>'
RING = Round("ring", 12, 12, 9)
# From Lucide; commitments/static/commitments/icons.svg has its licence.
ICONS = {
    "circle": Icon(
        markup=(CIRCLE,),
        shapes=(RING,),
    ),
    "dotted-circle": Icon(
        markup=(
            '<path d="M10.1 2.182a10 10 0 0 1 3.8 0"/>',
            '<path d="M13.9 21.818a10 10 0 0 1-3.8 0"/>',
            '<path d="M17.609 3.721a10 10 0 0 1 2.69 2.7"/>',
            '<path d="M2.182 13.9a10 10 0 0 1 0-3.8"/>',
            '<path d="M20.279 17.609a10 10 0 0 1-2.7 2.69"/>',
            '<path d="M21.818 10.1a10 10 0 0 1 0 3.8"/>',
            '<path d="M3.721 6.391a10 10 0 0 1 2.7-2.69"/>',
            '<path d="M6.391 20.279a10 10 0 0 1-2.69-2.7"/>',
        ),
        shapes=(Round("dots", 12, 12, 9),),
    ),
    "circle-dot": Icon(
        markup=(
            '<circle cx="12" cy="12" r="3" fill="currentColor"/>',
            CIRCLE,
        ),
        shapes=(
            RING,
            Round("disc", 12, 12, 3.6),
        ),
    ),
    "trending-up": Icon(
        markup=(
            '<path d="M16 7h6v6"/>',
            '<path d="m22 7-8.5 8.5-5-5L2 17"/>',
        ),
        shapes=(
            Stroke(((3, 17), (9, 11), (13, 15), (21, 7))),
            Stroke(((15, 7), (21, 7), (21, 13))),
        ),
    ),
    "trending-down": Icon(
        markup=(
            '<path d="M16 17h6v-6"/>',
            '<path d="m22 17-8.5-8.5-5 5L2 7"/>',
        ),
        shapes=(
            Stroke(((3, 7), (9, 13), (13, 9), (21, 17))),
            Stroke(((15, 17), (21, 17), (21, 11))),
        ),
    ),
    "pause": Icon(
        markup=(
            CIRCLE,
            '<line x1="10" x2="10" y1="15" y2="9"/>',
            '<line x1="14" x2="14" y1="15" y2="9"/>',
        ),
        shapes=(
            RING,
            Stroke(((10, 9), (10, 15))),
            Stroke(((14, 9), (14, 15))),
        ),
    ),
    "undo": Icon(
        markup=(
            '<path d="M9 14 4 9l5-5"/>',
            '<path d="M4 9h10.5a5.5 5.5 0 0 1 5.5 5.5a5.5 5.5 0 0 1-5.5 5.5H11"/>',
        ),
        shapes=(
            Stroke(((8, 14), (3, 9), (8, 4))),
            Stroke(((3, 9), (14, 9), (19, 12), (19, 18), (14, 21), (11, 21))),
        ),
    ),
    "check": Icon(
        markup=(
            CIRCLE,
            '<path d="m16 9-5.5 5.5L8 12"/>',
        ),
        shapes=(
            RING,
            Stroke(((8, 12.5), (10.75, 15.25), (16, 9.5))),
        ),
    ),
    "half": Icon(
        markup=(
            CIRCLE,
            '<path d="M12 2a10 10 0 0 1 0 20z" fill="currentColor"/>',
        ),
        shapes=(
            RING,
            Round("half", 12, 12, 9),
        ),
    ),
    "cross": Icon(
        markup=(
            '<rect width="18" height="18" x="3" y="3" rx="2" ry="2"/>',
            '<path d="m15 9-6 6"/>',
            '<path d="m9 9 6 6"/>',
        ),
        shapes=(
            Stroke(((3.5, 3.5), (20.5, 3.5), (20.5, 20.5), (3.5, 20.5), (3.5, 3.5))),
            Stroke(((9, 9), (15, 15))),
            Stroke(((15, 9), (9, 15))),
        ),
    ),
    "arrow-right": Icon(
        markup=(
            '<path d="M5 12h14"/>',
            '<path d="m12 5 7 7-7 7"/>',
        ),
        shapes=(
            Stroke(((4, 12), (20, 12))),
            Stroke(((14, 6), (20, 12), (14, 18))),
        ),
    ),
    "plus": Icon(
        markup=(
            '<path d="M5 12h14"/>',
            '<path d="M12 5v14"/>',
        ),
    ),
    "minus": Icon(
        markup=('<path d="M5 12h14"/>',),
        shapes=(Stroke(((5, 12), (19, 12))),),
    ),
    "help": Icon(
        markup=(
            CIRCLE,
            '<path d="M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3"/>',
            '<path d="M12 17h.01"/>',
        ),
        shapes=(
            RING,
            Stroke(((9.3, 9.2), (10.5, 7.5), (13.4, 7.5), (14.7, 9.8), (12, 12.4), (12, 14))),
            Round("disc", 12, 17, 1.3),
        ),
    ),
    "slash": Icon(
        markup=(
            CIRCLE,
            '<line x1="9" x2="15" y1="15" y2="9"/>',
        ),
        shapes=(
            RING,
            Stroke(((5.8, 5.8), (18.2, 18.2))),
        ),
    ),
    "info": Icon(
        markup=(
            CIRCLE,
            '<path d="M12 16v-4"/>',
            '<path d="M12 8h.01"/>',
        ),
    ),
    "search": Icon(
        markup=(
            '<path d="m21 21-4.34-4.34"/>',
            '<circle cx="11" cy="11" r="8"/>',
        ),
    ),
    "outside": Icon(
        markup=(
            '<path d="M15 3h6v6"/>',
            '<path d="M10 14 21 3"/>',
            '<path d="M18 13v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h6"/>',
        ),
    ),
    "clock": Icon(
        markup=(
            CIRCLE,
            '<path d="M12 6v6l4 2"/>',
        ),
    ),
    "calendar": Icon(
        markup=(
            '<path d="M8 2v4"/>',
            '<path d="M16 2v4"/>',
            '<rect width="18" height="18" x="3" y="4" rx="2"/>',
            '<path d="M3 10h18"/>',
        ),
        shapes=(
            Stroke(((3.5, 5), (20.5, 5), (20.5, 20.5), (3.5, 20.5), (3.5, 5))),
            Stroke(((3.5, 10), (20.5, 10))),
            Stroke(((8, 2.5), (8, 6))),
            Stroke(((16, 2.5), (16, 6))),
        ),
    ),
    "corner": Icon(
        markup=(
            '<path d="m15 10 5 5-5 5"/>',
            '<path d="M4 4v7a4 4 0 0 0 4 4h12"/>',
        ),
        shapes=(
            Stroke(((4, 4), (4, 12), (7, 15), (20, 15))),
            Stroke(((15, 10), (20, 15), (15, 20))),
        ),
    ),
    "search-cross": Icon(
        markup=(
            '<path d="m13.5 8.5-5 5"/>',
            '<path d="m8.5 8.5 5 5"/>',
            '<circle cx="11" cy="11" r="8"/>',
            '<path d="m21 21-4.3-4.3"/>',
        ),
        shapes=(
            Round("ring", 11, 11, 7.5),
            Stroke(((16.7, 16.7), (21, 21))),
            Stroke(((13.5, 8.5), (8.5, 13.5))),
            Stroke(((8.5, 8.5), (13.5, 13.5))),
        ),
    ),
    "hourglass": Icon(
        markup=(
            '<path d="M5 22h14"/>',
            '<path d="M5 2h14"/>',
            '<path d="M17 22v-4.172a2 2 0 0 0-.586-1.414L12 12l-4.414 4.414A2 2 0 0 0 7'
            ' 17.828V22"/>',
            '<path d="M7 2v4.172a2 2 0 0 0 .586 1.414L12 12l4.414-4.414A2 2 0 0 0 17 6.172V2"/>',
        ),
        shapes=(
            Stroke(((5, 2.5), (19, 2.5))),
            Stroke(((5, 21.5), (19, 21.5))),
            Stroke(((7, 2.5), (7, 7), (17, 17), (17, 21.5))),
            Stroke(((17, 2.5), (17, 7), (7, 17), (7, 21.5))),
        ),
    ),
    "closed-eye": Icon(
        markup=(
            '<path d="m15 18-.722-3.25"/>',
            '<path d="M2 8a10.645 10.645 0 0 0 20 0"/>',
            '<path d="m20 15-1.726-2.05"/>',
            '<path d="m4 15 1.726-2.05"/>',
            '<path d="m9 18 .722-3.25"/>',
        ),
        shapes=(
            Stroke(((2.5, 8), (6, 12.5), (12, 14.8), (18, 12.5), (21.5, 8))),
            Stroke(((6, 12.5), (4, 15))),
            Stroke(((18, 12.5), (20, 15))),
            Stroke(((9.7, 14.5), (9, 18))),
            Stroke(((14.3, 14.5), (15, 18))),
        ),
    ),
    "history": Icon(
        markup=(
            '<path d="M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8"/>',
            '<path d="M3 3v5h5"/>',
            '<path d="M12 7v5l4 2"/>',
        ),
    ),
    "bell": Icon(
        markup=(
            '<path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3"/>',
            '<path d="M12 9v4"/>',
            '<path d="M12 17h.01"/>',
        ),
    ),
}
