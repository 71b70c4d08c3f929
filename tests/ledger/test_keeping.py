"""Answers kept in memory: each under all that it depends on, and nothing that may be undone."""

import threading
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.db import connection as db_connection
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from commitments.ledger import freshness, keeping
from tracker.caches import STORES, SizedMemory, measure_entry

HEAD = 7
NAME = '"7.build.2026-11-30.en-gb.html.0"'


@pytest.fixture(autouse=True)
def memory(settings, monkeypatch):
    """An empty memory, outside of any transaction; the ledger stands at 7."""
    pages = {
        "BACKEND": "tracker.caches.SizedMemory",
        "LOCATION": "test",
        "OPTIONS": {"MAX_BYTES": 100_000},
    }
    settings.CACHES = {**settings.CACHES, "pages": pages}
    monkeypatch.setattr(keeping, "connection", SimpleNamespace(in_atomic_block=False))
    monkeypatch.setattr(keeping, "read_head", lambda: HEAD)
    yield caches["pages"]
    STORES.clear()


class Making:
    """Counts how often an answer was made."""

    def __init__(self, response=None):
        self.times = 0
        self.response = response

    def __call__(self):
        self.times += 1
        return self.response or HttpResponse(f"made {self.times}", content_type="text/plain")


def ask(making, path="/", *, name=NAME, gzip=True, **options):
    headers = {"Accept-Encoding": "gzip"} if gzip else {}
    request = RequestFactory().get(path, headers=headers)
    request.head = HEAD
    state = freshness.ConditionalAnswer(name, is_unchanged=False, is_refused=False)
    return keeping.answer_from_memory(request, state, making, **options)


def test_an_answer_is_made_once_and_given_again_as_it_was():
    making = Making()
    first, second = ask(making), ask(making)
    assert making.times == 1
    assert first.content == second.content == b"made 1"
    assert first.headers == second.headers
    # The second is one of its own: what middleware writes into it is written into no other.
    second["X-Note"] = "mine"
    assert "X-Note" not in ask(making).headers


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"name": NAME.replace("7.", "8.", 1)}, id="after a publication"),
        pytest.param({"name": NAME.replace("build", "newer")}, id="of another build"),
        pytest.param({"name": NAME.replace("11-30", "12-01")}, id="on the next day"),
        pytest.param({"name": NAME.replace("en-gb", "ja")}, id="in another language"),
        pytest.param({"name": NAME.replace("html", "atom")}, id="in another format"),
        pytest.param({"name": NAME.replace(".0", ".1f")}, id="to another question"),
        pytest.param({"path": "/pledges/"}, id="at another address"),
        pytest.param({"gzip": False}, id="for who does not unpack"),
    ],
)
def test_another_answer_is_made_anew(other):
    making = Making()
    ask(making)
    assert ask(making, **other).content == b"made 2"
    assert ask(making).content == b"made 1"


@pytest.mark.parametrize(
    "response",
    [
        pytest.param(HttpResponse("nothing here", status=404), id="an error"),
        pytest.param(StreamingHttpResponse(["a", "b"]), id="a long one"),
        pytest.param(HttpResponse("x" * (keeping.MOST_BYTES + 1)), id="a large one"),
    ],
)
def test_some_answers_are_not_kept(response):
    making = Making(response)
    ask(making)
    ask(making)
    assert making.times == 2


def test_what_sets_a_cookie_is_not_kept():
    response = HttpResponse("yours")
    response.set_cookie("who", "you")
    making = Making(response)
    ask(making)
    ask(making)
    assert making.times == 2


def test_within_a_transaction_nothing_is_kept_and_nothing_given(monkeypatch):
    making = Making()
    ask(making)
    monkeypatch.setattr(keeping, "connection", SimpleNamespace(in_atomic_block=True))
    assert ask(making).content == b"made 2"
    assert ask(making, "/previewed/").content == b"made 3"
    monkeypatch.setattr(keeping, "connection", SimpleNamespace(in_atomic_block=False))
    assert ask(making, "/previewed/").content == b"made 4"


