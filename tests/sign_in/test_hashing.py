"""How many passwords are hashed at once, and what happens to whoever comes on top."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.hashers import (
    PBKDF2PasswordHasher,
    check_password,
    get_hasher,
    make_password,
)
from django.urls import reverse

from tracker import limits
from tracker.sign_in.hashing import PatientHasher, hashes
from tracker.sign_in.refusals import Busy

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def site_hasher(settings):
    settings.PASSWORD_HASHERS = ["tracker.sign_in.hashing.PatientHasher"]


@pytest.fixture
def slow(monkeypatch):
    """Make every hash last until it is let go, and know how many there are at once."""

    class Slow:
        def __init__(self):
            self.go = threading.Event()
            self.lock = threading.Lock()
            self.begun = threading.Semaphore(0)
            self.running = self.most = 0

        def encode(self, hasher, password, salt, iterations=None):
            with self.lock:
                self.running += 1
                self.most = max(self.most, self.running)
            self.begun.release()
            assert self.go.wait(20)
            with self.lock:
                self.running -= 1
            return f"pbkdf2_sha256$1${salt}$hash"

        def wait_for(self, number):
            for _ in range(number):
                assert self.begun.acquire(timeout=20)

    slow = Slow()
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", lambda *arguments: slow.encode(*arguments))
    yield slow
    slow.go.set()


@pytest.fixture
def full():
    """Every place taken: two hash and one waits."""
    for _ in range(hashes.threads):
        assert hashes.places.acquire(timeout=20)
    yield
    hashes.places.release(hashes.threads)


def test_two_passwords_are_hashed_at_once_and_a_third_waits_its_turn(slow):
    with ThreadPoolExecutor(3) as pool:
        results = [pool.submit(make_password, PASSWORD) for _ in range(3)]
        slow.wait_for(2)
        assert not slow.begun.acquire(timeout=0.2)
        slow.go.set()
        assert all(result.result(20).endswith("hash") for result in results)
    assert slow.most == 2


def test_a_fourth_is_turned_away_at_once(full):
    with pytest.raises(Busy):
        make_password(PASSWORD)


def test_whoever_waits_too_long_is_turned_away_and_the_place_is_free_again(slow, monkeypatch):
    monkeypatch.setattr(limits, "PATIENCE", 0.01)
    with ThreadPoolExecutor(2) as pool:
        results = [pool.submit(make_password, PASSWORD) for _ in range(2)]
        slow.wait_for(2)
        for _ in range(3):
            with pytest.raises(Busy):
                make_password(PASSWORD)
        slow.go.set()
        assert all(result.result(20) for result in results)
    assert make_password(PASSWORD)


def test_a_hash_that_fails_gives_its_place_back(monkeypatch):
    def break_down(*arguments):
        raise MemoryError

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", break_down)
    for _ in range(5):
        with pytest.raises(MemoryError):
            make_password(PASSWORD)


@pytest.mark.django_db
def test_every_way_to_a_hash_takes_turns(researcher, full):
    """A password checked, one changed, and one tried for an account that does not exist."""
    researcher.password = "pbkdf2_sha256$1$salt$hash"
    researcher.save(update_fields=["password"])
    for work in (
        lambda: authenticate(username="rita", password="wrong"),
        lambda: authenticate(username="nobody", password="wrong"),
        lambda: researcher.set_password("another one"),
    ):
        with pytest.raises(Busy):
            work()


@pytest.mark.django_db
def test_whoever_signs_in_meanwhile_is_asked_to_come_back_and_is_not_counted(full, sign_in):
    for _ in range(12):
        answer = sign_in(username="nobody")
        assert answer.status_code == 503
    assert answer["Retry-After"] == "2"
    assert answer["Cache-Control"] == "no-store"
    assert "Too many passwords are being checked at this moment." in answer.text


@pytest.mark.django_db
def test_a_password_that_cannot_be_changed_now_stays_as_it_is(administrator, client, full):
    client.force_login(administrator)
    address = reverse("admin:auth_user_password_change", args=[administrator.pk])
    before = administrator.password
    form = {
        "usable_password": "true",
        "password1": "a new long one 7",
        "password2": "a new long one 7",
    }
    assert client.post(address, form).status_code == 503
    assert get_user_model().objects.get(pk=administrator.pk).password == before


def test_the_hashes_are_those_that_django_makes():
    encoded = PBKDF2PasswordHasher().encode(PASSWORD, "a salt of twenty-two letters")
    assert encoded == PatientHasher().encode(PASSWORD, "a salt of twenty-two letters")
    assert check_password(PASSWORD, encoded)
    assert not check_password("wrong", encoded)
    assert get_hasher().iterations == PBKDF2PasswordHasher.iterations
    assert not get_hasher().must_update(encoded)
