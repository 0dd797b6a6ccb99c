"""Lead an officer to where a proof is asked for, and keep what was being sent, so that it goes on afterwards."""

from urllib.parse import urlsplit

from allauth.account.internal.flows.reauthentication import suspend_request
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url


def lead_to(request: HttpRequest, page: str) -> HttpResponse:
    """Lead to a page by its name; a form that was sent is kept in the sealed session until the proof is given.

    A request of htmx for a part of a page leads the whole page there instead.
    """
    if request.headers.get("HX-Request") == "true" and request.method == "GET":
        whole = urlsplit(request.headers.get("HX-Current-URL", ""))
        request.path = whole.path or "/"
        request.META["QUERY_STRING"] = whole.query
    answer: HttpResponse = suspend_request(request, resolve_url(page))
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": answer["Location"]})
    return answer
