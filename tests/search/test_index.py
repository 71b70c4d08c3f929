"""The index follows the search table through whatever a database goes through."""

import sqlite3
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection
from django.db import models as fields
from django.test.utils import CaptureQueriesContext

from commitments.models import Pledge, SearchEntry
from commitments.publishing.search import find_search_differences, install_search
from commitments.search import find_best, find_related, index, keep_matching, parse_terms
from commitments.search.encoding import encode_word
from commitments.search.statements import Question, match_entries, write_condition

on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL keeps its index in the table itself"
)


def slugs(text):
    return [pledge.slug for pledge in keep_matching(Pledge.objects.published(), text)]


@pytest.mark.django_db(transaction=True)
def test_migrating_an_existing_site_makes_what_is_published_found(make_pledge):
    make_pledge("steel")
    make_pledge("draft-steel", state="draft")
    call_command("migrate", "commitments", "0001", verbosity=0)
    try:
        assert SearchEntry._meta.db_table not in connection.introspection.table_names()
    finally:
        call_command("migrate", verbosity=0)
    assert slugs("steel") == ["steel"]
    assert list(find_search_differences()) == []


@pytest.mark.django_db
def test_entries_of_an_older_form_are_made_anew_and_others_left_alone(make_pledge):
    make_pledge("steel")
    with CaptureQueriesContext(connection) as captured:
        install_search()
    assert not [each["sql"] for each in captured if not each["sql"].lstrip().startswith("SELECT")]
    SearchEntry.objects.update(form=0, title="")
    install_search()
    assert slugs("steel") == ["steel"]
    assert list(find_search_differences()) == []


@pytest.mark.django_db
def test_an_empty_site_stays_empty():
    install_search()
    assert not SearchEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", [1, 2])
def test_emptied_tables_leave_nothing_in_the_index(make_pledge, _time):
    """What the first run leaves, the second would find twice."""
    make_pledge("steel")
    assert slugs("steel") == ["steel"]
    assert not index.is_lagging()
    with connection.cursor() as cursor:
        every = match_entries(parse_terms("steel"), kinds=index.KINDS)
        cursor.execute(every.sql, every.params)
        assert len(cursor.fetchall()) == 1


@pytest.mark.django_db
def test_a_row_changed_or_removed_by_anybody_is_followed(make_pledge):
    make_pledge("steel")
    SearchEntry.objects.filter(slug="steel").update(title=encode_word("rice"), quote="")
    assert (slugs("steel"), slugs("rice")) == ([], ["steel"])
    SearchEntry.objects.all().delete()
    assert slugs("rice") == []
    assert not index.is_lagging()


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_the_index_stands_again_after_django_rebuilt_the_table(make_pledge):
    make_pledge("steel")
    longer = fields.CharField(max_length=401)
    longer.set_attributes_from_name("shown")
    with connection.schema_editor() as editor:
        editor.alter_field(SearchEntry, SearchEntry._meta.get_field("shown"), longer, strict=True)
    assert index.find_missing_index() == [
        "search_entry_insert",
        "search_entry_delete",
        "search_entry_update",
    ]
    SearchEntry.objects.filter(slug="steel").update(title=encode_word("rice"), quote="")
    assert "The search index lacks search_entry_insert" in next(find_search_differences())
    call_command("migrate", verbosity=0)
    assert index.find_missing_index() == []
    assert (slugs("steel"), slugs("rice")) == ([], ["steel"])


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_an_index_that_lost_rows_is_noticed_and_made_anew(make_pledge):
    make_pledge("steel")
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {index.INDEX}({index.INDEX}) VALUES ('delete-all')")
    assert "other records than the search table" in next(find_search_differences())
    call_command("rebuild_search")
    assert list(find_search_differences()) == []
    assert slugs("steel") == ["steel"]


@pytest.mark.django_db
def test_rows_loaded_from_a_dump_are_found(make_pledge, tmp_path):
    make_pledge("steel")
    call_command("dumpdata", "commitments.searchentry", output=tmp_path / "dump.json", verbosity=0)
    SearchEntry.objects.all().delete()
    call_command("loaddata", tmp_path / "dump.json", verbosity=0)
    assert slugs("steel") == ["steel"]


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_copy_of_the_file_has_an_index_that_follows(make_pledge, tmp_path):
    make_pledge("steel")
    match = (
        "SELECT count(*) FROM commitments_searchindex WHERE commitments_searchindex MATCH 'steel'"
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "copy.sqlite3")])
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        assert copy.execute(match).fetchone() == (1,)
        copy.execute("DELETE FROM commitments_searchentry")
        assert copy.execute(match).fetchone() == (0,)


@on_sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("text", ["steel", "steel japan", '"our steel"', "米"])
def test_no_search_reads_a_whole_table_or_sorts_what_it_finds(make_pledge, text):
    make_pledge("steel")
    with CaptureQueriesContext(connection) as captured:
        find_best(Pledge.objects.published(), text, most=100)
        find_related(text)
        list(keep_matching(Pledge.objects.published(), text))
    plans = []
    with connection.cursor() as cursor:
        for one in captured:
            cursor.execute(f"EXPLAIN QUERY PLAN {one['sql']}")
            plans.append("\n".join(row[-1] for row in cursor.fetchall()))
    for plan in plans:
        assert "VIRTUAL TABLE INDEX" in plan
        assert "SCAN commitments_searchentry" not in plan and "SCAN commitments_pledge" not in plan
    assert plans[0].count("VIRTUAL TABLE INDEX") == len(index.COLUMNS)
    assert "TEMP B-TREE" not in plans[0]


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one index for all columns"
)
@pytest.mark.django_db
@pytest.mark.parametrize("place", range(1, len(index.COLUMNS) + 1))
def test_every_place_has_an_index_on_postgresql(make_pledge, place):
    make_pledge("steel")
    columns, before = index.COLUMNS[:place], index.COLUMNS[: place - 1]
    terms = parse_terms("steel")
    excluded = [Question(terms, before)] if before else []
    such, values = write_condition(Question(terms, columns), *excluded)
    with connection.cursor() as cursor:
        # Two rows are read faster without an index.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN SELECT id FROM {index.TABLE} WHERE {such}", values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    name = index.INDEX if columns == index.COLUMNS else f"{index.INDEX}_{place}"
    assert f"Bitmap Index Scan on {name} " in plan
