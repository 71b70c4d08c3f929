from typing import NamedTuple

from django.shortcuts import get_object_or_404, render

from commitments.models import Pledge, Topic, Undertaking
from commitments.pages.conditional import conditional
from commitments.pages.paging import paginate
from commitments.tallies import Tally, count_all_verdicts, count_by_record


class TopicRow(NamedTuple):
    """A topic in the list, and how many pledges and verdicts it has."""

    topic: Topic
    tally: Tally


@conditional("page", "as_of")
def topic_list(request):
    topics = Topic.objects.published().select_related("parent")
    page = paginate(topics, request)
    counts = count_by_record("topics", page, on=request.today, as_of=request.as_of)
    context = {
        "page": page,
        "rows": [TopicRow(topic, counts[topic.pk]) for topic in page],
    }
    return render(request, "commitments/topic_list.html", context)


@conditional("page", "as_of")
def topic_detail(request, slug):
    topics = Topic.objects.published()
    topic = get_object_or_404(topics, slug=slug)
    pledges = Pledge.objects.published()
    pledges = pledges.as_of(request.as_of)
    pledges = pledges.filter(topics=topic)
    keys = pledges.values("pk")
    undertakings = Undertaking.objects.published()
    undertakings = undertakings.as_of(request.as_of)
    undertakings = undertakings.filter(pledge__in=keys)
    verdicts = count_all_verdicts(undertakings, on=request.today)
    context = {
        "topic": topic,
        "parent": topics.filter(children=topic).first(),
        "narrower": topics.filter(parent=topic),
        "verdicts": verdicts,
        "page": paginate(pledges.for_listing(), request),
    }
    return render(request, "commitments/topic_detail.html", context)
