"""A form is written into rows that are there already: in place, and nothing more than it says."""

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from commitments.importing.records import enter_records
from commitments.publicforms import CURRENT, prefetch_public_form, render_fully
from commitments.publishing.entering import Known, connect, enter_form
from tests.fixtures.shared import shared
from tests.importing.test_records import GRAPH

pytestmark = pytest.mark.django_db
TYPES = sorted({record_type for record_type, _fields in GRAPH})
# Rows inside that other records of the graph rest on.
RESTED_ON = {("pledge", "undertakings"), ("leader", "tenures"), ("pledge", "criteria")}
INSIDE = [
    (form.record_type, child.key)
    for form in CURRENT.values()
    for child in form.children
    if (form.record_type, child.key) not in RESTED_ON
]


@shared
def graph(researcher):
    """A record in which every type refers to all that it can."""
    enter_records(GRAPH, assessor=researcher)


def load(record_type, key=None):
    """Return the first record of the type that has rows inside, those of `key` if it is named."""
    rows = prefetch_public_form(CURRENT[record_type].model.objects.order_by("pk"))
    keys = [key] if key else [child.key for child in CURRENT[record_type].children]
    return max(rows, key=lambda record: _count_filled(record, keys))


def _count_filled(record, keys):
    body = render_fully(record)
    return len([key for key in keys if body[key]])


def read_again(record):
    rows = type(record).objects.filter(pk=record.pk)
    return render_fully(prefetch_public_form(rows).get())


def enter(record, body):
    known = Known()
    references = enter_form(record, body, known)
    assert list(connect(references, known)) == []


@pytest.mark.parametrize("record_type", TYPES)
def test_what_a_record_says_already_changes_no_row_inside(graph, record_type):
    body = render_fully(load(record_type))
    with CaptureQueriesContext(connection) as captured:
        enter(load(record_type), body)
    assert render_fully(load(record_type)) == body
    tables = {child.model._meta.db_table for child in CURRENT[record_type].children}
    for statement in captured:
        sql = statement["sql"]
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            assert not any(f'"{table}"' in sql for table in tables), sql


@pytest.mark.parametrize(("record_type", "key"), INSIDE)
def test_rows_taken_out_and_put_back_say_the_same(graph, record_type, key):
    record = load(record_type, key)
    body = render_fully(record)
    assert body[key]
    enter(record, {**body, key: []})
    assert read_again(record) == {**body, key: []}
    enter(record, body)
    assert read_again(record) == body


@pytest.mark.parametrize(("record_type", "key"), sorted(RESTED_ON))
def test_rows_that_others_rest_on_are_not_taken_out(graph, record_type, key):
    record = load(record_type, key)
    with pytest.raises(ProtectedError):
        enter(record, {**render_fully(record), key: []})


def test_what_a_form_leaves_out_stays(graph):
    before = render_fully(load("pledge"))
    enter(load("pledge"), {"title": "Another title"})
    assert render_fully(load("pledge")) == {**before, "title": "Another title"}
