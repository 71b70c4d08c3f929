from urllib.parse import urlencode

from django.shortcuts import render

from commitments.filters import PledgeFilter
from commitments.models import Party, Pledge, Summit, Topic
from commitments.pages.asking import record_asked
from commitments.pages.conditional import conditional
from commitments.pages.dossiers import dossier, with_flags
from commitments.pages.paging import page_of

# A longer menu helps nobody; older summits have their own pages, with the same list.
SUMMITS_OFFERED = 100
# What the form shows; the address may ask for more.
SHOWN = {"q", "status", "party", "topic", "summit", "kind", "attribution", "modality", "overdue", "ordering"}


@conditional(*PledgeFilter.names(), "page")
def pledge_list(request):
    asked = PledgeFilter(request.GET, queryset=Pledge.objects.published().as_of(request.as_of))
    given = {name: values for name in asked.form.fields if (values := [v for v in request.GET.getlist(name) if v])}
    shown = {"form": asked.form, "offered": offered(request.as_of), "given": given, "kept": kept(given)}
    if not asked.is_valid():
        return render(request, "commitments/pledge_list.html", shown, status=400)
    shown["page"] = page_of(asked.qs.for_listing(), request)
    shown["chosen"] = chosen(asked.form, given, shown["offered"])
    return render(request, "commitments/pledge_list.html", shown)


@conditional("as_of")
def pledge_detail(request, slug):
    pledges = with_flags(Pledge.objects.published().as_of(request.as_of)).prefetch_related("topics")
    pledges = pledges.select_related("summit", "source", "stated_by", "stated_by_leader")
    pledge = record_asked(pledges, request, slug)
    shown = {"pledge": pledge, **dossier(pledge, on=request.today, as_of=request.as_of)}
    return render(request, "commitments/pledge_detail.html", shown)


def kept(given):
    """Return what the address asks for and the form has no menu for, so that searching again keeps it."""
    return [(name, value) for name, values in given.items() if name not in SHOWN for value in values]


def offered(as_of):
    """Return what the menus of the form offer: (slug, name) of public records. Three statements."""
    parties = Party.objects.published().as_of(as_of).with_undertakings()
    summits = Summit.objects.published().as_of(as_of).order_by("-starts_on", "slug")[:SUMMITS_OFFERED]
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
