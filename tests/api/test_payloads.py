"""What the API shows of a record is what the ledger last published, and that is the record's public
form now.
"""

import pytest
from django.db import connection

from commitments import models, publishing
from commitments.api.urls import RESOURCES
from commitments.models import LedgerEntry, LedgerPayload
from commitments.publicforms import CURRENT
from commitments.publishing.guards import without_guards
from commitments.publishing.verifying import verify
from tests.fixtures.records import amend, reopen, withdraw

pytestmark = pytest.mark.django_db


def named_in(payload, form):
    """Yield the model and slug of every record that `payload` names."""
    for model, fields, rows in [
        (form.model, form.fields, [payload]),
        *((child.model, child.fields, payload[child.key]) for child in form.children),
    ]:
        for name in fields:
            other = model._meta.get_field(name).related_model
            for row in rows if other not in (None, models.Criteria, models.Tenure) else ():
                value = row[name]
                yield from (
                    (other, slug)
                    for slug in (value if isinstance(value, list) else [value])
                    if slug
                )


def test_a_record_is_its_public_form_after_every_act(
    assert_true, world, settle, make_pledge, reviewer, administrator
):
    assert assert_true() >= {"pledges", "sources", "releases", "outside-reports"}
    pledge = models.Pledge.objects.get(slug="defence")
    pledge.title = "Two per cent, at last"
    pledge.save()
    amend(pledge, by=reviewer, note="Shorter.")
    assert_true()
    first = (
        LedgerEntry.objects.filter(record_type="pledge", record_slug="defence")
        .order_by("seq")
        .first()
    )
    publishing.redact(first.seq, by=administrator, note="A name.")
    publishing.confirm(world.assessment, by=reviewer, note="Read again.")
    assert_true()
    later = make_pledge("later", state="draft")
    models.Statement.objects.create(source=world.source, quote="We will.").pledges.add(later)
    publishing.record(world.source)
    assert_true()
    settle(later)
    assert_true()
    withdraw(later, by=reviewer, note="Not a pledge.")
    assert_true()
    withdraw(world.pledge, by=reviewer, note="Entered twice.", cascade=True)
    assert_true()
    settle(reopen(models.Pledge.objects.get(slug="defence"), by=reviewer))
    assert_true()


def test_no_answer_names_what_is_no_longer_public(shown, world, reviewer):
    for record in (
        world.topic,
        world.leader,
        world.indicator,
        world.earlier,
        world.evidence,
        world.states,
    ):
        record.refresh_from_db()
        with pytest.raises(publishing.Refused):
            withdraw(record, by=reviewer, note="Gone.")
    withdraw(world.evidence, by=reviewer, note="Gone.", cascade=True)
    withdraw(world.topic, by=reviewer, note="Gone.", cascade=True)
    withdraw(world.states, by=reviewer, note="Gone.", cascade=True)
    named = {
        pair
        for name, view in RESOURCES.items()
        if (model := view.queryset.model) in models.ROOTS
        for payload in shown(name).values()
        for pair in named_in(payload, CURRENT[model._meta.model_name])
    }
    assert len(named) > 3
    for model, slug in named:
        assert model.objects.published().filter(slug=slug).exists(), (model, slug)


def test_a_row_changed_past_publishing_is_shown_as_the_ledger_has_it(get, world):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE commitments_topic SET name = 'Altered' WHERE slug = 'defence'")
    assert get("topics/defence/").body["name"] == "Defence"
    assert "topic defence differs from entry" in " ".join(verify())


def test_a_record_whose_payload_is_gone_is_rendered(get, world):
    with without_guards():
        LedgerPayload.objects.filter(entry__record_type__in=["topic", "pledge"]).delete()
    assert (
        get("topics/defence/").body["name"]
        == get("topics/").body["results"][0]["name"]
        == "Defence"
    )
    body = get("pledges/defence/").body
    assert (
        body["topics"],
        body["rollup"]["parties"],
        body["undertakings"][0]["verdict"]["by"],
    ) == (
        ["defence"],
        2,
        "ours",
    )


def test_a_payload_of_an_older_form_is_shown_in_the_newest(get, make_pledge, in_old_form):
    with in_old_form("pledge", 1):
        make_pledge("older")
    body = get("pledges/older/").body
    assert (body["form"], body["quotes"], body["condition"]) == (5, [], "")
    # The mirror gets what was published.
    newest = get("changes/?page_size=100").body["results"][-1]
    assert (newest["record_slug"], newest["payload"]["form"]) == ("older", 1)


def test_a_record_without_a_payload_is_rendered(get, make_topic):
    make_topic("past-publishing", state="draft")
    models.Topic.objects.filter(slug="past-publishing").update(state="published")
    assert get("topics/past-publishing/").body == {
        "form": 1,
        "slug": "past-publishing",
        "name": "Past-Publishing",
        "name_ja": "",
        "parent": None,
    }


def test_a_withdrawn_records_old_payload_is_not_shown_again(get, make_topic, reviewer):
    topic = make_topic("trade")
    withdraw(topic, by=reviewer, note="Not used.")
    # What a preview does, and nothing else can.
    models.Topic.objects.filter(slug="trade").update(state="published", name="Trade and tariffs")
    assert get("topics/trade/").body["name"] == "Trade and tariffs"


def test_a_party_taken_out_by_an_amendment_in_between_is_left_out(get, world):
    with without_guards():
        payload = LedgerPayload.objects.get(
            entry__record_type="pledge", entry__record_slug="defence"
        )
        payload.body["undertakings"].append(
            {**payload.body["undertakings"][0], "slug": "defence--france"}
        )
        payload.save()
    body = get("pledges/defence/").body
    assert [row["slug"] for row in body["undertakings"]] == [
        "defence--japan",
        "defence--united-states",
    ]
    assert body["rollup"]["parties"] == 2
