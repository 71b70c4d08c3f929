"""Answers that no view gives: a sentence for people, the API's form of an error for programs."""

from django.http import HttpResponse, JsonResponse
from django.views import defaults


def render_refusal(request, status, code, sentence):
    """Return an answer that says `sentence`: JSON under `/api/`, plain text everywhere else."""
    if request.path_info.startswith("/api/"):
        error = {
            "status": status,
            "code": code,
            "message": sentence,
            "fields": {},
        }
        return JsonResponse({"error": error}, status=status)
    return HttpResponse(f"{sentence}\n", "text/plain", status)


def render_unavailable(request, sentence):
    """Return a refusal that holds only for a moment, and says when to ask again."""
    answer = render_refusal(request, 503, "unavailable", sentence)
    answer["Retry-After"] = "5"
    answer["Cache-Control"] = "no-store"
    return answer


def render_server_error(request):
    """Answer an error of ours, and say nothing about its inside."""
    if request.path_info.startswith("/api/"):
        sentence = "Something went wrong here. It is not your request."
        return render_refusal(request, 500, "server_error", sentence)
    return defaults.server_error(request)
