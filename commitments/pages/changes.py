from django.shortcuts import render

from commitments import history
from commitments.pages.conditional import conditional
from commitments.pages.paging import page_of


@conditional("page")
def change_list(request):
    page = page_of(history.newest_first(), request)
    return render(request, "commitments/change_list.html", {"page": page, "changes": history.told(page)})
