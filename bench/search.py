"""How long a search takes over made-up pledges: the first 25 with rank, the capped count, what else is found.

    DATABASE_URL=sqlite:////tmp/bench.sqlite3 .venv/bin/python bench/search.py [PLEDGES]
    .ci/postgres .venv/bin/python bench/search.py [PLEDGES]

Needs an empty database of its own: it writes rows past publishing. Prints the median of nine in milliseconds, beside
the naive way, every text compared with LIKE or ILIKE.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp())
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Q  # noqa: E402

from commitments import models, search  # noqa: E402
from commitments.pages.paging import Capped  # noqa: E402
from commitments.publishing.search import rebuild  # noqa: E402

QUESTIONS = ["minerals", "japan", "w17", "w3 w5 w900", '"critical minerals"', "気候変動", "米", "w1 w2", "nothingatall"]
TEXTS = ["title", "quote", "explanation", "summit__name"]


def fill(number, chance):
    # Words as rare as in speech: the tenth is met a tenth as often as the first.
    vocabulary = [f"w{n}" for n in range(5000)]
    weights = [1 / (n + 1) for n in range(5000)]
    extra = ["critical minerals", "minerals", "気候変動への対策", "米国の防衛費", "広島"]
    party = models.Party.objects.create(slug="japan", name="Japan", name_ja="日本", kind="state", state="published")
    leaders = [models.Leader(slug=f"leader-{n}", name=f"Leader N{n}son", state="published") for n in range(500)]
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
        said = chance.choices(vocabulary, weights, k=words)
        return " ".join([*said, chance.choice(extra)] if chance.random() < 0.1 else said)

    pledges = models.Pledge.objects.bulk_create(
        (
            models.Pledge(
                slug=f"pledge-{n}", title=text(8)[:200], quote=text(40), explanation=text(60), occasion="Speech",
                source=source, made_on=date(1975, 1, 1) + timedelta(days=n % 18000), stated_by=party, state="published",
                stated_by_leader=leaders[n % 500], attribution="joint_text", modality="commits", kind="trade",
            )
            for n in range(number)
        ),
        batch_size=500,
    )  # fmt: skip
    owed = [models.Undertaking(slug=f"{pledge.slug}--japan", pledge=pledge, party=party) for pledge in pledges]
    models.Undertaking.objects.bulk_create(owed, batch_size=500)


def first_page(text):
    ranked = search.ranked(search.found(models.Pledge.objects.published(), text), text)
    return Capped(ranked, 25).count, list(ranked[:25])


def naive(text):
    rows = models.Pledge.objects.published()
    for word in text.replace('"', "").split():
        somewhere = Q(undertakings__party__name__icontains=word)
        for name in TEXTS:
            somewhere |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(somewhere)
    rows = rows.distinct()
    return rows.count(), list(rows.order_by("-made_on", "slug")[:25])


def milliseconds(act, text, times=9):
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        act(text)
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def main(number):
    call_command("migrate", verbosity=0)
    if models.Pledge.objects.exists():
        sys.exit("This database is not empty.")
    fill(number, random.Random(1))
    start = time.perf_counter()
    rebuild()
    print(f"{connection.vendor}, {number} pledges; the search table made in {time.perf_counter() - start:.1f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{'':22}{'found':>7}{'list':>9}{'beside':>9}{'respelt':>9}{'naive':>9}")
    for text in QUESTIONS:
        times = [milliseconds(act, text) for act in (first_page, search.beside, search.respelt)]
        times.append(milliseconds(naive, text, 3))
        print(f"{text:22}{first_page(text)[0]:>7}" + "".join(f"{spent:9.1f}" for spent in times))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
