"""See and keep the desks of the own agency: their hours, who is on duty now, and the rota."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sightline.apps.access.addresses import PROVABLE, not_proven, proven
from sightline.apps.access.queries import ContactFacts, agency_book, contacts
from sightline.apps.access.rota import colleagues, end_turn, keep_hours, keep_turn, rota_at, turns_of
from sightline.domain.access.verbs import Verb
from sightline.domain.duties.hours import say_hours
from sightline.domain.duties.reaching import CHANNEL_WORDS
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.desks.forms import HoursForm, TurnForm
from sightline.interfaces.web.desks.reach import (
    ADDRESS_WORDS,
    MOBILE,
    AddressForm,
    ChannelsForm,
    CodeForm,
    done,
    own_desk,
)
from sightline.interfaces.web.moments import moment_in_words

DESKS = {"safeguarding": "Safeguarding", "education": "Education", "manager": "Manager", "director": "Director",
         "out-of-hours": "Out of hours"}


@page(Verb.KEEP_ROTA)
def desks(request: AtWorkRequest) -> HttpResponse:
    """Show the agency's desks, and who is on duty now."""
    note(request, "see desks")
    rota = rota_at(request.at, book=agency_book())
    mine = contacts(request.acting.agency)
    return render(request, "desks/desks.html", {
        "at": request.at, "agency": request.acting.agency_name, "now": rota.on_duty(request.acting.agency),
        "desks": [(c, DESKS.get(c.desk, c.desk), say_hours(c.hours), rota.at_desk(c)) for c in mine]})


@page(Verb.KEEP_ROTA)
def one_desk(request: AtWorkRequest, contact_id: int) -> HttpResponse:
    """Show one desk with the forms for its hours and rota."""
    note(request, "see desks")
    return _show(request, own_desk(request, contact_id))


@require_POST
@page(Verb.KEEP_ROTA)
def change_hours(request: AtWorkRequest, contact_id: int) -> HttpResponse:
    """Change the hours of a desk."""
    desk = own_desk(request, contact_id)
    form = HoursForm(request.POST)
    note(request, "keep hours")
    if not form.is_valid():
        return _show(request, desk, hours=form, status=422)
    done(lambda: keep_hours(contact=contact_id, spans=form.cleaned_data["hours"]))
    note(request, "keep hours", writes=True)
    messages.success(request, "The hours are kept")
    return redirect("desk", contact_id)


@require_POST
@page(Verb.KEEP_ROTA)
def add_turn(request: AtWorkRequest, contact_id: int) -> HttpResponse:
    """Add a turn to the rota of a desk."""
    desk = own_desk(request, contact_id)
    form = TurnForm(request.POST, officers=colleagues(request.acting.agency))
    note(request, "keep a rota")
    turn = form.turn() if form.is_valid() else None
    if turn is None:
        return _show(request, desk, turn=form, status=422)
    done(lambda: keep_turn(contact=contact_id, turn=turn))
    note(request, "keep a rota", writes=True)
    messages.success(request, f"{turn.name} is on the rota")
    return redirect("desk", contact_id)


@require_POST
@page(Verb.KEEP_ROTA)
def end(request: AtWorkRequest, contact_id: int, turn_id: int) -> HttpResponse:
    """Take a turn off the rota."""
    own_desk(request, contact_id)
    note(request, "keep a rota")
    done(lambda: end_turn(turn=turn_id, at=request.at))
    note(request, "keep a rota", writes=True)
    messages.success(request, "The turn is off the rota")
    return redirect("desk", contact_id)


def _show(
    request: AtWorkRequest, desk: ContactFacts, *, hours: HoursForm | None = None, turn: TurnForm | None = None,
    status: int = 200,
) -> HttpResponse:
    said = say_hours(desk.hours)
    given = "\n".join(said) if desk.hours else ""
    rows = [t for t in turns_of(request.acting.agency, at=request.at) if t.contact == desk.id]
    return render(request, "desks/desk.html", {
        "at": request.at, "desk": desk, "name": DESKS.get(desk.desk, desk.desk), "said": said, "failed": hours or turn,
        "hours": hours or HoursForm(initial={"hours": given}), "given": given,
        "turn": turn or TurnForm(officers=colleagues(request.acting.agency)),
        "turns": [(t, moment_in_words(t.from_at), moment_in_words(t.until_at)) for t in rows],
        "order": ChannelsForm(desk=desk), "addresses": _addresses(desk),
        "channels": [CHANNEL_WORDS.get(one, one) for one in desk.channels]}, status=status)


def _addresses(desk: ContactFacts) -> list[tuple[str, str, str, AddressForm, tuple[str, str] | None, CodeForm]]:
    """Give each address with how sure it is, the form for another, and what waits to be proven with its form."""
    sure, waiting = proven(desk.id), not_proven(desk.id)
    now = {"e-mail": desk.email, "text": desk.phone if MOBILE.fullmatch(desk.phone) else ""}
    said = {one: "Proven" if now[one] and sure.get(one) == now[one] else "Entered by an operator" for one in PROVABLE}
    return [(ADDRESS_WORDS[one], now[one], said[one],
             AddressForm(channel=one), waiting.get(one), CodeForm(channel=one)) for one in PROVABLE]
