"""How long a search over made-up pledges takes, and how much longer the naive way takes, which
compares every text with LIKE.

    .venv/bin/python -m bench.search [PLEDGES]
    .ci/postgres .venv/bin/python -m bench.search [PLEDGES]

It times the first 25 pledges with their rank and the capped count, the related records, and what a
misspelling may have meant, in milliseconds of the processor: of this process and, on PostgreSQL, of
its server process on the same machine. `make bench` runs it on SQLite, and on PostgreSQL where
there is one. It writes rows without publishing them, so a database that DATABASE_URL names must be
empty; without one it makes its own.
"""

import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import django

if __name__ == "__main__":
    # Before anything reads the settings.
    folder = tempfile.TemporaryDirectory()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    os.environ["VAR_DIR"] = folder.name
    django.setup()

from django.core.management import call_command
from django.db import connection
from django.db.models import Q

from commitments import models, search
from commitments.pages.paging import Capped
from commitments.publishing.search import rebuild_search

WANTED = 20_000
CONSONANTS, VOWELS = "bcdfghklmnprstvz", "aeiou"


def make_words(chance):
    """Return 5000 words that can be spoken, the most frequent first. As in a language, many of them
    begin alike.
    """
    words = {}
    while len(words) < 5000:
        word = ""
        for _ in range(chance.choice((2, 3, 3, 4))):
            word += chance.choice(CONSONANTS)
            word += chance.choice(VOWELS)
        words[word] = None
    return list(words)


WORDS = make_words(random.Random(2))
QUESTIONS = {
    "a word": "minerals",
    "a common word": WORDS[10],
    "a rare word": WORDS[900],
    "three words": f"{WORDS[3]} {WORDS[5]} {WORDS[300]}",
    "a phrase": '"critical minerals"',
    "a name that all have": "japan",
    "Japanese": "気候変動",
    "one character": "米",
    "a beginning": WORDS[0][:3],
    "two short beginnings": f"{WORDS[0][:2]} {WORDS[1][:2]}",
    "nothing": "nothingatall",
}
TEXTS = ["title", "quote", "explanation", "summit__name"]
# Words as rare as in speech: the tenth is a tenth as frequent as the first.
FREQUENCIES = [1 / rank for rank in range(1, len(WORDS) + 1)]
RARITIES = ["critical minerals", "minerals", "気候変動への対策", "米国の防衛費", "広島"]
# How many times faster than the naive way a search should be.
GOALS = {"sqlite": 8, "postgresql": 20}


def fill_database(number, chance):
    """Write `number` published pledges of one party, by 500 leaders."""
    party = models.Party.objects.create(
        slug="japan", name="Japan", name_ja="日本", kind="state", state="published"
    )
    source = models.Source.objects.create(
        slug="source",
        kind="news",
        title="Source",
        publisher="P",
        tier="press",
        url="https://example.org",
        published_on=date(2025, 1, 1),
        state="published",
    )
    leaders = make_leaders()
    pledges = []
    for place in range(number):
        pledge = models.Pledge(
            slug=f"pledge-{place}",
            title=make_text(8, chance)[:200],
            quote=make_text(40, chance),
            explanation=make_text(60, chance),
            occasion="Speech",
            source=source,
            made_on=date(1975, 1, 1) + timedelta(days=place % 18000),
            stated_by=party,
            state="published",
            stated_by_leader=leaders[place % len(leaders)],
            attribution="joint_text",
            modality="commits",
            kind="trade",
        )
        pledges.append(pledge)
    models.Pledge.objects.bulk_create(pledges, batch_size=500)
    undertakings = []
    for pledge in pledges:
        slug = f"{pledge.slug}--japan"
        undertaking = models.Undertaking(slug=slug, pledge=pledge, party=party)
        undertakings.append(undertaking)
    models.Undertaking.objects.bulk_create(undertakings, batch_size=500)


def make_leaders():
    leaders = []
    for place in range(500):
        leader = models.Leader(
            slug=f"leader-{place}",
            name=f"Leader N{place}son",
            state="published",
        )
        leaders.append(leader)
    return models.Leader.objects.bulk_create(leaders)


def make_text(count, chance):
    """Return so many words, in one of ten texts with something rare at the end."""
    words = chance.choices(WORDS, FREQUENCIES, k=count)
    if chance.random() < 0.1:
        words.append(chance.choice(RARITIES))
    return " ".join(words)


def find_first_page(text):
    """Return how many pledges match, up to the cap, and the first 25 of them."""
    keys = search.find_best(models.Pledge.objects.published(), text, most=Capped.MOST + 1)
    count = len(keys[: Capped.MOST])
    return count, models.Pledge.objects.in_bulk(keys[:25])


def search_naively(text):
    """Return the same for pledges of which some text has each of the words."""
    rows = models.Pledge.objects.published()
    words = text.replace('"', "").split()
    for word in words:
        somewhere = Q(undertakings__party__name__icontains=word)
        for name in TEXTS:
            somewhere |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(somewhere)
    rows = rows.distinct()
    first_rows = rows.order_by("-made_on", "slug")[:25]
    return rows.count(), list(first_rows)


def make_clock():
    """Return a function for the seconds of processor time so far, those of the database's process
    included.
    """
    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        # Otherwise other processes would work for this one, and nobody would count them.
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        [process] = cursor.fetchone()
    statistics = Path(f"/proc/{process}/stat")
    if not statistics.exists():
        print("The server's processor time cannot be read here: these are times on the wall.")
        return time.perf_counter

    def count_seconds():
        return time.process_time() + read_seconds(statistics)

    return count_seconds


def read_seconds(statistics):
    """Return the processor time of a process, of its own and of the kernel for it."""
    _name, _bracket, numbers = statistics.read_text().rpartition(")")
    user, system = numbers.split()[11:13]
    ticks = int(user) + int(system)
    return ticks / os.sysconf("SC_CLK_TCK")


def measure_milliseconds(act, text, now, times):
    """Return how long `act` takes for a text, on average, after it has run once."""
    act(text)
    start = now()
    for _ in range(times):
        act(text)
    seconds = now() - start
    return seconds * 1000 / times


def main(number=WANTED, times=20):
    """Fill the database with `number` pledges and print a line for each question."""
    if models.Pledge.objects.exists():
        sys.exit("This database is not empty.")
    fill_database(number, random.Random(1))
    start = time.process_time()
    rebuild_search()
    spent = time.process_time() - start
    print(
        f"search: {connection.vendor}, {number:,} pledges; the search table made in {spent:.1f} s"
        " of this process"
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    now = make_clock()
    print(f"{'':22}{'found':>7}{'list':>9}{'related':>9}{'respelt':>9}{'naive':>9}", end="   ")
    print(f"naive / list (goal {GOALS[connection.vendor]})")
    for kind, text in QUESTIONS.items():
        print_line(kind, text, now, times)


def print_line(kind, text, now, times):
    """Print how many pledges a text finds, and how long each way to search takes."""
    count, _pledges = find_first_page(text)
    columns = [
        measure_milliseconds(find_first_page, text, now, times),
        measure_milliseconds(search.find_related, text, now, times),
        measure_milliseconds(search.correct_spelling, text, now, times),
        measure_milliseconds(search_naively, text, now, max(1, times // 5)),
    ]
    page, _related, _spelling, naive = columns
    numbers = "".join(f"{column:9.1f}" for column in columns)
    ratio = naive / max(page, 0.1)
    print(f"{kind:22}{count:>7}{numbers}{ratio:9.1f}")


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    main(int(sys.argv[1]) if len(sys.argv) > 1 else WANTED)
