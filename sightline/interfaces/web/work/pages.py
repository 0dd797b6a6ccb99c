"""State a purpose and begin a piece of work."""

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from sightline.apps.access.acting import begin_work
from sightline.apps.access.actions import PurposeNeedsReason, PurposeNotAllowed, keep_audit, start_work
from sightline.apps.access.queries import memberships_of
from sightline.domain.vocabulary.moment import day_of
from sightline.interfaces.web.at_work import WORK
from sightline.interfaces.web.work.forms import PurposeForm


@login_required
def purpose(request: HttpRequest) -> HttpResponse:
    """Ask why somebody looks, once for a piece of work."""
    officer, at = UUID(str(request.user.pk)), request.at  # type: ignore[attr-defined]
    memberships = memberships_of(officer, on=day_of(at))
    form = PurposeForm(request.POST or None, memberships=memberships)
    if request.method == "POST" and form.is_valid():
        with connection.cursor() as cursor:
            cursor.execute("select set_config('sightline.officer', %s, true)", [str(officer)])
        try:
            work = start_work(
                officer=officer, membership=form.cleaned_data["membership"], purpose=form.cleaned_data["purpose"],
                because=form.cleaned_data["because"], at=at)
        except PurposeNeedsReason as needed:
            form.add_error("because", str(needed))
        except PurposeNotAllowed as refused:
            form.add_error("purpose", str(refused))
        else:
            request.session[WORK] = str(work)
            keep_audit(begin_work(officer, work, at=at), act="state a purpose", writes=True)
            request.acting = None  # type: ignore[attr-defined]
            return redirect(_next(request))
    return render(request, "work/purpose.html", {
        "form": form, "memberships": memberships, "next": _next(request), "needing": form.needing_reason()})


def _next(request: HttpRequest) -> str:
    """Give where to go on, if that is a page of ours; else the inbox."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    host = urlsplit(settings.SIGHTLINE_ADDRESS).netloc
    if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host(), host}) and asked.startswith("/"):
        return asked
    return reverse("start")
