"""The index each database keeps over the search table, and how it is asked. Only here do the two differ.

SQLite has an FTS5 table that triggers on the search table keep in step, PostgreSQL a generated tsvector.
Both are fed by the table itself, so whatever writes or empties it, a restored dump or a test's flush
included, the index follows. Only Django's rebuilding of a SQLite table, in a migration, drops the
triggers; `install` runs after every migration and puts them back.
"""

from functools import lru_cache

from django.db import connection
from django.db.models.expressions import RawSQL

TABLE, INDEX, VECTOR = "commitments_searchentry", "commitments_searchindex", "vector"
# In the order of their weight: what is found in the first ranks first.
COLUMNS = ("title", "names", "quote", "explanation")
WEIGHTS = dict(zip(COLUMNS, "ABCD", strict=True))
# An entry's key is its record's key times STEP and the place of its kind here, which is for good: so the index
# alone tells which records of a kind are found, and the table need not be read.
KINDS = ("pledge", "summit", "leader", "party", "topic", "source", "indicator")
STEP = 16
# Between two texts of one column, so that no phrase is found across them. No word is spelt like it.
GAP = "z"
# PostgreSQL counts positions to 16 383 in all; so each of the four columns ends before, on both databases.
MOST_WORDS = 4000

NEW, OLD = (", ".join(f"{row}.{column}" for column in COLUMNS) for row in ("new", "old"))
ADD = f"INSERT INTO {INDEX}(rowid, {', '.join(COLUMNS)}) VALUES (new.id, {NEW});"
REMOVE = f"INSERT INTO {INDEX}({INDEX}, rowid, {', '.join(COLUMNS)}) VALUES ('delete', old.id, {OLD});"
SQLITE = {
    INDEX: f"CREATE VIRTUAL TABLE {INDEX} USING fts5({', '.join(COLUMNS)}, "
    f"content='{TABLE}', content_rowid='id', tokenize='ascii', prefix='2 3')",
    "search_entry_insert": f"CREATE TRIGGER search_entry_insert AFTER INSERT ON {TABLE} BEGIN {ADD} END",
    "search_entry_delete": f"CREATE TRIGGER search_entry_delete AFTER DELETE ON {TABLE} BEGIN {REMOVE} END",
    "search_entry_update": f"CREATE TRIGGER search_entry_update AFTER UPDATE ON {TABLE} BEGIN {REMOVE} {ADD} END",
}
POSTGRESQL = {
    VECTOR: f"ALTER TABLE {TABLE} ADD COLUMN {VECTOR} tsvector GENERATED ALWAYS AS ("
    + " || ".join(f"setweight(to_tsvector('simple', {name}), '{weight}')" for name, weight in WEIGHTS.items())
    + ") STORED",
    INDEX: f"CREATE INDEX {INDEX} ON {TABLE} USING gin ({VECTOR})",
}


def _on_postgresql():
    return connection.vendor == "postgresql"


def missing() -> list[str]:
    """Return the names of the parts of the index that should stand and do not."""
    query = (
        f"SELECT attname FROM pg_attribute WHERE attrelid = '{TABLE}'::regclass AND NOT attisdropped "
        f"UNION SELECT indexname FROM pg_indexes WHERE tablename = '{TABLE}' AND schemaname = current_schema()"
        if _on_postgresql()
        else "SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    return [name for name in (POSTGRESQL if _on_postgresql() else SQLITE) if name not in standing]


def install():
    """Create the parts of the index that are missing, over the rows there are."""
    absent = missing()
    with connection.cursor() as cursor:
        for name in absent:
            cursor.execute((POSTGRESQL if _on_postgresql() else SQLITE)[name])
    if absent:
        renew()


def renew():
    """Make the index anew from the rows there are; PostgreSQL's cannot be anything else."""
    if not _on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")


def lagging() -> bool:
    """Whether the index holds other rows than the table; PostgreSQL's cannot."""
    if _on_postgresql():
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT id FROM {TABLE} EXCEPT SELECT id FROM {INDEX}_docsize)"
            f" OR EXISTS (SELECT id FROM {INDEX}_docsize EXCEPT SELECT id FROM {TABLE})"
        )
        return bool(cursor.fetchone()[0])


def entry_key(kind, record_key) -> int:
    return record_key * STEP + KINDS.index(kind)


def matching(terms, columns=COLUMNS, *, kind=None) -> RawSQL:
    """Return a subquery of the keys of the entries in whose `columns`, taken together, all `terms` occur.

    Of one `kind`, the keys of the records themselves.
    """
    wanted = key = "id" if _on_postgresql() else "rowid"
    such = ""
    if kind:
        wanted, such = f"{key} / {STEP}", f" AND {key} %% {STEP} = {KINDS.index(kind)}"
    if _on_postgresql():
        weights = "".join(WEIGHTS[column] for column in columns) if columns != COLUMNS else ""
        question = " & ".join(f"({_phrase(term, weights)})" for term in terms)
        return RawSQL(f"SELECT {wanted} FROM {TABLE} WHERE {VECTOR} @@ to_tsquery('simple', %s){such}", [question])
    question = " AND ".join(
        '"' + " ".join(map(spelt, term.words)) + '"' + (" *" if term.open else "") for term in terms
    )
    if columns != COLUMNS:
        question = f"{{{' '.join(columns)}}} : ({question})"
    return RawSQL(f"SELECT {wanted} FROM {INDEX} WHERE {INDEX} MATCH %s{such}", [question])


def _phrase(term, weights):
    *before, last = (f"{spelt(word)}:{weights}" for word in term.words)
    return " <-> ".join([*(word.rstrip(":") for word in before), (last + "*" * term.open).rstrip(":")])


@lru_cache(50_000)
def spelt(word) -> str:
    """Return `word` in the letters a-z alone: what no tokenizer, locale or query syntax can read in two ways.

    Each character keeps its place, so a beginning stays a beginning.
    """
    return "".join(letter if "a" <= letter <= "y" else _coded(letter) for letter in word)


def _coded(letter):
    return "z" + f"{ord(letter):06x}".translate(CODE)


CODE = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def column(texts) -> str:
    """Return `texts`, each a list of words, as a column of the table holds them."""
    stored = [part for text in texts for part in (*map(spelt, text), GAP)]
    return " ".join(stored[:MOST_WORDS])
