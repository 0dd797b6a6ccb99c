"""Keep what somebody types into a form of a case, so that nothing is lost when the session ends before it is sent.

A form that is a `TypedForm` can be kept. What it needs beside: `typed_before(...).into(form)` where it is made, the
two macros of parts/saved.html where it stands, and `forget_typed` once it was sent. What is kept is sealed with the
key of the sessions, is shown to the officer who typed it and to nobody else, and is gone after 14 days.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sightline.apps.custody.saving import Saved, forget, save, saved_of
from sightline.apps.responsibility.queries import event
from sightline.domain.access.verbs import Verb
from sightline.domain.custody.typed import LONGEST
from sightline.interfaces.web.at_work import AtWorkRequest, page, unattended
from sightline.interfaces.web.moments import clock_in_words
from sightline.interfaces.web.sign_in.sealing import SealedWithAnotherKey, seal, unseal

USE = "typed form"
NOT_TYPED = ("csrfmiddlewaretoken", "back")
TOO_LONG = (f"That is more than can be kept ({LONGEST:,} letters). Send the form, or keep the text somewhere of your "
            "own that is safe.")


class TypedForm(forms.Form):
    """Describe a form whose words are kept while they are typed; `part` and `name` say which form of a case it is.

    `saved_at` is when what stands in it was kept, `lost_at` when something was that cannot be opened any more, and
    `opened` whether somebody asked for this form.
    """

    name = ""
    part = ""
    typed_as = ""
    saved_at: datetime | None = None
    lost_at: datetime | None = None
    opened = False
    known: ClassVar[dict[str, type["TypedForm"]]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.name:
            cls.typed_as = f"{cls.part}-{cls.name}" if cls.part else cls.name
            assert cls.typed_as not in TypedForm.known, f"Two forms of a case are called {cls.typed_as}."
            TypedForm.known[cls.typed_as] = cls

    def show_typed(self, told: Mapping[str, list[str]], *, saved_at: datetime) -> None:
        """Show what was typed just as it was typed, right or wrong; what the page itself holds stays the page's."""
        hidden = {bound.html_name for bound in self.hidden_fields()}
        self.data = MultiValueDict({
            **{name: [bound.value()] for bound in self.hidden_fields() for name in (bound.html_name,)},
            **{name: list(values) for name, values in told.items() if name not in hidden}})
        self.is_bound = True
        self._errors = ErrorDict()  # nobody has sent it yet, so nothing of it is wrong yet
        self.saved_at = saved_at


Form = TypeVar("Form", bound=TypedForm)


@dataclass(frozen=True, slots=True)
class Typed:
    """Hold what an officer typed into the forms of a case."""

    saved: Mapping[str, Saved]

    def into(self, form: Form) -> Form:
        """Fill a form with what was typed into it, where something was."""
        if (one := self.saved.get(form.typed_as)) is not None:
            try:
                form.show_typed(json.loads(unseal(one.told, USE)), saved_at=one.at)
            except SealedWithAnotherKey:
                form.lost_at = one.at
        return form


def typed_before(request: AtWorkRequest, event_id: UUID) -> Typed:
    """Give what the officer has typed into the forms of a case and not sent."""
    return Typed(saved_of(acting=request.acting, event=event_id, at=request.at))


def forget_typed(request: AtWorkRequest, event_id: UUID, form: str) -> None:
    """Forget what was typed into a form: it was sent."""
    forget(acting=request.acting, event=event_id, form=form)


@require_POST
@page(Verb.DECIDE)
def keep_typed(request: AtWorkRequest, event_id: UUID, form: str) -> HttpResponse:
    """Keep, or throw away, what stands in a form, for the officer alone; nothing of it is recorded or checked.

    It is no look at a record and no act in one, so the audit keeps nothing of it.
    """
    if form not in TypedForm.known or event(event_id) is None:
        raise Http404
    unattended(request)
    back = _back(request, event_id)
    if "throw-away" in request.POST:
        forget_typed(request, event_id, form)
        return redirect(back)
    told = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}
    written = json.dumps(told, ensure_ascii=False)
    if len(written) > LONGEST:
        return _too_long(request, back)
    save(acting=request.acting, event=event_id, form=form, told=seal(written.encode(), USE), at=request.at)
    if _by_script(request):
        return JsonResponse({"words": f"Kept as you typed it, {clock_in_words(request.at)}."})
    return redirect(f"{back}#{form}")


def _too_long(request: AtWorkRequest, back: str) -> HttpResponse:
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if _by_script(request):
        return JsonResponse({"words": TOO_LONG}, status=status)
    return render(request, "custody/too_long.html", {"words": TOO_LONG, "back": back}, status=status)


def _by_script(request: AtWorkRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _back(request: AtWorkRequest, event_id: UUID) -> str:
    """Give the page of the case on which the form stands, as the form says it."""
    back = request.POST.get("back", "")
    ours = back.startswith("/custody/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if ours else reverse("release", args=[event_id])
