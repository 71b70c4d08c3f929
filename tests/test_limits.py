"""Downloads, saves and sign-ins never take the last of the threads that readers need."""

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from tracker import limits

READ = RequestFactory().get("/pledges/")
DOWNLOAD = RequestFactory().get("/pledges.csv")
SAVE = RequestFactory().post("/admin/commitments/topic/add/")
SIGN_IN = RequestFactory().post("/admin/login/")


@pytest.fixture(autouse=True)
def no_patience(monkeypatch):
    monkeypatch.setattr(limits, "PATIENCE", 0)


@pytest.fixture(autouse=True)
def no_database():
    """Closing an answer looks after the database's connections; these tests have none."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.fixture
def site():
    """The middleware before a site that streams its downloads and answers all else at once."""

    def answer(request):
        if request.path_info.endswith(".csv"):
            return StreamingHttpResponse(iter([b"one\r\n", b"two\r\n"]))
        return HttpResponse(b"a page")

    return limits.KeepThreadsForReaders(answer)


def fill(limit):
    """Take every place of `limit`, those to run and those to wait."""
    for _ in range(limit.threads):
        assert limit.places.acquire(blocking=False)


def test_the_limits_together_leave_threads_for_readers(site):
    held = sum(limit.threads for limit in [site.downloads, site.saves, site.sign_ins])

    assert limits.THREADS - held >= 4


def test_downloads_are_limited_and_one_too_many_hears_when_to_come_back(site):
    running = [site(DOWNLOAD) for _ in range(2)]

    refusal = site(DOWNLOAD)

    assert [response.status_code for response in running] == [200, 200]
    assert refusal.status_code == 503
    assert refusal["Retry-After"] == "5"
    assert refusal["Cache-Control"] == "no-store"
    assert b"Too many downloads" in refusal.content
    assert site(READ).status_code == 200


@pytest.mark.parametrize("parts_read", [0, 1, 2])
def test_a_download_frees_its_place_when_it_is_closed_however_much_was_read(site, parts_read):
    first, _ = site(DOWNLOAD), site(DOWNLOAD)
    parts = iter(first)
    for _ in range(parts_read):
        next(parts)

    first.close()

    assert site(DOWNLOAD).status_code == 200
    assert site(DOWNLOAD).status_code == 503


def test_a_download_closed_twice_frees_one_place(site):
    first, _ = site(DOWNLOAD), site(DOWNLOAD)

    first.close()
    first.close()

    assert site(DOWNLOAD).status_code == 200
    assert site(DOWNLOAD).status_code == 503


def test_a_download_that_fails_halfway_frees_its_place():
    def broken_parts():
        yield b"one\r\n"
        raise ValueError("broken")

    site = limits.KeepThreadsForReaders(lambda request: StreamingHttpResponse(broken_parts()))
    for _ in range(5):
        response = site(DOWNLOAD)
        assert response.status_code == 200
        with pytest.raises(ValueError):
            list(response)
        response.close()


def test_a_download_that_is_refused_is_closed(site):
    closed = []

    class Parts(list):
        def close(self):
            closed.append(self)

    site.get_response = lambda request: StreamingHttpResponse(Parts([b"one"]))
    fill(site.downloads)

    assert site(DOWNLOAD).status_code == 503
    assert len(closed) == 1


def test_a_download_arrives_whole(site):
    assert b"".join(site(DOWNLOAD)) == b"one\r\ntwo\r\n"


def test_saves_are_limited_and_one_too_many_changes_nothing(site):
    requests = []
    site.get_response = requests.append
    fill(site.saves)

    refusal = site(SAVE)

    assert refusal.status_code == 503
    assert refusal["Retry-After"] == "5"
    assert b"Yours was not" in refusal.content
    assert requests == []


def test_saves_that_wait_take_no_turn_from_sign_ins_or_readers(site):
    fill(site.saves)

    assert site(SIGN_IN).status_code == 200
    assert site(READ).status_code == 200


def test_sign_ins_are_limited_by_themselves(site):
    fill(site.sign_ins)

    assert site(SIGN_IN).status_code == 503
    assert site(SAVE).status_code == 200


def test_a_save_frees_its_place_even_when_it_fails(site):
    def fail(request):
        raise ValueError("broken")

    site.get_response = fail
    for _ in range(site.saves.threads + 1):
        with pytest.raises(ValueError):
            site(SAVE)


def test_whoever_gets_no_turn_in_time_gives_the_place_back(site):
    """Two downloads run; each later one waits for its turn, in vain, and makes room for the next."""
    running = [site(DOWNLOAD) for _ in range(2)]
    for _ in range(site.downloads.threads):
        assert site(DOWNLOAD).status_code == 503

    for response in running:
        response.close()

    assert site(DOWNLOAD).status_code == 200


def test_a_static_file_is_sent_in_one_part_and_needs_no_place(tmp_path):
    file = tmp_path / "site.css"
    file.write_bytes(b"a" * 100_000)
    site = limits.KeepThreadsForReaders(lambda request: FileResponse(file.open("rb")))
    fill(site.downloads)

    response = site(RequestFactory().get("/static/site.css"))

    assert response.status_code == 200
    assert response["Content-Length"] == "100000"
    assert list(response) == [b"a" * 100_000]
    response.close()
