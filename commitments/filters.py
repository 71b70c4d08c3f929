"""What lists can be narrowed by: one declaration for pages and API, over published rows only.

Nothing here asks the database whether a slug exists: a draft's slug, a withdrawn record's and one
that nobody ever used all find nothing, so no answer tells them apart. A value that could not be one
(a slug with spaces, 2026-02-30) is an error. Only what is declared is a filter; no name from an
address ever becomes a field or a lookup.
"""

import re
from datetime import date

import django_filters
from django import forms
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.constants import EMPTY_VALUES

from commitments import models
from commitments.models.assessments import STATUS_CHOICES
from commitments.models.roots import SLUG
from commitments.search import MOST_TERMS, found, terms
from commitments.verdicts.statuses import MEANINGS, NOT_ASSESSED

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def refuse_many_words(text):
    if len(terms(text)) > MOST_TERMS:
        raise forms.ValidationError(_("Give at most %(most)s words."), params={"most": MOST_TERMS})


class DayField(forms.DateField):
    """A day written as 2026-03-31 and nothing else: other spellings mean different days to different readers."""

    widget = forms.DateInput(attrs={"type": "date"})
    default_error_messages = {"invalid": _("Give a day from 1900 to 2199, as 2026-03-31.")}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            # fromisoformat also reads 20260331 and week dates.
            day = date.fromisoformat(value) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else None
        except ValueError:
            day = None
        if day is None or not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class Several(django_filters.MultipleChoiceFilter):
    class field_class(django_filters.MultipleChoiceFilter.field_class):
        def to_python(self, value):
            # A form's “any” sends the name without a value: that asks for nothing.
            return [each for each in super().to_python(value) if each != ""]


class Day(django_filters.Filter):
    field_class = DayField

    def __init__(self, field_name, lookup, label, help_text):
        super().__init__(field_name, lookup, label=label, help_text=help_text)


class Whole(django_filters.Filter):
    field_class = forms.IntegerField

    def __init__(self, field_name, lookup, label, help_text, *, least, most):
        super().__init__(field_name, lookup, label=label, help_text=help_text, min_value=least, max_value=most)


class Named(django_filters.CharFilter):
    """Keep the rows whose field refers to the public record with the slug given.

    `many` is for fields that reach several rows: a subquery then keeps each row once.
    """

    def __init__(self, record, field_name, label, help_text, *, many=False, **extra):
        # 330: an undertaking's slug is made of two.
        super().__init__(field_name, label=label, help_text=help_text, max_length=330, validators=[SLUG], **extra)
        self.record, self.many = record, many

    def filter(self, qs, value):
        if value in EMPTY_VALUES:
            return qs
        named = {f"{self.field_name}__in": bearing(self.record, value)}
        if self.many:
            return qs.filter(pk__in=qs.model.objects.published().filter(**named).values("pk"))
        return qs.filter(**named)


def bearing(model, slug):
    """Return the public record with this slug as a queryset of one, or none."""
    return model.objects.published().filter(slug=slug)


def one_of(choices, label, help_text, *, several=False, **extra):
    """Return a filter by a fixed list of values; its error names them."""
    choices = getattr(choices, "choices", choices)
    values = ", ".join(value for value, _word in choices)
    return (Several if several else django_filters.ChoiceFilter)(
        choices=choices,
        label=label,
        help_text=help_text,
        error_messages={"invalid_choice": _("Give one of: %(values)s.") % {"values": values}},
        **extra,
    )


class Filters(django_filters.FilterSet):
    """A list's filters."""

    @classmethod
    def names(cls):
        """Return the names of the parameters: what of a query matters, for `freshness.canonical_query`."""
        return frozenset(cls.base_filters)


class PartyFilter(Filters):
    kind = one_of(models.PartyKind, _("Kind"), _("States, organisations, blocs, groups or areas."))


class LeaderFilter(Filters):
    party = Named(models.Party, "tenures__party", _("Party"), _("Slug of a party they held an office for."), many=True)


