"""The picture of a pledge that is shown where its address is shared: 1200 × 630 pixels, drawn with
our own fonts.

A server may have no fonts at all, so two come with the program. They are Latin: what they cannot
draw is left out, and so the picture is in English whatever the language of the page.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from commitments.verdicts.signs import GRID, ICONS, STROKE_WIDTH, TONES, Stroke

FONTS = Path(__file__).parent / "fonts"
SERIF, SANS = "SourceSerifPro-Semibold.otf", "SourceSansPro-Semibold.otf"
WIDTH, HEIGHT, MARGIN = 1200, 630, 72
ROOM = WIDTH - 2 * MARGIN
# Where the words at the foot stand, and the line above them.
FOOT = HEIGHT - 52
FOOT_LINE = FOOT - 46
# From one row of signs to the next, and between two signs of a row.
ROW, GAP = 62, 36
# What stands inside a sign beside its word: its edges, and the icon.
EDGES, ICON_ROOM = 40, 44
# Between a sign and what stands before or after it.
BESIDE = 18
# As in the light palette of site.css.
PAPER = "#fbfaf6"
INK = "#1d1b18"
QUIET = "#59544b"
LINE = "#d8d2c4"
SEAL = "#1d3d5c"
GOLD = "#d9a441"
# An icon's width in pixels, and how many times larger it is drawn before it is made small: that
# smooths the edges.
ICON, FINE = 34, 4


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


class PlacedVerdict(NamedTuple):
    """`left` is its distance from the left edge, `row` the number of its row."""

    verdict: Verdict
    left: int
    row: int


class SignTexts(NamedTuple):
    """What stands before a sign, in it and after it."""

    before: str
    word: str
    after: str


def draw_picture(face: Face) -> bytes:
    """Return `face` as a PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw_nameplate(draw, face.site)
    draw_foot(draw, face.foot)
    verdicts = place_verdicts(face.verdicts)
    first = FOOT_LINE - 18 - ROW * count_rows(verdicts)
    for placed in verdicts:
        draw_sign(image, placed.verdict, placed.left, first + ROW * placed.row)
    draw_heading(draw, face, top=134, bottom=first - 14)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def draw_nameplate(draw, site):
    """Draw the site's mark and name, as on top of its pages."""
    left, top, unit = MARGIN, 38, 2
    side = 32 * unit
    draw.rectangle([0, 0, WIDTH, 12], fill=SEAL)
    draw.rounded_rectangle(
        [left, top, left + side, top + side],
        radius=6 * unit,
        fill=SEAL,
    )
    peaks = [(6, 24), (13, 12), (17, 18), (20, 14), (26, 24)]
    corners = [(left + x * unit, top + y * unit) for x, y in peaks]
    draw.polygon(corners, fill=PAPER)
    ground = top + 54
    draw.line([(left + 12, ground), (left + 52, ground)], fill=GOLD, width=4)
    font = load_font(SERIF, 40)
    name = clip_text(site, font, 900)
    write_line(draw, (left + 84, top + 45), name, font, SEAL)


def draw_foot(draw, words):
    font = load_font(SANS, 27)
    write_line(draw, (MARGIN, FOOT), clip_text(words, font, ROOM), font, QUIET)
    ends = [(MARGIN, FOOT_LINE), (WIDTH - MARGIN, FOOT_LINE)]
    draw.line(ends, fill=LINE, width=2)


