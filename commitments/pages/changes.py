from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.shortcuts import render

from commitments.filters.history import FOLLOWED, NEWS, HistoryFilter, NewsFilter
from commitments.ledger import chain, history
from commitments.ledger.amendments import add_differences
from commitments.ledger.checkpoints import read_checkpoints
from commitments.models.roots import Root
from commitments.pages.conditional import conditional
from commitments.pages.diary import build_diary, read_whole_page
from commitments.pages.paging import narrow, paginate, write_address
from commitments.pages.sheets import make_download

CHECKPOINTS_SHOWN = 10
# This many months stand open; the earlier ones unfold.
MONTHS_OPEN = 6


class KindLink(NamedTuple):
    """A kind of change, how many of it there are, and the list of these."""

    code: str
    word: str
    count: int
    address: str


class MonthLink(NamedTuple):
    """A month by its first day, how many changes it brought, and the list of these."""

    first: date
    count: int
    address: str


class Choice(NamedTuple):
    """A parameter that narrows the list to one of `records`, and its present choice."""

    name: str
    label: str
    records: QuerySet
    selected: Root | None


@conditional(*NewsFilter.names(), "page")
def change_list(request):
    filterset = NewsFilter(request.GET, queryset=history.read_newest_first())
    context = build_diary_context(filterset, request)
    counts = history.count_changes(filterset.in_month(filterset.about))
    context["counts"] = counts
    context["kinds"] = link_kinds(filterset, counts, request)
    return render(request, "commitments/change_list.html", context)


def link_kinds(filterset, counts, request):
    links = []
    for code, word in filterset.form.fields["kind"].choices:
        if code:
            # News are the default, which needs no parameter.
            value = "" if code == NEWS else code
            address = write_address(request, "kind", value)
            links.append(KindLink(code, word, counts[code], address))
    return links


@conditional(*HistoryFilter.names(), "page")
def correction_list(request):
    filterset = HistoryFilter(request.GET, queryset=history.read_corrections())
    context = build_diary_context(filterset, request)
    return render(request, "commitments/correction_list.html", context)


def build_diary_context(filterset, request):
    """Return what both pages show: a page of the entries by day, and what narrows the list."""
    page = paginate(narrow(filterset), request)
    month = filterset.form.cleaned_data["month"]
    months = link_months(filterset, month, request)
    changes = add_differences(read_whole_page(page))
    return {
        "page": page,
        "days": build_diary(changes),
        "asked": filterset,
        "month": month,
        "months": {
            "open": months[:MONTHS_OPEN],
            "folded": months[MONTHS_OPEN:],
        },
        "all_months": write_address(request, "month", ""),
        "offered": list_choices(filterset),
    }


def link_months(filterset, month, request):
    """Return a link for each month with an entry and for `month`, None or chosen; newest first."""
    entries = filterset.of_kind(filterset.about)
    counts = history.count_by_month(entries)
    if month:
        counts.setdefault(month, 0)
    links = []
    for first in sorted(counts, reverse=True):
        address = write_address(request, "month", f"{first:%Y-%m}")
        links.append(MonthLink(first, counts[first], address))
    return links


def list_choices(filterset):
    choices = []
    for name, (model, _find_entries) in FOLLOWED.items():
        choice = Choice(
            name,
            filterset.form.fields[name].label,
            model.objects.published(),
            filterset.followed.get(name),
        )
        choices.append(choice)
    return choices


@conditional("page")
def ledger(request):
    """Show the chain itself: its head, its entries with whole hashes, and how to check it."""
    entries = history.read_newest_first()
    context = {
        "head": entries.first(),
        "checkpoints": read_checkpoints(CHECKPOINTS_SHOWN),
        "page": paginate(entries, request),
    }
    return render(request, "commitments/ledger.html", context)


@conditional()
def ledger_file(request):
    """Answer the whole chain, one entry a line, streamed: enough to compute every hash again."""
    response = StreamingHttpResponse(
        chain.write_lines(request.head),
        content_type="application/jsonl; charset=utf-8",
    )
    return make_download(response, "ledger.jsonl")
