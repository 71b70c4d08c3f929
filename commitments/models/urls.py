from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def refuse_userinfo(address):
    """Refuse addresses with a user name or a backslash: they make one host look like another."""
    host = urlsplit(address).netloc
    if "@" in host or "\\" in address:
        raise ValidationError(
            _("Leave out the user name or backslash in this address."), code="userinfo"
        )


class WebAddress(models.URLField):
    """An http or https address that a reader may follow."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 1000)
        super().__init__(*args, **kwargs)
        # A field's own validators would be shared with every other URLField.
        self.validators = [*self.validators, refuse_userinfo]

    def formfield(self, **kwargs):
        kwargs.setdefault("assume_scheme", "https")
        return super().formfield(**kwargs)
