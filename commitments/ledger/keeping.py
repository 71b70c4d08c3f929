"""Public answers kept in memory, each under all that it depends on.

Its name is its ETag, which holds the ledger's head, the build, the day, the language, the format
and the query; beside it the path, and whether it is compressed. What is published makes new names,
so nothing kept is ever wrong, and nothing is removed but for want of room.
"""

import pickle
from hashlib import sha256
from threading import Lock

from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse

from commitments.ledger.freshness import ConditionalAnswer, read_head

# An answer larger than this is made anew each time: few of them would fill the memory.
MOST_BYTES = 512 * 1024
# How long others wait for whoever makes the same answer already.
PATIENCE = 2
# Answers share these locks by their names: two that share one wait for each other now and then.
LOCKS = [Lock() for _ in range(64)]


def answer_from_memory(request, state: ConditionalAnswer, make, *, is_rare=False) -> HttpResponse:
    """Return the answer that `state` names: the kept one, else what `make()` returns.

    `request.head` is the head that `state` was made with. One that `is_rare` is kept only when it
    is asked for a second time. Raises what `make` raises.
    """
    if not may_use_memory(request):
        return make()
    name = name_answer(request, state)
    response = read_kept(name)
    if response is not None:
        return response
    lock = LOCKS[int(name, 16) % len(LOCKS)]
    is_ours = lock.acquire(timeout=PATIENCE)
    try:
        response = read_kept(name)
        if response is not None:
            return response
        response = make()
        if not is_rare or is_repeated(name):
            keep(name, response, request.head)
        return response
    finally:
        if is_ours:
            lock.release()


def may_use_memory(request) -> bool:
    # Within a transaction an answer may show what will be undone: the preview of a draft does.
    if connection.in_atomic_block:
        return False
    # Of a parameter given twice the last counts, and the ETag knows no order.
    parameters = request.GET.lists()
    return all(len(values) == 1 for _, values in parameters)


def name_answer(request, state: ConditionalAnswer) -> str:
    """Return the name of the answer, in hexadecimal digits."""
    accepted = request.headers.get("Accept-Encoding", "")
    is_compressed = "gzip" in accepted
    question = f"{state.etag} {request.path} {is_compressed}"
    return sha256(question.encode()).hexdigest()


def is_repeated(name) -> bool:
    """Whether this is not the first request for the answer, and note that it was made."""
    return not caches["pages"].add(f"request-{name}", b"")


def read_kept(name) -> HttpResponse | None:
    stored = caches["pages"].get(name)
    if stored is None:
        return None
    headers, content = pickle.loads(stored)
    return HttpResponse(content, headers=headers)


def keep(name, response, head):
    """Keep a whole answer of a size that pays; no error, and nothing that is one reader's own."""
    if response.streaming or response.cookies or response.status_code != 200:
        return
    content = response.content
    if len(content) > MOST_BYTES:
        return
    # What was published meanwhile may be in it or not: then it belongs to no one head.
    if read_head() == head:
        headers = dict(response.headers)
        stored = pickle.dumps((headers, content))
        caches["pages"].set(name, stored, timeout=None)
