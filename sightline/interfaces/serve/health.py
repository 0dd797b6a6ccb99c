"""/healthz says that this process lives, /readyz that everything behind it runs too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from sightline.interfaces.serve.condition import READY, as_document, condition

GetResponse = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Answer the two addresses before any session, sign-in or row-level security is asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the two addresses and hand everything else on."""
        if request.path == "/healthz":
            return _never_kept(HttpResponse("ok\n", content_type="text/plain"))
        if request.path == "/readyz":
            document = as_document(condition(READY))
            return _never_kept(JsonResponse(document, status=200 if document["well"] else 503))
        return self._get_response(request)


def _never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
