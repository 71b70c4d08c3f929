"""What is on record already: a source is refused with a link, a pledge is shown first."""

import pytest

from commitments.models import Pledge, Source

pytestmark = pytest.mark.django_db

PAPER = {
    "title": "Paper",
    "kind": "news",
    "publisher": "P",
    "published_on": "2025-10-28",
    "tier": "press",
}


@pytest.fixture
def stored(make_source):
    return make_source("stored", url="https://www.example.org/fact-sheet/", state="draft")


def test_a_source_on_record_is_refused_beside_its_address_with_a_link(
    at_desk, save, address, stored, researcher
):
    typed = {**PAPER, "url": "http://example.org/fact-sheet?utm_source=mail#page=2"}
    answer = save(at_desk(researcher), address(Source, "add"), **typed)
    [sentence] = answer.context["adminform"].form.errors["url"]
    assert "Stored (The White House)" in sentence
    assert f'<a href="{address(stored)}">' in answer.html()
    assert Source.objects.count() == 1


def test_a_source_keeps_its_own_address_and_cannot_take_anothers(
    at_desk, save, address, stored, make_source, researcher
):
    other = make_source("other", state="draft")
    client = at_desk(researcher)
    assert save(client, address(stored), title="Renamed").status_code == 302
    answer = save(client, address(other), archived_at=stored.url)
    assert [*answer.context["adminform"].form.errors] == ["archived_at"]


def test_sources_that_share_an_address_already_can_be_edited(
    at_desk, save, address, stored, make_source, researcher
):
    make_source("twin", url=stored.url, state="draft")
    assert save(at_desk(researcher), address(stored), title="Renamed").status_code == 302


@pytest.fixture
def trees(make_pledge):
    return make_pledge("trees", title="250 cherry trees", quote="Japan will give “250” trees.")


@pytest.fixture
def enter_pledge(at_desk, save, address, researcher, source, japan):
    """Save a new pledge with what a test states."""
    client = at_desk(researcher)

    def enter(**typed):
        words = {"title": "Trees", "quote": "Other words.", "source": source.pk}
        made = {"occasion": "A speech", "made_on": "2025-10-28", "stated_by": japan.pk}
        kinds = {"attribution": "own_statement", "modality": "commits", "kind": "symbolic"}
        return save(client, address(Pledge, "add"), **{**words, **made, **kinds, **typed})

    return enter


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param({"quote": 'japan will  give "250" trees'}, id="the quote, written otherwise"),
        pytest.param({"title": "250 Cherry Trees."}, id="the title, written otherwise"),
    ],
)
def test_a_pledge_with_the_words_of_another_is_shown_that_one_first(enter_pledge, trees, typed):
    answer = enter_pledge(**typed)
    page = answer.html()
    assert "Is it the same pledge?" in page
    assert "Japan will give “250” trees." in page
    assert "Met if</b> It is done." in page
    assert Pledge.objects.count() == 1
    key = answer.context["adminform"].form.same_keys
    assert key == str(trees.pk)
    assert enter_pledge(**typed, _another=key).status_code == 302
    assert Pledge.objects.count() == 2


def test_a_tick_for_one_pledge_is_none_for_the_next(enter_pledge, trees, make_pledge):
    key = str(trees.pk)
    make_pledge("trees-again", title="250 cherry trees", state="draft")
    answer = enter_pledge(title=trees.title, _another=key)
    assert answer.status_code == 200
    assert Pledge.objects.count() == 2


def test_a_pledge_with_words_of_its_own_is_saved_at_once(enter_pledge, trees):
    assert enter_pledge().status_code == 302


def test_a_pledge_that_was_let_pass_is_edited_without_being_asked_again(
    at_desk, save, address, trees, make_pledge, researcher
):
    other = make_pledge("other", title=trees.title, state="draft")
    answer = save(at_desk(researcher), address(other), explanation="In other words.")
    assert answer.status_code == 302


def test_a_copy_with_the_same_words_is_asked_about_too(at_desk, filled, address, trees, researcher):
    client = at_desk(researcher)
    typed = filled(client.get(address(trees)), slug="", _saveasnew="1")
    answer = client.post(address(trees), typed)
    key = answer.context["adminform"].form.same_keys
    assert key == str(trees.pk)
    assert client.post(address(trees), {**typed, "_another": key}).status_code == 302
    assert Pledge.objects.count() == 2
