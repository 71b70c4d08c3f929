import re
from pathlib import Path

from django.template import Context, Template

from commitments.templatetags.statuses import STANCES, counts, judged, segments
from commitments.verdicts.rollup import rollup
from commitments.verdicts.statuses import MEANINGS, READING_ORDER
from tests.fixtures.cases import in_one_test

STATIC = Path(__file__).resolve().parents[2] / "commitments" / "static" / "commitments"
ICONS = set(re.findall(r'<symbol id="([a-z-]+)"', (STATIC / "icons.svg").read_text()))
SHEET = (STATIC / "site.css").read_text()


@in_one_test("code", MEANINGS)
def test_every_status_has_its_icon_and_tone(code):
    assert MEANINGS[code].icon in ICONS
    assert f".tone-{MEANINGS[code].tone} " in SHEET


def test_no_two_statuses_share_icon_and_word():
    assert len({(meaning.icon, meaning.word) for meaning in MEANINGS.values()}) == len(MEANINGS)
    assert len({meaning.icon for meaning in MEANINGS.values()}) == len(MEANINGS)


def test_every_icon_named_in_a_template_is_drawn():
    templates = Path(__file__).resolve().parents[2] / "templates" / "commitments"
    named = {
        name
        for path in templates.rglob("*.html")
        for name in re.findall(r'{% icon "([a-z-]+)"', path.read_text())
    }
    assert named | {icon for icon, _tone in STANCES.values()} <= ICONS


def test_a_status_is_word_and_icon_and_colour():
    sign = Template("{% load statuses %}{% status 'not_met' %}").render(Context())
    assert "tone-broken" in sign
    assert "#cross" in sign
    assert "Not met" in sign


def test_counts_come_in_the_order_a_reader_asks():
    verdicts = rollup(["not_assessed", "met", "on_track", "met"])
    assert counts(verdicts) == [("met", 2), ("on_track", 1), ("not_assessed", 1)]
    bars = [(bar.tone, bar.start, bar.length) for bar in segments(verdicts)]
    assert bars == [("kept", 0, 2), ("moving", 2, 1), ("waiting", 3, 1)]


def test_the_order_holds_every_status_once():
    assert sorted(READING_ORDER) == sorted(MEANINGS)


def test_a_bar_is_as_long_as_its_verdicts_without_the_exempt():
    assert judged(rollup(["met", "not_met"], exempt=3)) == 2
