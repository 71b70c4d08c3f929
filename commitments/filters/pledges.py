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
    Slug,
    Whole,
    bearing,
    choice_filter,
    ordering_filter,
)
from commitments.filters.records import validate_period
from commitments.models.assessments import STATUS_CHOICES
from commitments.search import MOST_TERMS, keep_matching, parse_terms
from commitments.verdicts.statuses import (
    DONE_LATER,
    MEANINGS,
    NOT_ASSESSED,
    UNJUDGED_MEANINGS,
)


def refuse_many_words(text):
    if len(parse_terms(text)) <= MOST_TERMS:
        return
    raise forms.ValidationError(
        _("Give at most %(most)s words."),
        params={"most": MOST_TERMS},
    )


class ByUndertaking(LookingBack):
    """Filters that must all match the same undertaking."""

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
    late = choice_filter(
        [("yes", _(DONE_LATER))],
        _("Done later"),
        _("“yes”: our verdict is “not met”, and it was done after its last day."),
        method="by_late",
    )
    cause = choice_filter(
        models.Cause,
        _("Cause"),
        _("Why our verdict says that it was missed or reversed."),
        method="by_ours",
    )
    confidence = choice_filter(
        models.Confidence, _("Confidence"), _("How sure our verdict is."), method="by_ours"
    )
    overdue = choice_filter(
        [("true", _("Overdue")), ("false", _("Not overdue"))],
        _("Overdue"),
        _(
            "Whether the party’s last day in time has passed (UTC) with the verdict open or"
            " missing."
        ),
        method="by_overdue",
    )

    unjudged_reason = choice_filter(
        [(code.value, _(meaning.word)) for code, meaning in UNJUDGED_MEANINGS.items()],
        _("Why not assessed"),
        _(
            "Why the party has no verdict; may be given several times, any of them matches. On a"
            " past day only `not_due` is known."
        ),
        several=True,
        method="by_reason",
    )
    judged_by = choice_filter(
        [("ours", _("Us")), ("others", _("Others alone"))],
        _("Judged by"),
        _("Whose verdict on the party is shown: ours, or one of others where we have none."),
        method="by_author",
    )
    may_be_out_of_date = choice_filter(
        [("yes", _("May be out of date")), ("no", _("Not out of date"))],
        _("Out of date"),
        _("Whether our verdict is open and was last checked more than 180 days before."),
        method="by_age",
    )
    deadline_from = DayFilter(
        "due_on",
        "gte",
        _("Deadline from"),
        _("The party’s last day in time is this day or later."),
    )
    deadline_to = DayFilter(
        "due_on",
        "lte",
        _("Deadline to"),
        _("The party’s last day in time is this day or before."),
    )

    def by_leader(self, undertakings, name, slug):
        leader = bearing(models.Leader, slug)
        bound = Q(leader__in=leader)
        stated = Q(pledge__stated_by_leader__in=leader)
        return undertakings.filter(bound | stated)

    def by_status(self, undertakings, name, statuses):
        column = undertakings.status_column
        # A set, because an address may repeat a value a thousand times.
        judged = set(statuses) - {NOT_ASSESSED}
        condition = Q(**{f"{column}__in": judged})
        if NOT_ASSESSED in statuses:
            no_verdict = {column: "", "exempt_reason": ""}
            condition |= Q(**no_verdict)
        return undertakings.filter(condition)

    def by_ours(self, undertakings, name, value):
        """Keep those of which the column `name` of our verdict has this value."""
        column = undertakings.ours_column(name)
        has_value = {column: value}
        return undertakings.filter(**has_value)

    def by_late(self, undertakings, name, value):
        column = undertakings.ours_column("late")
        return undertakings.filter(**{column: True})

    def by_overdue(self, undertakings, name, value):
        if value == "true":
            return undertakings.overdue(on=self.today)
        overdue = self.find_overdue()
        keys = overdue.values("pk")
        return undertakings.exclude(pk__in=keys)

    def by_reason(self, undertakings, name, reasons):
        # A set, because an address may repeat a value a thousand times.
        rows = undertakings.with_reason(on=self.today)
        return rows.filter(reason__in=set(reasons))

    def by_author(self, undertakings, name, author):
        if author == "others":
            rows = undertakings.with_author()
            return rows.filter(others_alone=True)
        column = undertakings.ours_column("status")
        has_verdict = {f"{column}__isnull": False}
        return undertakings.filter(**has_verdict)

    def by_age(self, undertakings, name, value):
        old = undertakings.may_be_out_of_date(on=self.today)
        if value == "yes":
            return old
        return undertakings.exclude(pk__in=old.values("pk"))

    def find_overdue(self):
        """Return all undertakings that are overdue on the day of the list."""
        undertakings = self._read_undertakings()
        return undertakings.overdue(on=self.today)

    def _read_undertakings(self):
        public = models.Undertaking.objects.published()
        return public.as_of(self.day)


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
        """Keep all rows. The order is that of the board built from them."""
        return undertakings


