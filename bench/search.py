"""How long a search takes over made-up pledges, and how much longer the naive way: every text
compared with LIKE.

    .venv/bin/python -m bench.search [PLEDGES]
    .ci/postgres .venv/bin/python -m bench.search [PLEDGES]

Times the first 25 with rank and the capped count, what else is found, and what a misspelling may
have meant, in milliseconds of the processor: this process and, on PostgreSQL, its server process on
the same machine. `make bench` runs it on SQLite, and on PostgreSQL where there is one. Writes rows
past publishing: where DATABASE_URL names a database, it has to be an empty one; without, it makes
its own.
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


def vocabulary(chance):
    """Return 5000 words that can be spoken, the commonest first: beginnings are shared as in a
    language.
    """
    made = {}
    while len(made) < 5000:
        syllables = (
            chance.choice(CONSONANTS) + chance.choice(VOWELS)
            for _ in range(chance.choice((2, 3, 3, 4)))
        )
        made["".join(syllables)] = None
    return list(made)


WORDS = vocabulary(random.Random(2))
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


def fill(number, chance):
    # Words as rare as in speech: the tenth is met a tenth as often as the first.
    weights = [1 / (n + 1) for n in range(len(WORDS))]
    extra = ["critical minerals", "minerals", "気候変動への対策", "米国の防衛費", "広島"]
    party = models.Party.objects.create(
        slug="japan", name="Japan", name_ja="日本", kind="state", state="published"
    )
    leaders = [
        models.Leader(slug=f"leader-{n}", name=f"Leader N{n}son", state="published")
        for n in range(500)
    ]
    leaders = models.Leader.objects.bulk_create(leaders)
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

    def text(words):
        said = chance.choices(WORDS, weights, k=words)
        return " ".join([*said, chance.choice(extra)] if chance.random() < 0.1 else said)

    pledges = models.Pledge.objects.bulk_create(
        (
            models.Pledge(
                slug=f"pledge-{n}",
                title=text(8)[:200],
                quote=text(40),
                explanation=text(60),
                occasion="Speech",
                source=source,
                made_on=date(1975, 1, 1) + timedelta(days=n % 18000),
                stated_by=party,
                state="published",
                stated_by_leader=leaders[n % 500],
                attribution="joint_text",
                modality="commits",
                kind="trade",
            )
            for n in range(number)
        ),
        batch_size=500,
    )
    owed = [
        models.Undertaking(slug=f"{pledge.slug}--japan", pledge=pledge, party=party)
        for pledge in pledges
    ]
    models.Undertaking.objects.bulk_create(owed, batch_size=500)


def first_page(text):
    keys = search.find_best(models.Pledge.objects.published(), text, most=Capped.MOST + 1)
    return len(keys[: Capped.MOST]), models.Pledge.objects.in_bulk(keys[:25])


def naive(text):
    rows = models.Pledge.objects.published()
    for word in text.replace('"', "").split():
        somewhere = Q(undertakings__party__name__icontains=word)
        for name in TEXTS:
            somewhere |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(somewhere)
    rows = rows.distinct()
    return rows.count(), list(rows.order_by("-made_on", "slug")[:25])


def clock():
    """Return a function that tells the processor's seconds spent so far, by the database's process
    too.
    """
    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        # Other processes would work for this one, uncounted.
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        server = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not server.exists():
        print("The server's processor time cannot be read here: these are times on the wall.")
        return time.perf_counter

    def spent():
        user, system = server.read_text().rpartition(")")[2].split()[11:13]
        return time.process_time() + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    return spent


def milliseconds(act, text, now, times):
    act(text)
    start = now()
    for _ in range(times):
        act(text)
    return (now() - start) * 1000 / times


def main(number=WANTED, times=20):
    """Fill the database with `number` pledges and print a line for each question."""
    if models.Pledge.objects.exists():
        sys.exit("This database is not empty.")
    fill(number, random.Random(1))
    start = time.process_time()
    rebuild_search()
    spent = time.process_time() - start
    print(
        f"search: {connection.vendor}, {number:,} pledges; the search table made in {spent:.1f} s"
        " of this process"
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    now, goal = clock(), {"sqlite": 8, "postgresql": 20}[connection.vendor]
    print(
        f"{'':22}{'found':>7}{'list':>9}{'beside':>9}{'respelt':>9}{'naive':>9}   naive / list"
        f" (goal {goal})"
    )
    for kind, text in QUESTIONS.items():
        listed, *others = (
            milliseconds(act, text, now, times)
            for act in (first_page, search.find_related, search.correct_spelling)
        )
        compared = milliseconds(naive, text, now, max(1, times // 5))
        columns = "".join(f"{spent:9.1f}" for spent in (listed, *others, compared))
        print(f"{kind:22}{first_page(text)[0]:>7}{columns}{compared / max(listed, 0.1):9.1f}")


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    main(int(sys.argv[1]) if len(sys.argv) > 1 else WANTED)
