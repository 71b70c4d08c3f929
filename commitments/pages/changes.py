from django.shortcuts import render

from commitments import history
from commitments.pages.conditional import conditional
from commitments.pages.paging import page_of


@conditional("page")
def change_list(request):
    page = page_of(history.newest_first(), request)
    return render(request, "commitments/change_list.html", {"page": page, "changes": history.told(page)})


@conditional("page")
def correction_list(request):
    page = page_of(history.corrections(), request)
    return render(request, "commitments/correction_list.html", {"page": page, "changes": history.told(page)})


@conditional("page")
def ledger(request):
    """Show the chain itself: its head, its entries with whole hashes, and how to check it."""
    shown = {"head": history.newest_first().first(), "page": page_of(history.newest_first(), request)}
    return render(request, "commitments/ledger.html", shown)
