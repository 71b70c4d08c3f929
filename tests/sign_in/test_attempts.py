"""Where the limits stand: the attempt before, the attempt, the attempt after."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches

from tracker.sign_in import attempts

HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"
START = 1_767_225_600


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(START, tick=False)
    return time_machine


def begin(times, account="rita", address=HERE):
    standings = [attempts.begin(address, account) for _ in range(times)]
    return [standing.wait for standing in standings]


def test_ten_attempts_at_an_account_are_free_and_the_eleventh_waits_five_minutes():
    assert begin(10) == [0] * 10
    assert begin(2) == [300, 300]


def test_an_account_is_free_again_five_minutes_after_the_first_of_the_ten(clock):
    begin(1)
    clock.move_to(START + 100, tick=False)
    begin(9)
    assert begin(1) == [200]
    clock.move_to(START + 299, tick=False)
    assert begin(1) == [1]
    clock.move_to(START + 300, tick=False)
    # One of the ten is old now; the other nine still count.
    assert begin(2) == [0, 100]


def test_refused_attempts_do_not_prolong_the_wait(clock):
    begin(10)
    clock.move_to(START + 299, tick=False)
    begin(20)
    clock.move_to(START + 300, tick=False)
    assert begin(1) == [0]


def test_an_address_may_try_fifty_times_in_an_hour_whatever_the_accounts(clock):
    for number in range(50):
        assert begin(1, account=f"account {number}") == [0]
    assert begin(1, account="another") == [3600]
    assert begin(1, account="another", address=ELSEWHERE) == [0]
    clock.move_to(START + 3599, tick=False)
    assert begin(1, account="another") == [1]
    clock.move_to(START + 3600, tick=False)
    assert begin(1, account="another") == [0]


def test_another_account_and_another_address_do_not_wait_for_this_pair():
    begin(11)
    assert begin(1, account="victor") == [0]
    assert begin(1, address=ELSEWHERE) == [0]


def test_no_two_pairs_share_a_count():
    """Written one behind the other, these two would be the same."""
    begin(10, account="rita20", address="3.0.113.7")
    assert begin(1, account="rita", address="203.0.113.7") == [0]


def test_attempts_at_the_same_moment_are_all_counted():
    with ThreadPoolExecutor(16) as pool:
        standings = list(pool.map(lambda _: attempts.begin(HERE, "rita"), range(60)))
    free = [standing for standing in standings if not standing.wait]
    assert sorted(standing.of_account for standing in free) == list(range(1, 11))


def test_an_attempt_taken_back_does_not_count():
    for _ in range(10):
        standing = attempts.begin(HERE, "rita")
        attempts.take_back(HERE, standing.attempt)
    assert begin(1) == [0]


def test_forgetting_an_account_leaves_the_other_attempts_of_the_address():
    begin(10)
    begin(10, account="victor")
    assert attempts.forget_attempts(HERE, "rita") == 10
    assert begin(1) == [0]
    assert begin(1, account="victor") == [300]


def test_nothing_is_kept_of_an_address_that_has_failed_at_nothing():
    begin(3)
    attempts.forget_attempts(HERE)
    assert caches["sign-in"].get(HERE) is None
