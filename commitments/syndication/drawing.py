"""The picture of a pledge that is shown where its address is shared: 1200 × 630 pixels, drawn with
our own fonts.

A server may have no fonts at all, so two come with the program. They are Latin: what they cannot
draw is left out, and so the picture is in English whatever the language of the page.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).parent / "fonts"
SERIF, SANS = "SourceSerifPro-Semibold.otf", "SourceSansPro-Semibold.otf"
WIDTH, HEIGHT, MARGIN = 1200, 630, 72
ROOM = WIDTH - 2 * MARGIN
# From one row of signs to the next.
ROW = 62
PAPER, INK, QUIET, LINE, SEAL, GOLD = (
    "#fbfaf6",
    "#1d1b18",
    "#59544b",
    "#d8d2c4",
    "#1d3d5c",
    "#d9a441",
)
# As in the light palette of site.css: what is written, and what it is written on.
TONES = {
    "kept": ("#175a37", "#e2f0e5"),
    "partly": ("#6f4600", "#f8ebd0"),
    "broken": ("#96201c", "#f9e3df"),
    "moving": ("#1a4c83", "#e2ecf7"),
    "troubled": ("#762763", "#f6e4f1"),
    "waiting": ("#524d45", "#eeeae0"),
    "aside": ("#43505c", "#e6eaee"),
}
# The icons of the statuses, on the same grid of 24 as icons.svg: rings, full discs, strokes.
RING = ("ring", 12, 12, 9)
ICONS = {
    "circle": [RING],
    "dotted-circle": [("dots", 12, 12, 9)],
    "circle-dot": [RING, ("disc", 12, 12, 3.6)],
    "trending-up": [
        ("stroke", (3, 17), (9, 11), (13, 15), (21, 7)),
        ("stroke", (15, 7), (21, 7), (21, 13)),
    ],
    "trending-down": [
        ("stroke", (3, 7), (9, 13), (13, 9), (21, 17)),
        ("stroke", (15, 17), (21, 17), (21, 11)),
    ],
    "pause": [RING, ("stroke", (10, 9), (10, 15)), ("stroke", (14, 9), (14, 15))],
    "undo": [
        ("stroke", (8, 14), (3, 9), (8, 4)),
        ("stroke", (3, 9), (14, 9), (19, 12), (19, 18), (14, 21), (11, 21)),
    ],
    "check": [RING, ("stroke", (8, 12.5), (10.75, 15.25), (16, 9.5))],
    "half": [RING, ("half", 12, 12, 9)],
    "cross": [
        ("stroke", (3.5, 3.5), (20.5, 3.5), (20.5, 20.5), (3.5, 20.5), (3.5, 3.5)),
        ("stroke", (9, 9), (15, 15)),
        ("stroke", (15, 9), (9, 15)),
    ],
    "arrow-right": [("stroke", (4, 12), (20, 12)), ("stroke", (14, 6), (20, 12), (14, 18))],
    "minus": [("stroke", (5, 12), (19, 12))],
    "help": [
        RING,
        ("stroke", (9.3, 9.2), (10.5, 7.5), (13.4, 7.5), (14.7, 9.8), (12, 12.4), (12, 14)),
        ("disc", 12, 17, 1.3),
    ],
    "slash": [RING, ("stroke", (5.8, 5.8), (18.2, 18.2))],
}
# Drawn so many times larger and then made small: that smooths the edges.
FINE = 4


@dataclass(frozen=True)
class Verdict:
    """A line about one party, or about how many: `tone` and `icon` are those of its status, None
    for none.
    """

    word: str
    tone: str = "waiting"
    icon: str | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Face:
    """All that a picture says; two alike faces are one picture."""

    site: str
    title: str
    where: str = ""
    verdicts: tuple[Verdict, ...] = ()
    foot: str = ""


def png(face: Face) -> bytes:
    """Return `face` as a PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    nameplate(draw, face.site)
    foot = HEIGHT - 52
    write(draw, (MARGIN, foot), clipped(face.foot, font(SANS, 27), ROOM), font(SANS, 27), QUIET)
    draw.line([(MARGIN, foot - 46), (WIDTH - MARGIN, foot - 46)], fill=LINE, width=2)
    signs, rows = flowing(face.verdicts)
    first = foot - 46 - 18 - ROW * rows
    for verdict, left, row in signs:
        sign(image, draw, verdict, (left, first + ROW * row))
    heading(draw, face, top=134, bottom=first - 14)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def nameplate(draw, site):
    """Draw the site's mark and name, as on top of its pages."""
    draw.rectangle([0, 0, WIDTH, 12], fill=SEAL)
    left, top, unit = MARGIN, 38, 2
    draw.rounded_rectangle(
        [left, top, left + 32 * unit, top + 32 * unit], radius=6 * unit, fill=SEAL
    )
    peaks = [(6, 24), (13, 12), (17, 18), (20, 14), (26, 24)]
    draw.polygon([(left + x * unit, top + y * unit) for x, y in peaks], fill=PAPER)
    draw.line([(left + 12, top + 54), (left + 52, top + 54)], fill=GOLD, width=4)
    write(draw, (left + 84, top + 45), clipped(site, font(SERIF, 40), 900), font(SERIF, 40), SEAL)


