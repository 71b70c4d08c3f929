"""At most two passwords are hashed at once in a process, so that readers keep theirs."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from tracker.limits import PATIENCE, Limit
from tracker.sign_in.refusals import Busy

# Whoever waits holds one of the server's threads, so only one may.
hashes = Limit(running=2, waiting=1)


class PatientHasher(PBKDF2PasswordHasher):
    """Django's own hasher, taking turns.

    Every hash is made here: of a password that is checked, of one that is changed, and the one that
    makes unknown accounts take as long as known ones.
    """

    def encode(self, password, salt, iterations=None):
        if not hashes.enter():
            raise Busy(PATIENCE)
        try:
            return super().encode(password, salt, iterations)
        finally:
            hashes.leave()
