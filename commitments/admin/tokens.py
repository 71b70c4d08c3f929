"""Add a record once: a form has a token, and the session remembers what the token made."""

from importlib import import_module

from django.conf import settings

SESSION_KEY = "admin_added"
# A double click follows within a second, so the last few forms are enough.
REMEMBERED = 50


def find_made(request):
    """Return the key of the record that this form's token made before, or None.

    Call it under a lock.
    """
    token = request.POST.get("token", "")
    if not token:
        return None
    # The request's session was read before the lock. What a second click wrote meanwhile is only in
    # the store.
    engine = import_module(settings.SESSION_ENGINE)
    store = engine.SessionStore(request.session.session_key)
    key_by_token = store.get(SESSION_KEY, {})
    return key_by_token.get(token)


def remember(request, record):
    token = request.POST.get("token", "")
    if not token:
        return
    key_by_token = dict(request.session.get(SESSION_KEY, {}))
    key_by_token[token] = record.pk
    newest = list(key_by_token.items())[-REMEMBERED:]
    request.session[SESSION_KEY] = dict(newest)
    # Now, inside the transaction, so that a second click that waits for the lock finds it.
    request.session.save()


def forget(request):
    """Undo `remember` after a rollback, because the session is saved again with the answer."""
    token = request.POST.get("token", "")
    key_by_token = dict(request.session.get(SESSION_KEY, {}))
    if token in key_by_token:
        del key_by_token[token]
        request.session[SESSION_KEY] = key_by_token
