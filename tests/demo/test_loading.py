"""The demonstration record goes in through publishing, and stands up to both checks."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from commitments import models, search
from commitments.assessing import differences
from commitments.demo import loading
from commitments.differing import differs
from commitments.evaluating import evaluate_pledge
from commitments.models import LedgerEntry, LedgerHead
from commitments.publicforms import MODELS

TODAY = date(2026, 11, 25)


def unexplained():
    """Return the verdicts that differ from what the rule finds today, and do not tell readers of the rule."""
    for pledge in models.Pledge.objects.published():
        for one in evaluate_pledge(pledge, as_of=TODAY, known_on=TODAY):
            verdict = one.undertaking.current_assessment
            if verdict and verdict.status != one.primary.finding.status:
                needs_reason = differs(one.primary.finding, verdict)
                if not (verdict.differs_because if needs_reason else "rule beside" in verdict.rationale):
                    yield verdict.slug


def otherwise_than_the_rule():
    """Return how many verdicts were signed otherwise than the rule found on their day, each with that finding."""
    signed = models.Assessment.objects.exclude(differs_because="")
    assert all(row.rule_found and row.rule_found["status"] != row.status for row in signed)
    return signed.count()


@pytest.mark.django_db(transaction=True)
def test_the_demonstration_record_is_published_whole_and_a_second_load_changes_nothing(capsys, checkpoint_file):
    """One test, because loading takes seconds: what it leaves is looked at from every side."""
    slugs = {(record_type, fields["slug"]) for record_type, fields in loading.records()}

    call_command("load_demo")

    assert f"{len(slugs)} made, 0 unchanged, 0 different" in capsys.readouterr().out
    public = {
        (kind, slug)
        for kind, model in MODELS.items()
        for slug in model.objects.published().values_list("slug", flat=True)
    }
    assert public == slugs
    published = LedgerEntry.objects.filter(action="publish")
    assert set(published.values_list("record_type", "record_slug")) == slugs
    assert published.count() == len(slugs)
    assert set(published.values_list("note", flat=True)) == {loading.NOTE}

    head = LedgerHead.objects.get()
    [checkpoint] = [json.loads(line) for line in checkpoint_file.read_text().splitlines()]
    assert (checkpoint["seq"], checkpoint["hash"]) == (head.seq, head.hash)
    call_command("verify_ledger")
    call_command("check_integrity")
    assert list(unexplained()) == []
    assert otherwise_than_the_rule() == 16
    assert all(one.is_explained for one in differences(as_of=TODAY, known_on=TODAY) if one.verdict)
    found_in_the_record()

    assessments = models.Assessment.objects.all()
    assert {row.assessor.username for row in assessments} == {"researcher"}
    assert {row.reviewer.username for row in assessments} == {"reviewer"}
    assert not assessments.filter(signed_alone=True).exists()
    assert not any(user.has_usable_password() or user.is_superuser for user in models.User.objects.all())

    capsys.readouterr()
    call_command("load_demo")
    assert f"0 made, {len(slugs)} unchanged, 0 different" in capsys.readouterr().out
    assert LedgerHead.objects.get().seq == head.seq

    models.Party.objects.filter(slug="japan").update(name="Nippon")
    call_command("load_demo")
    said = capsys.readouterr().out
    assert "party japan differs from the demonstration record and was left alone." in said
    assert f"0 made, {len(slugs) - 1} unchanged, 1 different and left alone" in said
    assert models.Party.objects.get(slug="japan").name == "Nippon"


def found_in_the_record():
    def slugs(text):
        return [row.slug for row in search.ranked(search.found(models.Pledge.objects.published(), text), text)]

    def beside(text):
        return {entry.slug for entry in search.beside(text)}

    at_hiroshima = models.Pledge.objects.filter(summit__slug="g7-hiroshima-2023").values_list("slug", flat=True)
    assert set(slugs("広島")) == set(at_hiroshima) and "g7-hiroshima-2023" in beside("広島")
    about_climate = models.Pledge.objects.filter(topics__slug="climate").values_list("slug", flat=True)
    assert set(slugs("気候変動")) >= set(about_climate) and "climate" in beside("気候変動")
    phrase, title = '"critical minerals"', models.Pledge.objects.get(slug=slugs('"critical minerals"')[0]).title
    assert "critical minerals" in title and set(slugs(phrase)) <= set(slugs("critical minerals"))
    assert "sanae-takaichi" in beside(search.respelt("Takaiichi")) and slugs("Takaiichi") == []
    assert "shigeru-ishiba" in beside(search.respelt("Ishba"))
    assert slugs("zzhiddenzz") == [] and search.respelt("zzhiddenzz") is None


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
    assert not models.Party.objects.exists()
    assert not models.User.objects.exists()


@pytest.mark.django_db
def test_a_rule_that_publishing_refuses_loads_nothing(demo):
    demo(PARTY + "- source: {slug: s, kind: news, title: T, publisher: P, published_on: 2999-01-01, tier: press}\n")
    with pytest.raises(CommandError, match="still to come"):
        call_command("load_demo")
    assert not models.Party.objects.exists()


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
    assert [fields["slug"] for _, fields in loading.in_order(items)] == [
        "japan", "union", "money", "defence", "earlier", "later", "proof",
    ]  # fmt: skip


def test_every_record_type_has_its_place_in_the_order():
    assert set(loading.ORDER) == set(MODELS)


@pytest.mark.django_db
def test_the_figures_of_a_release_are_read_from_the_file_of_its_name(demo):
    demo(
        PARTY
        + "- indicator: {slug: share, name: Share, unit: '%', definition: D, publisher: P, frequency: annual}\n"
        + "- release: {slug: share-1, indicator: share, released_on: 2025-06-01, title: R}\n"
    )
    demo(
        "party,period_start,period_end,value,decimals,kind\njapan,2024-04-01,2025-03-31,1.60,2,actual\n",
        name="share-1.csv",
        folder="series",
    )
    call_command("load_demo")
    observation = models.Observation.objects.published().get()
    assert (str(observation.value), observation.decimals) == ("1.600000", 2)


@pytest.mark.django_db
def test_an_account_that_is_there_already_keeps_its_name_and_password(make_user):
    user = make_user("researcher", "researcher", credit_name="Researcher 3")
    assert loading.curator("researcher") == user
    user.refresh_from_db()
    assert user.credit_name == "Researcher 3"
    assert user.check_password("correct horse battery")
