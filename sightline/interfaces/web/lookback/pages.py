"""Look back on a child, day by day, and export it for a practice review."""

from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from sightline.apps.lookback.queries import history_of
from sightline.apps.people.queries import best_name, joinings_of, resolved, said_of
from sightline.apps.signs.queries import attention_of
from sightline.domain.access.purposes import PURPOSES
from sightline.domain.access.roles import Sight
from sightline.domain.access.verbs import Verb
from sightline.domain.duties.calendars import Calendars
from sightline.domain.lookback.looking_back import LookBack, look_back
from sightline.domain.signs.editions import OF_THEN, TODAYS
from sightline.domain.vocabulary.moment import day_of
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.lookback.forms import OnDayForm
from sightline.interfaces.web.lookback.picture import picture
from sightline.interfaces.web.lookback.showing import back_shown, day_shown
from sightline.interfaces.web.shown import Tab

MOST_TELLINGS = 100
"""A page looks back on so many of the newest tellings, so that nobody waits for it; the command line on all."""
CALENDARS = Calendars()
RULES = {"today": TODAYS, "then": OF_THEN}
RULES_WORDS = {"today": "With the rules of today", "then": "With the rules of then"}


@page(Verb.SEE_CHILD)
def back(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Look back on a child as far as the officer may see the record."""
    name, moved = _named(person)
    if moved is not None:
        return redirect("look_back", moved)
    note(request, "look back on a child", children=[person])
    rules = _rules(request.GET.get("rules", ""))
    found = looked_back(person, rules=rules, until=request.at)
    on, form = _on(request)
    return render(request, "lookback/back.html", {
        "at": request.at, "person": person, "name": name, "whole": whole(request, person),
        "found": found, "shown": back_shown(found), "picture": picture(found), "form": form,
        "day": day_shown(found, on) if on else None, "rules": rules, "tabs": _tabs(request, person, rules),
        "joined": _joined(person)})


def _named(person: UUID) -> tuple[str, UUID | None]:
    """Give the child's name, or the person that stands for the child now.

    Raises Http404 where there is nobody to be seen.
    """
    said = said_of([person]).get(person, [])
    if said:
        return best_name(said) or "Name not told", None
    now = resolved(person)
    if now is None or now == person:
        raise Http404
    return "", now


def whole(request: AtWorkRequest, person: UUID) -> bool:
    """Tell whether the officer sees the whole record of the child."""
    return request.acting.role.sight is Sight.WHOLE and attention_of(person) is not None


def looked_back(person: UUID, *, rules: str, until: datetime) -> LookBack:
    """Look back on a child as far as the viewer may see, on the newest tellings, with the rules of today or of then."""
    seen = history_of(person)
    return look_back(seen.history, until=until, calendars=CALENDARS, editions=RULES[rules], reached=seen.reached,
                     since=seen.history.since_last(MOST_TELLINGS))


def _rules(text: str) -> str:
    return text if text in RULES else "today"


def _on(request: AtWorkRequest) -> tuple[date | None, OnDayForm]:
    """Read the day that was asked for; a link may carry it, too."""
    asked = any(name.startswith("on_") for name in request.GET)
    form = OnDayForm(request.GET if asked else None)
    if not asked or not form.is_valid():
        return None, form
    on: date = form.cleaned_data["on"]
    return min(on, day_of(request.at)), form


def _tabs(request: AtWorkRequest, person: UUID, chosen: str) -> list[Tab]:
    here = reverse("look_back", args=[person])
    return [Tab(words, f"{here}?{urlencode({'rules': rules})}", rules == chosen)
            for rules, words in RULES_WORDS.items()]


def _joined(person: UUID) -> list[tuple[datetime, str]]:
    """List when records were found to be one child's: before, nobody could know them together."""
    return [(one.at, ", ".join(one.because)) for one in joinings_of(person) if one.because]


@require_POST
@page(Verb.SEE_CHILD)
def export(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Give a look back as PDF, as far as the officer may see the record; the file's name says nothing of the child."""
    # What writes PDF is large: a page that nobody exports does not wait for it.
    from sightline.interfaces.web.lookback import paper as papers

    name, moved = _named(person)
    if moved is not None:
        return redirect("look_back", moved)
    note(request, "export a look back", children=[person])
    rules = _rules(request.POST.get("rules", ""))
    found = looked_back(person, rules=rules, until=request.at)
    acting = request.acting
    made = papers.Export(
        name=name, at=request.at, rules=rules, by=acting.officer_name, agency=acting.agency_name,
        purpose=PURPOSES[acting.purpose].words, whole=whole(request, person), since=found.since, joined=_joined(person))
    return HttpResponse(papers.paper(back_shown(found), picture(found), made), content_type="application/pdf",
                        headers={"Content-Disposition": 'attachment; filename="look-back.pdf"'})
