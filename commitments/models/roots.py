"""What every record with a life of its own shares: a slug for good, a state, a version."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models.looking_back import LooksBack, make_condition
from commitments.models.rules import limit_lengths, require_filled, require_one_of

SLUG = RegexValidator(
    r"^[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\Z",
    _("Use lower-case letters a-z, digits and single hyphens, such as “tokyo-2025-defence”."),
)
RESERVED_SLUGS = frozenset(
    {"admin", "api", "at", "feed", "feeds", "new", "static", "embed", "data"}
)


def not_reserved(slug):
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is an address of the site itself. Choose another."),
            params={"slug": slug},
        )


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RootQuerySet(LooksBack):
    """Readings of every root; a model that is public only with another overrides `public`."""

    @staticmethod
    def public(prefix=""):
        """Return the condition under which a row exists for the public, seen through `prefix`."""
        return make_condition(prefix, state=State.PUBLISHED)

    def published(self):
        return self.filter(self.public())

    def in_review(self):
        return self.filter(state=State.IN_REVIEW)


class NamesHidden(models.Func):
    """Whether a key is that of a record that is not published itself.

    It is written as SQL because public statements hold many of these: a queryset in each would be
    built and compiled anew for every statement, which costs a page more than the database does.
    The states are named, for their index finds few.
    """

    template = (
        "COALESCE(%(expressions)s, 0) IN"
        ' (SELECT "id" FROM "%(table)s" WHERE "state" IN (%(states)s))'
    )
    states = ", ".join(f"'{state}'" for state in State if state != State.PUBLISHED)
    output_field = models.BooleanField()

    def __init__(self, key, model):
        super().__init__(key, table=model._meta.db_table, states=self.states)


def require_published(prefix="", **models_by_path) -> Q:
    """Return the condition that the references of a row, seen through `prefix`, name no hidden
    record: {path: model}.

    Publishing never leaves such a reference; SQL past it can. Few records are hidden, so their keys
    are read once for a statement, and no table is joined. An empty reference names nothing.
    """
    condition = Q()
    for path, model in models_by_path.items():
        condition &= ~Q(NamesHidden(f"{prefix}{path}", model))
    return condition


class Root(models.Model):
    """A record that is drafted, reviewed, published and withdrawn; see `publishing`."""

    slug = models.CharField(
        _("slug"),
        max_length=160,
        unique=True,
        validators=[SLUG, not_reserved],
        help_text=_(
            "The record's public id and part of its address, for good. Lower case, hyphens."
        ),
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=State,
        default=State.DRAFT,
        editable=False,
        db_index=True,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    review_note = models.TextField(
        _("note between curator and reviewer"),
        blank=True,
        editable=False,
        help_text=_("Never public."),
    )
    edited_at = models.DateTimeField(auto_now=True)

    objects = RootQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_published(self):
        return self.state == State.PUBLISHED


def make_root_rules(record):
    """Return the constraints of the fields every root has; `record` is the constraint prefix."""
    return [
        *limit_lengths(record, slug=160),
        *require_filled(record, "slug"),
        *require_one_of(record, state=State.values),
        models.CheckConstraint(condition=Q(version__gte=1), name=f"{record}_version_positive"),
    ]
