"""A connection that stays open between requests follows the file, not the inode."""

import os
import sqlite3
from contextlib import closing

import pytest
from django.db.utils import ConnectionHandler

QUESTION = "SELECT said FROM notes"


def write_database(path, said):
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE notes (said TEXT)")
        database.execute("INSERT INTO notes VALUES (?)", [said])
        database.commit()


@pytest.fixture(autouse=True)
def own_databases(django_db_blocker):
    """None of these connections is to the database that the other tests share."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def connection(own_databases, tmp_path):
    """A connection as the site's settings make it, to a database of the test's own."""
    path = tmp_path / "site.sqlite3"
    write_database(path, "before")
    settings = {
        "ENGINE": "tracker.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
    connection = ConnectionHandler({"default": settings})["default"]
    yield connection
    connection.close()


def ask(connection):
    """Ask as a request does, which ends by looking whether the connection may stay open."""
    with connection.cursor() as cursor:
        said = cursor.execute(QUESTION).fetchone()[0]
    connection.close_if_unusable_or_obsolete()
    return said


def test_requests_share_a_connection(connection):
    ask(connection)
    first = connection.connection

    ask(connection)

    assert connection.connection is first


def test_a_restored_file_is_read_at_the_next_request(connection, tmp_path):
    assert ask(connection) == "before"
    write_database(tmp_path / "copy.sqlite3", "after")

    os.replace(tmp_path / "copy.sqlite3", tmp_path / "site.sqlite3")

    assert ask(connection) == "after"


def test_a_file_that_was_removed_is_not_written_to_any_more(connection, tmp_path):
    ask(connection)

    (tmp_path / "site.sqlite3").unlink()
    write_database(tmp_path / "site.sqlite3", "anew")

    assert ask(connection) == "anew"


def test_a_database_in_memory_is_kept():
    settings = {"ENGINE": "tracker.sqlite3", "NAME": ":memory:", "CONN_HEALTH_CHECKS": True}
    connection = ConnectionHandler({"default": settings})["default"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE notes (said TEXT)")
        cursor.execute("INSERT INTO notes VALUES ('kept')")

    assert ask(connection) == "kept"
    assert ask(connection) == "kept"
    connection.close()
