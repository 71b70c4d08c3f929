from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from commitments.models.fields import Line

# Credit name of the demonstration's signers, who are nobody real.
DEMONSTRATION = "Demonstration"


class User(AbstractUser):
    """Somebody who curates. The public sees the credit name, never the user name."""

    credit_name = Line(
        _("credit name"),
        max_length=120,
        blank=True,
        help_text=_(
            "How assessments you sign name you in public, for good: your name, or “Researcher 3”."
        ),
    )
