"""Pictures that stand for a pledge where its address is shared."""

import re
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from commitments import models
from commitments.syndication import drawing, share_images
from commitments.syndication.drawing import Face, Verdict, draw_picture
from commitments.syndication.lettering import (
    SANS,
    SERIF,
    clip_text,
    keep_drawable,
    load_font,
    wrap_text,
)
from commitments.syndication.stencils import draw_stencil
from commitments.verdicts import signs
from commitments.verdicts.statuses import MEANINGS, UNJUDGED_MEANINGS
from tests.fixtures.cases import in_one_test


def opened(body):
    image = Image.open(BytesIO(body))
    image.load()
    return image


@pytest.fixture
def face(make_pledge, make_summit, make_assessment, japan):
    pledge = make_pledge("defence", title="Two per cent", summit=make_summit())
    make_assessment(pledge.undertakings.get(), "met")

    def face(slug="defence"):
        pledge = models.Pledge.objects.published().for_listing().get(slug=slug)
        return share_images.build_face(
            pledge, models.LedgerEntry.objects.first().recorded_at.date()
        )

    return face


def test_it_is_a_png_of_the_size_that_sites_ask_for(client, face):
    for address in ["/pledges/defence/share.png", "/share.png"]:
        response = client.get(address)
        assert response.headers["Content-Type"] == "image/png"
        assert opened(response.content).size == (1200, 630)
        assert opened(response.content).format == "PNG"
        assert len(response.content) < 150_000


def test_it_says_what_the_card_says(face, settings):
    assert face() == Face(
        site=settings.SITE_NAME,
        title="Two per cent",
        where="Tokyo 2025, 28 October 2025",
        verdicts=(Verdict("Met", "kept", "check", before="Japan"),),
        foot="Judged as of 28 October 2025 · ledger.example.org/pledges/defence/",
    )


def test_without_a_verdict_it_says_so_as_of_today(face, make_pledge):
    make_pledge("open")
    assert face("open").verdicts == (
        Verdict("Not looked at yet", "waiting", "closed-eye", before="Japan"),
    )
    assert re.match(r"As of \d+ \w+ 20\d\d ·", face("open").foot)


def test_of_many_parties_it_counts(face, make_pledge, make_party, make_assessment):
    many = make_pledge("many", parties=[make_party(f"ally-{number}") for number in range(5)])
    rows = list(many.undertakings.all())
    make_assessment(rows[0], "not_met")
    make_assessment(rows[1], "on_track")
    models.Undertaking.objects.filter(pk=rows[2].pk).update(exempt_reason="No army.")
    words = [verdict.word for verdict in face("many").verdicts]
    # What an open verdict rests on here is a search for all of them.
    reasons = ["2 searched, nothing found", "1 exempt", "1 may be out of date"]
    assert words == ["1 not met", "1 on track", *reasons]


def test_the_verdict_of_another_is_labelled(face, make_pledge, make_outside_report):
    other = make_pledge("other")
    make_outside_report("report", (other.undertakings.get(), "not_met"))
    (verdict,) = face("other").verdicts
    assert (verdict.word, verdict.after) == ("Not met", "by an outside assessor")


SIGNS = {**MEANINGS, **UNJUDGED_MEANINGS}


@in_one_test("code", SIGNS)
def test_every_status_and_reason_has_an_icon_of_its_own_and_a_colour(code):
    meaning = SIGNS[code]
    assert meaning.tone in signs.TONES
    mask = draw_stencil(meaning.icon)
    assert mask.getextrema()[1] > 200
    others = {one.icon for one in SIGNS.values()} - {meaning.icon}
    assert all(draw_stencil(other).tobytes() != mask.tobytes() for other in others)


@in_one_test("name", [SERIF, SANS])
@in_one_test("character", "āēīōūŌŪÉçñøÅßŁżőšžğŞİ’“”–…½€¥%$")
def test_latin_letters_with_their_marks_have_shapes(name, character):
    assert keep_drawable(character, load_font(name, 40)) == character


def test_what_the_fonts_lack_is_left_out_and_breaks_nothing():
    assert keep_drawable("防衛費 Two \U0001f600 per cent", load_font(SERIF, 40)) == "Two per cent"
    assert opened(draw_picture(Face(site="日本", title="防衛費", where="東京"))).size == (1200, 630)


def test_a_long_title_is_wrapped_then_clipped():
    face = load_font(SERIF, 40)
    lines = wrap_text("word " * 60 + "x" * 300, face, drawing.ROOM)
    assert all(0 < face.getlength(line) <= drawing.ROOM for line in lines)
    assert "".join(lines).replace(" ", "") == "word" * 60 + "x" * 300
    assert face.getlength(clip_text("word " * 60, face, 500)) <= 500
    assert clip_text("word " * 60, face, 500).endswith("word…") or clip_text(
        "word " * 60, face, 500
    ).endswith("…")
    assert clip_text("short", face, 500) == "short"


@pytest.mark.parametrize("title", ["Short", "W" * 200, "Long words " * 18, "x"])
def test_nothing_is_drawn_over_the_verdicts_or_the_edges(title):
    verdicts = tuple(
        Verdict("Not met", "broken", "cross", before=f"United States of {n}") for n in range(3)
    )
    empty, full = (
        opened(draw_picture(Face("Site", text, "A place", verdicts, "Foot")))
        for text in ("", title)
    )
    rows = range(
        630 - 52 - 46 - 18 - drawing.ROW * drawing.count_rows(drawing.place_verdicts(verdicts)), 630
    )
    assert all(
        full.crop((0, y, 1200, y + 1)).tobytes() == empty.crop((0, y, 1200, y + 1)).tobytes()
        for y in rows
    )
    for left in (0, 1200 - 60):
        edge = (left, 20, left + 60, 630)
        assert full.crop(edge).tobytes() == empty.crop(edge).tobytes()


def test_it_is_drawn_once_and_again_only_when_it_says_something_else(
    client, face, keeping, monkeypatch, make_topic, make_assessment
):
    drawn = []
    monkeypatch.setattr(share_images, "draw_picture", lambda face: drawn.append(face) or b"picture")
    for _ in range(2):
        assert client.get("/pledges/defence/share.png").content == b"picture"
    make_topic("elsewhere")
    client.get("/pledges/defence/share.png")
    assert len(drawn) == 1
    make_assessment(models.Undertaking.objects.get(), "not_met", as_of=date(2026, 1, 1))
    client.get("/pledges/defence/share.png")
    assert [one.verdicts[0].word for one in drawn] == ["Met", "Not met"]


def test_it_is_in_english_whatever_the_language(client, face):
    with pytest.MonkeyPatch.context() as patch:
        seen = []
        patch.setattr(share_images, "draw_picture", lambda face: seen.append(face) or b"")
        client.get("/pledges/defence/share.png", headers={"accept-language": "ja"})
    assert seen[0].verdicts[0].word == "Met"
    assert seen[0].foot == "Judged as of 28 October 2025 · ledger.example.org/pledges/defence/"


def test_it_answers_like_every_other_address(client, statements, face, make_pledge):
    make_pledge("hidden", state="draft")
    assert client.get("/pledges/hidden/share.png").status_code == 404
    for address in ["/pledges/defence/share.png", "/share.png"]:
        tag = client.get(address).headers["ETag"]
        assert statements(address, if_none_match=tag) == 1
        assert client.get(address, {"as_of": "2025-12-01"}).status_code == 400
        assert not client.get(address).cookies
