"""What the database must know of its own rows to plan well."""

from django.db import connection


def gather():
    """Tell the database of many new rows: else, until it learns of them by itself, look-ups may read whole tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
