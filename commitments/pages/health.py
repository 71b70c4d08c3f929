"""For whoever watches the site: is the process alive, and can it answer?"""

from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commitments.ledger.freshness import read_head


@never_cache
@require_safe
def healthz(request):
    """Say that the process answers. The database is not asked: a restart would not repair it."""
    return HttpResponse("live\n", "text/plain")


@never_cache
@require_safe
def readyz(request):
    """Say whether the database answers and the head of the ledger can be read."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        head = read_head()
        return HttpResponse(f"ready at ledger entry {head}\n", "text/plain")
    except DatabaseError:
        # The reason is for the log only: it may name the address of the database.
        return HttpResponse("The database does not answer.\n", "text/plain", 503)
