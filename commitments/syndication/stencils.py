"""The icons of statuses as masks, through which a picture is painted in any colour."""

from functools import lru_cache

from PIL import Image, ImageDraw

from commitments.verdicts.signs import GRID, ICONS, STROKE_WIDTH, Stroke

# The width and height of a mask in pixels.
SIZE = (34, 34)
# An icon is drawn four times as large first: making it small smooths its edges.
LARGE_SIDE = 4 * 34
LARGE_SIZE = (LARGE_SIDE, LARGE_SIDE)
# Pixels of the large drawing for each unit of an icon's square, and the width of its strokes
# with the radius of their ends.
UNIT = LARGE_SIDE / GRID
WIDTH = round(STROKE_WIDTH * UNIT)
RADIUS = WIDTH / 2
# A ring of dots is made of arcs: degrees from one to the next, and the degrees of each.
DOT_STEP, DOT_LENGTH = 36, 16
# What a mask lets through.
FILL = 255


@lru_cache
def draw_stencil(name):
    """Return the icon of that name as a mask."""
    mask = Image.new("L", LARGE_SIZE)
    draw = ImageDraw.Draw(mask)
    icon = ICONS[name]
    for shape in icon.shapes:
        if isinstance(shape, Stroke):
            draw_stroke(draw, shape)
        else:
            draw_round(draw, shape)
    return mask.resize(SIZE, Image.Resampling.LANCZOS)


def draw_stroke(draw, stroke):
    """Draw a line with round ends and corners."""
    points = []
    for x, y in stroke.points:
        point = (x * UNIT, y * UNIT)
        points.append(point)
    draw.line(points, fill=FILL, width=WIDTH, joint="curve")
    for point in points:
        draw.circle(point, RADIUS, fill=FILL)


def draw_round(draw, shape):
    """Draw a ring, a disc, the right half of a disc, or a ring of dots."""
    x = shape.x * UNIT
    y = shape.y * UNIT
    radius = shape.radius * UNIT
    centre = (x, y)
    corner = (x - radius, y - radius)
    opposite_corner = (x + radius, y + radius)
    box = [corner, opposite_corner]
    match shape.form:
        case "ring":
            outer_radius = radius + RADIUS
            draw.circle(centre, outer_radius, outline=FILL, width=WIDTH)
        case "disc":
            draw.circle(centre, radius, fill=FILL)
        case "half":
            draw.pieslice(box, -90, 90, fill=FILL)
        case "dots":
            draw_dots(draw, box)


def draw_dots(draw, box):
    for start in range(0, 360, DOT_STEP):
        end = start + DOT_LENGTH
        draw.arc(box, start, end, fill=FILL, width=WIDTH)
