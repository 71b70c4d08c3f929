"""What whoever signs in is answered, through the form and all the middleware."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"
PASSWORD = "correct horse battery"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people(researcher, reviewer):
    """Rita and Victor."""


def test_the_eleventh_attempt_is_refused_with_the_time_to_wait(sign_in, fail):
    assert fail(10) == [200] * 10
    answer = sign_in()
    assert answer.status_code == 429
    assert 295 <= int(answer["Retry-After"]) <= 300
    assert answer["Cache-Control"] == "no-store"
    assert "Too many sign-ins failed. For the next 5 minutes" in answer.text
    assert 'class="errornote"' in answer.text
    assert "Summit Ledger: curating" in answer.text


def test_the_right_password_is_refused_too_while_the_pair_waits(sign_in, fail, client):
    fail(10)
    assert sign_in(password=PASSWORD).status_code == 429
    assert "_auth_user_id" not in client.session


def test_an_account_that_does_not_exist_is_answered_the_same(sign_in, fail):
    assert fail(10, username="nobody") == [200] * 10
    fail(10)
    known, unknown = sign_in(), sign_in(username="nobody")
    assert unknown.status_code == known.status_code == 429
    assert unknown.text == known.text
    assert set(unknown.headers) == set(known.headers)


def test_another_account_may_sign_in_from_the_same_address(sign_in, fail):
    fail(11)
    assert sign_in(username="victor", password=PASSWORD).status_code == 302


def test_the_account_may_sign_in_from_another_address(sign_in, fail):
    fail(11)
    assert sign_in(password=PASSWORD, address=ELSEWHERE).status_code == 302


def test_fifty_failures_stop_every_account_of_an_address_and_no_other_address(sign_in, fail):
    for number in range(5):
        fail(10, username=f"account {number}")
    answer = sign_in(username="victor", password=PASSWORD)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 3500
    assert "For the next 60 minutes" in answer.text
    assert sign_in(username="victor", password=PASSWORD, address=ELSEWHERE).status_code == 302


def test_a_success_forgets_the_failures_of_the_pair_alone(sign_in, fail, client):
    fail(9)
    fail(9, username="victor")
    assert sign_in(password=PASSWORD).status_code == 302
    client.logout()
    assert fail(10) == [200] * 10
    assert fail(2, username="victor") == [200, 429]


def test_somebody_without_a_place_at_the_desk_is_counted_with_the_right_password_too(fail):
    get_user_model().objects.create_user("guest", password=PASSWORD)
    assert fail(11, username="guest", password=PASSWORD) == [200] * 10 + [429]


def test_a_forwarded_address_resets_nothing_where_no_proxy_is_ours(sign_in, fail):
    fail(10)
    for number in range(3):
        spoofed = f"8.8.8.{number}"
        assert sign_in(HTTP_X_FORWARDED_FOR=spoofed).status_code == 429


def test_behind_a_proxy_only_its_own_entry_counts(sign_in, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(10):
        spoofed = f"8.8.8.{number}, {HERE}"
        assert sign_in(address="127.0.0.1", HTTP_X_FORWARDED_FOR=spoofed).status_code == 200
    answer = sign_in(address="127.0.0.1", HTTP_X_FORWARDED_FOR=f"8.8.4.4, {HERE}")
    assert answer.status_code == 429
    answer = sign_in(address="127.0.0.1", HTTP_X_FORWARDED_FOR=f"{HERE}, {ELSEWHERE}")
    assert answer.status_code == 200


def test_neither_a_failure_nor_a_refusal_writes_to_the_database(fail):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        fail(12)
    statements = [query["sql"] for query in queries]
    assert statements
    writes = re.compile(r"INSERT|UPDATE|DELETE|REPLACE|CREATE|BEGIN|SAVEPOINT", re.IGNORECASE)
    assert [sql for sql in statements if writes.match(sql.lstrip())] == []


def test_a_refusal_checks_no_password(fail, monkeypatch):
    fail(10)
    hashed = []

    def watch(self, password, salt, *arguments):
        hashed.append(password)

    monkeypatch.setattr("django.contrib.auth.hashers.MD5PasswordHasher.encode", watch)
    fail(1)
    fail(1, username="rita")
    assert hashed == []


def test_an_administrator_allows_everybody_to_try_again(sign_in, fail, capsys):
    fail(11)
    call_command("allow_sign_in")
    assert capsys.readouterr().out == "Nobody is kept from signing in any more.\n"
    assert sign_in(password=PASSWORD).status_code == 302


@pytest.mark.parametrize("address", ["2001:db8::1", "2001:db8::/64"])
def test_an_administrator_allows_one_address_to_try_again(sign_in, fail, capsys, address):
    fail(10, address="2001:db8::5")
    fail(10, address=ELSEWHERE)
    call_command("allow_sign_in", address)
    assert capsys.readouterr().out == "Forgot 10 failed sign-ins from 2001:db8::/64.\n"
    assert sign_in(password=PASSWORD, address=ELSEWHERE).status_code == 429
    assert sign_in(password=PASSWORD, address="2001:db8::5").status_code == 302


def test_what_is_no_address_is_not_taken_for_everybody(fail, sign_in):
    fail(10)
    with pytest.raises(CommandError, match="rita is not an address"):
        call_command("allow_sign_in", "rita")
    assert sign_in().status_code == 429


@pytest.mark.parametrize(
    "command", [("axes_reset",), ("axes_reset_ip", HERE), ("axes_reset_username", "rita")]
)
def test_the_commands_that_come_with_axes_name_ours(command):
    with pytest.raises(CommandError, match="allow_sign_in"):
        call_command(*command)
