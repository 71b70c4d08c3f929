"""Citations as files, for BibTeX and as CSL-JSON. Like the page they cite, they never change."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse

from commitments.judging.lateness import write_verdict
from commitments.ledger import citing
from commitments.ledger.bibliography import Reference
from commitments.syndication.answering import absolute, answers
from commitments.verdicts.statuses import OVERDUE_MEANING

# A citation includes the verdicts on at most so many parties; for more, readers go to the page.
FEW = 2


@answers("bib")
def bibtex(request, slug, seq):
    reference = build_reference(slug, seq)
    text = reference.bibtex()
    answer = HttpResponse(text, "application/x-bibtex; charset=utf-8")
    return mark_as_attachment(answer, f"{reference.key}.bib")


@answers("csl")
def csl(request, slug, seq):
    reference = build_reference(slug, seq)
    answer = JsonResponse(
        reference.csl(), safe=False, content_type="application/vnd.citationstyles.csl+json"
    )
    return mark_as_attachment(answer, f"{reference.key}.json")


def build_reference(slug, seq):
    """Return the reference to a pledge as the site showed it at ledger entry `seq`.

    Raise Http404 if the pledge was not public then.
    """
    said = citing.load_pledge_as_said(slug, seq)
    if said is None:
        raise Http404
    day = said.entry.recorded_at.date()
    return Reference(
        slug=slug,
        seq=seq,
        title=said.pledge.title,
        on=day,
        site=settings.SITE_NAME,
        address=absolute(reverse("pledge_cited", args=[slug, seq])),
        verdicts=tuple(write_verdicts(said.undertakings, on=day)),
    )


def write_verdicts(undertakings, *, on):
    """Yield our verdict on each party as a sentence, and the caveat if there is one party.
    What was overdue on the day `on` is called that, with what it was last judged.

    Like the citation on the page, this yields nothing for more than FEW parties.
    """
    if len(undertakings) > FEW:
        return
    judged = [row for row in undertakings if row.current_assessment]
    for row in sorted(judged, key=lambda row: row.party.name):
        verdict = row.current_assessment
        word = write_verdict(verdict)
        day = verdict.as_of.isoformat()
        if row.is_overdue(on=on):
            word = f"{OVERDUE_MEANING.word}, last judged {word.lower()}"
        age = ", may be out of date" if row.may_be_out_of_date(on=on) else ""
        yield f"{row.party.name}: {word}, as of {day}{age}."
        if verdict.caveat and len(undertakings) == 1:
            yield end_sentence(verdict.caveat)


def end_sentence(text):
    """Return `text` with a full stop unless it ends with a sign already."""
    if text.endswith((".", "!", "?")):
        return text
    return f"{text}."


def mark_as_attachment(response, filename):
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
