"""Fit and write text in fonts of our own.

A server may have no fonts at all, so the program brings two. They are Latin, and characters that
they lack are left out.
"""

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
SERIF, SANS = "SourceSerifPro-Semibold.otf", "SourceSansPro-Semibold.otf"


@lru_cache
def load_font(name, size):
    # The basic layout draws the same on every machine. A finer one needs a library that only some
    # machines have.
    layout = ImageFont.Layout.BASIC
    path = FONTS / name
    return ImageFont.truetype(path, size, layout_engine=layout)


def line_height(size):
    return round(size * 1.18)


def write_line(draw, place, text, font, colour):
    """Write one line: `place` is the left end of the line its letters stand on."""
    drawable = keep_drawable(text, font)
    draw.text(
        place,
        drawable,
        font=font,
        fill=colour,
        anchor="ls",
    )


def wrap_text(text, font, width):
    """Return `text` in lines no wider than `width`; a word that is wider by itself is broken."""
    lines = []
    line = ""
    words = keep_drawable(text, font).split()
    for word in words:
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full_lines, line = break_word(word, font, width)
        lines += full_lines
    if line:
        lines.append(line)
    return lines


def break_word(word, font, width):
    """Return `word` in pieces no wider than `width`."""
    pieces = []
    while font.getlength(word) > width:
        piece = word
        while len(piece) > 1 and font.getlength(piece) > width:
            piece = piece[:-1]
        pieces.append(piece)
        word = word.removeprefix(piece)
    pieces.append(word)
    return pieces


def cut_lines(lines, most, font, *, width):
    """Return the first `most` of `lines`, the last of them with an ellipsis if there are more."""
    if len(lines) <= most:
        return lines
    first_lines = lines[: most - 1]
    remainder = " ".join(lines[most - 1 :])
    last = clip_text(remainder, font, width, cut=True)
    return [*first_lines, last]


def clip_text(text, font, width, *, cut=False):
    """Return as much of `text` as fits `width` pixels, with an ellipsis where some is missing.

    With `cut`, some is missing already: the ellipsis is always there.
    """
    text = keep_drawable(text, font)
    fits = font.getlength(text) <= width
    if fits and not cut:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    text = text.rstrip(" ,.;:–")
    return f"{text}…"


def keep_drawable(text, font):
    """Return `text` without the characters that the font has no shape for."""
    characters = [character for character in text if has_shape(character, font)]
    drawable = "".join(characters)
    words = drawable.split()
    return " ".join(words)


@lru_cache(maxsize=4096)
def has_shape(character, font):
    if character.isspace():
        return True
    mask = font.getmask(character)
    mask_of_missing = font.getmask("\U0010fffd")
    return bytes(mask) != bytes(mask_of_missing)
