"""The filters of pledges, and of the undertakings in them."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments import models
from commitments.days import DayFilter, PastDayFilter
from commitments.filters.fields import (
    BY_SLUG,
    LookingBack,
    Named,
    Whole,
    bearing,
    choice_filter,
    ordering_filter,
)
from commitments.models.assessments import STATUS_CHOICES
from commitments.search import MOST_TERMS, keep_matching, parse_terms
from commitments.verdicts.statuses import MEANINGS, NOT_ASSESSED


def refuse_many_words(text):
    if len(parse_terms(text)) > MOST_TERMS:
        raise forms.ValidationError(_("Give at most %(most)s words."), params={"most": MOST_TERMS})


class ByUndertaking(LookingBack):
    """Filters that one undertaking has to match, all of them together."""

    party = Named(models.Party, "party", _("Party"), _("Slug of a party that owes the pledge."))
    leader = Named(
        models.Leader,
        "leader",
        _("Leader"),
        _("Slug of who bound the party or spoke."),
        method="by_leader",
    )
    status = choice_filter(
        [*STATUS_CHOICES, (NOT_ASSESSED, _(MEANINGS[NOT_ASSESSED].word))],
        _("Status"),
        _(
            "Status of a party’s verdict; may be given several times, any of them matches. An"
            " exempt party has none."
        ),
        several=True,
        method="by_status",
    )
    confidence = choice_filter(
        models.Confidence, _("Confidence"), _("How sure our verdict is."), method="by_confidence"
    )
    overdue = choice_filter(
        [("true", _("Overdue")), ("false", _("Not overdue"))],
        _("Overdue"),
        _("Whether the deadline has passed (UTC) with the verdict open or missing."),
        method="by_overdue",
    )

    def by_leader(self, undertakings, name, slug):
        leader = bearing(models.Leader, slug)
        return undertakings.filter(Q(leader__in=leader) | Q(pledge__stated_by_leader__in=leader))

    def by_status(self, undertakings, name, statuses):
        column = undertakings.status_column
        # A set: the same value a thousand times over is still one.
        condition = Q(**{f"{column}__in": set(statuses) - {NOT_ASSESSED}})
        if NOT_ASSESSED in statuses:
            condition |= Q(**{column: ""}, exempt_reason="")
        return undertakings.filter(condition)

    def by_confidence(self, undertakings, name, wanted):
        return undertakings.filter(**{undertakings.ours_column("confidence"): wanted})

    def by_overdue(self, undertakings, name, wanted):
        if wanted == "true":
            return undertakings.overdue(on=self.today)
        late = models.Undertaking.objects.published().as_of(self.day).overdue(on=self.today)
        return undertakings.exclude(pk__in=late.values("pk"))


class UndertakingFilter(ByUndertaking):
    pledge = Named(models.Pledge, "pledge", _("Pledge"), _("Slug of the pledge it is part of."))
    ordering = ordering_filter(
        BY_SLUG,
        ("-checked_on", _("Checked last first")),
        ("checked_on", _("Not checked for the longest first")),
    )


class ScoreFilter(LookingBack):
    series = Named(
        models.SummitSeries,
        "pledge__summit__series",
        _("Series"),
        _("Slug of a series of summits."),
    )
    kind = choice_filter(
        models.PledgeKind,
        _("Kind"),
        _("What sort of action was pledged."),
        field_name="pledge__kind",
    )
    sort = choice_filter(
        [
            ("-pledges", _("Most pledges first")),
            ("pledges", _("Fewest pledges first")),
            ("party", _("By party, A to Z")),
            ("-party", _("By party, Z to A")),
            ("-score", _("Highest mean score first")),
            ("score", _("Lowest mean score first")),
        ],
        _("Order"),
        _("Order of the board; without a mean shown, parties come last by it. Default: -pledges."),
        method="rows",
    )

    def rows(self, undertakings, name, order):
        """Keep all: what is sorted is the board made of them."""
        return undertakings


class PledgeFilter(ByUndertaking):
    """The filters of the pledge list. Party, leader, status, confidence and overdue match the same
    undertaking.

    `instead` are keys of pledges to keep in place of those that `q` finds: pages offer the nearest
    where it finds none. With `synonyms`, `q` also finds what has the field's other words for those
    asked for; the API's is exact.
    """

    instead, synonyms = None, False

    q = django_filters.CharFilter(
        method="search",
        label=_("Search"),
        help_text=_(
            "Words that must all occur in the title, quote, translation or explanation, or in the"
            " name of the summit or occasion, a party, a leader or a topic; without regard to case"
            " and accents, also as the beginning of a word, in the singular or plural, in American"
            " or British spelling. Words that only make a question, such as “did” and “the”, are"
            " left out beside others. In quotation marks, a phrase of whole words. At most 200"
            " characters and 12 words."
        ),
        max_length=200,
        validators=[refuse_many_words],
    )
    summit = Named(models.Summit, "summit", _("Summit"), _("Slug of the summit where it was made."))
    series = Named(
        models.SummitSeries, "summit__series", _("Series"), _("Slug of a series: all its summits'.")
    )
    topic = Named(models.Topic, "topics", _("Topic"), _("Slug of a topic of the pledge."))
    kind = choice_filter(models.PledgeKind, _("Kind"), _("What sort of action was pledged."))
    attribution = choice_filter(
        models.Attribution, _("Attribution"), _("Who says that it was promised.")
    )
    modality = choice_filter(models.Modality, _("Modality"), _("The force of the verb used."))
    year = Whole(
        "made_on__year", "exact", _("Year made"), _("Year it was made."), least=1900, most=2199
    )
    made_from = DayFilter("made_on", "gte", _("Made from"), _("Made on this day or later."))
    made_to = DayFilter("made_on", "lte", _("Made to"), _("Made on this day or before."))
    deadline_from = DayFilter(
        "deadline", "gte", _("Deadline from"), _("Last day in time is this day or later.")
    )
    deadline_to = DayFilter(
        "deadline", "lte", _("Deadline to"), _("Last day in time is this day or before.")
    )
    ordering = choice_filter(
        [
            ("-made_on", _("Newest first")),
            ("made_on", _("Oldest first")),
            ("deadline", _("Earliest deadline first")),
            ("-deadline", _("Latest deadline first")),
            ("title", _("By title")),
        ],
        _("Order"),
        _(
            "Order of the list; rows without a deadline come last, equal ones by slug. Default:"
            " -made_on."
        ),
        method="in_order",
    )

    def filter_queryset(self, queryset):
        return self.keep(queryset.as_of(self.day), self.given())

    def keep(self, queryset, given):
        """Narrow `queryset` by the filters `given`: all that were asked for, or all but one that is
        being counted.
        """
        theirs = given.keys() & ByUndertaking.base_filters.keys()
        for name in given.keys() - theirs:
            queryset = self.filters[name].filter(queryset, given[name])
        if theirs == {"overdue"} and given["overdue"] == "false":
            # Of no party in particular: it is late for none.
            late = models.Undertaking.objects.published().as_of(self.day).overdue(on=self.today)
            return queryset.exclude(pk__in=late.values("pledge"))
        return queryset.filter(pk__in=self.owed(given).values("pledge")) if theirs else queryset

    def owed(self, given):
        """Return the undertakings that match those of the filters `given` that one undertaking has
        to match.
        """
        undertakings = models.Undertaking.objects.published().as_of(self.day)
        for name in given.keys() & ByUndertaking.base_filters.keys():
            undertakings = self.filters[name].filter(undertakings, given[name])
        return undertakings

    def given(self):
        """Return what was asked for, but for the day looked back to: everything is read as of that
        already.
        """
        return {
            name: value
            for name, value in self.form.cleaned_data.items()
            if value and name != "as_of"
        }

    def undertakings(self):
        """Return the undertakings that the filters keep, in the pledges they keep."""
        return self.owed(self.given()).filter(pledge__in=self.qs.order_by().values("pk"))

    def search(self, queryset, name, text):
        if self.instead is not None:
            return queryset.filter(pk__in=self.instead)
        return keep_matching(queryset, text, synonyms=self.synonyms)


class StatsFilter(PledgeFilter):
    """The filters of the list of pledges, for counts: without an order."""

    ordering = None


class EvaluationFilter(LookingBack):
    """The two clocks and the party that the rule is run with. It declares and checks them; no list
    is narrowed.
    """

    known_on = PastDayFilter(
        _("Known on"), _("Leave out figures released after this day; the day of as_of by default.")
    )
    party = Named(
        models.Party,
        "undertakings__party",
        _("Party"),
        _("Slug of the one party to judge."),
        many=True,
    )
