"""Who is guessing, from where, and what is answered when guessing is stopped."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def who(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """Give the e-mail address that is tried, or None where none was."""
    tried = (credentials or {}).get("email") or request.POST.get("login")
    return str(tried).strip().lower()[:254] if tried else None


def whence(request: HttpRequest) -> str | None:
    """Give the network address, behind as many proxies as the settings trust; None where there is none."""
    return get_client_ip(request)


def named(username: str, ip_address: str, user_agent: str, path_info: str, request: HttpRequest) -> str:
    """Name a client in the log without the e-mail address or the network address of anybody."""
    return "one client"


def locked_out(request: HttpRequest, original_response: HttpResponse, credentials: dict[str, Any]) -> HttpResponse:
    """Say that sign-in is locked for this address from this place, and for how long."""
    wait: timedelta = settings.AXES_COOLOFF_TIME
    said = {"minutes": int(wait.total_seconds() // 60), "tries": settings.AXES_FAILURE_LIMIT}
    return render(request, "errors/locked_out.html", said, status=HTTPStatus.TOO_MANY_REQUESTS)
