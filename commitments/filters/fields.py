"""What filters are made of: by a number, a public record's slug, one of a list; and the order of a
list.
"""

import django_filters
from django import forms
from django.db.models import F
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_filters.constants import EMPTY_VALUES

from commitments.days import AsOfFilter
from commitments.models.roots import SLUG

BY_SLUG, BY_NAME = ("slug", _("By slug")), ("name", _("By name"))
BY_SLUG_OR_NAME = (BY_SLUG, BY_NAME)
NEWEST, OLDEST = _("Newest first"), _("Oldest first")
SLUG_WORD = _("slug")
# Blanks are no part of a slug, and not cut off: a blank alone would ask for everything.
SLUGS = {"validators": [SLUG], "strip": False}


class Several(django_filters.MultipleChoiceFilter):
    class field_class(django_filters.MultipleChoiceFilter.field_class):
        def to_python(self, value):
            # A form's “any” sends the name without a value: that asks for nothing.
            return [each for each in super().to_python(value) if each != ""]


class Whole(django_filters.Filter):
    field_class = forms.IntegerField

    def __init__(self, field_name, lookup, label, help_text, *, least, most):
        super().__init__(
            field_name, lookup, label=label, help_text=help_text, min_value=least, max_value=most
        )


class Named(django_filters.CharFilter):
    """Keep the rows whose field refers to the public record with the slug given.

    `many` is for fields that reach several rows: a subquery then keeps each row once.
    """

    def __init__(self, record, field_name, label, help_text, *, many=False, **extra):
        # 330: an undertaking's slug is made of two.
        super().__init__(
            field_name, label=label, help_text=help_text, max_length=330, **SLUGS, **extra
        )
        self.record, self.many = record, many

    def filter(self, qs, value):
        if value in EMPTY_VALUES:
            return qs
        named = {f"{self.field_name}__in": bearing(self.record, value)}
        if self.many:
            return qs.filter(pk__in=qs.model.objects.published().filter(**named).values("pk"))
        return qs.filter(**named)


class Unfiltered(django_filters.Filter):
    """A parameter that by itself keeps all rows: it says how they are shown, or the list reads it
    apart.
    """

    def filter(self, queryset, value):
        return queryset


class Slug(Unfiltered):
    field_class = forms.CharField

    def __init__(self, label, help_text):
        super().__init__(label=label, help_text=help_text, max_length=160, **SLUGS)


def bearing(model, slug):
    """Return the public record with this slug as a queryset of one, or none."""
    return model.objects.published().filter(slug=slug)


def choice_filter(choices, label, help_text, *, several=False, **extra):
    """Return a filter by a fixed list of values; its error names them."""
    choices = getattr(choices, "choices", choices)
    values = ", ".join(value for value, _word in choices)
    return (Several if several else django_filters.ChoiceFilter)(
        choices=choices,
        label=label,
        help_text=help_text,
        error_messages={"invalid_choice": format_lazy(_("Give one of: {values}."), values=values)},
        **extra,
    )


def ordering_filter(*choices, equal=SLUG_WORD):
    """Return the parameter for the order of a list: a field, "-" before it for the largest first.

    The first choice is what a list has unasked; `equal` says what the equal ones are ordered by.
    """
    about = _(
        "Order of the list; rows without a value come last, equal ones by {equal}. Default:"
        " {default}."
    )
    about = format_lazy(about, equal=equal, default=choices[0][0])
    return choice_filter(choices, _("Order"), about, method="in_order")


class Filters(django_filters.FilterSet):
    """A list's filters, and the orders it can have."""

    # What tells rows apart that are equal in the order asked for, and the orders not called like
    # their column.
    tie = ("slug",)
    columns = {}
    # The day that the list looks back to.
    day = None

    @classmethod
    def names(cls):
        """Return the names of the parameters: what of a query matters, for
        `freshness.canonical_query`.
        """
        return frozenset(cls.base_filters)

    @classmethod
    def orders(cls):
        """Return the orders that may be asked for, the one the list has unasked first."""
        asked = cls.base_filters.get("ordering")
        return [name for name, _word in asked.extra["choices"]] if asked else [cls.tie[0]]

    @classmethod
    def column(cls, order):
        """Return the column that `order` is by, seen from a row."""
        name = order.removeprefix("-")
        return cls.columns.get(name, name)

    def in_order(self, queryset, name, value):
        field = F(self.column(value))
        first = field.desc(nulls_last=True) if value.startswith("-") else field.asc(nulls_last=True)
        return queryset.order_by(first, *self.tie)

    @property
    def today(self):
        """The day that deadlines are held against: the one looked back to, else the present one
        (UTC).
        """
        return self.day or timezone.now().date()


class LookingBack(Filters):
    """A list that can be read as of a day."""

    as_of = AsOfFilter()

    @property
    def day(self):
        return self.form.cleaned_data.get("as_of")

    def filter_queryset(self, queryset):
        # First: the others ask about that day.
        return super().filter_queryset(queryset.as_of(self.day))
