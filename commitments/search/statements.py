"""The statements that search the index, for SQLite and for PostgreSQL."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL

from commitments.search.encoding import encode_word
from commitments.search.index import (
    COLUMNS,
    INDEX,
    STEP,
    TABLE,
    entry_key,
    is_on_postgresql,
    write_vector,
)
from commitments.search.terms import Alternatives, Term


class Question(NamedTuple):
    """Terms that must all occur in these columns, taken together."""

    terms: Sequence[Term | Alternatives]
    columns: Sequence[str] = COLUMNS


class Condition(NamedTuple):
    """A condition in SQL, and its parameters."""

    sql: str
    params: list[str]


@dataclass(frozen=True)
class Syntax:
    """How a database writes a full-text query: "or", "and", and a phrase.

    `write_phrase` takes encoded words, and whether the last may be the beginning of a longer one.
    """

    either: str
    every: str
    write_phrase: Callable[[Iterable[str], bool], str]


def _write_lexemes(words, is_open):
    phrase = " <-> ".join(words)
    if is_open:
        return f"{phrase}:*"
    return phrase


def _write_quoted_phrase(words, is_open):
    phrase = " ".join(words)
    if is_open:
        return f'"{phrase}" *'
    return f'"{phrase}"'


POSTGRESQL_SYNTAX = Syntax(" | ", " & ", _write_lexemes)
SQLITE_SYNTAX = Syntax(" OR ", " AND ", _write_quoted_phrase)


def match_entries(terms, columns=COLUMNS, *, kinds) -> RawSQL:
    """Return a subquery of the keys of the entries in whose `columns` all `terms` occur.

    `kinds` are neighbours in KINDS; for a single one, the keys are those of the records themselves.
    """
    first = entry_key(kinds[0], 0)
    end = entry_key(kinds[-1], STEP)
    key = _key_column()
    value = f"{key} - {first}" if len(kinds) == 1 else key
    question = Question(terms, columns)
    condition = write_condition(question)
    params = [*condition.params, first, end]
    sql = (
        f"SELECT {value} FROM {_searched_table()}"
        f" WHERE {condition.sql} AND {key} >= %s AND {key} < %s"
    )
    return RawSQL(sql, params)


def place_rows(rows, key, terms, most, *, wider=()) -> list[tuple]:
    """Return the first `most` of `rows`, a queryset of values, each after its place. One statement.

    The entry of a row has the key in the column `key`. In place 1 are those in whose first column
    all `terms` occur, in place 2 those that need the second column for it, and so on. After these
    come, in the same way, those in which all of `wider` occur but not all `terms`. Within a place
    the highest keys come first. SQLite sorts nothing, and neither database looks into a place for
    which those before it leave no room.
    """
    table = _searched_table()
    entry = _key_column()
    newest_first = RawSQL(entry, []).desc()
    arms = []
    params = []
    for place, condition in enumerate(_list_conditions_of_places(terms, wider), start=1):
        is_entry = f"{entry} = {key}"
        found_rows = rows.extra(
            tables=[table],
            where=[condition.sql, is_entry],
            params=condition.params,
        )
        arm = found_rows.order_by(newest_first)[:most]
        arm_sql, arm_params = arm.query.sql_with_params()
        arms.append(f"SELECT {place}, arm.* FROM ({arm_sql}) arm")
        params += arm_params
    union = " UNION ALL ".join(arms)
    return _fetch_all(f"{union} LIMIT {most}", params)


def _list_conditions_of_places(terms, wider) -> list[Condition]:
    """Return the condition of each place, the first place first."""
    conditions = _list_conditions(terms)
    if wider:
        conditions += _list_conditions(wider, Question(terms))
    return conditions


def _list_conditions(terms, *excluded: Question) -> list[Condition]:
    """Return the conditions that `terms` need one column, two, three or four, and not fewer."""
    conditions = []
    found_before: list[Question] = []
    for end in range(1, len(COLUMNS) + 1):
        question = Question(terms, COLUMNS[:end])
        condition = write_condition(question, *found_before, *excluded)
        conditions.append(condition)
        found_before = [question]
    return conditions


def find_answers(rows, questions: Sequence[Question]) -> list[tuple]:
    """Return the `rows`, a queryset of values, that answer a question. One statement.

    The entry of a row, a pledge's, has the key in its column `id`. Each row comes after a number
    with a bit for each question that it answers; the first question has the lowest bit.
    """
    key = _key_column()
    table = _searched_table()
    arms = []
    params = []
    for number, question in enumerate(questions):
        bit = 1 << number
        condition = write_condition(question)
        arms.append(
            f"SELECT {bit} AS bit, {key} AS entry FROM {table}"
            f" WHERE {condition.sql} AND {key} < {STEP}"
        )
        params += condition.params
    union = " UNION ALL ".join(arms)
    answered = f"SELECT entry, SUM(bit) AS bits FROM ({union}) arm GROUP BY entry"
    rows_sql, rows_params = rows.query.sql_with_params()
    statement = (
        f"SELECT answered.bits, held.* FROM ({answered}) answered"
        f" JOIN ({rows_sql}) held ON held.id = answered.entry"
    )
    return _fetch_all(statement, [*params, *rows_params])


def _fetch_all(statement, params) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def _searched_table():
    return TABLE if is_on_postgresql() else INDEX


def _key_column():
    if is_on_postgresql():
        return f"{TABLE}.id"
    return f"{INDEX}.rowid"


def write_condition(question: Question, *excluded: Question) -> Condition:
    """Return the condition that an entry answers `question` and none of the `excluded` ones."""
    if is_on_postgresql():
        return _write_postgresql_condition([question, *excluded])
    return _write_sqlite_condition(question, excluded)


def _write_postgresql_condition(questions: Sequence[Question]) -> Condition:
    matches = []
    queries = []
    for question in questions:
        vector = write_vector(question.columns)
        matches.append(f"{vector} @@ to_tsquery('simple', %s)")
        query = _write_query(question.terms, POSTGRESQL_SYNTAX)
        queries.append(query)
    return Condition(" AND NOT ".join(matches), queries)


def _write_sqlite_condition(question: Question, excluded: Sequence[Question]) -> Condition:
    query = _write_sqlite_query(question)
    for other in excluded:
        excluded_query = _write_sqlite_query(other)
        query = f"({query}) NOT ({excluded_query})"
    return Condition(f"{INDEX} MATCH %s", [query])


def _write_sqlite_query(question: Question) -> str:
    query = _write_query(question.terms, SQLITE_SYNTAX)
    if question.columns == COLUMNS:
        return query
    columns = " ".join(question.columns)
    return f"{{{columns}}} : {query}"


def _write_query(terms, syntax: Syntax) -> str:
    """Return the full-text query that requires every term, in any of its spellings."""
    written = []
    for term in terms:
        choices = _write_term(term, syntax)
        written.append(f"({choices})")
    query = syntax.every.join(written)
    return f"({query})"


def _write_term(term: Term | Alternatives, syntax: Syntax) -> str:
    """Return the query for a term in any of its spellings, or any of several alternatives."""
    if isinstance(term, Alternatives):
        choices = [_write_query(term.terms, syntax)]
        for synonym in term.synonyms:
            choice = _write_term(synonym, syntax)
            choices.append(choice)
    else:
        choices = [_write_spelling(spelling, syntax) for spelling in term.spellings]
    return syntax.either.join(choices)


def _write_spelling(spelling, syntax: Syntax) -> str:
    words = map(encode_word, spelling.words)
    return syntax.write_phrase(words, spelling.is_open)