class PledgeFilter(ByUndertaking):
    """The filters of the pledge list. Party, leader, status, what else is about a verdict or says
    why there is none, overdue and those by deadline match the same undertaking.

    If `nearest_keys` is set, `q` keeps the pledges with these keys: pages show the nearest pledges
    when a search finds none. With `with_synonyms`, `q` also finds the field's other words for those
    in the query; the API searches for the exact words.
    """

    nearest_keys = None
    with_synonyms = False

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
        rows = queryset.as_of(self.day)
        values = self.read_values()
        return self.keep(rows, values)

    def keep(self, queryset, values):
        """Narrow `queryset` by the filters in `values`: all that are set, or those that a facet is
        counted with.
        """
        undertaking_filters = self._name_undertaking_filters(values)
        for name in values.keys() - undertaking_filters:
            value = values[name]
            queryset = self.filters[name].filter(queryset, value)
        if not undertaking_filters:
            return queryset
        if undertaking_filters == {"overdue"} and values["overdue"] == "false":
            # Without another filter on undertakings, none of the pledge's may be overdue.
            overdue = self.find_overdue()
            return queryset.exclude(pk__in=overdue.values("pledge"))
        undertakings = self.find_undertakings(values)
        return queryset.filter(pk__in=undertakings.values("pledge"))

    def find_undertakings(self, values):
        """Return the undertakings that match those filters in `values` that are about one."""
        undertakings = self._read_undertakings()
        for name in self._name_undertaking_filters(values):
            value = values[name]
            undertakings = self.filters[name].filter(undertakings, value)
        return undertakings

    @staticmethod
    def _name_undertaking_filters(values):
        """Return the names in `values` of the filters that are about one undertaking."""
        names = ByUndertaking.base_filters.keys()
        return values.keys() & names

    def read_values(self):
        """Return {name: value} of the filters that are set, without the day to look back to: all
        rows are read as of that day already.
        """
        values = {}
        for name, value in self.form.cleaned_data.items():
            if value and name != "as_of":
                values[name] = value
        return values

    def undertakings(self):
        """Return the undertakings that the filters keep, in the pledges they keep."""
        pledges = self.qs.order_by()
        values = self.read_values()
        undertakings = self.find_undertakings(values)
        keys = pledges.values("pk")
        return undertakings.filter(pledge__in=keys)

    def search(self, queryset, name, text):
        if self.nearest_keys is not None:
            return queryset.filter(pk__in=self.nearest_keys)
        return keep_matching(queryset, text, synonyms=self.with_synonyms)


class StatsFilter(PledgeFilter):
    """The filters of the list of pledges without its order, for counts."""

    ordering = None


class EvaluationFilter(LookingBack):
    """The parameters of an evaluation: two days, a party, a period and a release. They are only
    checked.
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
    period = django_filters.CharFilter(
        label=_("Period"),
        help_text=_("Judge as if it were due then: 2019, FY2019, 2019-Q3 or a day, 2019-03-31."),
        max_length=40,
        validators=[validate_period],
        method="keep_all",
    )
    release = Slug(
        _("Release"),
        _("Slug of the one release whose figures count; of an event, that of its evidence."),
    )

    def keep_all(self, pledges, name, value):
        """Keep all rows. The evaluation says which periods are held."""
        return pledges
