"""How many pledges and verdicts there are, by status, year, series and topic."""

from collections import Counter, defaultdict

from django.db.models import Count
from rest_framework import serializers
from rest_framework.generics import GenericAPIView

from commitments.api.base import Answers, read_view_filters
from commitments.api.description import Description
from commitments.api.verdicts import CountsSerializer, render_counts
from commitments.filters import StatsFilter
from commitments.models import Pledge, Topic
from commitments.scoreboard import count_by
from commitments.verdicts.rollup import add_rollups

YEAR, SERIES, TOPIC = "made_on__year", "summit__series__slug", "topics__slug"


class GroupSerializer(CountsSerializer):
    """Counts over some pledges: verdicts as readers see them, ours or else an outside one.
    Derived.
    """

    pledges = serializers.IntegerField(help_text="How many pledges.")
    undertakings = serializers.IntegerField(
        help_text="How many undertakings in them, the exempt too."
    )
    exempt = serializers.IntegerField(help_text="How many of those are exempt.")


class YearStatsSerializer(GroupSerializer):
    year = serializers.IntegerField(help_text="The year they were made in.")


class SeriesStatsSerializer(GroupSerializer):
    series = serializers.CharField(allow_null=True, help_text="Slug; null for those of no series.")


class TopicStatsSerializer(GroupSerializer):
    topic = serializers.CharField(help_text="Slug. A pledge counts under each of its topics.")


class StatsSerializer(GroupSerializer):
    by_year = YearStatsSerializer(
        many=True, help_text="By the year they were made in, the newest first."
    )
    by_series = SeriesStatsSerializer(
        many=True, help_text="By series, in the order of slugs, those of none last."
    )
    by_topic = TopicStatsSerializer(
        many=True, help_text="By topic, in the order of slugs; those on none are left out."
    )


class Stats(Answers, GenericAPIView):
    """Counts of public pledges and of the verdicts on them, narrowed by the filters of the list of
    pledges.
    """

    schema = Description()
    detail = False
    queryset = Pledge.objects.published()
    filterset_class = StatsFilter
    serializer_class = StatsSerializer
    parameters = StatsFilter.names()

    def get(self, request):
        filters, errors = read_view_filters(self, request)
        self.refuse_unknown(request, errors)
        return self.answer(request, lambda: stats(filters.qs.order_by(), filters.undertakings()))


def stats(pledges, undertakings):
    """Return the counts over `pledges` and `undertakings` in them. Four statements."""
    verdicts, numbers = roll_up_by(undertakings, YEAR, SERIES), numbers_by(pledges, YEAR, SERIES)
    # Only public topics: a draft's may be on a public pledge already.
    public = Topic.objects.published()
    about = undertakings.filter(pledge__topics__in=public), pledges.filter(topics__in=public)
    by_year, by_series = group_stats(verdicts, numbers, 0), group_stats(verdicts, numbers, 1)
    by_topic = group_stats(roll_up_by(about[0], TOPIC), numbers_by(about[1], TOPIC), 0)
    (total,) = group_stats(verdicts, numbers, slice(0)).values() or [group([], 0)]
    return {
        **total,
        "by_year": [{"year": year, **by_year[year]} for year in sorted(by_year, reverse=True)],
        "by_series": [
            {"series": series, **by_series[series]}
            for series in sorted(by_series, key=lambda series: (series is None, series))
        ],
        "by_topic": [{"topic": topic, **by_topic[topic]} for topic in sorted(by_topic)],
    }


def roll_up_by(undertakings, *keys):
    """Return the roll-up of the shown verdicts by the values of `keys`, seen from the pledge. One
    statement.
    """
    return count_by(
        undertakings,
        [f"pledge__{key}" for key in keys],
        status=undertakings.status_column,
        exempt="exempt_reason",
    )


def numbers_by(pledges, *keys):
    """Return how many pledges there are by the values of `keys`. One statement."""
    return {tuple(key): number for *key, number in pledges.values_list(*keys).annotate(Count("pk"))}


def group_stats(verdicts, numbers, part):
    """Return the counts by one part of the keys that both are counted by."""
    totals, pledges = defaultdict(list), Counter()
    for key, total in verdicts.items():
        totals[key[part]].append(total)
    for key, number in numbers.items():
        pledges[key[part]] += number
    return {key: group(totals[key], pledges[key]) for key in totals.keys() | pledges.keys()}


def group(totals, pledges):
    total = add_rollups(totals)
    return {
        "pledges": pledges,
        "undertakings": total.parties,
        "exempt": total.exempt,
        **render_counts(total),
    }
