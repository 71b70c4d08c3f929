"""The lists of packages: hashed, of one mind, and free of any machine's own addresses."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LISTS = ["requirements.txt", "requirements-dev.txt"]


def pins(name):
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))


def test_tests_run_with_the_packages_that_the_site_runs_with():
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


@pytest.mark.parametrize("name", LISTS)
def test_every_package_is_held_by_its_hash(name):
    requirements = re.split(r"^(?=[a-z])", (ROOT / name).read_text(), flags=re.MULTILINE)[1:]

    assert requirements
    assert [entry for entry in requirements if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", LISTS)
def test_no_list_names_an_index_or_a_folder(name):
    assert not re.search(r"https?:|file:|index-url|find-links|/\w+/", (ROOT / name).read_text())


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_package_asked_for_says_why(name):
    entries = [line for line in (ROOT / name).read_text().splitlines() if re.match(r"[a-z]", line)]

    assert entries
    assert [entry for entry in entries if "  #" not in entry and " # " not in entry] == []
