"""How many sign-ins an address may try, over all the processes of this machine.

An attempt counts from before its password is checked until it succeeds, so that many at once get no
further than as many in a row. The counts are small files, one for each address: no failure writes
to the database, and the processes share them.
"""

import math
import time
from contextlib import contextmanager
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.core.files import locks


class FailureLimit(NamedTuple):
    failures: int
    seconds: int


# For one account, tried from one address.
ACCOUNT_LIMIT = FailureLimit(failures=10, seconds=5 * 60)
# For an address, whatever the accounts: higher, as the people of an office may share one.
ADDRESS_LIMIT = FailureLimit(failures=50, seconds=60 * 60)


class Attempt(NamedTuple):
    account: str
    time: float


class Standing(NamedTuple):
    """The seconds to wait, or the attempt with its number towards each limit."""

    wait: int
    attempt: Attempt | None = None
    of_account: int = 0
    of_address: int = 0


def begin(address, account):
    """Count an attempt, unless a limit is reached."""
    now = time.time()
    with lock():
        of_address = select_recent(load_attempts(address), ADDRESS_LIMIT, now)
        of_account = select_account(of_address, account)
        of_account = select_recent(of_account, ACCOUNT_LIMIT, now)
        wait = max(
            seconds_to_wait(of_account, ACCOUNT_LIMIT, now),
            seconds_to_wait(of_address, ADDRESS_LIMIT, now),
        )
        if wait:
            return Standing(wait)
        attempt = Attempt(account, now)
        of_account.append(attempt)
        of_address.append(attempt)
        save_attempts(address, of_address)
    return Standing(
        wait=0,
        attempt=attempt,
        of_account=len(of_account),
        of_address=len(of_address),
    )


def take_back(address, attempt):
    """Forget an attempt whose password was not checked after all."""
    with lock():
        attempts = load_attempts(address)
        if attempt in attempts:
            attempts.remove(attempt)
            save_attempts(address, attempts)


def forget_attempts(address, account=None):
    """Forget the attempts of an address, or those for one account, and return their number."""
    with lock():
        attempts = load_attempts(address)
        if account is None:
            remaining = []
        else:
            remaining = [attempt for attempt in attempts if attempt.account != account]
        if remaining != attempts:
            save_attempts(address, remaining)
    return len(attempts) - len(remaining)


def forget_all_attempts():
    with lock():
        store().clear()


@contextmanager
def lock():
    """Keep other threads and processes out, because a count is read and then written."""
    with open(settings.SIGN_IN_LOCK, "w") as file:
        # Closing the file releases it.
        locks.lock(file, locks.LOCK_EX)
        yield


def store():
    return caches["sign-in"]


def load_attempts(address):
    rows = store().get(address, [])
    return [Attempt(*row) for row in rows]


def save_attempts(address, attempts):
    if attempts:
        # Plain tuples, because the next release of the program must be able to read them.
        rows = [tuple(attempt) for attempt in attempts]
        store().set(address, rows, ADDRESS_LIMIT.seconds)
    else:
        store().delete(address)


def select_account(attempts, account):
    return [attempt for attempt in attempts if attempt.account == account]


def select_recent(attempts, limit, now):
    return [attempt for attempt in attempts if attempt.time > now - limit.seconds]


def seconds_to_wait(attempts, limit, now):
    """Return how long it takes until fewer attempts than the limit are recent, 0 if they are."""
    if len(attempts) < limit.failures:
        return 0
    oldest = attempts[-limit.failures]
    return max(1, math.ceil(oldest.time + limit.seconds - now))
