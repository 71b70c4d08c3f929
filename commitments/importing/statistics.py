"""What the database must know of its own rows to plan well."""

from django.db import connection

# Fewer are found quickly by any plan.
MANY = 100


def gather(new):
    """Tell the database of `new` records, if they are many.

    PostgreSQL learns of them by itself within minutes. Until then, and inside the transaction that
    made them, it may take the tables for empty and read them whole once for every row of another.
    """
    if new >= MANY:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
