"""Citations as files: for BibTeX, and as CSL-JSON. Like the page they name, they never change."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse

from commitments import citing
from commitments.bibliography import Reference
from commitments.syndication.answering import absolute, answers


@answers("bib")
def bibtex(request, slug, seq):
    reference = reference_to(slug, seq)
    return attached(HttpResponse(reference.bibtex(), "application/x-bibtex; charset=utf-8"), f"{reference.key}.bib")


@answers("csl")
def csl(request, slug, seq):
    reference = reference_to(slug, seq)
    answer = JsonResponse(reference.csl(), safe=False, content_type="application/vnd.citationstyles.csl+json")
    return attached(answer, f"{reference.key}.json")


def reference_to(slug, seq):
    """Return the reference to what was said of a pledge at ledger entry `seq`; what was not public then has none."""
    entry, form = citing.named(slug, seq)
    if form is None:
        raise Http404
    return Reference(
        slug=slug,
        seq=seq,
        title=form.body["title"],
        on=entry.recorded_at.date(),
        site=settings.SITE_NAME,
        address=absolute(reverse("pledge_cited", args=[slug, seq])),
    )


def attached(response, filename):
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
