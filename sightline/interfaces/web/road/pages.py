"""Hand a child over where two cars meet: two taps and a name, on either officer's phone."""

from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from sightline.apps.access.actions import keep_audit
from sightline.apps.access.queries import ContactFacts, contacts
from sightline.apps.responsibility.queries import EventFacts, LegByCode, event, leg, leg_by_code, protected_names
from sightline.apps.responsibility.road import Condition, Named, answer_by_code, answer_here, hand_over_here
from sightline.apps.responsibility.transfers import Refusal, TransferRefused
from sightline.domain.access.verbs import Verb
from sightline.interfaces.jobs.story import read_news
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.road.code import code_of, count_wrong, digest_of, digest_of_code, guesses_too_much
from sightline.interfaces.web.road.forms import AnswerForm, CodeForm, HereForm, RefusalForm

TAKES_OVER = ("out-of-hours", "safeguarding")
NO_SUCH_CODE = "No handover stands under this code. Check it, or ask the other officer whether it has ended."
TOO_MANY = ("Too many wrong codes were tried. Take the child over on the other officer’s phone, or sign in; or try "
            "again in ten minutes.")


@page(Verb.DECIDE)
def here(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Ask where the officers stand and how the child is, and offer the child; sent twice, it is one leg."""
    found = event(event_id)
    if found is None or found.owner_agency_id != request.acting.agency or found.closed_at is not None:
        raise Http404
    form = HereForm(request.POST or None, contacts=_forces(request), name=request.acting.officer_name)
    if request.method == "POST" and form.is_valid():
        made = _offered(request, found, form)
        if made is not None:
            return redirect("transfer", made)
    note(request, "see a safety event", children=[found.person])
    return render(request, "road/here.html", {
        "at": request.at, "form": form, "event": found, "name": protected_names([found.id]).get(found.id)},
        status=422 if request.method == "POST" else 200)


def _offered(request: AtWorkRequest, found: EventFacts, form: HereForm) -> UUID | None:
    told = form.cleaned_data
    condition = Condition(told["seen_and_spoken_to"], told["fed"], told["injuries"], told["said"])
    try:
        made = hand_over_here(
            acting=request.acting, event=found.id, to_contact=told["contact"], key=told["key"], place=told["place"],
            giver=Named(told["name"], told["number"]), condition=condition, digest_of=digest_of, at=request.at)
    except TransferRefused as refused:
        form.add_error(None, str(refused))
        return None
    read_news.defer()
    changed(request, "hand a child over on the road", child=found.person)
    return made


@require_POST
@page(Verb.DECIDE)
def take_here(request: AtWorkRequest, transfer_id: UUID) -> HttpResponse:
    """Take the receiving officer's answer on the giver's device: a name, a collar number, one tap."""
    found = leg(transfer_id)
    if found is None or found.transfer.from_agency_id != request.acting.agency:
        raise Http404
    form = _answering(request)
    problem = ""
    note(request, "answer an offer on the road", children=[found.transfer.person])
    if form.is_valid():
        try:
            answer_here(transfer=transfer_id, officer=_named(form), refusal=_refusal(form), at=request.at)
        except TransferRefused as refused:
            problem = str(refused)
        else:
            read_news.defer()
            changed(request, "answer an offer on the road", child=found.transfer.person)
            return redirect("transfer", transfer_id)
    return render(request, "road/take_here.html", {
        "at": request.at, "leg": found, "form": form, "problem": problem, "refuses": isinstance(form, RefusalForm),
        **_forms(form)}, status=409 if problem else 422)


def by_code(request: HttpRequest) -> HttpResponse:
    """Open a leg by its code without a sign-in, show age, sex and condition, and take the answer by name."""
    code = str(request.POST.get("code") or request.GET.get("code") or "")[:20]
    asked = CodeForm(request.POST if request.method == "POST" else None, code=code)
    if request.method != "POST" or not asked.is_valid():
        return render(request, "road/code.html", {"form": asked}, status=422 if request.method == "POST" else 200)
    if guesses_too_much(request):
        asked.add_error("code", TOO_MANY)
        return render(request, "road/code.html", {"form": asked}, status=429)
    digest = digest_of_code(code)
    with transaction.atomic():
        found = leg_by_code(digest, at=request.at)  # type: ignore[attr-defined]
        if found is not None:
            _audit(request, "open an offer by its code", found)
    if found is None:
        count_wrong(request)
        asked.add_error("code", NO_SUCH_CODE)
        return render(request, "road/code.html", {"form": asked}, status=404)
    return _answered_by_code(request, found, digest=digest, code=code)


def _answered_by_code(request: HttpRequest, found: LegByCode, *, digest: str, code: str) -> HttpResponse:
    at = request.at  # type: ignore[attr-defined]
    shown: dict[str, object] = {"at": at, "leg": found, "code": code, "problem": ""}
    if request.POST.get("answer") not in ("accept", "refuse"):
        return render(request, "road/answer.html", {**shown, **_forms(None)})
    form = _answering(request)
    if not form.is_valid():
        return render(request, "road/answer.html", {**shown, **_forms(form)}, status=422)
    try:
        with transaction.atomic():
            answer_by_code(digest=digest, officer=_named(form), refusal=_refusal(form), at=at)
            _audit(request, "answer an offer by its code", found, writes=True)
            read_news.defer()
    except TransferRefused as refused:
        return render(request, "road/answer.html", {**shown, **_forms(form), "problem": str(refused)}, status=409)
    return render(request, "road/answered.html", {"at": at, "leg": leg_by_code(digest, at=at) or found})


def _audit(request: HttpRequest, act: str, found: LegByCode, *, writes: bool = False) -> None:
    """Write down that somebody used the code: nobody is at work, so the row holds no officer but the transfer."""
    keep_audit(getattr(request, "acting", None), act=act, children=[found.person], writes=writes,
               about={"transfer_id": str(found.transfer)})


def _answering(request: HttpRequest) -> AnswerForm:
    return RefusalForm(request.POST) if request.POST.get("answer") == "refuse" else AnswerForm(request.POST)


def _forms(sent: AnswerForm | None) -> dict[str, object]:
    """Give both forms of an answer, that which was sent with its words and errors."""
    refuses = isinstance(sent, RefusalForm)
    return {"taking": AnswerForm() if sent is None or refuses else sent,
            "refusing": sent if refuses else RefusalForm(), "failed": sent}


def _named(form: AnswerForm) -> Named:
    return Named(form.cleaned_data["name"], form.cleaned_data["number"])


def _refusal(form: AnswerForm) -> Refusal | None:
    told = form.cleaned_data
    return Refusal(told["reason"], told["whose"], told["by_rule"]) if isinstance(form, RefusalForm) else None


def _forces(request: AtWorkRequest) -> list[ContactFacts]:
    """List who may take a child over on the road: one desk of each other force and council, forces first."""
    chosen: dict[int, ContactFacts] = {}
    for kinds in (("police", "transport-police"), ("council",)):
        desks = [c for c in contacts(kinds=kinds) if c.agency_id != request.acting.agency and c.desk in TAKES_OVER]
        for one in sorted(desks, key=lambda c: (c.agency, TAKES_OVER.index(c.desk))):
            chosen.setdefault(one.agency_id, one)
    return list(chosen.values())


def road_address(request: HttpRequest, transfer_id: UUID) -> str:
    """Give the address behind a leg's QR code: the page with the code filled in, which opens nothing by itself."""
    return request.build_absolute_uri(f"{reverse('road')}?{urlencode({'code': code_of(transfer_id)})}")
