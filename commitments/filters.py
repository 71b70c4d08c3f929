"""What lists can be narrowed by: one declaration for pages and API, over published rows only.

Nothing here asks the database whether a slug exists: a draft's slug, a withdrawn record's and one
that nobody ever used all find nothing, so no answer tells them apart. A value that could not be one
(a slug with spaces, 2026-02-30) is an error. Only what is declared is a filter; no name from an
address ever becomes a field or a lookup.
"""

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments import models
from commitments.filterfields import (
    BY_NAME,
    BY_SLUG,
    BY_SLUG_OR_NAME,
    NEWEST,
    OLDEST,
    Day,
    Filters,
    Named,
    Whole,
    bearing,
    one_of,
    ordered,
)
from commitments.models.assessments import STATUS_CHOICES
from commitments.search import MOST_WORDS, matching, words
from commitments.verdicts.statuses import MEANINGS, NOT_ASSESSED


def refuse_many_words(text):
    if len(words(text)) > MOST_WORDS:
        raise forms.ValidationError(_("Give at most %(most)s words."), params={"most": MOST_WORDS})


class PartyFilter(Filters):
    kind = one_of(models.PartyKind, _("Kind"), _("States, organisations, blocs, groups or areas."))
    member_of = Named(
        *(models.Party, "member_of__bloc", _("Member of"), _("Slug of a bloc they belong or belonged to.")), many=True
    )
    ordering = ordered(*BY_SLUG_OR_NAME)


class LeaderFilter(Filters):
    party = Named(models.Party, "tenures__party", _("Party"), _("Slug of a party they held an office for."), many=True)
    summit = Named(models.Summit, "participations__summit", _("Summit"), _("Slug of a summit they came to."), many=True)
    ordering = ordered(*BY_SLUG_OR_NAME)


class SeriesFilter(Filters):
    ordering = ordered(*BY_SLUG_OR_NAME)


class TopicFilter(Filters):
    parent = Named(models.Topic, "parent", _("Part of"), _("Slug of the topic it is part of."))
    ordering = ordered(*BY_SLUG_OR_NAME)


class SummitFilter(Filters):
    series = Named(models.SummitSeries, "series", _("Series"), _("Slug of the series the summit belongs to."))
    kind = one_of(models.SummitKind, _("Kind"), _("How many met: bilateral, minilateral or multilateral."))
    party = Named(models.Party, "participations__party", _("Party"), _("Slug of a party that took part."), many=True)
    leader = Named(models.Leader, "participations__leader", _("Leader"), _("Slug of a leader who came."), many=True)
    year = Whole("starts_on__year", "exact", _("Year"), _("Year of its first day."), least=1900, most=2199)
    ordering = ordered(("-starts_on", NEWEST), ("starts_on", OLDEST), BY_NAME, BY_SLUG)


class SourceFilter(Filters):
    kind = one_of(models.SourceKind, _("Kind"), _("What sort of publication it is."))
    tier = one_of(models.Tier, _("Tier"), _("How near the source is to the fact."))
    summit = Named(models.Summit, "issued_at", _("Summit"), _("Slug of the summit it was issued at."))
    party = Named(models.Party, "issued_by", _("Party"), _("Slug of the party that speaks in it."))
    published_from = Day("published_on", "gte", _("Published from"), _("Published on this day or later."))
    published_to = Day("published_on", "lte", _("Published to"), _("Published on this day or before."))
    ordering = ordered(BY_SLUG, ("-published_on", NEWEST), ("published_on", OLDEST))


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
    ordering = ordered(
        BY_SLUG, ("-checked_on", _("Checked last first")), ("checked_on", _("Not checked for the longest first"))
    )


