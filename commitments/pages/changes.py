from django.http import StreamingHttpResponse
from django.shortcuts import render

from commitments import chain, history
from commitments.pages.conditional import conditional
from commitments.pages.paging import page_of
from commitments.pages.sheets import as_download

CHECKPOINTS_SHOWN = 10


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
    shown = {
        "head": history.newest_first().first(),
        "checkpoints": chain.checkpoints(CHECKPOINTS_SHOWN),
        "page": page_of(history.newest_first(), request),
    }
    return render(request, "commitments/ledger.html", shown)


@conditional()
def ledger_file(request):
    """Answer the whole chain, an entry a line, streamed: what a stranger needs to compute every hash again."""
    response = StreamingHttpResponse(chain.lines(request.head), content_type="application/jsonl; charset=utf-8")
    return as_download(response, "ledger.jsonl")
