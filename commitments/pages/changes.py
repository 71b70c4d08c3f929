from django.http import StreamingHttpResponse
from django.shortcuts import render

from commitments.filters.history import FOLLOWED, NEWS, HistoryFilter, NewsFilter
from commitments.ledger import chain, history
from commitments.pages.conditional import conditional
from commitments.pages.diary import diary, unparted
from commitments.pages.paging import leading, narrow, paginate
from commitments.pages.sheets import as_download

CHECKPOINTS_SHOWN = 10
# Of the months there are, these stand open; the rest unfold.
MONTHS_OPEN = 6


@conditional(*NewsFilter.names(), "page")
def change_list(request):
    asked = NewsFilter(request.GET, queryset=history.newest_first())
    shown = build_diary_context(asked, request)
    counts = history.count_changes(asked.in_month(asked.about))
    kinds = [
        (code, word, counts[code], leading(request, "kind", code if code != NEWS else ""))
        for code, word in asked.form.fields["kind"].choices
        if code
    ]
    return render(
        request, "commitments/change_list.html", {**shown, "counts": counts, "kinds": kinds}
    )


@conditional(*HistoryFilter.names(), "page")
def correction_list(request):
    asked = HistoryFilter(request.GET, queryset=history.read_corrections())
    return render(request, "commitments/correction_list.html", build_diary_context(asked, request))


def build_diary_context(asked, request):
    """Return what both pages tell: a page of the entries `asked` for under their days, and what
    there is to choose.
    """
    page = paginate(narrow(asked), request)
    month = asked.form.cleaned_data["month"]
    counts = history.count_by_month(asked.of_kind(asked.about))
    if month:
        # Without an entry it is still the one that is looked at.
        counts.setdefault(month, 0)
    months = [
        (first, counts[first], leading(request, "month", f"{first:%Y-%m}"))
        for first in sorted(counts)[::-1]
    ]
    return {
        "page": page,
        "days": diary(unparted(page)),
        "asked": asked,
        "month": month,
        "months": {"open": months[:MONTHS_OPEN], "folded": months[MONTHS_OPEN:]},
        "all_months": leading(request, "month", ""),
        "offered": [
            (
                name,
                asked.form.fields[name].label,
                model.objects.published(),
                asked.followed.get(name),
            )
            for name, (model, _entries_about) in FOLLOWED.items()
        ],
    }


@conditional("page")
def ledger(request):
    """Show the chain itself: its head, its entries with whole hashes, and how to check it."""
    shown = {
        "head": history.newest_first().first(),
        "checkpoints": chain.checkpoints(CHECKPOINTS_SHOWN),
        "page": paginate(history.newest_first(), request),
    }
    return render(request, "commitments/ledger.html", shown)


@conditional()
def ledger_file(request):
    """Answer the whole chain, an entry a line, streamed: what a stranger needs to compute every
    hash again.
    """
    response = StreamingHttpResponse(
        chain.lines(request.head), content_type="application/jsonl; charset=utf-8"
    )
    return as_download(response, "ledger.jsonl")
