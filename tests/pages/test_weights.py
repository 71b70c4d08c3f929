"""What a page weighs on its way to a telephone, everything it asks for included."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

WHOLE, SHEET, SCRIPTS = 60_000, 20_000, 15_000
ASKED_FOR = re.compile(
    r'<(?:link rel="(?:icon|stylesheet)"|script|img|use)[^>]*?(?:href|src)="([^"#]+)'
)


def weight(content):
    # Brotli, which browsers are sent, makes it smaller still.
    return len(gzip.compress(content, 6))


@pytest.fixture
def weigh(client):
    """Return the compressed size of a page and of each file it asks for, by address."""

    def weigh(address):
        page = client.get(address).content
        files = set(ASKED_FOR.findall(page.decode()))
        own = {file: Path(finders.find(file.removeprefix("/static/"))) for file in files}
        return {
            address: weight(page),
            **{file: weight(path.read_bytes()) for file, path in own.items()},
        }

    return weigh


@pytest.mark.parametrize(
    "address", ["/", "/pledges/", "/pledges/tokyo-2025-defence/", "/about/style/"]
)
def test_a_first_visit_weighs_little_and_asks_nobody_else(weigh, record, address):
    sizes = weigh(address)
    assert sum(sizes.values()) <= WHOLE
    assert all(file.startswith("/static/") for file in sizes if file != address)
    assert "/static/commitments/icons.svg" in sizes


def test_the_sheet_and_the_scripts_keep_their_budgets(weigh, record):
    sizes = weigh("/")
    assert sum(size for file, size in sizes.items() if file.endswith(".css")) <= SHEET
    assert sum(size for file, size in sizes.items() if file.endswith(".js")) <= SCRIPTS


def test_every_script_of_the_public_pages_fits_the_budget_together():
    scripts = Path(finders.find("commitments/site.css")).parent.glob("*.js")
    public = [path for path in scripts if not path.name.startswith("admin")]
    assert sum(weight(path.read_bytes()) for path in public) <= SCRIPTS