def heading(draw, face, *, top, bottom):
    """Write the title as large as its room allows, and below it where it was pledged."""
    room = bottom - top - (54 if face.where else 0)
    for size in (68, 60, 52, 46, 40):
        lines = wrapped(face.title, font(SERIF, size), ROOM)
        if len(lines) * step(size) <= room:
            break
    fitting = max(1, room // step(size))
    if len(lines) > fitting:
        lines = [
            *lines[: fitting - 1],
            clipped(" ".join(lines[fitting - 1 :]), font(SERIF, size), ROOM, cut=True),
        ]
    for number, line in enumerate(lines):
        write(
            draw,
            (MARGIN, top + step(size) * number + round(size * 0.9)),
            line,
            font(SERIF, size),
            INK,
        )
    below = top + step(size) * len(lines) + 38
    write(draw, (MARGIN, below), clipped(face.where, font(SANS, 30), ROOM), font(SANS, 30), QUIET)


def flowing(verdicts):
    """Return each verdict with its place from the left and its row, side by side while they fit;
    and the rows.
    """
    placed, left, row = [], MARGIN, 0
    for verdict in verdicts:
        wide = measure_verdict(verdict)
        if placed and left + wide > WIDTH - MARGIN:
            left, row = MARGIN, row + 1
        placed.append((verdict, left, row))
        left += wide + 36
    return placed, row + 1 if placed else 0


def measure_verdict(verdict):
    before, word, after = texts(verdict)
    wide = 40 + (44 if verdict.icon else 0) + font(SANS, 34).getlength(word)
    wide += font(SANS, 34).getlength(before) + 18 if before else 0
    return round(wide + (font(SANS, 27).getlength(after) + 18 if after else 0))


def texts(verdict):
    """Return what stands before a sign, in it and after it, none wider than it may be."""
    face = font(SANS, 34)
    return (
        clipped(verdict.before, face, 420),
        clipped(verdict.word, face, 300),
        clipped(verdict.after, font(SANS, 27), 320),
    )


def sign(image, draw, verdict, place):
    """Draw the icon and word of a status in its colour, with what stands before and after it."""
    before, word, after = texts(verdict)
    colour, wash = TONES[verdict.tone]
    face, (left, top) = font(SANS, 34), place
    base, icon = top + 37, 44 if verdict.icon else 0
    if before:
        write(draw, (left, base), before, face, INK)
        left += round(face.getlength(before)) + 18
    right = left + 40 + icon + round(face.getlength(word))
    draw.rounded_rectangle(
        [left, top, right, top + 50], radius=8, fill=wash, outline=colour, width=2
    )
    if icon:
        image.paste(colour, (left + 18, top + 8), stencil(verdict.icon))
    write(draw, (left + 20 + icon, base), word, face, colour)
    write(draw, (right + 18, base), after, font(SANS, 27), QUIET)


@lru_cache
def stencil(name):
    """Return an icon of 34 pixels as a mask."""
    unit = 34 * FINE / 24
    mask = Image.new("L", (34 * FINE, 34 * FINE))
    draw, thick = ImageDraw.Draw(mask), round(2.25 * unit)
    for shape, *rest in ICONS[name]:
        if shape == "stroke":
            points = [(x * unit, y * unit) for x, y in rest]
            draw.line(points, fill=255, width=thick, joint="curve")
            for x, y in points:
                draw.circle((x, y), thick / 2, fill=255)
            continue
        x, y, radius = (value * unit for value in rest)
        box = [x - radius, y - radius, x + radius, y + radius]
        if shape == "ring":
            draw.circle((x, y), radius + thick / 2, outline=255, width=thick)
        elif shape == "disc":
            draw.circle((x, y), radius, fill=255)
        elif shape == "half":
            draw.pieslice(box, -90, 90, fill=255)
        elif shape == "dots":
            for start in range(0, 360, 36):
                draw.arc(box, start, start + 16, fill=255, width=thick)
    return mask.resize((34, 34), Image.Resampling.LANCZOS)


@lru_cache
def font(name, size):
    # The plain layout: the same on every machine, whether it has the library for the finer one or
    # not.
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


def step(size):
    return round(size * 1.18)


def write(draw, place, text, face, colour):
    draw.text(place, drawable(text, face), font=face, fill=colour, anchor="ls")


def wrapped(text, face, width):
    """Return `text` in lines no wider than `width`; a word that is wider by itself is broken."""
    lines, line = [], ""
    for word in drawable(text, face).split():
        tried = f"{line} {word}".strip()
        if face.getlength(tried) <= width:
            line = tried
            continue
        lines += [line] if line else []
        while face.getlength(word) > width:
            fits = next(
                end for end in range(len(word), 0, -1) if face.getlength(word[:end]) <= width
            )
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    return [*lines, line] if line else lines


def clipped(text, face, width, *, cut=False):
    """Return as much of `text` as is no wider than `width`, with an ellipsis where something is
    missing.
    """
    text = drawable(text, face)
    if not cut and face.getlength(text) <= width:
        return text
    while text and face.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip(' ,.;:–')}…"


def drawable(text, face):
    """Return `text` without the characters that the font has no shape for."""
    return " ".join("".join(one for one in text if has_shape(one, face)).split())


@lru_cache(maxsize=4096)
def has_shape(character, face):
    return character.isspace() or bytes(face.getmask(character)) != bytes(
        face.getmask("\U0010fffd")
    )
