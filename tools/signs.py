"""Write how statuses look into the files that browsers read.

`commitments/verdicts/signs.py` holds the colours and the icons. `python -m tools.signs` writes them
into the icon sheet, the style sheet and the file of a chart; a test fails while one of these says
something else.
"""

import re
from pathlib import Path

from commitments.verdicts.signs import GRID, ICONS, STROKE_WIDTH, TONES

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "commitments" / "static" / "commitments"
ICON_SHEET = STATIC / "icons.svg"
STYLE_SHEET = STATIC / "site.css"
CHART_FILE = ROOT / "templates" / "commitments" / "chart.svg"

SYMBOLS = re.compile(r"(?:^ *<symbol .*\n)+", re.MULTILINE)
COLOURS = re.compile(r"(?:^ *--\w+: #\w+; +--\w+-wash: #\w+;\n)+", re.MULTILINE)
CLASSES = re.compile(r"(?:^\.tone-\w+ \{ --tone: .* --wash: .*\n)+", re.MULTILINE)
CHART_CLASSES = re.compile(r"(?:^\.tone-\w+ \{ fill: .*\n)+", re.MULTILINE)
# The tones of what a rule can find. The others have the colour of a dot without one.
CHART_TONES = ("kept", "broken", "partly", "moving", "troubled")


def write_symbols():
    attributes = (
        f'viewBox="0 0 {GRID} {GRID}" fill="none" stroke="currentColor"'
        f' stroke-width="{STROKE_WIDTH}" stroke-linecap="round" stroke-linejoin="round"'
    )
    lines = []
    for name, icon in ICONS.items():
        markup = "".join(icon.markup)
        lines.append(f'  <symbol id="{name}" {attributes}>{markup}</symbol>\n')
    return "".join(lines)


def write_colours(*, dark):
    """Return the properties of one palette, in two columns."""
    indent = "    " if dark else "  "
    lines = []
    for name, tone in TONES.items():
        ink = tone.dark_ink if dark else tone.ink
        wash = tone.dark_wash if dark else tone.wash
        first = f"--{name}: {ink};"
        lines.append(f"{indent}{first:<20} --{name}-wash: {wash};\n")
    return "".join(lines)


def write_classes():
    lines = []
    for name in TONES:
        lines.append(f".tone-{name} {{ --tone: var(--{name}); --wash: var(--{name}-wash) }}\n")
    return "".join(lines)


def write_chart_classes():
    return "".join(f".tone-{name} {{ fill: {TONES[name].ink} }}\n" for name in CHART_TONES)


def replace_blocks(text, pattern, *blocks):
    """Return `text` with each place that `pattern` finds replaced by its block, in their order."""
    places = pattern.findall(text)
    if len(places) != len(blocks):
        raise ValueError(f"Found {len(places)} places for {len(blocks)} blocks of {pattern!r}.")
    remaining = iter(blocks)
    return pattern.sub(lambda place: next(remaining), text)


def write_style_sheet(text):
    palettes = [write_colours(dark=dark) for dark in (False, True)]
    text = replace_blocks(text, COLOURS, *palettes)
    return replace_blocks(text, CLASSES, write_classes())


def render_files():
    """Return what each of the files should hold as {path: text}."""
    icons, styles, chart = (path.read_text() for path in (ICON_SHEET, STYLE_SHEET, CHART_FILE))
    return {
        ICON_SHEET: replace_blocks(icons, SYMBOLS, write_symbols()),
        STYLE_SHEET: write_style_sheet(styles),
        CHART_FILE: replace_blocks(chart, CHART_CLASSES, write_chart_classes()),
    }


def main():
    for path, text in render_files().items():
        if path.read_text() != text:
            path.write_text(text)
            print(f"Wrote {path.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