class SummitFilter(Filters):
    series = Named(models.SummitSeries, "series", _("Series"), _("Slug of the series the summit belongs to."))
    kind = one_of(models.SummitKind, _("Kind"), _("How many met: bilateral, minilateral or multilateral."))
    party = Named(models.Party, "participations__party", _("Party"), _("Slug of a party that took part."), many=True)
    leader = Named(models.Leader, "participations__leader", _("Leader"), _("Slug of a leader who came."), many=True)
    year = Whole("starts_on__year", "exact", _("Year"), _("Year of its first day."), least=1900, most=2199)


class SourceFilter(Filters):
    kind = one_of(models.SourceKind, _("Kind"), _("What sort of publication it is."))
    tier = one_of(models.Tier, _("Tier"), _("How near the source is to the fact."))
    summit = Named(models.Summit, "issued_at", _("Summit"), _("Slug of the summit it was issued at."))


class ByUndertaking(Filters):
    """Filters that one undertaking has to match, all of them together."""

    party = Named(models.Party, "party", _("Party"), _("Slug of a party that owes the pledge."))
    leader = Named(models.Leader, "leader", _("Leader"), _("Slug of who bound the party or spoke."), method="by_leader")
    status = one_of(
        [*STATUS_CHOICES, (NOT_ASSESSED, _(MEANINGS[NOT_ASSESSED].word))],
        _("Status"),
        _("Status of a party's verdict; may be given several times, any of them matches. An exempt party has none."),
        several=True,
        method="by_status",
    )
    overdue = one_of(
        [("true", _("Overdue")), ("false", _("Not overdue"))],
        _("Overdue"),
        _("Whether the deadline has passed (UTC) with the verdict open or missing."),
        method="by_overdue",
    )

    def by_leader(self, undertakings, name, slug):
        leader = bearing(models.Leader, slug)
        return undertakings.filter(Q(leader__in=leader) | Q(pledge__stated_by_leader__in=leader))

    def by_status(self, undertakings, name, statuses):
        # A set: the same value a thousand times over is still one.
        condition = Q(shown_status__in=set(statuses) - {NOT_ASSESSED})
        if NOT_ASSESSED in statuses:
            condition |= Q(shown_status="", exempt_reason="")
        return undertakings.filter(condition)

    def by_overdue(self, undertakings, name, wanted):
        today = timezone.now().date()
        if wanted == "true":
            return undertakings.overdue(on=today)
        late = models.Undertaking.objects.published().overdue(on=today)
        return undertakings.exclude(pk__in=late.values("pk"))


class UndertakingFilter(ByUndertaking):
    pledge = Named(models.Pledge, "pledge", _("Pledge"), _("Slug of the pledge it is part of."))


