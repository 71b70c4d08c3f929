from django.shortcuts import render

from commitments.due_days import list_next, list_overdue
from commitments.models import Assessment, Confidence, Evidence, Stance, Summit, Undertaking
from commitments.models.users import DEMONSTRATION
from commitments.pages import timelines
from commitments.pages.conditional import conditional
from commitments.pages.headlines import headlines
from commitments.pages.summits import SummitRow
from commitments.tallies import count_all_verdicts, count_by_record
from commitments.verdicts.statuses import CLOSED

FEW = 5
CANDIDATES = 25
EVIDENCE_SHOWN = 2


@conditional()
def home(request):
    summits = list(Summit.objects.published().for_listing()[:FEW])
    counts = count_by_record("summit", summits, on=request.today)
    featured = choose_undertaking()
    context = {
        "strip": timelines.build_strip(request.today),
        "verdicts": count_all_verdicts(Undertaking.objects.published(), on=request.today),
        "headlines": headlines(FEW),
        "ahead": list_next(on=request.today).for_listing()[:FEW],
        "overdue": list_overdue(on=request.today).for_listing()[:FEW],
        "demonstration": has_demonstration(),
        "told": featured,
        "proof": featured and find_proof(featured.current_assessment)[:EVIDENCE_SHOWN],
        "summits": [SummitRow(summit, counts[summit.pk]) for summit in summits],
    }
    return render(request, "commitments/home.html", context)


def has_demonstration():
    """Whether the demonstration record, which ships with the program, is loaded."""
    assessments = Assessment.objects.published()
    return assessments.filter(assessor_credit__startswith=DEMONSTRATION).exists()


def choose_undertaking():
    """Return the undertaking whose verdict is shown in full, or None.

    Of the newest, one with a closed verdict that is sure and has a caveat is preferred.
    """
    undertakings = (
        Undertaking.objects.published()
        .filter(current_assessment__isnull=False)
        .select_related(
            "party",
            "current_assessment",
            "pledge__summit",
            "pledge__source",
            "pledge__stated_by",
        )
        .order_by("-pledge__made_on", "slug")
    )
    candidates = list(undertakings[:CANDIDATES])
    return max(candidates, key=rank_undertaking, default=None)


def rank_undertaking(undertaking):
    verdict = undertaking.current_assessment
    is_closed = undertaking.status in CLOSED
    is_sure = verdict.confidence != Confidence.LOW
    has_caveat = verdict.caveat != ""
    return is_closed, is_sure, has_caveat


def find_proof(assessment):
    """Return the evidence the verdict rests on that speaks for or against it, newest first."""
    evidence = Evidence.objects.published().filter(assessments=assessment)
    return evidence.exclude(stance=Stance.CONTEXT).newest_first()
