"""The filters of the lists of all records but pledges and undertakings."""

from itertools import product

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments import models
from commitments.dates import read_date, read_period
from commitments.days import DayFilter
from commitments.filters.fields import (
    BY_NAME,
    BY_SLUG,
    BY_SLUG_OR_NAME,
    NEWEST,
    OLDEST,
    Filters,
    LookingBack,
    Named,
    Whole,
    bearing,
    choice_filter,
    ordering_filter,
)
from commitments.models.assessments import STATUS_CHOICES
from commitments.verdicts.dates import FiscalNaming

MONTHS = range(1, 13)


def validate_period(text):
    try:
        read_date(text)
    except ValueError as unreadable:
        raise forms.ValidationError(str(unreadable)) from None


class PartyFilter(LookingBack):
    kind = choice_filter(
        models.PartyKind, _("Kind"), _("States, organisations, blocs, groups or areas.")
    )
    member_of = Named(
        models.Party,
        "member_of__bloc",
        _("Member of"),
        _("Slug of a bloc they belong or belonged to."),
        many=True,
    )
    ordering = ordering_filter(*BY_SLUG_OR_NAME)


class LeaderFilter(LookingBack):
    party = Named(
        models.Party,
        "tenures__party",
        _("Party"),
        _("Slug of a party they held an office for."),
        many=True,
    )
    summit = Named(
        models.Summit,
        "participations__summit",
        _("Summit"),
        _("Slug of a summit they came to."),
        many=True,
    )
    ordering = ordering_filter(*BY_SLUG_OR_NAME)


class SeriesFilter(Filters):
    ordering = ordering_filter(*BY_SLUG_OR_NAME)


class TopicFilter(Filters):
    parent = Named(models.Topic, "parent", _("Part of"), _("Slug of the topic it is part of."))
    ordering = ordering_filter(*BY_SLUG_OR_NAME)


class SummitFilter(LookingBack):
    series = Named(
        models.SummitSeries, "series", _("Series"), _("Slug of the series the summit belongs to.")
    )
    kind = choice_filter(
        models.SummitKind, _("Kind"), _("How many met: bilateral, minilateral or multilateral.")
    )
    party = Named(
        models.Party,
        "participations__party",
        _("Party"),
        _("Slug of a party that took part."),
        many=True,
    )
    leader = Named(
        models.Leader,
        "participations__leader",
        _("Leader"),
        _("Slug of a leader who came."),
        many=True,
    )
    year = Whole(
        "starts_on__year", "exact", _("Year"), _("Year of its first day."), least=1900, most=2199
    )
    ordering = ordering_filter(("-starts_on", NEWEST), ("starts_on", OLDEST), BY_NAME, BY_SLUG)


class SourceFilter(LookingBack):
    kind = choice_filter(models.SourceKind, _("Kind"), _("What sort of publication it is."))
    tier = choice_filter(models.Tier, _("Tier"), _("How near the source is to the fact."))
    summit = Named(
        models.Summit, "issued_at", _("Summit"), _("Slug of the summit it was issued at.")
    )
    party = Named(models.Party, "issued_by", _("Party"), _("Slug of the party that speaks in it."))
    published_from = DayFilter(
        "published_on", "gte", _("Published from"), _("Published on this day or later.")
    )
    published_to = DayFilter(
        "published_on", "lte", _("Published to"), _("Published on this day or before.")
    )
    ordering = ordering_filter(BY_SLUG, ("-published_on", NEWEST), ("published_on", OLDEST))


class AssessmentFilter(LookingBack):
    undertaking = Named(
        models.Undertaking, "undertaking", _("Undertaking"), _("Slug of the undertaking it judges.")
    )
    pledge = Named(
        models.Pledge,
        "undertaking__pledge",
        _("Pledge"),
        _("Slug of the pledge it judges a part of."),
    )
    party = Named(models.Party, "undertaking__party", _("Party"), _("Slug of the party it judges."))
    status = choice_filter(
        STATUS_CHOICES,
        _("Status"),
        _("Its status; may be given several times."),
        several=True,
        distinct=False,
    )
    confidence = choice_filter(models.Confidence, _("Confidence"), _("How sure the judgement is."))
    method = choice_filter(models.Method, _("Method"), _("Whether the rule or a person judged."))
    as_of_from = DayFilter("as_of", "gte", _("As of, from"), _("Judged as of this day or later."))
    as_of_to = DayFilter("as_of", "lte", _("As of, to"), _("Judged as of this day or before."))
    ordering = ordering_filter(BY_SLUG, ("-as_of", NEWEST), ("as_of", OLDEST))


