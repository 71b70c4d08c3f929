"""Which records are searchable, and by which of their texts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from commitments.models import (
    Indicator,
    Leader,
    Party,
    Pledge,
    SearchEntry,
    Source,
    Summit,
    Tenure,
    Topic,
    Undertaking,
)
from commitments.search.encoding import write_column
from commitments.search.index import COLUMNS, entry_key
from commitments.search.words import FORM, split_words

# A pledge is found by the names of its parties in these; a party by its names in any language.
SITE_LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Searchable:
    """A kind of record: how its rows are loaded, and the texts of a row for each search column.

    The first text of `title` and the second, in Japanese, are what a search result shows of it.
    """

    load: Callable[[], QuerySet]
    title: Callable
    names: Callable = lambda record: ()
    quote: Callable = lambda record: ()
    explanation: Callable = lambda record: ()


def _load_pledges():
    undertakings = Undertaking.objects.published().select_related("party", "leader").order_by("pk")
    undertakings = undertakings.prefetch_related("party__names")
    owed = Prefetch("undertakings", undertakings, to_attr="owed")
    topics = Prefetch("topics", Topic.objects.published())
    return (
        Pledge.objects.published()
        .select_related("summit", "stated_by", "stated_by_leader")
        .prefetch_related(topics, "stated_by__names", owed)
    )


def _list_names_of_pledge(pledge):
    """Return the names of who made or owes a pledge, where, and what about, each spelling once."""
    parties = [pledge.stated_by, *(row.party for row in pledge.owed)]
    leaders = [pledge.stated_by_leader, *(row.leader for row in pledge.owed)]
    names = []
    for party in parties:
        names += [party.name, party.name_ja, party.short_name]
        names += _list_other_names(party, SITE_LANGUAGES)
    for leader in filter(None, leaders):
        names += [leader.name, leader.native_name]
    for topic in pledge.topics.all():
        names += [topic.name, topic.name_ja]
    if pledge.summit:
        names += [pledge.summit.name, pledge.summit.name_ja]
    names += [pledge.occasion, pledge.occasion_ja]
    return dict.fromkeys(names)


def _list_other_names(party, languages=None):
    """Return what else a party is called, now or formerly; all languages if none are given.

    Codes are left out: IT, NO and IN are words too.
    """
    names = []
    for row in party.names.all():
        is_read = languages is None or row.language in languages
        if is_read and row.language:
            names.append(row.name)
    return names


def _load_leaders():
    tenures = Tenure.objects.published()
    offices = Prefetch("tenures", tenures)
    leaders = Leader.objects.published()
    return leaders.prefetch_related(offices)


def _list_offices(leader):
    offices = []
    for tenure in leader.tenures.all():
        offices += [tenure.office, tenure.office_ja]
    return offices


SEARCHABLE = {
    Pledge: Searchable(
        _load_pledges,
        title=lambda pledge: (pledge.title, pledge.title_ja),
        names=_list_names_of_pledge,
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
        _load_leaders,
        title=lambda leader: (leader.name, leader.native_name),
        names=_list_offices,
    ),
    Party: Searchable(
        lambda: Party.objects.published().prefetch_related("names"),
        title=lambda party: (party.name, party.name_ja, party.short_name),
        names=_list_other_names,
    ),
    Topic: Searchable(Topic.objects.published, title=lambda topic: (topic.name, topic.name_ja)),
    Source: Searchable(
        lambda: Source.objects.published().prefetch_related("statements"),
        title=lambda source: (source.title, source.title_ja),
        names=lambda source: (source.publisher,),
        quote=lambda source: [row.quote for row in source.statements.all()],
    ),
    Indicator: Searchable(
        Indicator.objects.published,
        title=lambda indicator: (indicator.name, indicator.name_ja),
        names=lambda indicator: (indicator.publisher,),
        explanation=lambda indicator: (indicator.definition,),
    ),
}


def build_entries(model, *, among=None) -> Iterator[SearchEntry]:
    """Yield the entry that each public record of `model` should have.

    With `among`, only records with these keys.
    """
    rows = SEARCHABLE[model].load()
    if among is not None:
        rows = rows.filter(pk__in=among)
    for record in rows.order_by("pk").iterator(chunk_size=500):
        yield _build_entry(record)


def _build_entry(record):
    kind = SEARCHABLE[type(record)]
    title, title_ja, *_more = kind.title(record)
    columns = {name: _build_column(getattr(kind, name)(record)) for name in COLUMNS}
    record_type = record._meta.model_name
    return SearchEntry(
        pk=entry_key(record_type, record.pk),
        form=FORM,
        record_type=record_type,
        record_id=record.pk,
        slug=record.slug,
        shown=title,
        shown_ja=title_ja,
        **columns,
    )


def _build_column(texts):
    words_of_texts = []
    for text in filter(None, texts):
        words_of_texts.append([word.text for word in split_words(text)])
    return write_column(words_of_texts)