def draw_heading(draw, face, *, top, bottom):
    """Write the title as large as its room allows, and below it where it was pledged."""
    room = bottom - top - (54 if face.where else 0)
    for size in (68, 60, 52, 46, 40):
        font = load_font(SERIF, size)
        lines = wrap_text(face.title, font, ROOM)
        if len(lines) * line_height(size) <= room:
            break
    lines = cut_lines(lines, max(1, room // line_height(size)), font)
    for number, line in enumerate(lines):
        base = top + line_height(size) * number + round(size * 0.9)
        write_line(draw, (MARGIN, base), line, font, INK)
    below = top + line_height(size) * len(lines) + 38
    small = load_font(SANS, 30)
    write_line(draw, (MARGIN, below), clip_text(face.where, small, ROOM), small, QUIET)


def cut_lines(lines, most, font):
    """Return the first `most` of `lines`, the last of them with an ellipsis if there are more."""
    if len(lines) <= most:
        return lines
    left_over = " ".join(lines[most - 1 :])
    last = clip_text(left_over, font, ROOM, cut=True)
    return [*lines[: most - 1], last]


def place_verdicts(verdicts) -> list[PlacedVerdict]:
    """Return the place of each verdict, side by side while they fit."""
    placed = []
    left, row = MARGIN, 0
    for verdict in verdicts:
        width = measure_verdict(verdict)
        if placed and left + width > WIDTH - MARGIN:
            left = MARGIN
            row += 1
        placed.append(PlacedVerdict(verdict, left, row))
        left += width + GAP
    return placed


def count_rows(placed):
    return placed[-1].row + 1 if placed else 0


def measure_verdict(verdict):
    texts = clip_texts(verdict)
    large, small = load_font(SANS, 34), load_font(SANS, 27)
    width = EDGES + large.getlength(texts.word)
    if verdict.icon:
        width += ICON_ROOM
    if texts.before:
        width += large.getlength(texts.before) + BESIDE
    if texts.after:
        width += small.getlength(texts.after) + BESIDE
    return round(width)


def clip_texts(verdict) -> SignTexts:
    """Return the texts of a sign, none wider than it may be."""
    font = load_font(SANS, 34)
    return SignTexts(
        before=clip_text(verdict.before, font, 420),
        word=clip_text(verdict.word, font, 300),
        after=clip_text(verdict.after, load_font(SANS, 27), 320),
    )


def draw_sign(image, verdict, left, top):
    """Draw the icon and word of a status in its colour, with what stands before and after it."""
    draw = ImageDraw.Draw(image)
    texts = clip_texts(verdict)
    tone = TONES[verdict.tone]
    font = load_font(SANS, 34)
    base = top + 37
    icon = ICON_ROOM if verdict.icon else 0
    if texts.before:
        write_line(draw, (left, base), texts.before, font, INK)
        left += round(font.getlength(texts.before)) + BESIDE
    right = left + EDGES + icon + round(font.getlength(texts.word))
    draw.rounded_rectangle(
        [left, top, right, top + 50],
        radius=8,
        fill=tone.wash,
        outline=tone.ink,
        width=2,
    )
    if icon:
        image.paste(tone.ink, (left + 18, top + 8), draw_stencil(verdict.icon))
    write_line(draw, (left + 20 + icon, base), texts.word, font, tone.ink)
    write_line(draw, (right + BESIDE, base), texts.after, load_font(SANS, 27), QUIET)


@lru_cache
def draw_stencil(name):
    """Return an icon as a mask."""
    side = ICON * FINE
    mask = Image.new("L", (side, side))
    draw = ImageDraw.Draw(mask)
    unit = side / GRID
    width = round(STROKE_WIDTH * unit)
    for shape in ICONS[name].shapes:
        if isinstance(shape, Stroke):
            draw_stroke(draw, shape, unit, width)
        else:
            draw_round(draw, shape, unit, width)
    return mask.resize((ICON, ICON), Image.Resampling.LANCZOS)


def draw_stroke(draw, stroke, unit, width):
    points = [(x * unit, y * unit) for x, y in stroke.points]
    draw.line(points, fill=255, width=width, joint="curve")
    for point in points:
        draw.circle(point, width / 2, fill=255)


def draw_round(draw, shape, unit, width):
    x, y, radius = shape.x * unit, shape.y * unit, shape.radius * unit
    box = [x - radius, y - radius, x + radius, y + radius]
    if shape.form == "ring":
        draw.circle((x, y), radius + width / 2, outline=255, width=width)
    elif shape.form == "disc":
        draw.circle((x, y), radius, fill=255)
    elif shape.form == "half":
        draw.pieslice(box, -90, 90, fill=255)
    elif shape.form == "dots":
        for start in range(0, 360, 36):
            draw.arc(box, start, start + 16, fill=255, width=width)


@lru_cache
def load_font(name, size):
    # The plain layout: the same on every machine, whether it has the library for the finer one or
    # not.
    layout = ImageFont.Layout.BASIC
    return ImageFont.truetype(FONTS / name, size, layout_engine=layout)


def line_height(size):
    return round(size * 1.18)


def write_line(draw, place, text, font, colour):
    drawable = keep_drawable(text, font)
    draw.text(place, drawable, font=font, fill=colour, anchor="ls")


def wrap_text(text, font, width):
    """Return `text` in lines no wider than `width`; a word that is wider by itself is broken."""
    lines = []
    line = ""
    for word in keep_drawable(text, font).split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = break_word(word, font, width)
        lines += whole
    if line:
        lines.append(line)
    return lines


def break_word(word, font, width):
    """Return `word` in pieces no wider than `width`."""
    pieces = []
    while font.getlength(word) > width:
        end = len(word)
        while end > 1 and font.getlength(word[:end]) > width:
            end -= 1
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def clip_text(text, font, width, *, cut=False):
    """Return as much of `text` as is no wider than `width`, with an ellipsis where something is
    missing.
    """
    text = keep_drawable(text, font)
    if not cut and font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    text = text.rstrip(" ,.;:–")
    return f"{text}…"


def keep_drawable(text, font):
    """Return `text` without the characters that the font has no shape for."""
    characters = [character for character in text if has_shape(character, font)]
    return " ".join("".join(characters).split())


@lru_cache(maxsize=4096)
def has_shape(character, font):
    if character.isspace():
        return True
    missing = font.getmask("\U0010fffd")
    return bytes(font.getmask(character)) != bytes(missing)
