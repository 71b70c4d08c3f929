"""Draw the picture that other sites show where the address of a pledge is shared.

It has 1200 × 630 pixels. Its fonts are Latin, so it is in English whatever the language of the
page.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw

from commitments.syndication.lettering import (
    SANS,
    SERIF,
    clip_text,
    cut_lines,
    line_height,
    load_font,
    wrap_text,
    write_line,
)
from commitments.syndication.stencils import draw_stencil
from commitments.verdicts.signs import TONES

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 72
ROOM = WIDTH - 2 * MARGIN
# The base of the words at the foot, and the line above them.
FOOT = HEIGHT - 52
FOOT_PLACE = (MARGIN, FOOT)
FOOT_LINE = FOOT - 46
FOOT_LINE_ENDS = ((MARGIN, FOOT_LINE), (WIDTH - MARGIN, FOOT_LINE))
# Font sizes: of the title, the largest first; of the site's name; of where it was pledged; of a
# sign's word, and of the words after it.
TITLE_SIZES = (68, 60, 52, 46, 40)
NAME_SIZE, WHERE_SIZE, WORD_SIZE, SMALL_SIZE = 40, 30, 34, 27
# From one row of signs to the next, and between two signs of a row.
ROW, GAP = 62, 36
# The room inside a sign that its word does not take: the edges, and the icon.
EDGES, ICON_ROOM = 40, 44
# Between a sign and the words before or after it.
WORD_GAP = 18
# The strip along the upper edge. Below it at the left the site's mark, mountains above a line of
# ground on a square, and the site's name.
STRIP = (0, 0, WIDTH, 12)
MARK_BOX = (72, 38, 136, 102)
MARK_PEAKS = ((84, 86), (98, 62), (106, 74), (112, 66), (124, 86))
MARK_GROUND = ((84, 92), (124, 92))
NAME_PLACE = (156, 83)
# As in the light palette of site.css.
PAPER = "#fbfaf6"
INK = "#1d1b18"
QUIET = "#59544b"
LINE = "#d8d2c4"
SEAL = "#1d3d5c"
GOLD = "#d9a441"


@dataclass(frozen=True)
class Verdict:
    """The verdict on one party, or the number of parties with that verdict.

    `tone` and `icon` are those of the status; `icon` is None without a status.
    """

    word: str
    tone: str = "waiting"
    icon: str | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Face:
    """Everything a picture says. Equal faces give the same picture."""

    site: str
    title: str
    where: str = ""
    verdicts: tuple[Verdict, ...] = ()
    foot: str = ""


class PlacedVerdict(NamedTuple):
    """A verdict, its distance from the left edge in pixels, and the number of its row from 0."""

    verdict: Verdict
    left: int
    row: int


class SignTexts(NamedTuple):
    """The words before a sign, in it and after it."""

    before: str
    word: str
    after: str


class TitleLines(NamedTuple):
    """The lines of a title and the font size they are written in."""

    size: int
    lines: list[str]


def draw_picture(face: Face) -> bytes:
    """Return `face` as a PNG."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw_nameplate(draw, face.site)
    draw_foot(draw, face.foot)
    verdicts = place_verdicts(face.verdicts)
    row_count = count_rows(verdicts)
    bottom = FOOT_LINE - 18
    first_row = bottom - ROW * row_count
    for verdict, left, row in verdicts:
        top = first_row + ROW * row
        draw_sign(image, verdict, left, top)
    draw_heading(draw, face, top=134, bottom=first_row - 14)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def draw_nameplate(draw, site):
    """Draw the site's mark and name, as at the top of its pages."""
    draw.rectangle(STRIP, fill=SEAL)
    draw.rounded_rectangle(MARK_BOX, radius=12, fill=SEAL)
    draw.polygon(MARK_PEAKS, fill=PAPER)
    draw.line(MARK_GROUND, fill=GOLD, width=4)
    font = load_font(SERIF, NAME_SIZE)
    name = clip_text(site, font, 900)
    write_line(draw, NAME_PLACE, name, font, SEAL)


