"""Answers that no view gives: a sentence for people, the API's one shape for programs."""

from django.http import HttpResponse, JsonResponse
from django.views import defaults


def refusal(request, status, code, sentence):
    """Return `sentence` as the kind of answer that was asked for: JSON under `/api/`, else plain
    text.
    """
    if request.path_info.startswith("/api/"):
        body = {"error": {"status": status, "code": code, "message": sentence, "fields": {}}}
        return JsonResponse(body, status=status)
    return HttpResponse(f"{sentence}\n", "text/plain", status)


def unavailable(request, sentence):
    """Return a refusal that holds for a moment only, and say when to ask again."""
    answer = refusal(request, 503, "unavailable", sentence)
    answer["Retry-After"] = "5"
    answer["Cache-Control"] = "no-store"
    return answer


def server_error(request):
    """Answer an error of ours without a word about its inside."""
    if request.path_info.startswith("/api/"):
        return refusal(
            request, 500, "server_error", "Something went wrong here. It is not your request."
        )
    return defaults.server_error(request)
