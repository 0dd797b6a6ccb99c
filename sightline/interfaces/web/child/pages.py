"""Find a child, see the record, close a sign, decide, and see who looked."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.apps.access.queries import Around, around
from sightline.apps.duties.queries import DutyFacts, duties_of
from sightline.apps.intake.listening import never_heard, silent_feeds
from sightline.apps.people.queries import (
    Held,
    Said,
    audit_of,
    best_name,
    find,
    joinings_of,
    names_of,
    parts_and_doubts_of,
    resolved,
    said_of,
)
from sightline.apps.record.queries import Told, told_of
from sightline.apps.responsibility.queries import open_event_of
from sightline.apps.signs.actions import ReasonNeeded, SignNotShown, close, keep_for_longer
from sightline.apps.signs.looking import look, sent_by
from sightline.apps.signs.outcomes import OUTCOMES
from sightline.apps.signs.queries import SignFacts, reading_of, sign
from sightline.domain.access.purposes import PURPOSES
from sightline.domain.access.roles import Sight, may
from sightline.domain.access.verbs import Verb
from sightline.domain.intake.feeds import FEEDS
from sightline.domain.intake.row import Told as Telling
from sightline.domain.signs.kept import KEPT_DAYS
from sightline.domain.signs.vulnerabilities import vulnerabilities
from sightline.domain.vocabulary.duty import DutyState
from sightline.domain.vocabulary.identity import Identity
from sightline.domain.vocabulary.moment import LONDON, Moment, UnreadableMoment, day_of, last_instant, read_moment
from sightline.domain.vocabulary.sign import Attention
from sightline.interfaces.jobs.story import ask_to_measure
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.child.acts import record
from sightline.interfaces.web.child.beside import news_words, silent_words
from sightline.interfaces.web.child.forms import CloseForm, DecisionForm, FindForm, KeepForm, KnownForm
from sightline.interfaces.web.child.showing import (
    FIELD_WORDS,
    WHOLE,
    around_child,
    by_month,
    child_shown,
    duty_row,
    entries_shown,
    entry_shown,
    fallen_silent,
    field_of,
    never_answered,
    owner_shown,
    said_rows,
    sign_shown,
    vulnerable_rows,
)
from sightline.interfaces.web.shown import Tab
from sightline.interfaces.web.soon import due_soon

ENTRIES_A_PAGE = 50
MOST_ENTRIES = 1_000
MOST_DUTIES = 100
MOST_LOOKS = 200
MOST_HITS = 10


@page(Verb.FIND_CHILD)
def find_child(request: AtWorkRequest) -> HttpResponse:
    """Ask for a child and show the few who may be meant; what is asked never stands in an address."""
    form = FindForm(request.POST or None)
    hits = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        hits = find(Identity("", "", given=told["given"] or None, family=told["family"] or None,
                             born_on=told["born_on"], identifiers=form.identifiers()), most=MOST_HITS)
        note(request, "find a child", children=[hit.person for hit in hits])
    others = around(request.acting.agency).agencies if hits == [] else ()
    status = 422 if request.method == "POST" and hits is None else 200
    return render(request, "child/find.html", {
        "form": form, "hits": hits, "at": request.at, "others": others,
        "unheard": never_heard(id_ for id_, _ in others)}, status=status)


@page(Verb.SEE_CHILD)
def child(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Show a child's record as far as the officer may see it."""
    said = _said(person)
    if not said:
        now = resolved(person)
        if now is None or now == person:
            raise Http404
        return redirect("child", now)
    known_at, known_form = _known_at(request)
    note(request, "see a child", children=[person])
    field = request.GET.get("field", "")
    most = MOST_ENTRIES if request.GET.get("all") or field else ENTRIES_A_PAGE
    told = told_of(person, most=MOST_ENTRIES + 1, known_at=known_at)
    shown = [t for t in told[:most] if not field or field_of(t.entry) == field]
    held = [t.entry for t in told if not t.withdrawn and not t.corrected]
    attention, signs = reading_of(person)
    parts, doubts = parts_and_doubts_of(person)
    council = next((p for part in WHOLE for p in parts if p.part == part), None)
    ringing = around(council.agency_id) if council else None
    records = may(request.acting.role, Verb.RECORD_SIGN)
    whole = request.acting.role.sight is Sight.WHOLE and attention is not None
    since = look(officer=request.acting.officer, person=person, at=request.at)
    return render(request, "child/child.html", {
        "at": request.at, "person": person, "whole": whole, "known_at": known_at,
        "since": since, "news": news_words(since),
        "child": child_shown(said, told, on=day_of(request.at), whole=whole), "said": said_rows(said),
        "attention": Attention(attention.attention) if attention else None, "reading": attention,
        **_signs(request, signs, shown), **_duties(request, duties_of(person, most=MOST_DUTIES)),
        "months": by_month(entries_shown(
            shown, files_of=request.acting.agency if may(request.acting.role, Verb.SEND_FILES) else None,
            decides_about=person if may(request.acting.role, Verb.DECIDE) else None, shares=whole,
            withdraws=(person, request.acting.officer) if records else None, since=since.before_at)),
        "fields": _fields(request, person, told, field), "more": len(told) > most, "known_form": known_form,
        "vulnerable": vulnerable_rows(vulnerabilities(held), person=person, on_page={t.entry.id for t in shown}),
        "event": open_event_of(person), "owner": owner_shown(council, ringing, told), "parts": parts,
        "heard_at": min((one.since for one in parts if one.part == "told us about the child"), default=None),
        "silent": _silent(ringing, parts) if ringing and whole else None,
        "fallen_silent": fallen_silent(silent_feeds(around_child(ringing, parts), at=request.at)) if whole else [],
        "doubts": [d.id for d in doubts if d.answer == "open"],
        "answered": [d for d in doubts if d.answer != "open"],
        "may_record": records, "may_decide": may(request.acting.role, Verb.DECIDE),
        "may_link": whole and may(request.acting.role, Verb.JUDGE_LINK),
        "may_refer": may(request.acting.role, Verb.REFER_VICTIM),
        "may_audit": may(request.acting.role, Verb.SEE_AUDIT)})


