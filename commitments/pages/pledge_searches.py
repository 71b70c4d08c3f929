"""What a search of the pledges shows: the matches, their words marked, and what else was meant."""

from commitments import search
from commitments.languages import ENGLISH, JAPANESE, spoken, text_of
from commitments.pages.paging import Capped, paginate


def build_search_context(filterset, request):
    """Return a page of pledges that match, their words marked, and what else the search may mean.

    If no pledge matches, the page has the nearest ones, and `filterset` keeps these from then on.
    """
    text = filterset.form.cleaned_data["q"]
    page = find_page(filterset, request)
    has_matches = page.paginator.count > 0
    near = None
    if not has_matches:
        near = search.find_nearest(filterset.queryset, text)
    if near:
        filterset.nearest_keys = near.keys
        page = find_nearest_page(filterset, request)
    terms = near.terms if near else search.keep_widened(text)
    mark_rows(page, terms)
    related = search.find_related(text)
    suggestion = None
    if not has_matches and not related:
        suggestion = search.correct_spelling(text)
    if suggestion:
        related = search.find_related(suggestion)
    return {
        "page": page,
        "near": near,
        "synonyms": list_marked_synonyms(terms),
        "beside": related,
        "meant": suggestion,
    }


def find_page(filterset, request):
    """Return the page of the pledges that match, in the order of the address, or the best first."""
    if filterset.form.cleaned_data["ordering"]:
        return paginate(filterset.qs.for_listing(), request, Capped)
    keys = rank_by_relevance(filterset)
    page = paginate(keys, request, Capped)
    page.object_list = sort_by_keys(filterset.queryset, page.object_list)
    return page


def rank_by_relevance(filterset):
    """Return the keys of the pledges that match all filters, those that match `q` best first."""
    values = filterset.read_values()
    # A blank `q` has no value.
    values.pop("q", None)
    pledges = filterset.keep(filterset.queryset, values)
    text = filterset.form.cleaned_data["q"]
    return search.find_best(pledges, text, most=Capped.MOST + 1)


def find_nearest_page(filterset, request):
    """Return the page of the nearest pledges, in the order of the address, or the nearest first."""
    values = filterset.read_values()
    pledges = filterset.keep(filterset.queryset, values)
    if values.get("ordering"):
        rows = list(pledges.for_listing())
    else:
        rows = sort_by_keys(pledges, filterset.nearest_keys)
    return paginate(rows, request, Capped)


def sort_by_keys(pledges, keys):
    """Return those of `pledges` that have one of the `keys`, in the order of the keys."""
    by_key = pledges.for_listing().in_bulk(keys)
    return [by_key[key] for key in keys if key in by_key]


def mark_rows(pledges, terms):
    """Set the title of each pledge, and an excerpt of another text, with the `terms` marked."""
    for pledge in pledges:
        title, language = text_of(pledge, "title")
        pledge.marked_title = search.mark_terms(title, terms)
        pledge.title_language = name_foreign(language)
        texts = list_texts_except(pledge, title)
        pledge.excerpt = search.make_excerpt(texts, terms)


def list_texts_except(pledge, title):
    """Return (text, language) of the texts of a pledge, except the `title` that the row shows.

    The texts in the reader's language come first.
    """
    other_title = (pledge.title_ja, JAPANESE)
    if title == pledge.title_ja:
        other_title = (pledge.title, ENGLISH)
    texts = [
        other_title,
        (pledge.quote, pledge.quote_language),
        (pledge.translation, ENGLISH),
        (pledge.explanation, ENGLISH),
        (pledge.explanation_ja, JAPANESE),
    ]
    return sorted(texts, key=lambda text: text[1] != spoken())


def list_marked_synonyms(terms):
    """Return (word, language) of the synonyms searched for, without the page's own language."""
    synonyms = search.list_synonyms(terms)
    return [(word, name_foreign(language)) for word, language in synonyms]


def name_foreign(language):
    """Return the `language` if it is not the page's, else "": the page then need not name it."""
    return "" if language == spoken() else language
