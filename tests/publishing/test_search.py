"""The search table holds what is public, whatever is published, amended, withdrawn or redacted."""

import random

import pytest
from django.core.management import CommandError, call_command

from commitments import models, publishing
from commitments.models import SearchEntry, SearchWord
from commitments.publishing.search import find_search_differences
from commitments.search import correct_spelling, keep_matching
from tests.fixtures import records

pytestmark = pytest.mark.django_db


@pytest.fixture
def searched():
    def searched(text, model=models.Pledge):
        return {row.slug for row in keep_matching(model.objects.published(), text)}

    return searched


@pytest.fixture
def amend(reviewer):
    def amend(record, **fields):
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()
        records.amend(record, by=reviewer, note="Better.")
        assert list(find_search_differences()) == []

    return amend


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_what_is_not_public_has_no_entry(
    make_pledge, make_party, make_leader, make_topic, make_summit, make_source, state
):
    for make in (make_pledge, make_party, make_leader, make_topic, make_summit, make_source):
        make("zzhiddenzz", state=state)
    call_command("rebuild_search")
    assert not SearchEntry.objects.filter(slug="zzhiddenzz").exists()
    assert not SearchWord.objects.filter(word__startswith="zzh").exists()


def test_a_pledge_is_found_once_published_and_no_longer_once_withdrawn(
    make_pledge, settle, reviewer, searched
):
    pledge = make_pledge("draft", title="Steel", state="draft")
    assert searched("steel") == set()
    settle(pledge)
    assert searched("steel") == {"draft"}
    records.withdraw(pledge, by=reviewer, note="Wrong.")
    assert (
        searched("steel") == set() and not SearchEntry.objects.filter(record_type="pledge").exists()
    )
    settle(records.reopen(pledge, by=reviewer))
    assert searched("steel") == {"draft"}


def test_what_is_published_along_is_found(make_pledge, make_party, searched):
    make_pledge("one", parties=[make_party("atlantis", state="in_review")])
    assert searched("atlantis") == {"one"}
    assert searched("atlantis", models.Party) == {"atlantis"}


def test_an_amended_pledge_is_found_by_its_new_words_alone(make_pledge, amend, searched):
    amend(make_pledge("one", title="Steel"), title="Aluminium", title_ja="鋼鉄")
    assert searched("steel") == set()
    assert searched("aluminium") == searched("鋼鉄") == {"one"}


def test_a_change_not_yet_amended_is_not_found(make_pledge, searched):
    models.Pledge.objects.filter(pk=make_pledge("one", title="Steel").pk).update(title="Aluminium")
    assert searched("steel") == {"one"} and searched("aluminium") == set()


NAMED = {
    "party": lambda it: it.undertakings.get().party,
    "speaker": lambda it: it.stated_by,
    "leader": lambda it: it.stated_by_leader,
    "binding leader": lambda it: it.undertakings.get().leader,
    "topic": lambda it: it.topics.get(),
    "summit": lambda it: it.summit,
}


@pytest.mark.parametrize("named", NAMED)
def test_a_new_name_finds_the_pledges_that_carry_it(
    make_pledge, make_party, make_leader, make_topic, make_summit, settle, amend, searched, named
):
    fields = {"summit": make_summit(), "topics": [make_topic()], "stated_by_leader": make_leader("speaker"),
              "stated_by": make_party("speaking"), "parties": [make_party("owing")]}  # fmt: skip
    pledge = make_pledge("one", state="draft", **fields)
    pledge.undertakings.update(leader=make_leader("binder"))
    settle(pledge)
    make_pledge("other")
    record = NAMED[named](pledge)
    before = record.name
    amend(record, name="Quokka")
    assert searched("quokka") == {"one"}
    assert searched(f'"{before}"') == set()


def test_a_withdrawn_summit_takes_its_pledges_out(make_pledge, make_summit, reviewer, searched):
    summit = make_summit()
    make_pledge("one", title="Steel", summit=summit)
    records.withdraw(summit, by=reviewer, note="Never met.", cascade=True)
    assert searched("steel") == set()
    assert searched("tokyo", models.Summit) == set()
    assert list(find_search_differences()) == []


def test_nothing_of_a_redacted_text_stays(make_pledge, amend, administrator, searched):
    pledge = make_pledge("one", title="Unfortunate", quote="Unspeakable")
    entry = models.LedgerEntry.objects.for_record(pledge).get()
    amend(pledge, title="Better", quote="Fine")
    publishing.redact(entry.seq, by=administrator, note="By law.")
    assert searched("unspeakable") == set()
    assert correct_spelling("Unfortunatee") is None
    assert list(find_search_differences()) == []


def test_a_record_whose_row_gained_words_is_found_by_them(make_source, searched):
    source = make_source("one")
    models.Source.objects.filter(pk=source.pk).update(title="Quokka papers")
    publishing.record(source)
    assert searched("quokka", models.Source) == {"one"}


def test_a_refused_publication_leaves_no_entry(make_pledge, researcher, reviewer):
    pledges = [
        publishing.submit(make_pledge("good", state="draft"), by=researcher),
        make_pledge("draft", state="draft"),
    ]
    with pytest.raises(publishing.Refused):
        publishing.publish_many(pledges, by=reviewer)
    assert not SearchEntry.objects.filter(record_type="pledge").exists()