class EvidenceFilter(LookingBack):
    pledge = Named(models.Pledge, "pledge", _("Pledge"), _("Slug of the pledge it bears on."))
    party = Named(
        models.Party, "party", _("Party"), _("Slug of a party it bears on."), method="bearing_on"
    )
    stance = choice_filter(
        models.Stance,
        _("Stance"),
        _("Whether it speaks for the pledge being kept, against it, or not."),
    )
    source = Named(models.Source, "source", _("Source"), _("Slug of the source it comes from."))
    ordering = ordering_filter(BY_SLUG, ("-happened_on", NEWEST), ("happened_on", OLDEST))

    def bearing_on(self, evidence, name, slug):
        return _keep_bearing_on(evidence, slug)


class SearchNoteFilter(LookingBack):
    pledge = Named(models.Pledge, "pledge", _("Pledge"), _("Slug of the pledge it was made for."))
    party = Named(
        models.Party,
        "party",
        _("Party"),
        _("Slug of a party it was made for."),
        method="bearing_on",
    )
    searched_from = DayFilter(
        "searched_on", "gte", _("Searched from"), _("Searched on this day or later.")
    )
    searched_to = DayFilter(
        "searched_on", "lte", _("Searched to"), _("Searched on this day or before.")
    )
    ordering = ordering_filter(BY_SLUG, ("-searched_on", NEWEST), ("searched_on", OLDEST))

    def bearing_on(self, notes, name, slug):
        return _keep_bearing_on(notes, slug)


def _keep_bearing_on(rows, slug):
    """Keep what bears on a party. A row that names no undertaking bears on all of its pledge."""
    party = bearing(models.Party, slug)
    undertakings = models.Undertaking.objects.published().filter(party__in=party)
    public = rows.model.objects.published()
    about_party = public.filter(undertakings__in=undertakings)
    about_all = Q(
        undertakings__isnull=True,
        pledge__in=undertakings.values("pledge"),
    )
    return rows.filter(Q(pk__in=about_party.values("pk")) | about_all)


class IndicatorFilter(Filters):
    stage = choice_filter(
        models.Stage, _("Stage"), _("Stage of the money it counts; stages are never summed.")
    )
    frequency = choice_filter(models.Frequency, _("Frequency"), _("How often it comes out."))
    publisher = django_filters.CharFilter(
        "publisher",
        label=_("Publisher"),
        help_text=_("Its publisher, in exactly these letters."),
        max_length=200,
    )
    ordering = ordering_filter(*BY_SLUG_OR_NAME)


class ReleaseFilter(LookingBack):
    indicator = Named(
        models.Indicator,
        "indicator",
        _("Indicator"),
        _("Slug of the indicator it gives figures for."),
    )
    released_from = DayFilter(
        "released_on", "gte", _("Released from"), _("Released on this day or later.")
    )
    released_to = DayFilter(
        "released_on", "lte", _("Released to"), _("Released on this day or before.")
    )
    ordering = ordering_filter(BY_SLUG, ("-released_on", NEWEST), ("released_on", OLDEST))


