"""The index each database keeps over the search table, and how it is asked. Only here do the two
differ.

SQLite has an FTS5 table that triggers on the search table keep in step, PostgreSQL a generated
tsvector. Both are fed by the table itself, so whatever writes or empties it, a restored dump or a
test's flush included, the index follows. Only Django's rebuilding of a SQLite table, in a
migration, drops the triggers; `install` runs after every migration and puts them back.
"""

from functools import lru_cache

from django.db import connection
from django.db.models.expressions import RawSQL

from commitments.search.terms import Alternatives

TABLE, INDEX, VECTOR = "commitments_searchentry", "commitments_searchindex", "vector"
# In the order of their weight: what is found in the first ranks first.
COLUMNS = ("title", "names", "quote", "explanation")
WEIGHTS = dict(zip(COLUMNS, "ABCD", strict=True))
# An entry's key is its record's key, and STEP for each of the kinds before its own: so the index
# alone tells which records of a kind are found, and is read for no other kind. Raise `words.FORM`
# when this changes.
KINDS = ("pledge", "summit", "leader", "party", "topic", "source", "indicator")
STEP = 1 << 40
# Between two texts of one column, so that no phrase is found across them. No word is spelt like it.
GAP = "z"
# PostgreSQL counts positions to 16 383 in all; so each of the four columns ends before, on both
# databases.
MOST_WORDS = 4000


def _vector(columns):
    """Return SQL for the words of the `columns`, as PostgreSQL keeps and finds them."""
    weights = "".join(WEIGHTS[column] for column in columns)
    return VECTOR if columns == COLUMNS else f"ts_filter({VECTOR}, '{{{','.join(weights)}}}')"


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
# A GIN index knows no weights: so there is one for each place, or every row found would have to be
# looked into.
POSTGRESQL = {
    VECTOR: (
        f"ALTER TABLE {TABLE} ADD COLUMN {VECTOR} tsvector GENERATED ALWAYS AS ("
        + " || ".join(
            f"setweight(to_tsvector('simple', {name}), '{weight}')"
            for name, weight in WEIGHTS.items()
        )
        + ") STORED"
    ),
    # The vector stays in its row: to fetch it from elsewhere takes longer than to look into it.
    f"{INDEX}_1": (
        f"ALTER TABLE {TABLE} SET (toast_tuple_target = 8160);"
        f"CREATE INDEX {INDEX}_1 ON {TABLE} USING gin ({_vector(COLUMNS[:1])})"
    ),
    f"{INDEX}_2": f"CREATE INDEX {INDEX}_2 ON {TABLE} USING gin ({_vector(COLUMNS[:2])})",
    f"{INDEX}_3": f"CREATE INDEX {INDEX}_3 ON {TABLE} USING gin ({_vector(COLUMNS[:3])})",
    INDEX: f"CREATE INDEX {INDEX} ON {TABLE} USING gin ({_vector(COLUMNS)})",
}


def _on_postgresql():
    return connection.vendor == "postgresql"


def find_missing_index() -> list[str]:
    """Return the names of the parts of the index that should stand and do not."""
    query = (
        f"SELECT attname FROM pg_attribute WHERE attrelid = '{TABLE}'::regclass AND NOT"
        f" attisdropped UNION SELECT indexname FROM pg_indexes WHERE tablename = '{TABLE}' AND"
        " schemaname = current_schema()"
        if _on_postgresql()
        else "SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    return [name for name in (POSTGRESQL if _on_postgresql() else SQLITE) if name not in standing]


def install_index():
    """Create the parts of the index that are missing, over the rows there are."""
    absent = find_missing_index()
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
    return KINDS.index(kind) * STEP + record_key


def matching(terms, columns=COLUMNS, *, kinds) -> RawSQL:
    """Return a subquery of the keys of the entries in whose `columns`, taken together, all `terms`
    occur.

    `kinds` are neighbours in KINDS; of one alone, the keys of the records themselves.
    """
    first, end = entry_key(kinds[0], 0), entry_key(kinds[-1], STEP)
    wanted = f"{_key()} - {first}" if len(kinds) == 1 else _key()
    such, values = occurring(terms, columns)
    sql = f"SELECT {wanted} FROM {_asked()} WHERE {such} AND {_key()} >= %s AND {_key()} < %s"
    return RawSQL(sql, [*values, first, end])


def placed(rows, key, terms, most, *, wider=()) -> list[tuple]:
    """Return the first `most` of `rows`, a queryset of values, each after its place. One statement.

    The entry of a row has the key in the column `key`. In place 1 are those in whose first column
    all `terms` occur, in place 2 those that need the second for it, and so on; then in the same way
    those in which all of `wider`, if given, occur and not all `terms`. Of one place come those with
    the highest key. On SQLite nothing is sorted, on neither a place looked into for which those
    before it leave no room.
    """
    arms, values = [], []
    for such, asked in _places(terms, wider):
        arm = rows.extra(tables=[_asked()], where=[such, f"{_key()} = {key}"], params=asked)
        sql, given = arm.order_by(RawSQL(_key(), []).desc())[:most].query.sql_with_params()
        arms.append(f"SELECT {len(arms) + 1}, arm.* FROM ({sql}) arm")
        values += given
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(arms)} LIMIT {most}", values)
        return cursor.fetchall()


