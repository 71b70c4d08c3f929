from urllib.parse import urlencode

from django.shortcuts import get_object_or_404, render

from commitments import search
from commitments.filters import PledgeFilter
from commitments.models import Party, Pledge, Summit, Topic
from commitments.pages.asking import day_asked
from commitments.pages.conditional import conditional
from commitments.pages.dossiers import dossier, with_flags
from commitments.pages.paging import Capped, page_of

# A longer menu helps nobody; older summits have their own pages, with the same list.
SUMMITS_OFFERED = 100
# What the form shows; the address may ask for more.
SHOWN = {"q", "status", "party", "topic", "summit", "kind", "attribution", "modality", "overdue", "ordering"}


@conditional(*PledgeFilter.names(), "page")
def pledge_list(request):
    asked = PledgeFilter(request.GET, queryset=Pledge.objects.published())
    given = {name: values for name in asked.form.fields if (values := [v for v in request.GET.getlist(name) if v])}
    shown = {"form": asked.form, "offered": offered(), "given": given, "kept": kept(given)}
    if not asked.is_valid():
        return render(request, "commitments/pledge_list.html", shown, status=400)
    shown |= searched(asked, request) if request.GET.get("q") else {"page": page_of(asked.qs.for_listing(), request)}
    shown["chosen"] = chosen(asked.form, given, shown["offered"])
    return render(request, "commitments/pledge_list.html", shown)


@conditional("as_of")
def pledge_detail(request, slug):
    as_of = day_asked(request)
    pledges = with_flags(Pledge.objects.published()).prefetch_related("topics")
    pledge = get_object_or_404(pledges.select_related("summit", "source", "stated_by", "stated_by_leader"), slug=slug)
    shown = {"pledge": pledge, "as_of": as_of}
    if as_of and as_of < pledge.made_on:
        return render(request, "commitments/pledge_not_yet.html", shown)
    if as_of:
        # What had passed by then is told as of then too.
        request.today = as_of
    shown |= dossier(pledge, on=request.today, as_of=as_of)
    return render(request, "commitments/pledge_detail.html", shown)


def searched(asked, request):
    """Return a page of what a search found, the words found marked, and what else it may be looking for."""
    text = asked.form.cleaned_data["q"]
    pledges = asked.qs.for_listing()
    if not asked.form.cleaned_data["ordering"]:
        pledges = search.ranked(pledges, text)
    page, terms = page_of(pledges, request, Capped), search.terms(text)
    for pledge in page:
        pledge.marked_title = search.marked(pledge.title, terms)
        pledge.excerpt = search.excerpt(texts_of(pledge), terms)
    beside = search.beside(text)
    meant = None if page.paginator.count or beside else search.respelt(text)
    return {"page": page, "beside": search.beside(meant) if meant else beside, "meant": meant}


def texts_of(pledge):
    """Return the texts of a pledge beside its title, as (text, language), in the order they rank."""
    return [
        (pledge.title_ja, "ja"),
        (pledge.quote, pledge.quote_language),
        (pledge.translation, "en"),
        (pledge.explanation, "en"),
        (pledge.explanation_ja, "ja"),
    ]


def kept(given):
    """Return what the address asks for and the form has no menu for, so that searching again keeps it."""
    return [(name, value) for name, values in given.items() if name not in SHOWN for value in values]


def offered():
    """Return what the menus of the form offer: (slug, name) of public records. Three statements."""
    parties = Party.objects.published().with_undertakings()
    summits = Summit.objects.published().order_by("-starts_on", "slug")[:SUMMITS_OFFERED]
    return {
        "party": list(parties.values_list("slug", "name")),
        "topic": list(Topic.objects.published().values_list("slug", "name")),
        "summit": [(summit.slug, str(summit)) for summit in summits],
    }


def chosen(form, given, offered):
    """Return what the list was narrowed by: the label of each filter, its value in words, the query without it."""
    narrowed = []
    for name, values in given.items():
        words = dict(offered.get(name) or getattr(form.fields[name], "choices", ()))
        in_words = ", ".join(str(words.get(value, value)) for value in values)
        others = urlencode({other: kept for other, kept in given.items() if other != name}, doseq=True)
        narrowed.append((form.fields[name].label, in_words, others))
    return narrowed