@page(Verb.CLOSE_SIGN)
def close_sign(request: AtWorkRequest, sign_id: UUID) -> HttpResponse:
    """Close a sign with a reason; that is a decision about the child, and recorded as one."""
    found = sign(sign_id)
    if found is None:
        raise Http404
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome, reason = form.cleaned_data["outcome"], form.cleaned_data["reason"]
        try:
            close(sign=sign_id, outcome=outcome, reason=reason, officer=request.acting.officer, at=request.at)
        except (ReasonNeeded, SignNotShown) as refused:
            form.add_error(None, str(refused))
        else:
            facts = {"about": found.code, "outcome": dict(OUTCOMES)[outcome], "reasons": reason}
            telling = Telling("decision.made", request.at, f"close/{sign_id}/{request.at.isoformat()}", facts)
            record(request.acting, found.person, telling, at=request.at)
            changed(request, "close a sign", child=found.person)
            ask_to_measure()
            messages.success(request, f"Sign closed: {found.title}")
            return redirect("child", found.person)
    note(request, "see a sign", children=[found.person])
    return render(request, "child/close.html", {
        "at": request.at, "form": form, "sign": sign_shown(found, on_page=frozenset(), may_close=False, at=request.at),
        "person": found.person, "name": names_of([found.person]).get(found.person, "Name not told")},
        status=422 if request.method == "POST" else 200)


@page(Verb.CLOSE_SIGN)
def keep_sign(request: AtWorkRequest, sign_id: UUID) -> HttpResponse:
    """Keep a sign for longer than its days, after a review, with a reason; recorded as a decision about the child."""
    found = sign(sign_id)
    if found is None:
        raise Http404
    form = KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            keep_for_longer(sign=sign_id, reason=reason, acting=request.acting, at=request.at)
        except (ReasonNeeded, SignNotShown) as refused:
            form.add_error(None, str(refused))
        else:
            facts = {"about": found.code, "outcome": f"Sign kept for {KEPT_DAYS} days more", "reasons": reason}
            telling = Telling("decision.made", request.at, f"keep/{sign_id}/{request.at.isoformat()}", facts)
            record(request.acting, found.person, telling, at=request.at)
            changed(request, "keep a sign for longer", child=found.person)
            messages.success(request, f"Sign kept: {found.title}")
            return redirect("child", found.person)
    note(request, "see a sign", children=[found.person])
    return render(request, "child/keep.html", {
        "at": request.at, "form": form, "person": found.person, "days": KEPT_DAYS,
        "sign": sign_shown(found, on_page=frozenset(), may_close=False, at=request.at),
        "name": names_of([found.person]).get(found.person, "Name not told")},
        status=422 if request.method == "POST" else 200)


