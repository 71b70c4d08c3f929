"""The name of the running version follows from the program's files and nothing else."""

import os

import pytest

from tracker.builds import name_build


@pytest.fixture
def program(tmp_path):
    """A program of two files, and what Python leaves beside them."""

    def write(folder):
        (folder / "tracker").mkdir(parents=True)
        (folder / "templates").mkdir()
        (folder / "tracker" / "pages.py").write_text("one = 1\n")
        (folder / "templates" / "page.html").write_text("<p>One</p>\n")
        (folder / "requirements.txt").write_text("django==5.2\n")
        return folder

    return write(tmp_path / "here")


def test_the_same_files_have_the_same_name_on_another_host(program, tmp_path):
    there = tmp_path / "there"
    for path in sorted(program.rglob("*.*"), reverse=True):
        copy = there / path.relative_to(program)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        os.utime(copy, (0, 0))
    (there / "tracker" / "pages.pyc").write_bytes(b"compiled there")

    assert name_build(there) == name_build(program)


@pytest.mark.parametrize(
    "path, content",
    [
        ("tracker/pages.py", "one = 2\n"),
        ("templates/page.html", "<p>Two</p>\n"),
        ("templates/another.html", ""),
        ("requirements.txt", "django==5.3\n"),
    ],
)
def test_another_content_has_another_name(program, path, content):
    before = name_build(program)

    (program / path).write_text(content)

    assert name_build(program) != before


def test_a_file_that_moves_changes_the_name(program):
    before = name_build(program)

    (program / "tracker" / "pages.py").rename(program / "tracker" / "sheets.py")

    assert name_build(program) != before


def test_a_text_of_the_site_changes_the_name(program):
    assert name_build(program, texts=["Ours"]) != name_build(program, texts=["Theirs"])
