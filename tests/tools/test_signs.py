"""Icons and colours of statuses have one source: every file that shows them says the same."""

import re

import pytest

from commitments.syndication import drawing
from commitments.templatetags.statuses import STANCES
from commitments.verdicts.signs import ICONS, TONES
from commitments.verdicts.statuses import MEANINGS, Family
from tools import signs


@pytest.mark.parametrize(
    "path", [signs.ICON_SHEET, signs.STYLE_SHEET, signs.CHART_FILE], ids=lambda path: path.name
)
def test_what_browsers_read_is_written_from_the_tables(path):
    written = signs.render_files()[path]
    assert path.read_text() == written, "run `python -m tools.signs`"


def test_every_status_has_an_icon_with_a_form_for_the_picture_and_a_tone():
    for meaning in MEANINGS.values():
        assert ICONS[meaning.icon].shapes
        assert meaning.tone in TONES
    for icon, tone in STANCES.values():
        assert icon in ICONS
        assert tone in TONES


def test_no_tone_is_left_over():
    assert set(TONES) == {meaning.tone for meaning in MEANINGS.values()}


def test_the_chart_file_colours_every_tone_that_a_rule_can_find():
    families = {Family.OPEN, Family.CLOSED}
    judged = [meaning for meaning in MEANINGS.values() if meaning.family in families]
    tones = {meaning.tone for meaning in judged} - {"waiting"}
    assert set(signs.CHART_TONES) == tones


def test_the_picture_has_the_neutral_colours_of_the_light_palette():
    light = signs.STYLE_SHEET.read_text().split("@media", 1)[0]
    palette = dict(re.findall(r"--(\w+): (#\w{6});", light))
    names = ("PAPER", "INK", "QUIET", "LINE", "SEAL")
    assert {name: getattr(drawing, name) for name in names} == {
        name: palette[name.lower()] for name in names
    }


def test_a_block_that_is_missing_is_said():
    with pytest.raises(ValueError, match="Found 0 places for 1 blocks"):
        signs.replace_blocks("", signs.SYMBOLS, "x")
