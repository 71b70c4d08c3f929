"""Adding happens once: a form carries a token, and the session remembers what it made."""

from importlib import import_module

from django.conf import settings

KEPT = "admin_added"
# A double click follows within a second; more than a night's forms need not be remembered.
MANY = 50


def made_by(request):
    """Return the primary key of what this form's token made before, or None. Call it under a
    lock.
    """
    token = request.POST.get("token", "")
    # The request's own session was read before the lock; what a twin wrote meanwhile is only in the
    # store.
    store = import_module(settings.SESSION_ENGINE).SessionStore(request.session.session_key)
    return store.get(KEPT, {}).get(token) if token else None


def remember(request, record):
    token = request.POST.get("token", "")
    if token:
        made = {**request.session.get(KEPT, {}), token: record.pk}
        request.session[KEPT] = dict(list(made.items())[-MANY:])
        # Now, inside the transaction, so that a twin waiting for the lock finds it.
        request.session.save()


def forget(request):
    """Undo `remember` after a rollback: the session would be saved again with the answer."""
    token = request.POST.get("token", "")
    if token in request.session.get(KEPT, {}):
        request.session[KEPT] = {
            kept: pk for kept, pk in request.session[KEPT].items() if kept != token
        }
