"""What the log says of failed sign-ins: who and from where, and never more than so many lines."""

import logging
import threading
import time

from tracker.sign_in.attempts import ACCOUNT_LIMIT, ADDRESS_LIMIT

logger = logging.getLogger(__name__)


class Journal:
    """Writes the first lines of every period and counts what it leaves out."""

    LINES = 60
    PERIOD = 60  # seconds

    def __init__(self):
        self.lock = threading.Lock()
        self.end = 0.0
        self.lines = 0
        self.omitted = 0

    def write(self, message, *arguments):
        with self.lock:
            self.start_period()
            if self.lines == self.LINES:
                self.omitted += 1
                return
            self.lines += 1
            logger.warning(message, *arguments)

    def omit(self):
        with self.lock:
            self.start_period()
            self.omitted += 1

    def start_period(self):
        now = time.monotonic()
        if now < self.end:
            return
        if self.omitted:
            logger.warning("%d more sign-ins failed or were refused until now", self.omitted)
        self.end = now + self.PERIOD
        self.lines = self.omitted = 0


journal = Journal()


def note_failure(address, standing):
    """Log the first failure of an account and the one that reaches a limit; count the others.

    The account is whatever somebody typed: `%r` leaves no line break and no control code in it.
    """
    account = standing.attempt.account
    if standing.of_account == 1:
        journal.write("A sign-in as %r failed from %s", account, address)
    elif standing.of_account == ACCOUNT_LIMIT.failures:
        sentence = "%d sign-ins as %r failed from %s: no more for now"
        journal.write(sentence, standing.of_account, account, address)
    else:
        journal.omit()
    if standing.of_address == ADDRESS_LIMIT.failures:
        journal.write("%d sign-ins failed from %s: no more for now", standing.of_address, address)


def note_refusal():
    journal.omit()


class SkipRefusals(logging.Filter):
    """Keeps refused sign-ins out of Django's log of answers, which has no limit."""

    def filter(self, record):
        request = getattr(record, "request", None)
        return not getattr(request, "is_refused_sign_in", False)