def test_what_was_made_while_something_was_published_belongs_to_no_head(monkeypatch):
    making = Making()
    monkeypatch.setattr(keeping, "read_head", lambda: HEAD + 1)
    ask(making)
    monkeypatch.setattr(keeping, "read_head", lambda: HEAD)
    assert ask(making).content == b"made 2"


def test_a_parameter_given_twice_is_left_alone():
    """The ETag has the values in one order, and the answer follows the last."""
    making = Making()
    ask(making, "/?party=a&party=b")
    assert ask(making, "/?party=b&party=a").content == b"made 2"


def test_a_rare_question_is_kept_from_the_second_time():
    making = Making()
    for _ in range(4):
        ask(making, is_rare=True)
    assert making.times == 2


def test_what_fails_is_passed_on_and_holds_nobody_up():
    def fail():
        raise Http404

    with pytest.raises(Http404):
        ask(fail)
    assert ask(Making()).content == b"made 1"


def test_many_who_come_at_once_wait_for_one_answer():
    inside, go_on = threading.Event(), threading.Event()
    making = Making()

    def make_slowly():
        inside.set()
        go_on.wait(5)
        return making()

    answers = []
    askers = [
        threading.Thread(target=lambda: answers.append(ask(make_slowly).content)) for _ in range(8)
    ]
    for asker in askers:
        asker.start()
    inside.wait(5)
    go_on.set()
    for asker in askers:
        asker.join(10)
    assert answers == [b"made 1"] * 8
    assert making.times == 1


def test_who_waited_too_long_makes_it_themselves(monkeypatch):
    monkeypatch.setattr(keeping, "PATIENCE", 0)
    monkeypatch.setattr(keeping, "LOCKS", [threading.Lock()])
    making = Making()
    with keeping.LOCKS[0]:
        assert ask(making).content == b"made 1"
    # And leaves the lock to whoever holds it.
    assert not keeping.LOCKS[0].locked()


def make_memory(most_bytes):
    return SizedMemory("bounded", {"OPTIONS": {"MAX_BYTES": most_bytes}})


def test_the_memory_keeps_to_its_size_and_drops_what_was_not_used_for_the_longest():
    room = measure_entry(":1:a", b"x" * 1000)
    memory = make_memory(3 * room)
    for key in "abc":
        memory.set(key, b"x" * 1000)
    memory.get("a")
    memory.set("d", b"x" * 1000)
    assert [key for key in "abcd" if memory.get(key)] == ["a", "c", "d"]
    assert memory.store.size == 3 * room
    memory.set("a", b"y")
    assert memory.store.size < 3 * room
    assert memory.delete("a")
    memory.clear()
    assert (memory.store.size, memory.get("c"), memory.delete("c")) == (0, None, False)


def test_what_is_larger_than_the_memory_is_not_in_it():
    memory = make_memory(500)
    memory.set("a", b"x" * 1000)
    assert memory.get("a") is None
    assert memory.store.size == 0


def test_adding_leaves_what_is_there():
    memory = make_memory(1000)
    assert memory.add("a", b"first")
    assert not memory.add("a", b"second")
    assert memory.get("a") == b"first"
    assert memory.touch("a")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/pledges/first/", "/calendar.ics"])
def test_answers_come_from_memory_until_something_is_published(
    client, make_pledge, make_topic, monkeypatch, django_assert_num_queries, address
):
    monkeypatch.undo()
    make_pledge("first", title="The first")
    made = client.get(address)
    with django_assert_num_queries(1):
        kept = client.get(address)
    assert kept.content == made.content
    assert kept.headers == made.headers
    # A page that cannot look back still says so.
    assert client.get("/?as_of=2026-01-01").status_code == 400
    client.get("/")
    assert client.get("/?as_of=2026-01-01").status_code == 400
    make_topic("newer")
    with CaptureQueriesContext(db_connection) as asked:
        client.get(address)
    assert len(asked) > 1