def _places(terms, wider):
    """Yield SQL, and its values, for the entries of each place, the first first."""
    for asked, others in [(terms, []), (wider, [(terms, COLUMNS)])]:
        for end in range(1, len(COLUMNS) + 1) if asked else ():
            before = [(asked, COLUMNS[: end - 1])] if end > 1 else []
            yield occurring(asked, COLUMNS[:end], *before, *others)


def holding(rows, questions) -> list[tuple]:
    """Return those of `rows`, a queryset of values, that answer a question, each after the bits of
    those it answers.

    The entry of a row, a pledge's, has the key in its column `id`. Each question is terms, which
    must all occur, and the columns they must occur in; the first has the lowest bit. One statement.
    """
    arms, values = [], []
    for number, (terms, columns) in enumerate(questions):
        such, asked = occurring(terms, columns)
        arms.append(
            f"SELECT {1 << number} AS bit, {_key()} AS entry FROM {_asked()} WHERE {such} AND"
            f" {_key()} < {STEP}"
        )
        values += asked
    sql, given = rows.query.sql_with_params()
    answered = (
        f"SELECT entry, SUM(bit) AS bits FROM ({' UNION ALL '.join(arms)}) arm GROUP BY entry"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT answered.bits, held.* FROM ({answered}) answered JOIN ({sql}) held ON held.id"
            " = answered.entry",
            [*values, *given],
        )
        return cursor.fetchall()


def _asked():
    return TABLE if _on_postgresql() else INDEX


def _key():
    return f"{TABLE}.id" if _on_postgresql() else f"{INDEX}.rowid"


def occurring(terms, columns, *others):
    """Return SQL, and its values, for the entries in whose `columns` all `terms` occur, without
    those of `others`.
    """
    if _on_postgresql():
        such = [
            f"{_vector(some)} @@ to_tsquery('simple', %s)"
            for _, some in [(terms, columns), *others]
        ]
        questions = [
            _all(asked, " | ", " & ", _lexemes)
            for asked in [terms, *(asked for asked, _ in others)]
        ]
        return " AND NOT ".join(such), questions
    question = _match(terms, columns)
    for other in others:
        question = f"({question}) NOT ({_match(*other)})"
    return f"{INDEX} MATCH %s", [question]


def _all(asked, either, every, phrase):
    """Return the question for all that is `asked`, each in any of its spellings, of what the
    database calls these.
    """

    def told(one):
        if isinstance(one, Alternatives):
            return either.join([_all(one.asked, either, every, phrase), *map(told, one.others)])
        return either.join(
            phrase([spelt(word) for word in words], is_open) for words, is_open in one.spellings
        )

    return f"({every.join(f'({told(one)})' for one in asked)})"


def _lexemes(words, is_open):
    return " <-> ".join(words) + ":*" * is_open


def _phrase(words, is_open):
    return f'"{" ".join(words)}"' + " *" * is_open


def _match(terms, columns):
    question = _all(terms, " OR ", " AND ", _phrase)
    return question if columns == COLUMNS else f"{{{' '.join(columns)}}} : {question}"


@lru_cache(50_000)
def spelt(word) -> str:
    """Return `word` in the letters a-z alone: what no tokenizer, locale or query syntax can read in
    two ways.

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