class PledgeFilter(ByUndertaking):
    """The filters of the pledge list. Party, leader, status and overdue match the same undertaking."""

    q = django_filters.CharFilter(
        method="search",
        label=_("Search"),
        help_text=_(
            "Words that must all occur in the title, quote, translation or explanation, or in the name of the "
            "summit or occasion, a party, a leader or a topic; without regard to case and accents, also as the "
            "beginning of a word. In quotation marks, a phrase of whole words. At most 200 characters and 12 words."
        ),
        max_length=200,
        validators=[refuse_many_words],
    )
    summit = Named(models.Summit, "summit", _("Summit"), _("Slug of the summit where it was made."))
    series = Named(models.SummitSeries, "summit__series", _("Series"), _("Slug of a series: all its summits'."))
    topic = Named(models.Topic, "topics", _("Topic"), _("Slug of a topic of the pledge."))
    kind = one_of(models.PledgeKind, _("Kind"), _("What sort of action was pledged."))
    attribution = one_of(models.Attribution, _("Attribution"), _("Who says that it was promised."))
    modality = one_of(models.Modality, _("Modality"), _("The force of the verb used."))
    made_from = Day("made_on", "gte", _("Made from"), _("Made on this day or later."))
    made_to = Day("made_on", "lte", _("Made to"), _("Made on this day or before."))
    deadline_from = Day("deadline", "gte", _("Deadline from"), _("Last day in time is this day or later."))
    deadline_to = Day("deadline", "lte", _("Deadline to"), _("Last day in time is this day or before."))
    ordering = one_of(
        [
            ("-made_on", _("Newest first")),
            ("made_on", _("Oldest first")),
            ("deadline", _("Earliest deadline first")),
            ("-deadline", _("Latest deadline first")),
            ("title", _("By title")),
        ],
        _("Order"),
        _("Order of the list; rows without a deadline come last, equal ones by slug. Default: -made_on."),
        method="in_order",
    )

    def filter_queryset(self, queryset):
        undertakings = models.Undertaking.objects.published()
        given = {name: value for name, value in self.form.cleaned_data.items() if value}
        theirs = given.keys() & ByUndertaking.base_filters.keys()
        for name in given.keys() - theirs:
            queryset = self.filters[name].filter(queryset, given[name])
        if theirs == {"overdue"} and given["overdue"] == "false":
            # Of no party in particular: it is late for none.
            late = undertakings.overdue(on=timezone.now().date())
            return queryset.exclude(pk__in=late.values("pledge"))
        for name in theirs:
            undertakings = self.filters[name].filter(undertakings, given[name])
        return queryset.filter(pk__in=undertakings.values("pledge")) if theirs else queryset

    def search(self, queryset, name, text):
        return found(queryset, text)

    def in_order(self, queryset, name, value):
        field = F(value.removeprefix("-"))
        first = field.desc(nulls_last=True) if value.startswith("-") else field.asc(nulls_last=True)
        return queryset.order_by(first, "slug")


class AssessmentFilter(Filters):
    undertaking = Named(models.Undertaking, "undertaking", _("Undertaking"), _("Slug of the undertaking it judges."))
    pledge = Named(models.Pledge, "undertaking__pledge", _("Pledge"), _("Slug of the pledge it judges a part of."))
    party = Named(models.Party, "undertaking__party", _("Party"), _("Slug of the party it judges."))
    status = one_of(
        STATUS_CHOICES, _("Status"), _("Its status; may be given several times."), several=True, distinct=False
    )
    as_of_from = Day("as_of", "gte", _("As of, from"), _("Judged as of this day or later."))
    as_of_to = Day("as_of", "lte", _("As of, to"), _("Judged as of this day or before."))


class EvidenceFilter(Filters):
    pledge = Named(models.Pledge, "pledge", _("Pledge"), _("Slug of the pledge it bears on."))
    party = Named(models.Party, "party", _("Party"), _("Slug of a party it bears on."), method="bearing_on")
    stance = one_of(models.Stance, _("Stance"), _("Whether it speaks for the pledge being kept, against it, or not."))
    source = Named(models.Source, "source", _("Source"), _("Slug of the source it comes from."))

    def bearing_on(self, evidence, name, slug):
        """Evidence that names no undertaking bears on all of its pledge's."""
        theirs = models.Undertaking.objects.published().filter(party__in=bearing(models.Party, slug))
        named = models.Evidence.objects.published().filter(undertakings__in=theirs)
        for_all = Q(undertakings__isnull=True, pledge__in=theirs.values("pledge"))
        return evidence.filter(Q(pk__in=named.values("pk")) | for_all)


class ChangeFilter(Filters):
    after = Whole(
        *("seq", "gt", _("After")),
        _("Number of the last entry you know; the answer begins with the one after it."),
        least=0,
        most=2**63 - 1,
    )
    record_type = one_of(
        [(model._meta.model_name, model._meta.verbose_name) for model in models.ROOTS],
        _("Record type"),
        _("What sort of record was changed."),
    )
    action = one_of(models.Action, _("Action"), _("What was done."))
