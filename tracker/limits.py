"""Keep some of the server's threads free for readers, whatever else the site is asked to do.

Each process of the server has `THREADS` threads, and a request holds one until its answer is sent.
Three kinds of request can hold theirs for long: a download lasts as long as its reader takes, a
save waits for the database's lock, and a sign-in hashes a password. Each kind has a limit, and
together the limits leave some threads over, which answer everybody else.
"""

from threading import BoundedSemaphore

from django.conf import settings
from django.http import FileResponse
from django.shortcuts import resolve_url

from tracker.errors import render_unavailable

# Of one process. PostgreSQL sees as many connections from each process, if all are busy.
THREADS = 16
# How long a request waits for its turn: its thread is one that nobody else has meanwhile.
PATIENCE = 2
READING = ("GET", "HEAD", "OPTIONS")


class Limit:
    """How many acts of one kind run at once, and how many more wait for a turn.

    `sentence` says to whoever finds no place what there was too much of.
    """

    def __init__(self, *, running, waiting, sentence=""):
        self.threads = running + waiting
        self.sentence = sentence
        self.places = BoundedSemaphore(self.threads)
        self.turns = BoundedSemaphore(running)

    def enter(self):
        """Return whether the act may run. Whoever may has to `leave`, exactly once."""
        if not self.places.acquire(blocking=False):
            return False
        if self.turns.acquire(timeout=PATIENCE):
            return True
        self.places.release()
        return False

    def leave(self):
        self.turns.release()
        self.places.release()


class Stream:
    """The parts of a long answer, which hold a place until the server closes them.

    The server closes every answer: one that was sent, one whose reader went away and one that
    failed halfway.
    """

    def __init__(self, parts, limit):
        self.parts = iter(parts)
        self.limit = limit

    def __iter__(self):
        return self.parts

    def close(self):
        """Called once for each answer: Django forgets what it has closed."""
        self.limit.leave()


class KeepThreadsForReaders:
    """Answer 503 to a download, a save or a sign-in that would take one of the readers' threads."""

    def __init__(self, get_response):
        self.get_response = get_response
        # Only two, because writing a file keeps the process busy and slows its readers down.
        self.downloads = Limit(
            running=2,
            waiting=2,
            sentence="Too many downloads are running just now. Please try again in a moment.",
        )
        self.saves = Limit(
            running=3,
            waiting=2,
            sentence=(
                "Too many changes are being saved just now. Yours was not: please go back and send"
                " it again in a moment."
            ),
        )
        self.sign_ins = Limit(
            running=2,
            waiting=1,
            sentence="Too many people are signing in just now. Please try again in a moment.",
        )

    def __call__(self, request):
        if request.method in READING:
            response = self.get_response(request)
        else:
            response = self.write(request)
        return self.send(request, response) if response.streaming else response

    def write(self, request):
        """Answer a request that may wait for the database's lock or hash a password."""
        signs_in = request.path_info == resolve_url(settings.LOGIN_URL)
        limit = self.sign_ins if signs_in else self.saves
        if not limit.enter():
            return render_unavailable(request, limit.sentence)
        try:
            return self.get_response(request)
        finally:
            limit.leave()

    def send(self, request, response):
        """Return `response`, or a refusal, so that sending it holds no thread outside the limit."""
        if isinstance(response, FileResponse):
            # A style sheet or a script: in one part, which the server sends without a thread.
            response.streaming_content = [response.getvalue()]
            return response
        if not self.downloads.enter():
            response.close()
            return render_unavailable(request, self.downloads.sentence)
        response.streaming_content = Stream(response.streaming_content, self.downloads)
        return response
