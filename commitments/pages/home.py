from django.shortcuts import render

from commitments.models import Assessment, Confidence, Evidence, Pledge, Stance, Summit, Undertaking
from commitments.models.users import DEMONSTRATION
from commitments.pages import timelines
from commitments.pages.conditional import conditional
from commitments.pages.headlines import headlines
from commitments.tallies import count_all_verdicts, count_by_record
from commitments.verdicts.statuses import CLOSED

FEW = 5
CANDIDATES = 25


@conditional()
def home(request):
    summits = list(Summit.objects.published().for_listing()[:FEW])
    counts = count_by_record("summit", summits)
    told = pledge_to_tell()
    pledges = Pledge.objects.published().for_listing()
    shown = {
        "strip": timelines.build_strip(request.today),
        "verdicts": count_all_verdicts(Undertaking.objects.published()),
        "headlines": headlines(FEW),
        "ahead": pledges.waiting()
        .filter(deadline__gte=request.today)
        .order_by("deadline", "slug")[:FEW],
        "overdue": pledges.overdue(on=request.today).order_by("-deadline", "slug")[:FEW],
        "demonstration": Assessment.objects.published()
        .filter(assessor_credit__startswith=DEMONSTRATION)
        .exists(),
        "told": told,
        "proof": told and proof_of(told.current_assessment)[:2],
        "summits": [(summit, counts[summit.pk]) for summit in summits],
    }
    return render(request, "commitments/home.html", shown)


def pledge_to_tell():
    """Return one verdict to tell in full, or None: of the newest, rather one that is closed and
    sure, with a but.
    """
    judged = Undertaking.objects.published().filter(current_assessment__isnull=False)
    newest = judged.select_related(
        "party", "current_assessment", "pledge__summit", "pledge__source", "pledge__stated_by"
    )
    candidates = list(newest.order_by("-pledge__made_on", "slug")[:CANDIDATES])
    return max(candidates, key=worth_telling, default=None)


def proof_of(assessment):
    """Return the evidence the verdict rests on that speaks for or against it, newest first."""
    cited = Evidence.objects.published().filter(assessments=assessment)
    return cited.exclude(stance=Stance.CONTEXT).newest_first()


def worth_telling(one):
    verdict = one.current_assessment
    return one.status in CLOSED, verdict.confidence != Confidence.LOW, verdict.caveat != ""
