"""What the files of the demonstration record become before anything of them is published."""

import pytest
from django.core.management import CommandError, call_command

from commitments import models
from commitments.demo import loading
from commitments.publicforms import MODELS


@pytest.fixture
def demo(tmp_path, monkeypatch):
    """A folder in place of the demonstration's own; write a file of records into it."""
    (tmp_path / "records").mkdir()
    (tmp_path / "series").mkdir()
    monkeypatch.setattr(loading, "HERE", tmp_path)

    def write(text, name="10.yaml", folder="records"):
        (tmp_path / folder / name).write_text(text, encoding="utf-8")

    return write


PARTY = "- party: {slug: japan, name: Japan, kind: state}\n"


@pytest.mark.django_db
def test_a_fault_anywhere_loads_nothing_and_is_named(demo):
    demo(PARTY + "- topic: {slug: defence, nmae: Defence}\n")
    with pytest.raises(CommandError) as refusal:
        call_command("load_demo")
    assert str(refusal.value).splitlines()[0] == "Nothing was loaded."
    assert "topic defence: there is no field “nmae”" in str(refusal.value)
    assert "an older edition" not in str(refusal.value)
    assert not models.Party.objects.exists()
    assert not models.User.objects.exists()


@pytest.mark.django_db
def test_over_an_older_edition_it_says_where_the_new_one_can_be_loaded(demo, make_source):
    make_source("older", url="https://example.org/page")
    demo(
        "- source: {slug: newer, title: T, publisher: P, kind: news, tier: press,"
        " url: https://example.org/page}\n"
    )
    with pytest.raises(CommandError, match="load the new one into an empty database"):
        call_command("load_demo")


@pytest.mark.django_db
def test_a_rule_that_publishing_refuses_loads_nothing(demo):
    demo(
        PARTY
        + "- source: {slug: s, kind: news, title: T, publisher: P, published_on: 2999-01-01, tier:"
        " press}\n"
    )
    with pytest.raises(CommandError, match="still to come"):
        call_command("load_demo")
    assert not models.Party.objects.exists()


def test_japanese_lines_are_joined_without_the_space_that_yaml_puts_there():
    given = {
        "title": "A 2 B",
        "title_ja": "首相は、 2% を",
        "criteria": [{"met_ja": "達成。 以上", "met": "x y"}],
    }
    assert loading.join_japanese_lines(given) == {
        "title": "A 2 B", "title_ja": "首相は、2%を", "criteria": [{"met_ja": "達成。以上", "met": "x y"}],
    }  # fmt: skip


def test_what_others_refer_to_comes_first_whatever_the_files_say():
    later = {"slug": "later", "links": [{"to_pledge": "earlier", "kind": "reaffirms"}]}
    items = [
        ("evidence", {"slug": "proof", "pledge": "later"}),
        ("pledge", later),
        ("pledge", {"slug": "earlier"}),
        ("topic", {"slug": "defence", "parent": "money"}),
        ("topic", {"slug": "money"}),
        ("party", {"slug": "union", "memberships": [{"member": "japan"}]}),
        ("party", {"slug": "japan"}),
    ]
    assert [fields["slug"] for _, fields in loading.sort_items(items)] == [
        "japan", "union", "money", "defence", "earlier", "later", "proof",
    ]  # fmt: skip


def test_every_record_type_has_its_place_in_the_order():
    assert set(loading.ORDER) == set(MODELS)


@pytest.mark.django_db
def test_the_figures_of_a_release_are_read_from_the_file_of_its_name(demo):
    demo(
        PARTY + "- indicator: {slug: share, name: Share, unit: '%', definition: D, publisher: P,"
        " frequency: annual}\n"
        + "- release: {slug: share-1, indicator: share, released_on: 2025-06-01, title: R}\n"
    )
    demo(
        "party,period_start,period_end,value,decimals,kind\njapan,2024-04-01,2025-03-31,1.60,2,actual\n",
        name="share-1.csv",
        folder="series",
    )
    call_command("load_demo")
    observation = models.Observation.objects.published().get()
    assert (str(observation.value), observation.decimals) == ("1.6", 2)


@pytest.mark.django_db
def test_an_account_that_is_there_already_keeps_its_name_and_password(make_user):
    user = make_user("researcher", "researcher", credit_name="Researcher 3")
    assert loading.get_curator("researcher") == user
    user.refresh_from_db()
    assert user.credit_name == "Researcher 3"
    assert user.check_password("correct horse battery")
