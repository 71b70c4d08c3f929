"""Where django-axes asks about an attempt, and where it reports what came of it."""

from axes.backends import AxesStandaloneBackend
from axes.exceptions import AxesBackendPermissionDenied
from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from axes.helpers import get_client_username
from django.core.management import CommandError

from tracker.sign_in import attempts, journal
from tracker.sign_in.refusals import TooManyFailures


class Gate(AxesStandaloneBackend):
    """Asked before the backend that checks passwords."""

    def authenticate(self, request, username=None, password=None, **credentials):
        # Without a request nobody is signing in: a command or a test checks a password.
        if request is None:
            return
        try:
            super().authenticate(request, username, password, **credentials)
        except AxesBackendPermissionDenied:
            # Django would go on to the form, and render it.
            raise TooManyFailures(request.sign_in.wait) from None


class AttemptHandler(AxesBaseHandler, AbstractAxesHandler):
    """Counts attempts by `attempts`.

    The handlers of axes have one limit and one period for everything they count, and write to the
    database or add to their counts in two steps that another process can come between.
    """

    def is_allowed(self, request, credentials=None):
        account = get_client_username(request, credentials)
        request.sign_in = attempts.begin(request.axes_ip_address, account)
        if request.sign_in.wait:
            journal.note_refusal()
        return not request.sign_in.wait

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        if request is not None:
            journal.note_failure(request.axes_ip_address, request.sign_in)

    def user_logged_in(self, sender, request, user, **kwargs):
        attempts.forget_attempts(request.axes_ip_address, user.get_username())

    def user_logged_out(self, sender, request, user, **kwargs):
        """Nothing to count."""

    def get_failures(self, request, credentials=None):
        """Not asked, as `is_allowed` knows two limits."""
        raise NotImplementedError

    def reset_attempts(self, **kwargs):
        """Asked by the commands of axes, which know no networks and no two limits."""
        raise CommandError("Use `manage.py allow_sign_in`.")