def draw_foot(draw, words):
    font = load_font(SANS, SMALL_SIZE)
    text = clip_text(words, font, ROOM)
    write_line(draw, FOOT_PLACE, text, font, QUIET)
    draw.line(FOOT_LINE_ENDS, fill=LINE, width=2)


def draw_heading(draw, face, *, top, bottom):
    """Write the title as large as its room allows, and below it where it was pledged."""
    room = bottom - top
    if face.where:
        room -= 54
    size, lines = fit_title(face.title, room)
    font = load_font(SERIF, size)
    step = line_height(size)
    base = top + round(size * 0.9)
    for line in lines:
        place = (MARGIN, base)
        write_line(draw, place, line, font, INK)
        base += step
    height = step * len(lines)
    place = (MARGIN, top + height + 38)
    font = load_font(SANS, WHERE_SIZE)
    where = clip_text(face.where, font, ROOM)
    write_line(draw, place, where, font, QUIET)


def fit_title(text, room) -> TitleLines:
    """Return the lines of a title in the largest size at which `room` pixels hold all of them.

    If they are too many even at the smallest size, the last line that fits ends in an ellipsis.
    """
    for size in TITLE_SIZES:
        font = load_font(SERIF, size)
        lines = wrap_text(text, font, ROOM)
        most = room // line_height(size)
        if len(lines) <= most:
            break
    most = max(1, most)
    lines = cut_lines(lines, most, font, width=ROOM)
    return TitleLines(size, lines)


def place_verdicts(verdicts) -> list[PlacedVerdict]:
    """Place as many verdicts in each row as fit there."""
    places = []
    left = MARGIN
    row = 0
    for verdict in verdicts:
        width = measure_verdict(verdict)
        if places and left + width > WIDTH - MARGIN:
            left = MARGIN
            row += 1
        place = PlacedVerdict(verdict, left, row)
        places.append(place)
        left += width + GAP
    return places


def count_rows(places):
    if not places:
        return 0
    return places[-1].row + 1


def measure_verdict(verdict):
    """Return the width of a sign in pixels, with the words before and after it."""
    texts = clip_texts(verdict)
    large = load_font(SANS, WORD_SIZE)
    small = load_font(SANS, SMALL_SIZE)
    width = EDGES
    width += large.getlength(texts.word)
    if verdict.icon:
        width += ICON_ROOM
    if texts.before:
        width += large.getlength(texts.before)
        width += WORD_GAP
    if texts.after:
        width += small.getlength(texts.after)
        width += WORD_GAP
    return round(width)


def clip_texts(verdict) -> SignTexts:
    """Return the texts of a sign, each cut to its greatest width."""
    large = load_font(SANS, WORD_SIZE)
    small = load_font(SANS, SMALL_SIZE)
    return SignTexts(
        before=clip_text(verdict.before, large, 420),
        word=clip_text(verdict.word, large, 300),
        after=clip_text(verdict.after, small, 320),
    )


def draw_sign(image, verdict, left, top):
    """Draw the icon and word of a status in its colour, with the words before and after them."""
    draw = ImageDraw.Draw(image)
    texts = clip_texts(verdict)
    tone = TONES[verdict.tone]
    large = load_font(SANS, WORD_SIZE)
    small = load_font(SANS, SMALL_SIZE)
    base = top + 37
    if texts.before:
        before_place = (left, base)
        write_line(draw, before_place, texts.before, large, INK)
        before_width = round(large.getlength(texts.before))
        left += before_width + WORD_GAP
    word_left = left + 20
    if verdict.icon:
        word_left += ICON_ROOM
    word_width = round(large.getlength(texts.word))
    right = word_left + word_width + 20
    bottom = top + 50
    draw.rounded_rectangle(
        [left, top, right, bottom],
        radius=8,
        fill=tone.wash,
        outline=tone.ink,
        width=2,
    )
    if verdict.icon:
        stencil = draw_stencil(verdict.icon)
        icon_place = (left + 18, top + 8)
        image.paste(tone.ink, icon_place, stencil)
    word_place = (word_left, base)
    write_line(draw, word_place, texts.word, large, tone.ink)
    after_place = (right + WORD_GAP, base)
    write_line(draw, after_place, texts.after, small, QUIET)
