"""Which records are searchable, and by which of their texts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from commitments.models import (
    Indicator,
    Leader,
    Party,
    Pledge,
    SearchEntry,
    Source,
    Summit,
    Topic,
    Undertaking,
)
from commitments.search.index import column, entry_key
from commitments.search.words import FORM, words


@dataclass(frozen=True)
class Searchable:
    """A kind of record: how its rows are loaded, and the texts of a row, by column of the search
    table.

    The first text of `title` and the second, in Japanese, are what an answer shows of it.
    """

    load: Callable[[], QuerySet]
    title: Callable
    names: Callable = lambda record: ()
    quote: Callable = lambda record: ()
    explanation: Callable = lambda record: ()


def _pledges():
    owed = Undertaking.objects.published().select_related("party", "leader").order_by("pk")
    pledges = Pledge.objects.published().select_related("summit", "stated_by", "stated_by_leader")
    return pledges.prefetch_related("topics", Prefetch("undertakings", owed, to_attr="owed"))


def _names_of_pledge(pledge):
    """Names of whoever owes or said it, of where and what about; each as often as it is written,
    once.
    """
    parties = [pledge.stated_by, *(row.party for row in pledge.owed)]
    leaders = filter(None, [pledge.stated_by_leader, *(row.leader for row in pledge.owed)])
    named = [text for party in parties for text in (party.name, party.name_ja, party.short_name)]
    named += [text for leader in leaders for text in (leader.name, leader.native_name)]
    named += [
        text
        for one in [*pledge.topics.all(), *filter(None, [pledge.summit])]
        for text in (one.name, one.name_ja)
    ]
    return dict.fromkeys([*named, pledge.occasion, pledge.occasion_ja])


def _offices(leader):
    return [text for tenure in leader.tenures.all() for text in (tenure.office, tenure.office_ja)]


SEARCHABLE = {
    Pledge: Searchable(
        _pledges,
        title=lambda pledge: (pledge.title, pledge.title_ja),
        names=_names_of_pledge,
        quote=lambda pledge: (pledge.quote, pledge.translation),
        explanation=lambda pledge: (pledge.explanation, pledge.explanation_ja),
    ),
    Summit: Searchable(
        Summit.objects.published,
        title=lambda summit: (summit.name, summit.name_ja),
        names=lambda summit: (summit.city, summit.venue),
        explanation=lambda summit: (summit.summary, summit.summary_ja),
    ),
    Leader: Searchable(
        lambda: Leader.objects.published().prefetch_related("tenures"),
        title=lambda leader: (leader.name, leader.native_name),
        names=_offices,
    ),
    Party: Searchable(
        Party.objects.published,
        title=lambda party: (party.name, party.name_ja, party.short_name),
    ),
    Topic: Searchable(Topic.objects.published, title=lambda topic: (topic.name, topic.name_ja)),
    Source: Searchable(
        Source.objects.published,
        title=lambda source: (source.title, source.title_ja),
        names=lambda source: (source.publisher,),
    ),
    Indicator: Searchable(
        Indicator.objects.published,
        title=lambda indicator: (indicator.name, indicator.name_ja),
        names=lambda indicator: (indicator.publisher,),
        explanation=lambda indicator: (indicator.definition,),
    ),
}


def entries(model, *, among=None) -> Iterator[SearchEntry]:
    """Yield the entry that each public record of `model` should have, only those with a key
    `among`, if given.
    """
    rows = SEARCHABLE[model].load()
    rows = rows if among is None else rows.filter(pk__in=among)
    for record in rows.order_by("pk").iterator(chunk_size=500):
        yield _entry(record)


def _entry(record):
    kind = SEARCHABLE[type(record)]
    texts = {
        name: list(getattr(kind, name)(record))
        for name in ("title", "names", "quote", "explanation")
    }
    shown, shown_ja, *_others = texts["title"]
    columns = {
        name: column([word.text for word in words(text)] for text in written if text)
        for name, written in texts.items()
    }
    record_type = record._meta.model_name
    return SearchEntry(
        pk=entry_key(record_type, record.pk),
        form=FORM,
        record_type=record_type,
        record_id=record.pk,
        slug=record.slug,
        shown=shown,
        shown_ja=shown_ja,
        **columns,
    )
