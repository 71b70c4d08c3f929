from django.http import Http404
from django.shortcuts import render

from commitments.ledger import citing
from commitments.models import Pledge
from commitments.pages.conditional import conditional
from commitments.pages.dossiers import build_part, find_day_before_criteria


@conditional()
def pledge_cited(request, slug, seq):
    """Show what the site said of a pledge at ledger entry `seq`: the address for citations, which
    never changes.
    """
    said = citing.load_pledge_as_said(slug, seq)
    if said is None:
        raise Http404
    # Deadlines too are told as on that day.
    request.today = said.entry.recorded_at.date()
    parts = [
        build_part(row, said.assessments, said.outside, [], on=request.today)
        for row in said.undertakings
    ]
    parts.sort(key=lambda one: (one.undertaking.is_exempt, one.undertaking.party.name))
    shown = {
        "entry": said.entry,
        "pledge": said.pledge,
        "parts": parts,
        "undertakings": said.undertakings,
        "several_parties": len(parts) > 1,
        "any_assessment": any(one.assessment for one in parts),
        "criteria": said.criteria,
        "criteria_late": find_day_before_criteria(said.criteria, parts, said.pledge),
        "evidence": said.evidence,
        "outside": said.outside,
        "still_public": Pledge.objects.published().filter(slug=slug).exists(),
    }
    return render(request, "commitments/pledge_cited.html", shown)
