from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Prefetch
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments import search
from commitments.filters import PledgeFilter
from commitments.filters.facets import count_facets
from commitments.languages import spoken, text_of
from commitments.ledger import citing
from commitments.models import Pledge
from commitments.pages.asking import record_asked
from commitments.pages.conditional import conditional
from commitments.pages.dossiers import dossier, with_flags
from commitments.pages.matrices import VERDICT, verdict_cells
from commitments.pages.paging import Capped, narrow, paginate
from commitments.pages.sheets import as_download, csv_lines
from commitments.tallies import count_all_verdicts

# Of a long facet, this many choices stand open; the rest unfold.
CHOICES_OPEN = 8
COLUMNS = (
    "pledge",
    "title",
    "summit",
    "made_on",
    "deadline",
    "deadline_precision",
    *VERDICT,
    "address",
)
# So many are read at a time for a file.
AT_ONCE = 1000


@conditional(*PledgeFilter.names(), "page")
def pledge_list(request):
    asked = read_filters(request)
    given = {
        name: values
        for name in asked.form.fields
        if (values := [v for v in request.GET.getlist(name) if v])
    }
    shown = {"form": asked.form, "given": given, "kept": keep_query(given, "q")}
    if not asked.is_valid():
        return render(request, "commitments/pledge_list.html", shown, status=400)
    if request.GET.get("q"):
        shown |= build_search_context(asked, request)
    else:
        shown |= {
            "page": paginate(asked.qs.for_listing(), request),
            "verdicts": count_all_verdicts(asked.undertakings()),
        }
    counted = count_facets(asked)
    shown["facets"] = [link_facet(facet, given) for facet in counted if facet.options]
    shown["chosen"] = list_chosen_filters(asked.form, given, counted)
    shown["filters_chosen"] = len(shown["chosen"]) - ("q" in given)
    others = keep_query(given, "status", "as_of")
    shown["narrow"] = f"{urlencode(others)}&" if others else ""
    shown["orders"] = list_orders(asked.form, given)
    shown["kept_beside_days"] = keep_query(given, "deadline_from", "deadline_to")
    shown["as_data"] = urlencode(
        {name: effective(name, values) for name, values in given.items()}, doseq=True
    )
    return render(request, "commitments/pledge_list.html", shown)


@conditional(*PledgeFilter.names())
def pledges_file(request):
    """Answer the list as CSV, streamed: a row for each part in a pledge that the filters keep."""
    asked = read_filters(request)
    # Their keys at once, so that a slow reader keeps no cursor open and a refusal still comes
    # before the first line.
    keys = list(narrow(asked).values_list("pk", flat=True))
    rows = _rows(keys, asked.owed(asked.given()).for_listing())
    response = StreamingHttpResponse(
        csv_lines(COLUMNS, rows), content_type="text/csv; charset=utf-8"
    )
    return as_download(
        response, f"pledges-as-of-{request.as_of}.csv" if request.as_of else "pledges.csv"
    )


def read_filters(request):
    """Return the filters of a reader, whose search knows synonyms too."""
    asked = PledgeFilter(request.GET, queryset=Pledge.objects.published().as_of(request.as_of))
    asked.synonyms = True
    return asked


def _rows(keys, owed):
    """Yield the cells of each part in `owed` of the pledges with these `keys`, so many pledges read
    at a time.
    """
    pledges = Pledge.objects.published().select_related("summit")
    pledges = pledges.prefetch_related(
        Prefetch("undertakings", owed, to_attr="listed_undertakings")
    )
    for first in range(0, len(keys), AT_ONCE):
        some = keys[first : first + AT_ONCE]
        by_key = pledges.in_bulk(some)
        # One may have been withdrawn meanwhile.
        for pledge in [by_key[key] for key in some if key in by_key]:
            yield from (_cells(pledge, row) for row in pledge.listed_undertakings)


def _cells(pledge, row):
    return (
        *(pledge.slug, pledge.title, pledge.summit.slug if pledge.summit else ""),
        *(pledge.made_on, pledge.deadline, pledge.deadline_precision),
        *verdict_cells(row),
        settings.SITE_ADDRESS + row.get_absolute_url(),
    )


@conditional("as_of")
def pledge_detail(request, slug):
    pledges = with_flags(Pledge.objects.published().as_of(request.as_of)).prefetch_related("topics")
    pledges = pledges.select_related("summit", "source", "stated_by", "stated_by_leader")
    pledge = record_asked(pledges, request, slug)
    shown = {"pledge": pledge, **dossier(pledge, on=request.today, as_of=request.as_of)}
    # A day looked back to has no entry to be cited at, only the day it was seen on.
    shown["recorded_on"] = None if request.as_of else citing.recorded_on(request.head)
    shown["seen_on"] = timezone.now().date() if request.as_of else None
    return render(request, "commitments/pledge_detail.html", shown)


