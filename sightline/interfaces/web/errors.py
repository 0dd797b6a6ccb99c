"""The pages that say that something went wrong: what happened, and what to do next, without details of anybody."""

from http import HTTPStatus
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Read once: when the service is broken, this page must need no template, no database and no officer.
BROKEN = (Path(__file__).parent / "broken.html").read_text(encoding="utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be understood (400)."""
    return _page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this officer may not do this (403)."""
    return _page(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page (404); it is the same answer where there is one that may not be known."""
    return _page(request, HTTPStatus.NOT_FOUND)


def conflict(request: HttpRequest) -> HttpResponse:
    """Say that somebody else changed it meanwhile (409)."""
    return _page(request, HTTPStatus.CONFLICT)


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that it came too often (429)."""
    return _page(request, HTTPStatus.TOO_MANY_REQUESTS)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was not accepted because it may not have come from our page (403)."""
    return render(request, "errors/form_expired.html", status=HTTPStatus.FORBIDDEN)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the service failed (500), from a fixed text."""
    return HttpResponse(BROKEN, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    return render(request, f"errors/{status.value}.html", status=status)