class PledgeFilter(ByUndertaking):
    """The filters of the pledge list. Party, leader, status and overdue match the same undertaking."""

    q = django_filters.CharFilter(
        method="search",
        label=_("Search"),
        help_text=_(
            "Words that must all occur in the title, quote, translation or explanation, or in the name of the "
            "summit, a party or a topic; in any case, also as part of a word. At most 200 characters and 12 words."
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

    def undertakings(self):
        """Return the undertakings that the filters keep, in the pledges they keep."""
        kept = models.Undertaking.objects.published().filter(pledge__in=self.qs.order_by().values("pk"))
        for name in ByUndertaking.base_filters:
            if value := self.form.cleaned_data[name]:
                kept = self.filters[name].filter(kept, value)
        return kept

    def search(self, queryset, name, text):
        return matching(queryset, text)


class StatsFilter(PledgeFilter):
    """The filters of the list of pledges, for counts: without an order."""

    ordering = None


class AssessmentFilter(Filters):
    undertaking = Named(models.Undertaking, "undertaking", _("Undertaking"), _("Slug of the undertaking it judges."))
    pledge = Named(models.Pledge, "undertaking__pledge", _("Pledge"), _("Slug of the pledge it judges a part of."))
    party = Named(models.Party, "undertaking__party", _("Party"), _("Slug of the party it judges."))
    status = one_of(
        STATUS_CHOICES, _("Status"), _("Its status; may be given several times."), several=True, distinct=False
    )
    confidence = one_of(models.Confidence, _("Confidence"), _("How sure the judgement is."))
    method = one_of(models.Method, _("Method"), _("Whether the rule or a person judged."))
    as_of_from = Day("as_of", "gte", _("As of, from"), _("Judged as of this day or later."))
    as_of_to = Day("as_of", "lte", _("As of, to"), _("Judged as of this day or before."))
    ordering = ordered(BY_SLUG, ("-as_of", NEWEST), ("as_of", OLDEST))


class EvidenceFilter(Filters):
    pledge = Named(models.Pledge, "pledge", _("Pledge"), _("Slug of the pledge it bears on."))
    party = Named(models.Party, "party", _("Party"), _("Slug of a party it bears on."), method="bearing_on")
    stance = one_of(models.Stance, _("Stance"), _("Whether it speaks for the pledge being kept, against it, or not."))
    source = Named(models.Source, "source", _("Source"), _("Slug of the source it comes from."))
    ordering = ordered(BY_SLUG, ("-happened_on", NEWEST), ("happened_on", OLDEST))

    def bearing_on(self, evidence, name, slug):
        """Evidence that names no undertaking bears on all of its pledge's."""
        theirs = models.Undertaking.objects.published().filter(party__in=bearing(models.Party, slug))
        named = models.Evidence.objects.published().filter(undertakings__in=theirs)
        for_all = Q(undertakings__isnull=True, pledge__in=theirs.values("pledge"))
        return evidence.filter(Q(pk__in=named.values("pk")) | for_all)


class IndicatorFilter(Filters):
    stage = one_of(models.Stage, _("Stage"), _("Stage of the money it counts; stages are never summed."))
    frequency = one_of(models.Frequency, _("Frequency"), _("How often it comes out."))
    publisher = django_filters.CharFilter(
        "publisher", label=_("Publisher"), help_text=_("Its publisher, in exactly these letters."), max_length=200
    )
    ordering = ordered(*BY_SLUG_OR_NAME)


class ReleaseFilter(Filters):
    indicator = Named(models.Indicator, "indicator", _("Indicator"), _("Slug of the indicator it gives figures for."))
    released_from = Day("released_on", "gte", _("Released from"), _("Released on this day or later."))
    released_to = Day("released_on", "lte", _("Released to"), _("Released on this day or before."))
    ordering = ordered(BY_SLUG, ("-released_on", NEWEST), ("released_on", OLDEST))


class ObservationFilter(Filters):
    # An observation has no slug.
    tie = ("release__slug", "party__slug", "period_end", "period_start", "kind")
    columns = {"release": "release__slug"}

    indicator = Named(models.Indicator, "release__indicator", _("Indicator"), _("Slug of the indicator it is of."))
    release = Named(models.Release, "release", _("Release"), _("Slug of the release that gave it."))
    party = Named(models.Party, "party", _("Party"), _("Slug of the party it is about."))
    kind = one_of(models.ObservationKind, _("Kind"), _("How firm the figure is."))
    period_from = Day("period_start", "gte", _("Period from"), _("Its period begins on this day or later."))
    period_to = Day("period_end", "lte", _("Period to"), _("Its period ends on this day or before."))
    known_on = Day(
        *(None, None, _("Known on")),
        _("What was known on this day: of each figure the newest release by then, and no later one."),
        method="known",
    )
    ordering = ordered(
        *(("release", _("By release")), ("-period_end", NEWEST), ("period_end", OLDEST)),
        equal=_("release, party, period and kind"),
    )

    def known(self, observations, name, day):
        return observations.known_on(day)


class OutsideReportFilter(Filters):
    assessor = Named(models.Party, "assessor", _("Assessor"), _("Slug of the party that judges."))
    pledge = Named(models.Pledge, "pledge", _("Pledge"), _("Slug of a pledge it judges."), method="judging")
    party = Named(models.Party, "party", _("Party"), _("Slug of a party it judges."), method="judging")
    ordering = ordered(BY_SLUG, ("-published_on", NEWEST), ("published_on", OLDEST))

    def judging(self, reports, name, slug):
        named = bearing({"pledge": models.Pledge, "party": models.Party}[name], slug)
        judged = models.OutsideVerdict.objects.published().filter(**{f"undertaking__{name}__in": named})
        return reports.filter(pk__in=judged.values("report"))


class ResponseFilter(Filters):
    undertaking = Named(models.Undertaking, "undertaking", _("Undertaking"), _("Slug of the undertaking it is about."))
    pledge = Named(models.Pledge, "undertaking__pledge", _("Pledge"), _("Slug of the pledge it is about."))
    party = Named(models.Party, "undertaking__party", _("Party"), _("Slug of the party that replies."))
    ordering = ordered(BY_SLUG, ("-received_on", NEWEST), ("received_on", OLDEST))


class ChangeFilter(Filters):
    tie = ("seq",)

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
