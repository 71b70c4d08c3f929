from django.db import DatabaseError, connection


def test_being_alive_needs_no_database(client):
    """Without the `db` fixture any statement fails this test."""
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"live\n")
    assert "no-store" in response.headers["Cache-Control"]


def test_ready_means_the_ledger_can_be_read(client, japan):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready at ledger entry 1\n")


def test_a_silent_database_is_not_ready_and_gives_no_details(client, db, monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError("could not connect to secret-host")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", refuse)
        response = client.get("/readyz")
    assert response.status_code == 503
    assert b"secret-host" not in response.content