def test_a_preview_puts_nothing_into_the_table(make_pledge):
    pledge = make_pledge("draft", state="draft")
    with publishing.as_if_published(pledge):
        assert not SearchEntry.objects.filter(slug="draft").exists()


def test_twenty_records_cost_as_many_statements_as_two(
    make_pledge, make_party, django_assert_max_num_queries
):
    from commitments.publishing.search import refresh_search

    batch = [make_pledge(f"p{number}", title=f"Pledge number{number}x") for number in range(20)]
    SearchEntry.objects.all().delete()
    with django_assert_max_num_queries(20):
        refresh_search(batch)
    assert SearchEntry.objects.filter(record_type="pledge").count() == 20


@pytest.mark.parametrize(
    "damage, sentence",
    [
        (lambda: SearchEntry.objects.filter(record_type="pledge").delete(),
         "pledge one is published and cannot be found by searching."),
        (lambda: SearchEntry.objects.filter(record_type="pledge").update(quote="milder"),
         "pledge one is found by other words than it is published with."),
        (lambda: SearchEntry.objects.create(id=0, form=1, record_type="pledge", record_id=0, slug="g", shown="x"),
         "pledge g is found by searching and is not published."),
        (lambda: SearchWord.objects.create(word="hidden", entries=1),
         "The words that a misspelling may have meant are not those of the published records."),
    ],
)  # fmt: skip
def test_a_table_that_disagrees_is_found_and_made_anew(make_pledge, capsys, damage, sentence):
    make_pledge("one")
    damage()
    with pytest.raises(CommandError) as refusal:
        call_command("check_integrity")
    assert f"{sentence} Run `rebuild_search`." in str(refusal.value).splitlines()
    capsys.readouterr()
    call_command("rebuild_search")
    assert capsys.readouterr().out == "The search table is made anew: 3 records can be found.\n"
    call_command("check_integrity")


class Curators:
    """Chance acts on a small record, each through `publishing`."""

    def __init__(self, chance, people, makers):
        self.chance, (self.researcher, self.reviewer) = chance, people
        self.parties = [makers["party"](f"party-{n}") for n in range(3)]
        self.topics = [makers["topic"](f"topic-{n}") for n in range(2)]
        self.summits = [makers["summit"](f"summit-{n}") for n in range(2)]
        self.make, self.number = makers["pledge"], 0

    def publish(self):
        self.number += 1
        where = (
            {"summit": summit} if (summit := self.any(self.summits)) and summit.is_published else {}
        )
        self.make(f"pledge-{self.number}", title=self.words(), topics=self.chance.sample(self.topics, 1),
                  parties=self.chance.sample(self.parties, 2), **where)  # fmt: skip

    def amend(self):
        if pledge := self.any(models.Pledge.objects.published()):
            pledge.title = self.words()
            pledge.save()
            records.amend(pledge, by=self.reviewer, note="Better.")

    def rename(self):
        record = self.any([*self.parties, *self.topics, *self.summits])
        record.refresh_from_db()
        if record.is_published:
            record.name = self.words()
            record.save()
            records.amend(record, by=self.reviewer, note="Renamed.")

    def withdraw(self):
        if record := self.any(
            [*models.Pledge.objects.published(), *models.Summit.objects.published()]
        ):
            records.withdraw(record, by=self.reviewer, note="Wrong.", cascade=True)

    def restore(self):
        withdrawn = models.Summit.objects.filter(state="withdrawn")
        if record := self.any(withdrawn) or self.any(
            models.Pledge.objects.filter(state="withdrawn")
        ):
            if (
                isinstance(record, models.Pledge)
                and record.summit
                and not record.summit.is_published
            ):
                return
            record = records.reopen(record, by=self.reviewer)
            publishing.publish(publishing.submit(record, by=self.researcher), by=self.reviewer)

    def any(self, rows):
        rows = list(rows)
        for row in rows:
            row.refresh_from_db()
        return self.chance.choice(rows) if rows else None

    def words(self):
        return " ".join(
            self.chance.choices(["steel", "rice", "気候変動", "ships", "鉱物", "trade"], k=3)
        )


def contents():
    columns = [field.name for field in SearchEntry._meta.fields if field.name != "id"]
    return set(SearchEntry.objects.values_list(*columns)), set(
        SearchWord.objects.values_list("word", "entries")
    )


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
def test_any_sequence_of_acts_leaves_what_a_rebuild_makes(
    soaking, seed, researcher, reviewer, make_party, make_topic, make_summit, make_pledge
):
    makers = {
        "party": make_party,
        "topic": make_topic,
        "summit": make_summit,
        "pledge": make_pledge,
    }
    curators = Curators(random.Random(seed), (researcher, reviewer), makers)
    acts = [
        curators.publish,
        curators.publish,
        curators.amend,
        curators.rename,
        curators.withdraw,
        curators.restore,
    ]
    for _ in range(300 if soaking else 25):
        curators.chance.choice(acts)()
        assert list(find_search_differences()) == []
    before = contents()
    assert before[0]
    call_command("rebuild_search")
    assert contents() == before
