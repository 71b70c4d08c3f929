"""The full-text index that each database keeps over the search table.

SQLite has an FTS5 table, which triggers on the search table keep up to date; PostgreSQL has a
generated tsvector column. Both are fed by the table itself, so the index follows whatever writes or
empties the table, even a restored dump or a test's flush. The one exception is a migration in which
Django rebuilds a SQLite table: it drops the triggers. `install_index` runs after every migration
and puts them back.
"""

from django.db import connection

TABLE, INDEX, VECTOR = "commitments_searchentry", "commitments_searchindex", "vector"
# In the order of their weight: what is found in the first column ranks first.
COLUMNS = ("title", "names", "quote", "explanation")
WEIGHTS = dict(zip(COLUMNS, "ABCD", strict=True))
# The key of an entry is the key of its record, plus STEP for each kind before its own in KINDS. So
# the index alone says which records of a kind match, and no other kinds are read. Raise
# `words.FORM` when this changes.
KINDS = ("pledge", "summit", "leader", "party", "topic", "source", "indicator")
STEP = 1 << 40


def write_vector(columns) -> str:
    """Return SQL for the words of the `columns`, as PostgreSQL stores and finds them."""
    if columns == COLUMNS:
        return VECTOR
    weights = ",".join(WEIGHTS[column] for column in columns)
    return f"ts_filter({VECTOR}, '{{{weights}}}')"


NEW, OLD = (", ".join(f"{row}.{column}" for column in COLUMNS) for row in ("new", "old"))
ADD = f"INSERT INTO {INDEX}(rowid, {', '.join(COLUMNS)}) VALUES (new.id, {NEW});"
REMOVE = (
    f"INSERT INTO {INDEX}({INDEX}, rowid, {', '.join(COLUMNS)}) VALUES ('delete', old.id, {OLD});"
)
SQLITE = {
    INDEX: (
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5({', '.join(COLUMNS)}, "
        f"content='{TABLE}', content_rowid='id', tokenize='ascii', prefix='2 3')"
    ),
    "search_entry_insert": (
        f"CREATE TRIGGER search_entry_insert AFTER INSERT ON {TABLE} BEGIN {ADD} END"
    ),
    "search_entry_delete": (
        f"CREATE TRIGGER search_entry_delete AFTER DELETE ON {TABLE} BEGIN {REMOVE} END"
    ),
    "search_entry_update": (
        f"CREATE TRIGGER search_entry_update AFTER UPDATE ON {TABLE} BEGIN {REMOVE} {ADD} END"
    ),
}
# A GIN index knows no weights. So there is one for each place; with a single one, PostgreSQL would
# have to look into every row that matches.
POSTGRESQL = {
    VECTOR: (
        f"ALTER TABLE {TABLE} ADD COLUMN {VECTOR} tsvector GENERATED ALWAYS AS ("
        + " || ".join(
            f"setweight(to_tsvector('simple', {name}), '{weight}')"
            for name, weight in WEIGHTS.items()
        )
        + ") STORED"
    ),
    # The vector stays in its row: to fetch it from another page takes longer than to look into it.
    f"{INDEX}_1": (
        f"ALTER TABLE {TABLE} SET (toast_tuple_target = 8160);"
        f"CREATE INDEX {INDEX}_1 ON {TABLE} USING gin ({write_vector(COLUMNS[:1])})"
    ),
    f"{INDEX}_2": f"CREATE INDEX {INDEX}_2 ON {TABLE} USING gin ({write_vector(COLUMNS[:2])})",
    f"{INDEX}_3": f"CREATE INDEX {INDEX}_3 ON {TABLE} USING gin ({write_vector(COLUMNS[:3])})",
    INDEX: f"CREATE INDEX {INDEX} ON {TABLE} USING gin ({write_vector(COLUMNS)})",
}


PARTS_ON_POSTGRESQL = (
    f"SELECT attname FROM pg_attribute WHERE attrelid = '{TABLE}'::regclass AND NOT"
    f" attisdropped UNION SELECT indexname FROM pg_indexes WHERE tablename = '{TABLE}' AND"
    " schemaname = current_schema()"
)
PARTS_ON_SQLITE = "SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')"
REBUILD_ON_SQLITE = f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')"
LAGS_ON_SQLITE = (
    f"SELECT EXISTS (SELECT id FROM {TABLE} EXCEPT SELECT id FROM {INDEX}_docsize)"
    f" OR EXISTS (SELECT id FROM {INDEX}_docsize EXCEPT SELECT id FROM {TABLE})"
)


def is_on_postgresql():
    return connection.vendor == "postgresql"


def _statements_by_part():
    """Return the statement that creates each part of the index, by the name of the part."""
    return POSTGRESQL if is_on_postgresql() else SQLITE


def find_missing_index() -> list[str]:
    """Return the names of the parts of the index that do not exist and should."""
    query = PARTS_ON_POSTGRESQL if is_on_postgresql() else PARTS_ON_SQLITE
    with connection.cursor() as cursor:
        cursor.execute(query)
        existing = {row[0] for row in cursor.fetchall()}
    return [name for name in _statements_by_part() if name not in existing]


def install_index():
    """Create the parts of the index that are missing, over the rows there are."""
    missing = find_missing_index()
    statements = _statements_by_part()
    with connection.cursor() as cursor:
        for name in missing:
            cursor.execute(statements[name])
    if missing:
        rebuild_index()


def rebuild_index():
    """Rebuild the index from the rows there are. PostgreSQL's needs no rebuilding."""
    if is_on_postgresql():
        return
    with connection.cursor() as cursor:
        cursor.execute(REBUILD_ON_SQLITE)


def is_lagging() -> bool:
    """Whether the index holds other rows than the table. PostgreSQL's cannot."""
    if is_on_postgresql():
        return False
    with connection.cursor() as cursor:
        cursor.execute(LAGS_ON_SQLITE)
        (lags,) = cursor.fetchone()
    return bool(lags)


def entry_key(kind, record_key) -> int:
    place = KINDS.index(kind)
    return place * STEP + record_key
