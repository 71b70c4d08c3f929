"""The kinds of filter: by a number, by the slug of a public record, by one of several choices, and
the order of a list.
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
# Blanks are not stripped, so that they are an error: a blank alone would otherwise keep all rows.
SLUGS = {"validators": [SLUG], "strip": False}


class Several(django_filters.MultipleChoiceFilter):
    class field_class(django_filters.MultipleChoiceFilter.field_class):
        def to_python(self, value):
            # The choice “any” of a form sends the name without a value.
            values = super().to_python(value)
            return [each for each in values if each != ""]


class Whole(django_filters.Filter):
    field_class = forms.IntegerField

    def __init__(self, field_name, lookup, label, help_text, *, least, most):
        super().__init__(
            field_name,
            lookup,
            label=label,
            help_text=help_text,
            min_value=least,
            max_value=most,
        )


class Named(django_filters.CharFilter):
    """Keep the rows whose field refers to the public record with the slug in the address.

    `many` is for fields that reach several rows: a subquery then returns each row once.
    """

    def __init__(self, record, field_name, label, help_text, *, many=False, **extra):
        super().__init__(
            field_name,
            label=label,
            help_text=help_text,
            # An undertaking's slug is made of two slugs.
            max_length=330,
            **SLUGS,
            **extra,
        )
        self.record = record
        self.many = many

    def filter(self, qs, value):
        if value in EMPTY_VALUES:
            return qs
        condition = {f"{self.field_name}__in": bearing(self.record, value)}
        if self.many:
            matches = qs.model.objects.published().filter(**condition)
            return qs.filter(pk__in=matches.values("pk"))
        return qs.filter(**condition)


class Unfiltered(django_filters.Filter):
    """A parameter that keeps all rows: it says how they are shown, or the list reads it itself."""

    def filter(self, queryset, value):
        return queryset


class Slug(Unfiltered):
    field_class = forms.CharField

    def __init__(self, label, help_text):
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=160,
            **SLUGS,
        )


def bearing(model, slug):
    """Return the public record with this slug as a queryset of one, or none."""
    return model.objects.published().filter(slug=slug)


def choice_filter(choices, label, help_text, *, several=False, **extra):
    """Return a filter by a fixed list of values. Its error message names them."""
    choices = getattr(choices, "choices", choices)
    values = ", ".join(value for value, _word in choices)
    message = format_lazy(_("Give one of: {values}."), values=values)
    filter_class = Several if several else django_filters.ChoiceFilter
    return filter_class(
        choices=choices,
        label=label,
        help_text=help_text,
        error_messages={"invalid_choice": message},
        **extra,
    )


def ordering_filter(*choices, equal=SLUG_WORD):
    """Return the parameter for the order of a list: a field, with "-" for the largest first.

    The first of `choices` is the default. `equal` says what equal rows are ordered by.
    """
    help_text = _(
        "Order of the list; rows without a value come last, equal ones by {equal}. Default:"
        " {default}."
    )
    default, _word = choices[0]
    help_text = format_lazy(help_text, equal=equal, default=default)
    return choice_filter(choices, _("Order"), help_text, method="in_order")


class Filters(django_filters.FilterSet):
    """A list's filters, and the orders it can have."""

    # The columns that order rows which are equal in the order of the list.
    tie = ("slug",)
    # {order: column} of the orders that are not called like their column.
    columns = {}
    # The day the list is read as of; None for now.
    day = None

    def __init__(self, data=None, queryset=None, *, only=None):
        """Make the filters; of those whose names are not in `only`, if given, there are none.

        Each filter is copied and gets a form field, which costs more than most lists.
        """
        if only is not None:
            declared = self.base_filters.items()
            self.base_filters = {name: filter_ for name, filter_ in declared if name in only}
        super().__init__(data, queryset)

    @classmethod
    def names(cls):
        """Return the names of the parameters, which make up the canonical query of the address."""
        return frozenset(cls.base_filters)

    @classmethod
    def orders(cls):
        """Return the orders that a list can have, the default first."""
        ordering = cls.base_filters.get("ordering")
        if ordering is None:
            return [cls.tie[0]]
        choices = ordering.extra["choices"]
        return [name for name, _word in choices]

    @classmethod
    def column(cls, order):
        """Return the path from a row to the column that `order` sorts by."""
        name = order.removeprefix("-")
        return cls.columns.get(name, name)

    def in_order(self, queryset, name, value):
        column = F(self.column(value))
        order = column.asc(nulls_last=True)
        if value.startswith("-"):
            order = column.desc(nulls_last=True)
        return queryset.order_by(order, *self.tie)

    @property
    def today(self):
        """The day that deadlines are judged on: the day the list is read as of, or today (UTC)."""
        return self.day or timezone.now().date()


class LookingBack(Filters):
    """The filters of a list that can be read as of a past day."""

    as_of = AsOfFilter()

    @property
    def day(self):
        return self.form.cleaned_data.get("as_of")

    def filter_queryset(self, queryset):
        # Before the other filters, which are about that day.
        return super().filter_queryset(queryset.as_of(self.day))
