"""Keeps the search table in step with what is public. Nothing else writes it."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

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
    """Bring the entries of the changed records up to date, and of the pledges found by their names.

    Inside the caller's transaction, and a few statements however many records there are.
    """
    for model in SEARCHABLE:
        keys = {record.pk for record in batch if type(record) is model}
        if model is Pledge:
            keys.update(_pledges_named_by(batch))
        for some in _parts(sorted(keys)):
            _write(model, some)


def _pledges_named_by(batch):
    """Return the keys of the pledges that are found by the name of one of `batch`, public or no
    longer.
    """
    parties, leaders, summits, topics = (
        [record.pk for record in batch if isinstance(record, model)]
        for model in (Party, Leader, Summit, Topic)
    )
    owed = Undertaking.objects.filter(Q(party__in=parties) | Q(leader__in=leaders))
    said = Q(stated_by__in=parties) | Q(stated_by_leader__in=leaders) | Q(summit__in=summits)
    about = Pledge.topics.through.objects.filter(topic__in=topics)
    pledges = Pledge.objects.filter(
        said | Q(pk__in=owed.values("pledge")) | Q(pk__in=about.values("pledge"))
    )
    return pledges.values_list("pk", flat=True)


def _parts(keys):
    return [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]


def _write(model, keys):
    """Bring the entries of the records of `model` with these keys up to date."""
    theirs = SearchEntry.objects.filter(record_type=model._meta.model_name, record_id__in=keys)
    before = {entry.record_id: entry for entry in theirs}
    now = {entry.record_id: entry for entry in build_entries(model, among=keys)}
    gone = [entry.pk for key, entry in before.items() if key not in now]
    changed = [
        entry
        for key, entry in now.items()
        if key not in before or _said(entry) != _said(before[key])
    ]
    if gone:
        SearchEntry.objects.filter(pk__in=gone).delete()
    if changed:
        SearchEntry.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN
        )
    _count_words(before.values(), now.values())


def _said(entry):
    return [getattr(entry, name) for name in WRITTEN]


def _words(entry):
    return list_vocabulary([entry.shown, entry.shown_ja])


def _count_words(before, now):
    """Take the words of the entries `before` out of the vocabulary, and put those of `now` into
    it.
    """
    counts = Counter(chain.from_iterable(map(_words, now)))
    counts.subtract(chain.from_iterable(map(_words, before)))
    changed = {word: by for word, by in counts.items() if by}
    for some in _parts(sorted(changed)):
        known = dict(SearchWord.objects.filter(word__in=some).values_list("word", "entries"))
        new = {word: known.get(word, 0) + changed[word] for word in some}
        SearchWord.objects.filter(
            word__in=[word for word, number in new.items() if number <= 0]
        ).delete()
        SearchWord.objects.bulk_create(
            [SearchWord(word=word, entries=number) for word, number in new.items() if number > 0],
            update_conflicts=True,
            unique_fields=["word"],
            update_fields=["entries"],
        )


def rebuild_search() -> int:
    """Make the search table anew from the published records; return how many are in it. All or
    nothing.
    """
    # No entry is appended: the lock keeps publications out while the table is made.
    with appending():
        index.install_index()
        index.rebuild_index()
        SearchEntry.objects.all().delete()
        SearchWord.objects.all().delete()
        words = Counter()
        for model in SEARCHABLE:
            made = list(build_entries(model))
            SearchEntry.objects.bulk_create(made, batch_size=AT_ONCE)
            words.update(chain.from_iterable(map(_words, made)))
        counted = [SearchWord(word=word, entries=number) for word, number in sorted(words.items())]
        SearchWord.objects.bulk_create(counted, batch_size=AT_ONCE)
        return SearchEntry.objects.count()


def install_search():
    """Put the index in order after a migration, and fill the table where this program did not
    yet.
    """
    if SearchEntry._meta.db_table not in connection.introspection.table_names():
        return  # migrated back to before there was one
    index.install_index()
    filled = (
        SearchEntry.objects.filter(form=FORM).exists()
        and not SearchEntry.objects.exclude(form=FORM).exists()
    )
    if not filled and LedgerHead.objects.filter(pk=1, seq__gt=0).exists():
        rebuild_search()


def find_search_differences() -> Iterator[str]:
    """Yield a sentence for whatever the search table says that the published records do not, or the
    other way round.
    """
    again = "Run `rebuild_search`."
    for name in index.find_missing_index():
        yield f"The search index lacks {name}. {again}"
        return
    if index.is_lagging():
        yield f"The search index holds other records than the search table. {again}"
    words = Counter()
    for model in SEARCHABLE:
        record_type = model._meta.model_name
        said = {
            entry.record_id: entry for entry in SearchEntry.objects.filter(record_type=record_type)
        }
        for entry in build_entries(model):
            words.update(_words(entry))
            found = said.pop(entry.record_id, None)
            if found is None:
                yield (
                    f"{record_type} {entry.slug} is published and cannot be found by searching."
                    f" {again}"
                )
            elif _said(found) != _said(entry):
                yield (
                    f"{record_type} {entry.slug} is found by other words than it is published with."
                    f" {again}"
                )
        for entry in said.values():
            yield f"{record_type} {entry.slug} is found by searching and is not published. {again}"
    if dict(SearchWord.objects.values_list("word", "entries")) != words:
        yield (
            "The words that a misspelling may have meant are not those of the published records."
            f" {again}"
        )
