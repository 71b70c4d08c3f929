"""The database's statistics of its own rows, from which it plans queries."""

from django.db import connection

# Any plan is quick with fewer rows.
MANY = 100


def gather(new):
    """Gather statistics after `new` records were made, if they are many.

    PostgreSQL gathers them by itself within minutes. Until then, and inside the transaction that
    made the records, it may take a table for empty, and read it whole for every row of another.
    """
    if new >= MANY:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
