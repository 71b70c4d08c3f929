"""What the log says of failures, and that a flood cannot fill a disk with it."""

import logging

import pytest

from tracker.sign_in import journal
from tracker.sign_in.journal import Journal

HERE = "203.0.113.7"


@pytest.fixture(autouse=True)
def new_journal(monkeypatch):
    monkeypatch.setattr(journal, "journal", Journal())
    return journal.journal


@pytest.fixture
def lines(caplog):
    """Return a function that returns the lines of sign-ins so far, Django's own included."""
    caplog.set_level(logging.WARNING)

    def lines():
        return [
            record.getMessage()
            for record in caplog.records
            if record.name.startswith(("tracker.sign_in", "axes", "django.request"))
        ]

    return lines


@pytest.mark.django_db
def test_the_first_failure_and_the_one_that_reaches_the_limit_are_logged(fail, lines):
    fail(15)
    assert lines() == [
        "A sign-in as 'rita' failed from 203.0.113.7",
        "10 sign-ins as 'rita' failed from 203.0.113.7: no more for now",
    ]


@pytest.mark.django_db
def test_an_address_that_reaches_its_limit_is_logged(fail, lines):
    for number in range(51):
        fail(1, username=f"account {number}")
    assert lines()[-1] == "50 sign-ins failed from 203.0.113.7: no more for now"
    assert len(lines()) == 51


@pytest.mark.django_db
def test_an_account_name_cannot_forge_a_line(fail, lines):
    fail(1, username="rita\r\nA sign-in\x1b[2J\u2028as\u202e 'victor'")
    [line] = lines()
    assert line.isprintable()
    assert line.startswith(r'''A sign-in as "rita\r\nA sign-in\x1b[2J\u2028as\u202e 'victor'"''')


@pytest.mark.django_db
def test_no_password_is_logged(sign_in, caplog):
    caplog.set_level(logging.DEBUG)
    sign_in(password="a secret of rita's")
    assert "a secret" not in caplog.text


def test_a_period_has_so_many_lines_and_the_next_says_what_was_left_out(new_journal, lines):
    for number in range(200):
        new_journal.write("line %d", number)
    new_journal.omit()
    assert lines() == [f"line {number}" for number in range(60)]
    new_journal.end = 0
    new_journal.write("the next")
    assert lines()[60:] == ["141 more sign-ins failed or were refused until now", "the next"]