@page(Verb.DECIDE)
def decide(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Record a decision about a child or an entry; whether to share has a page of its own, which asks what it must."""
    said = _said(person)
    if not said:
        raise Http404
    told = [t for t in told_of(person, most=MOST_ENTRIES) if not t.withdrawn and not t.corrected]
    form = DecisionForm(request.POST or None, about=[(t.entry.id, in_a_line(t)) for t in told],
                        chosen=request.GET.get("about", ""))
    if request.method == "POST" and form.is_valid():
        _record_decision(request, person, form)
        changed(request, "decide", child=person)
        messages.success(request, "Decision recorded")
        return redirect("child", person)
    note(request, "see a child", children=[person])
    return render(request, "child/decide.html", {
        "at": request.at, "form": form, "person": person, "name": best_name(said) or "Name not told",
        "about": _an_id(request.GET.get("about", ""))}, status=422 if request.method == "POST" else 200)


@page(Verb.SEE_AUDIT)
def looks(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Show who looked at a child's record, for which purpose, and what they did; and why records are one child."""
    said = _said(person)
    if not said:
        raise Http404
    note(request, "see who looked", children=[person])
    return render(request, "child/looks.html", {
        "at": request.at, "person": person, "name": said[0].name or "Name not told",
        "looks": audit_of(person, most=MOST_LOOKS),
        "purposes": {code: purpose.words for code, purpose in PURPOSES.items()},
        "joinings": joinings_of(person), "said": said_rows(said)})


def _record_decision(request: AtWorkRequest, person: UUID, form: DecisionForm) -> None:
    told = form.cleaned_data
    facts = {"outcome": told["outcome"], "reasons": told["reasons"]}
    if told["about"]:
        facts["about"] = told["about"]
    telling = Telling("decision.made", request.at, f"decide/{request.at.isoformat()}", facts)
    record(request.acting, person, telling, at=request.at)


def _an_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _said(person: UUID) -> list[Said]:
    return said_of([person]).get(person, [])


def _signs(request: AtWorkRequest, signs: list[SignFacts], told: list[Told]) -> dict[str, object]:
    on_page = frozenset(t.entry.id for t in told)
    closing = may(request.acting.role, Verb.CLOSE_SIGN)
    return {"signs": [sign_shown(s, on_page=on_page, may_close=closing, at=request.at)
                      for s in signs if s.closed is None],
            "closed": [(sign_shown(s, on_page=on_page, may_close=False, at=request.at), s.closed)
                       for s in signs if s.closed]}


def _silent(ringing: Around, parts: list[Held]) -> list[tuple[str, str]]:
    """Say who around the child's council has told nothing, and what they usually send."""
    silent = never_answered(ringing.agencies, parts)
    return silent_words(silent, sent_by([id_ for id_, _ in silent]), feeds={f.name: f.title for f in FEEDS.values()})


def _duties(request: AtWorkRequest, duties: list[DutyFacts]) -> dict[str, object]:
    """Part a child's duties into those that run out soon and later, those met, and those that can no longer be."""
    shown = [duty_row(d, request.acting) for d in duties]
    todo = [d for d in shown if d.state in (DutyState.OPEN, DutyState.LATE)]
    return {"soon": [d for d in todo if due_soon(d, request.at)],
            "later": [d for d in todo if not due_soon(d, request.at)],
            "met": [d for d in shown if d.state == DutyState.MET],
            "missed": [d for d in shown if d.state == DutyState.MISSED]}


def _fields(request: AtWorkRequest, person: UUID, told: list[Told], chosen: str) -> list[Tab]:
    """Offer the fields of work of which something was told, where there is more than one."""
    here = reverse("child", args=[person])
    held = sorted({field_of(t.entry) for t in told} & set(FIELD_WORDS), key=lambda field: FIELD_WORDS[field])
    if not chosen and len(held) < 2:
        return []
    known = {name: str(value) for name, value in request.GET.items() if name.startswith("known_")}
    return [Tab("Everything", f"{here}?{urlencode({'all': 1, **known})}#timeline", not chosen)] + [
        Tab(FIELD_WORDS[field], f"{here}?{urlencode({'field': field, **known})}#timeline", field == chosen)
        for field in held]


def in_a_line(told: Told) -> str:
    """Say an entry in one line, for a list to choose from."""
    shown = entry_shown(told.entry)
    when = told.entry.at.astimezone(LONDON) if isinstance(told.entry.at, datetime) else told.entry.at
    return f"{when:%d %B %Y}: {shown.what} ({told.entry.by})"


def _known_at(request: AtWorkRequest) -> tuple[datetime | None, KnownForm]:
    """Read the instant as known at which the record is asked for; what cannot be read is as now.

    People ask by a form for a day; a link may carry an instant as `known_at`.
    """
    asked = any(name.startswith("known_") and name != "known_at" for name in request.GET)
    form = KnownForm(request.GET if asked else None)
    if asked and form.is_valid():
        moment: Moment | None = form.cleaned_data["known"]
        return last_instant(moment) if moment else None, form
    text = request.GET.get("known_at", "")
    try:
        read = read_moment(text) if text else None
    except UnreadableMoment:
        return None, form
    return read if isinstance(read, datetime) else None, form