class ObservationFilter(Filters):
    # An observation has no slug.
    tie = ("release__slug", "party__slug", "period_end", "period_start", "kind")
    columns = {"release": "release__slug"}

    indicator = Named(
        models.Indicator, "release__indicator", _("Indicator"), _("Slug of the indicator it is of.")
    )
    release = Named(models.Release, "release", _("Release"), _("Slug of the release that gave it."))
    party = Named(models.Party, "party", _("Party"), _("Slug of the party it is about."))
    kind = choice_filter(models.FIGURE_KIND_CHOICES, _("Kind"), _("How firm the figure is."))
    period = django_filters.CharFilter(
        label=_("Period"),
        help_text=_("Its period: 2024, FY2025, 2024/25, H1 2024, 2024-Q3, 2024-03 or 2024-03-31."),
        method="of_period",
        max_length=40,
        validators=[validate_period],
    )
    period_from = DayFilter(
        "period_start", "gte", _("Period from"), _("Its period begins on this day or later.")
    )
    period_to = DayFilter(
        "period_end", "lte", _("Period to"), _("Its period ends on this day or before.")
    )
    known_on = DayFilter(
        None,
        None,
        _("Known on"),
        _(
            "What was known on this day: of each figure the newest release by then, and no later"
            " one."
        ),
        method="known",
    )
    ordering = ordering_filter(
        ("release", _("By release")),
        ("-period_end", NEWEST),
        ("period_end", OLDEST),
        equal=_("release, party, period and kind"),
    )

    def known(self, observations, name, day):
        return observations.known_on(day)

    def of_period(self, observations, name, text):
        """Keep the figures of a period. The days of a fiscal year depend on the indicator."""
        written = read_date(text)
        if written.fiscal_year is not None:
            return observations.filter(_match_fiscal_year(text))
        return observations.filter(period_start=written.first_day, period_end=written.last_day)


def _match_fiscal_year(text):
    """Return the condition for a fiscal year, whichever month an indicator begins it in, and
    whichever of its years it names it after.
    """
    condition = Q(pk__in=[])
    for month, naming in product(MONTHS, FiscalNaming):
        try:
            period = read_period(text, month, naming)
        except ValueError:
            # A year that lies in two, as 2024/25, does not begin in January.
            continue
        condition |= Q(
            release__indicator__fiscal_year_starts=month,
            release__indicator__fiscal_year_named=naming,
            period_start=period.first_day,
            period_end=period.last_day,
        )
    return condition


class OutsideReportFilter(LookingBack):
    assessor = Named(models.Party, "assessor", _("Assessor"), _("Slug of the party that judges."))
    pledge = Named(
        models.Pledge, "pledge", _("Pledge"), _("Slug of a pledge it judges."), method="judging"
    )
    party = Named(
        models.Party, "party", _("Party"), _("Slug of a party it judges."), method="judging"
    )
    ordering = ordering_filter(BY_SLUG, ("-published_on", NEWEST), ("published_on", OLDEST))

    def judging(self, reports, name, slug):
        model = {"pledge": models.Pledge, "party": models.Party}[name]
        condition = {f"undertaking__{name}__in": bearing(model, slug)}
        verdicts = models.OutsideVerdict.objects.published().filter(**condition)
        return reports.filter(pk__in=verdicts.values("report"))


class DisagreementFilter(LookingBack):
    assessor = Named(
        models.Party, "report__assessor", _("Assessor"), _("Slug of the party that judges.")
    )
    party = Named(
        models.Party, "undertaking__party", _("Party"), _("Slug of the party that is judged.")
    )
    pledge = Named(
        models.Pledge, "undertaking__pledge", _("Pledge"), _("Slug of the pledge it judges.")
    )


class ResponseFilter(LookingBack):
    undertaking = Named(
        models.Undertaking,
        "undertaking",
        _("Undertaking"),
        _("Slug of the undertaking it is about."),
    )
    pledge = Named(
        models.Pledge, "undertaking__pledge", _("Pledge"), _("Slug of the pledge it is about.")
    )
    party = Named(
        models.Party, "undertaking__party", _("Party"), _("Slug of the party that replies.")
    )
    ordering = ordering_filter(BY_SLUG, ("-received_on", NEWEST), ("received_on", OLDEST))


class ChangeFilter(Filters):
    tie = ("seq",)

    after = Whole(
        "seq",
        "gt",
        _("After"),
        _("Number of the last entry you know; the answer begins with the one after it."),
        least=0,
        most=2**63 - 1,
    )
    record_type = choice_filter(
        [(model._meta.model_name, model._meta.verbose_name) for model in models.ROOTS],
        _("Record type"),
        _("What sort of record was changed."),
    )
    action = choice_filter(models.Action, _("Action"), _("What was done."))
