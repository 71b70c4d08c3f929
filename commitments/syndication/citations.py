"""Citations as files: for BibTeX, and as CSL-JSON. Like the page they name, they never change."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse

from commitments.ledger import citing
from commitments.ledger.bibliography import Reference
from commitments.syndication.answering import absolute, answers
from commitments.verdicts.statuses import MEANINGS

# The verdicts on so many parties are told; of more, the page tells.
FEW = 2


@answers("bib")
def bibtex(request, slug, seq):
    reference = reference_to(slug, seq)
    return mark_as_attachment(
        HttpResponse(reference.bibtex(), "application/x-bibtex; charset=utf-8"),
        f"{reference.key}.bib",
    )


@answers("csl")
def csl(request, slug, seq):
    reference = reference_to(slug, seq)
    answer = JsonResponse(
        reference.csl(), safe=False, content_type="application/vnd.citationstyles.csl+json"
    )
    return mark_as_attachment(answer, f"{reference.key}.json")


def reference_to(slug, seq):
    """Return the reference to what was said of a pledge at ledger entry `seq`; what was not public
    then has none.
    """
    said = citing.load_pledge_as_said(slug, seq)
    if said is None:
        raise Http404
    return Reference(
        slug=slug,
        seq=seq,
        title=said.pledge.title,
        on=said.entry.recorded_at.date(),
        site=settings.SITE_NAME,
        address=absolute(reverse("pledge_cited", args=[slug, seq])),
        verdicts=tuple(verdicts(said.undertakings)),
    )


def verdicts(undertakings):
    """Yield our verdict on each party as a sentence, then its caveat: as the page cites them, so of
    two at most.
    """
    judged = [row for row in undertakings if row.current_assessment]
    if len(undertakings) > FEW:
        return
    for row in sorted(judged, key=lambda row: row.party.name):
        verdict = row.current_assessment
        yield (
            f"{row.party.name}: {MEANINGS[verdict.status].word}, as of {verdict.as_of.isoformat()}."
        )
        if verdict.caveat and len(undertakings) == 1:
            yield (
                verdict.caveat if verdict.caveat.endswith((".", "!", "?")) else f"{verdict.caveat}."
            )


def mark_as_attachment(response, filename):
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
