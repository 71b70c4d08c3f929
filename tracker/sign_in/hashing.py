"""At most two passwords are hashed at once in a process, so that readers keep theirs."""

from contextlib import contextmanager
from threading import BoundedSemaphore

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from tracker.sign_in.refusals import Busy

HASHES = 2
# Whoever waits holds one of the server's threads, so few may.
WAITING = 1
PATIENCE = 2  # seconds

hashing = BoundedSemaphore(HASHES)
present = BoundedSemaphore(HASHES + WAITING)


@contextmanager
def turn():
    """Wait for one of the places at which passwords are hashed."""
    if not present.acquire(blocking=False):
        raise Busy(PATIENCE)
    try:
        if not hashing.acquire(timeout=PATIENCE):
            raise Busy(PATIENCE)
        try:
            yield
        finally:
            hashing.release()
    finally:
        present.release()


class PatientHasher(PBKDF2PasswordHasher):
    """Django's own hasher, taking turns.

    Every hash is made here: of a password that is checked, of one that is changed, and the one that
    makes unknown accounts take as long as known ones.
    """

    def encode(self, password, salt, iterations=None):
        with turn():
            return super().encode(password, salt, iterations)
