from django.http import Http404
from django.shortcuts import render

from commitments.due_days import build_due_days
from commitments.ledger import citing
from commitments.models import Pledge
from commitments.pages.conditional import conditional
from commitments.pages.dossiers import build_part
from commitments.pages.late_criteria import find_late_criteria
from commitments.pages.searches import attach_search_notes


@conditional()
def pledge_cited(request, slug, seq):
    """Show what the site said of a pledge at ledger entry `seq`. The answer never changes, so that
    it can be cited.
    """
    said = citing.load_pledge_as_said(slug, seq)
    if said is None:
        raise Http404
    # Deadlines too are judged as of that day.
    request.today = said.entry.recorded_at.date()
    parts = build_parts(said, on=request.today)
    attach_search_notes(parts, said.search_notes)
    context = {
        "entry": said.entry,
        "pledge": said.pledge,
        "parts": parts,
        "undertakings": said.undertakings,
        "several_parties": len(parts) > 1,
        "any_assessment": any(part.assessment for part in parts),
        "criteria": said.criteria,
        "due_days": build_due_days(said.pledge, said.undertakings, [], said.criteria),
        "criteria_late": find_late_criteria(said.criteria, parts),
        "evidence": said.evidence,
        "search_notes": said.search_notes,
        "quotes": said.quotes,
        "outside": said.outside,
        "still_public": Pledge.objects.published().filter(slug=slug).exists(),
    }
    return render(request, "commitments/pledge_cited.html", context)


def build_parts(said, *, on):
    """Return the parts of all parties by name, the exempt last."""
    parts = []
    for row in said.undertakings:
        part = build_part(row, said.assessments, said.outside, [], on=on)
        parts.append(part)
    parts.sort(key=lambda part: (part.undertaking.is_exempt, part.undertaking.party.name))
    return parts
