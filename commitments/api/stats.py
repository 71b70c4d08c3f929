"""Counts of pledges and verdicts, by status, year, series and topic."""

from collections import Counter, defaultdict

from django.db.models import Count
from rest_framework import serializers
from rest_framework.generics import GenericAPIView

from commitments.api.base import Answers, read_view_filters
from commitments.api.description import Description
from commitments.api.verdicts import CountsSerializer, render_counts
from commitments.filters import StatsFilter
from commitments.models import Pledge, Topic
from commitments.scoreboard import count_ours_by
from commitments.verdicts.rollup import add_rollups

YEAR, SERIES, TOPIC = "made_on__year", "summit__series__slug", "topics__slug"


class GroupSerializer(CountsSerializer):
    """Counts over some pledges: our verdicts and, apart from them, those of others alone.
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
        return self.answer(
            request,
            lambda: build_stats(
                filters.qs.order_by(),
                filters.undertakings(),
                on=filters.today,
            ),
        )


def build_stats(pledges, undertakings, *, on):
    """Return the counts over `pledges` and `undertakings` in them. Four statements."""
    verdicts = roll_up_by(undertakings, YEAR, SERIES, on=on)
    numbers = count_pledges_by(pledges, YEAR, SERIES)
    by_year = group_stats(verdicts, numbers, part=0)
    by_series = group_stats(verdicts, numbers, part=1)
    by_topic = build_topic_stats(pledges, undertakings, on=on)
    years = sorted(by_year, reverse=True)
    series = sorted(by_series, key=lambda slug: (slug is None, slug))
    topics = sorted(by_topic)
    pledge_count = sum(numbers.values())
    return {
        **render_group(verdicts.values(), pledge_count),
        "by_year": list_groups(by_year, years, name="year"),
        "by_series": list_groups(by_series, series, name="series"),
        "by_topic": list_groups(by_topic, topics, name="topic"),
    }


def list_groups(groups, values, *, name):
    """Return the counts in `groups` in the order of `values`, each with its value as `name`."""
    rows = []
    for value in values:
        row = {name: value, **groups[value]}
        rows.append(row)
    return rows


def build_topic_stats(pledges, undertakings, *, on):
    """Return {slug: counts} of the public topics. Two statements."""
    # Only public topics: a draft's may be on a public pledge already.
    public = Topic.objects.published()
    undertakings = undertakings.filter(pledge__topics__in=public)
    verdicts = roll_up_by(undertakings, TOPIC, on=on)
    pledges = pledges.filter(topics__in=public)
    numbers = count_pledges_by(pledges, TOPIC)
    return group_stats(verdicts, numbers, part=0)


def roll_up_by(undertakings, *keys, on):
    """Return {values of `keys`: roll-up of the verdicts}. One statement.

    The keys are columns as seen from the pledge.
    """
    columns = [f"pledge__{key}" for key in keys]
    return count_ours_by(undertakings, columns, on=on, by_standing=False)


def count_pledges_by(pledges, *keys):
    """Return {values of `keys`: number of pledges}. One statement."""
    rows = pledges.values_list(*keys)
    rows = rows.annotate(Count("pk"))
    numbers = {}
    for *key, number in rows:
        numbers[tuple(key)] = number
    return numbers


def group_stats(verdicts, numbers, *, part):
    """Return {value: counts} by one part of the keys that verdicts and pledges are counted by."""
    rollups = defaultdict(list)
    for key, rollup in verdicts.items():
        value = key[part]
        rollups[value].append(rollup)
    pledges = Counter()
    for key, number in numbers.items():
        value = key[part]
        pledges[value] += number
    groups = {}
    for value in rollups.keys() | pledges.keys():
        groups[value] = render_group(rollups[value], pledges[value])
    return groups


def render_group(rollups, pledges):
    """Return the counts of several roll-ups, and of their pledges, as the API shows them."""
    total = add_rollups(rollups)
    return {
        "pledges": pledges,
        "undertakings": total.parties,
        "exempt": total.exempt,
        **render_counts(total),
    }
