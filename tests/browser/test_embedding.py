"""What another site's page sees of ours, in a real browser."""

import itertools
import re
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.fixtures.kept import keep

pytestmark = pytest.mark.django_db(transaction=True)


@keep
def pledge(make_pledge, make_summit, make_party, make_figures, make_assessment, japan):
    pledge = make_pledge(
        "defence", title="</script><script>document.title = 'broken'</script>", quote="<!-- <script> & “ours”",
        summit=make_summit(parties=[japan]), deadline=date(2026, 3, 31), deadline_precision="quarter",
        parties=[japan, make_party("united-states", name="United States of America")],
    )  # fmt: skip
    make_assessment(pledge.undertakings.get(party=japan), "met")
    figures = make_figures("share", (japan, 2024, "1.8"), (japan, 2025, "1.9"))
    pledge.targets.create(label="Share", kind="reach", indicator=figures, value=2)
    return pledge


@pytest.fixture
def complaints(page):
    said = []
    page.on(
        "console",
        lambda message: said.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_a_block_of_data_offends_no_policy_and_runs_nothing(page, live_server, pledge, complaints):
    page.goto(f"{live_server.url}{pledge.get_absolute_url()}")
    assert "broken" not in page.title().replace("document.title = 'broken'", "")
    said = page.evaluate(
        "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"
    )
    assert said["name"] == pledge.title and said["text"] == pledge.quote
    assert page.locator("script").count() == 1
    assert complaints == []


@pytest.mark.parametrize("path", ["/embed/pledges/defence/", "/embed/pledges/defence/chart/"])
def test_a_card_can_be_read_at_every_width(
    live_server, pledge, complaints, hold_to_the_rules, path
):
    hold_to_the_rules(live_server.url + path, widths=(280, 600))
    assert complaints == []


CUT = """() => [...document.querySelectorAll("h1, .signs li:first-child .sign, .of-day, .stamp > *")].filter(one => {
    const box = one.getBoundingClientRect()
    return box.top < 0 || box.bottom > innerHeight || !box.height
}).map(one => one.textContent)"""


def test_what_matters_goes_into_the_frame_that_is_offered(
    page, client, live_server, make_pledge, make_party, make_figures, make_assessment
):
    """However long the title, the names and the caveat: the verdict, the days, the entry and the
    links are in sight.
    """
    allies = [
        make_party(f"ally-{number}", name=f"Republic number {number} of the far islands")
        for number in range(4)
    ]
    figures = make_figures(
        "share", *((ally, year, "1.8") for ally in allies for year in (2024, 2025))
    )
    for slug, parties in (("alone", allies[:1]), ("four", allies)):
        due = {"deadline": date(2025, 12, 31), "deadline_precision": "day"}
        long = make_pledge(
            slug,
            title="A very long promise, " * 9,
            parties=parties,
            occasion="A speech " * 9,
            **due,
        )
        for number, undertaking in enumerate(long.undertakings.all()):
            make_assessment(
                undertaking,
                "on_track",
                as_of=date(2025, 12, 9 - number),
                caveat=("Word " * 60).strip(),
            )
        long.targets.create(label="Share", kind="reach", indicator=figures, value=2)
        offered = client.get(f"/pledges/{slug}/").content.decode()
        frames = re.findall(r'&lt;iframe src="[^"]*?(/embed/[^"]+)".*? height="(\d+)"', offered)
        assert len(frames) == (3 if slug == "alone" else 2)
        for (address, height), width in itertools.product(frames, (300, 360, 600)):
            page.set_viewport_size({"width": width, "height": int(height)})
            page.goto(live_server.url + address)
            assert page.evaluate(CUT) == [], (address, width)
            assert page.evaluate("document.documentElement.scrollHeight") <= int(height), (
                address,
                width,
            )


@pytest.fixture
def framing(page):
    """Open another site's page that frames an address; return what the frame shows."""
    framed = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self):
            body = (
                "<!DOCTYPE html><title>x</title><link rel=icon href=data:,><iframe"
                f" src='{framed[0]}'></iframe>"
            )
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def framing(address):
        framed.append(address)
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.wait_for_load_state("networkidle")
        return page.frames[1].locator("body").inner_text()

    yield framing
    server.shutdown()
    server.server_close()


def test_another_site_may_frame_a_card(page, live_server, pledge, complaints, framing):
    assert "Met" in framing(f"{live_server.url}/embed/pledges/defence/")
    assert complaints == []
    assert page.context.cookies() == []


def test_another_site_may_frame_no_page(live_server, pledge, complaints, framing):
    assert "Met" not in framing(live_server.url + pledge.get_absolute_url())
    assert any("frame" in said.lower() for said in complaints)
