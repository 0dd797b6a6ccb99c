"""Headers that every answer carries: what a browser may not keep, and what it may not offer to a page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

NOTHING_ALLOWED = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)


class Headers:
    """Forbid keeping any page, because a page may show a child, and every device that no page needs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then set the headers; static files alone may be kept."""
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = NOTHING_ALLOWED
        if not request.path.startswith(str(settings.STATIC_URL)):
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response
