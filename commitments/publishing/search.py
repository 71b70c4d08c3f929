"""Update the search table after what is public has changed. Nothing else writes it."""

from collections import Counter
from collections.abc import Iterator

from django.db import connection
from django.db.models import Q

from commitments.models import (
    Leader,
    LedgerHead,
    Party,
    Pledge,
    SearchEntry,
    SearchWord,
    Summit,
    Topic,
    Undertaking,
)
from commitments.publishing.ledger import appending
from commitments.search import index
from commitments.search.entries import SEARCHABLE, build_entries
from commitments.search.spelling import list_vocabulary
from commitments.search.words import FORM

WRITTEN = ("form", "slug", "shown", "shown_ja", *index.COLUMNS)
AT_ONCE = 500


def refresh_search(batch):
    """Update the entries of the changed records, and of the pledges that are found by their names.

    It runs inside the caller's transaction, and takes a few statements however many records there
    are.
    """
    for model in SEARCHABLE:
        keys = {record.pk for record in batch if type(record) is model}
        if model is Pledge:
            related = _find_related_pledges(batch)
            keys.update(related)
        sorted_keys = sorted(keys)
        for part in _split(sorted_keys):
            _write_entries(model, part)


def _find_related_pledges(batch):
    """Return the keys of the pledges, in any state, whose entries have the name of a record."""
    parties = _list_keys(batch, Party)
    leaders = _list_keys(batch, Leader)
    summits = _list_keys(batch, Summit)
    topics = _list_keys(batch, Topic)
    undertakings = Undertaking.objects.filter(
        Q(party__in=parties) | Q(leader__in=leaders),
    )
    pledge_topics = Pledge.topics.through.objects.filter(topic__in=topics)
    pledges = Pledge.objects.filter(
        Q(stated_by__in=parties)
        | Q(stated_by_leader__in=leaders)
        | Q(summit__in=summits)
        | Q(pk__in=undertakings.values("pledge"))
        | Q(pk__in=pledge_topics.values("pledge"))
    )
    return pledges.values_list("pk", flat=True)


def _list_keys(records, model):
    return [record.pk for record in records if isinstance(record, model)]


def _split(keys):
    """Return the list in parts of at most `AT_ONCE`."""
    parts = []
    for start in range(0, len(keys), AT_ONCE):
        end = start + AT_ONCE
        parts.append(keys[start:end])
    return parts


def _write_entries(model, keys):
    """Update the entries of the records of `model` with these keys."""
    rows = SearchEntry.objects.filter(
        record_type=model._meta.model_name,
        record_id__in=keys,
    )
    before = {entry.record_id: entry for entry in rows}
    now = {entry.record_id: entry for entry in build_entries(model, among=keys)}
    lost = [entry.pk for key, entry in before.items() if key not in now]
    changed = []
    for key, entry in now.items():
        if key not in before or _read_columns(entry) != _read_columns(before[key]):
            changed.append(entry)
    if lost:
        SearchEntry.objects.filter(pk__in=lost).delete()
    if changed:
        SearchEntry.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=WRITTEN,
        )
    _write_words(before.values(), now.values())


def _read_columns(entry):
    return [getattr(entry, name) for name in WRITTEN]


def _count_words(search_entries):
    """Return in how many of the entries each word is, as a Counter."""
    counts = Counter()
    for entry in search_entries:
        counts.update(_list_words(entry))
    return counts


def _list_words(entry):
    titles = [entry.shown, entry.shown_ja]
    return list_vocabulary(titles)


def _write_words(before, now):
    """Take the words of the entries `before` out of the vocabulary, and put in those of `now`."""
    differences = _count_words(now)
    differences.subtract(_count_words(before))
    changed = [word for word, difference in differences.items() if difference]
    for words in _split(sorted(changed)):
        rows = SearchWord.objects.filter(word__in=words)
        counts = dict(rows.values_list("word", "entries"))
        lost, written = [], []
        for word in words:
            count = counts.get(word, 0) + differences[word]
            if count > 0:
                written.append(SearchWord(word=word, entries=count))
            else:
                lost.append(word)
        SearchWord.objects.filter(word__in=lost).delete()
        SearchWord.objects.bulk_create(
            written,
            update_conflicts=True,
            unique_fields=["word"],
            update_fields=["entries"],
        )


def rebuild_search() -> int:
    """Make the search table anew from the published records, and return their number.

    It is made in one transaction, so all or nothing.
    """
    # No entry is appended. The lock keeps publications out in the meantime.
    with appending():
        index.install_index()
        index.rebuild_index()
        SearchEntry.objects.all().delete()
        SearchWord.objects.all().delete()
        counts = Counter()
        for model in SEARCHABLE:
            rows = list(build_entries(model))
            SearchEntry.objects.bulk_create(rows, batch_size=AT_ONCE)
            counts.update(_count_words(rows))
        words = sorted(counts)
        rows = [SearchWord(word=word, entries=counts[word]) for word in words]
        SearchWord.objects.bulk_create(rows, batch_size=AT_ONCE)
        return SearchEntry.objects.count()


def install_search():
    """Install the index after a migration, and fill a table that is empty or of an older form."""
    if SearchEntry._meta.db_table not in connection.introspection.table_names():
        return  # migrated back to before there was one
    index.install_index()
    current = SearchEntry.objects.filter(form=FORM)
    outdated = SearchEntry.objects.exclude(form=FORM)
    if current.exists() and not outdated.exists():
        return
    if LedgerHead.objects.filter(pk=1, seq__gt=0).exists():
        rebuild_search()


def find_search_differences() -> Iterator[str]:
    """Yield a sentence for each difference between the search table and the published records."""
    again = "Run `rebuild_search`."
    for name in index.find_missing_index():
        yield f"The search index lacks {name}. {again}"
        return
    if index.is_lagging():
        yield f"The search index holds other records than the search table. {again}"
    counts = Counter()
    for model in SEARCHABLE:
        for sentence in _compare_entries(model, counts):
            yield f"{sentence} {again}"
    if dict(SearchWord.objects.values_list("word", "entries")) != counts:
        yield (
            "The words that a misspelling may have meant are not those of the published records."
            f" {again}"
        )


def _compare_entries(model, counts):
    """Yield a sentence for each difference between the table and the published records of `model`.

    The words of the records are added to `counts`.
    """
    record_type = model._meta.model_name
    rows = SearchEntry.objects.filter(record_type=record_type)
    entry_by_key = {entry.record_id: entry for entry in rows}
    for expected in build_entries(model):
        counts.update(_list_words(expected))
        name = f"{record_type} {expected.slug}"
        entry = entry_by_key.pop(expected.record_id, None)
        if entry is None:
            yield f"{name} is published and cannot be found by searching."
        elif _read_columns(entry) != _read_columns(expected):
            yield f"{name} is found by other words than it is published with."
    for entry in entry_by_key.values():
        yield f"{record_type} {entry.slug} is found by searching and is not published."