def build_search_context(asked, request):
    """Return a page of what a search found, the words found marked, and what else it may be looking
    for.
    """
    text = asked.form.cleaned_data["q"]
    in_order = asked.form.cleaned_data["ordering"]
    page = paginate(
        asked.qs.for_listing() if in_order else rank_by_relevance(asked, text), request, Capped
    )
    if not in_order:
        page.object_list = sort_by_keys(asked.queryset, page.object_list)
    near = None if page.paginator.count else search.find_nearest(asked.queryset, text)
    if near:
        asked.instead = near.keys
        rows = asked.keep(asked.queryset, asked.given())
        page = paginate(
            list(rows.for_listing()) if in_order else sort_by_keys(rows, near.keys), request, Capped
        )
    terms = near.terms if near else search.keep_widened(text)
    mark_rows(page, terms)
    beside = search.find_related(text)
    meant = None if (page.paginator.count and not near) or beside else search.correct_spelling(text)
    beside = search.find_related(meant) if meant else beside
    synonyms = [
        (word, "" if language == spoken() else language)
        for word, language in search.list_synonyms(terms)
    ]
    return {"page": page, "near": near, "synonyms": synonyms, "beside": beside, "meant": meant}


def sort_by_keys(rows, keys):
    """Return those of `rows` that have one of the `keys`, in the order of these."""
    by_key = rows.for_listing().in_bulk(keys)
    return [by_key[key] for key in keys if key in by_key]


def mark_rows(pledges, terms):
    """Give each of `pledges` its title and a part of another text with the `terms` found in them
    marked.
    """
    for pledge in pledges:
        title, language = text_of(pledge, "title")
        pledge.marked_title = search.mark_terms(title, terms)
        pledge.title_language = "" if language == spoken() else language
        pledge.excerpt = search.make_excerpt(texts_of(pledge, beside=title), terms)


def rank_by_relevance(asked, text):
    """Return the keys of the pledges that `text` finds, the best first, among those that all other
    filters keep.
    """
    others = {name: value for name, value in asked.given().items() if name != "q"}
    return search.find_best(asked.keep(asked.queryset, others), text, most=Capped.MOST + 1)


def texts_of(pledge, *, beside):
    """Return the texts of a pledge beside the title shown, as (text, language): the reader's
    language first.
    """
    texts = [
        (pledge.title, "en") if beside == pledge.title_ja else (pledge.title_ja, "ja"),
        (pledge.quote, pledge.quote_language),
        (pledge.translation, "en"),
        (pledge.explanation, "en"),
        (pledge.explanation_ja, "ja"),
    ]
    return sorted(texts, key=lambda text: text[1] != spoken())


def keep_query(given, *apart):
    """Return what the address asks for `apart` from what a form has fields for, so that sending it
    keeps the rest.
    """
    return [
        (name, value) for name, values in given.items() if name not in apart for value in values
    ]


def effective(name, values):
    """Return those of the `values` given that count: but for statuses, the last one. The API
    refuses more.
    """
    return values if name == "status" else values[-1:]


def link_facet(facet, given):
    """Return `facet` with each of its options and the query that chooses it, or takes the choice
    back.
    """
    choices = [
        (option, urlencode(turn_choice(facet.name, option, given), doseq=True))
        for option in facet.options
    ]
    choices.sort(key=lambda choice: not choice[0].chosen)
    open_ones = max(CHOICES_OPEN, sum(option.chosen for option in facet.options))
    return {
        "name": facet.name,
        "label": facet.label,
        "first": choices[:open_ones],
        "rest": choices[open_ones:],
    }


def turn_choice(name, option, given):
    """Return `given` with `option` chosen or taken back; only statuses can be chosen several at
    once.
    """
    others = (
        [value for value in given.get(name, []) if value != option.value]
        if name == "status"
        else []
    )
    values = others if option.chosen else [*others, option.value]
    return {
        **{other: values for other, values in given.items() if other != name},
        **({name: values} if values else {}),
    }


def list_orders(form, given):
    """Return (words, query, whether it is the present one) for each order there is."""
    rest = {name: values for name, values in given.items() if name != "ordering"}
    present = given.get("ordering", [""] if "q" in given else ["-made_on"])[-1]
    best = (
        [(_("Best match first"), urlencode(rest, doseq=True), present == "")]
        if "q" in given
        else []
    )
    return best + [
        (word, urlencode({**rest, "ordering": [code]}, doseq=True), code == present)
        for code, word in form.fields["ordering"].choices
        if code
    ]


def list_chosen_filters(form, given, counted):
    """Return what the list was narrowed by: the label of each filter, its value in words, the query
    without it.
    """
    called = {
        facet.name: {option.value: option.word for option in facet.options} for facet in counted
    }
    narrowed = []
    for name, values in given.items():
        words = {**dict(getattr(form.fields[name], "choices", ())), **called.get(name, {})}
        in_words = _(", ").join(str(words.get(value, value)) for value in values)
        others = urlencode(
            {other: kept for other, kept in given.items() if other != name}, doseq=True
        )
        if name not in {"ordering", "as_of"}:
            narrowed.append((form.fields[name].label, in_words, others))
    return narrowed
