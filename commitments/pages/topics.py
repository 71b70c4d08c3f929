from django.shortcuts import get_object_or_404, render

from commitments.models import Pledge, Topic, Undertaking
from commitments.pages.conditional import conditional
from commitments.pages.paging import paginate
from commitments.tallies import count_all_verdicts, count_by_record


@conditional("page", "as_of")
def topic_list(request):
    page = paginate(Topic.objects.published().select_related("parent"), request)
    counts = count_by_record("topics", page, as_of=request.as_of)
    rows = [(topic, counts[topic.pk]) for topic in page]
    return render(request, "commitments/topic_list.html", {"page": page, "rows": rows})


@conditional("page", "as_of")
def topic_detail(request, slug):
    topic = get_object_or_404(Topic.objects.published(), slug=slug)
    about = Pledge.objects.published().as_of(request.as_of).filter(topics=topic)
    owed = (
        Undertaking.objects.published().as_of(request.as_of).filter(pledge__in=about.values("pk"))
    )
    shown = {
        "topic": topic,
        "parent": Topic.objects.published().filter(children=topic).first(),
        "narrower": Topic.objects.published().filter(parent=topic),
        "verdicts": count_all_verdicts(owed),
        "page": paginate(about.for_listing(), request),
    }
    return render(request, "commitments/topic_detail.html", shown)
