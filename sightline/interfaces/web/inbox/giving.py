"""Give duties to somebody else, one or many at once; put one off, and bring it back."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sightline.apps.duties.queries import DutyFacts, duties_named
from sightline.apps.duties.work import CannotBePutOff, NotYours, TakeItOnFirst, bring_back, give, put_off
from sightline.apps.people.queries import names_of
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.child.showing import duty_title
from sightline.interfaces.web.inbox.asking import give_form, put_off_form
from sightline.interfaces.web.inbox.duties import found_duty, show_duty
from sightline.interfaces.web.inbox.forms import GiveForm
from sightline.interfaces.web.moments import counted, moment_in_words

MOST_AT_ONCE = 100


@require_POST
@page(Verb.REASSIGN)
def give_many(request: AtWorkRequest) -> HttpResponse:
    """Show the duties that were chosen and ask who takes them over; then give them, and say what could not be given."""
    chosen = duties_named(_ids(request.POST.getlist("chosen")), owed_by=request.acting.agency)
    back = _back(request.POST.get("back", ""))
    if not chosen:
        messages.info(request, "Choose at least one duty first: tick the box beside it.")
        return redirect(back)
    note(request, "give a duty", children={duty.person for duty in chosen})
    asked = "to" in request.POST
    form = give_form(request, posted=asked)
    if not asked or not form.is_valid():
        return _show_chosen(request, chosen, form, back=back, status=422 if asked else 200)
    given = give([duty.id for duty in chosen], to=form.receiver(), agency=request.acting.agency,
                 officer=request.acting.officer, words=form.cleaned_data["words"], at=request.at)
    note(request, "give a duty", writes=True)
    messages.success(request, f"You have given over {counted(len(given), 'duty', 'duties')}")
    if left := len(chosen) - len(given):
        messages.info(request, f"{counted(left, 'duty', 'duties')} had been done or ended meanwhile")
    return redirect(back)


@require_POST
@page(Verb.ACKNOWLEDGE)
def put_duty_off(request: AtWorkRequest, duty_id: UUID) -> HttpResponse:
    """Let a duty leave the list for a while, with a reason."""
    found = found_duty(duty_id)
    note(request, "put a duty off", children=[found.person])
    form = put_off_form(request, found, posted=True)
    if form is None:
        return show_duty(request, found, problem=str(CannotBePutOff()), status=409)
    if not form.is_valid():
        return show_duty(request, found, putting_off=form, status=422)
    until = form.cleaned_data["until"]
    try:
        put_off(duty=duty_id, until=until, officer=request.acting.officer, words=form.cleaned_data["words"],
                for_all=may(request.acting.role, Verb.REASSIGN), at=request.at)
    except (NotYours, TakeItOnFirst, CannotBePutOff) as refused:
        return show_duty(request, found, problem=str(refused), status=409)
    note(request, "put a duty off", writes=True)
    messages.success(request, f"It is off the list until {moment_in_words(until)}: {duty_title(found)}")
    return redirect("inbox")


@require_POST
@page(Verb.ACKNOWLEDGE)
def bring_duty_back(request: AtWorkRequest, duty_id: UUID) -> HttpResponse:
    """Let a duty that was put off stand in the list again."""
    found = found_duty(duty_id)
    note(request, "bring a duty back", children=[found.person])
    try:
        bring_back(duty=duty_id, officer=request.acting.officer, at=request.at)
    except NotYours:
        return show_duty(request, found, problem="It stands in the list already", status=409)
    note(request, "bring a duty back", writes=True)
    messages.success(request, f"It stands in the list again: {duty_title(found)}")
    return redirect("duty", duty_id)


def _show_chosen(
    request: AtWorkRequest, chosen: list[DutyFacts], form: GiveForm, *, back: str, status: int
) -> HttpResponse:
    names = names_of({duty.person for duty in chosen})
    return render(request, "inbox/give.html", {
        "at": request.at, "form": form, "back": back,
        "chosen": [(duty, duty_title(duty), names.get(duty.person, "Name not told")) for duty in chosen],
    }, status=status)


def _ids(texts: Iterable[str]) -> list[UUID]:
    """Read what the boxes sent; what is no id is a page that is not ours."""
    try:
        return [UUID(text) for text in texts][:MOST_AT_ONCE]
    except ValueError:
        raise Http404 from None


def _back(text: str) -> str:
    ours = text.startswith("/inbox/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None)
    return text if ours else reverse("inbox")
