"""For whoever watches the site: is the process alive, and can it answer?"""

from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commitments.ledger.freshness import read_head


@never_cache
@require_safe
def healthz(request):
    """Say that the process answers. Asks nothing of the database: a restart would not mend that."""
    return HttpResponse("live\n", "text/plain")


@never_cache
@require_safe
def readyz(request):
    """Say whether the database answers and the head of the ledger can be read."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return HttpResponse(f"ready at ledger entry {read_head()}\n", "text/plain")
    except DatabaseError:
        # Why is for the log: an address of a database is nobody else's business.
        return HttpResponse("The database does not answer.\n", "text/plain", 503)
