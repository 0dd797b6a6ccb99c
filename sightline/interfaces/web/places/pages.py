"""See what may have followed an arrival at a school, why it is shown and what speaks against it; confirm or dismiss."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sightline.apps.people.queries import names_of
from sightline.apps.places.actions import AlreadyJudged, JudgementNeedsReason, judge
from sightline.apps.places.queries import (
    FirstSignFacts,
    HypothesisFacts,
    first_signs_of,
    hypotheses,
    hypothesis,
    hypothesis_counts,
    judgements_of,
    silent_of,
)
from sightline.domain.access.verbs import Verb
from sightline.domain.places.groups import AT_LEAST, WITHIN_DAYS, week_starts
from sightline.domain.places.judging import STATE_WORDS, Judged
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.chart import Figure, line_chart
from sightline.interfaces.web.moments import counted
from sightline.interfaces.web.places.forms import JudgeForm

MOST = 100
COUNTED_FOR = timedelta(days=365)


@page(Verb.JUDGE_PLACE)
def listed(request: AtWorkRequest) -> HttpResponse:
    """List what is asked about schools of the area, the newest first; no child is named here."""
    note(request, "see hypotheses about places")
    found = hypotheses(most=MOST)
    return render(request, "places/hypotheses.html", {
        "at": request.at, "found": [(one, _stands(one)) for one in found], "within": WITHIN_DAYS, "least": AT_LEAST})


@page(Verb.JUDGE_PLACE)
def one(request: AtWorkRequest, hypothesis_id: UUID) -> HttpResponse:
    """Show one hypothesis with what it rests on, and ask what it is."""
    found = _found(hypothesis_id)
    firsts = first_signs_of(hypothesis_id)
    note(request, "see a hypothesis about a place", children=[first.person for first in firsts])
    posted = request.method == "POST"
    form = JudgeForm(request.POST if posted else None, found=found)
    if posted:
        try:
            if _judged(request, found, form, firsts):
                return redirect("hypothesis", hypothesis_id)
        except AlreadyJudged as refused:
            found = _found(hypothesis_id)
            form = JudgeForm.anew(request.POST, found=found, because=str(refused))
    return render(request, "places/hypothesis.html", {
        "at": request.at, "found": found, "form": form, "stands": _stands(found), "within": WITHIN_DAYS,
        "rows": _rows(firsts), "hidden": found.pupils - len(firsts), "weeks": _weeks(found),
        "chart": line_chart(_weeks(found, drawn=True), least_step=1),
        "judgements": [(said, STATE_WORDS[said.judged]) for said in judgements_of(hypothesis_id)],
        "silent": silent_of(hypothesis_id) if firsts else []}, status=422 if posted else 200)


@page(Verb.SEE_OVERSIGHT)
def counts(request: AtWorkRequest) -> HttpResponse:
    """Count hypotheses by council in the last year: of the own council, or of every one for the inspectorate."""
    note(request, "count hypotheses about places")
    since = request.at - COUNTED_FOR
    rows = [(one.council, one.found, one.waiting, one.confirmed, one.dismissed, one.gone,
             "None judged" if one.median_hours is None else round(one.median_hours))
            for one in hypothesis_counts(since=since)]
    return render(request, "places/counts.html", {"at": request.at, "since": since, "rows": rows})


def _found(hypothesis_id: UUID) -> HypothesisFacts:
    found = hypothesis(hypothesis_id)
    if found is None:
        raise Http404
    return found


def _judged(request: AtWorkRequest, found: HypothesisFacts, form: JudgeForm, firsts: list[FirstSignFacts]) -> bool:
    """Keep what the form says, and tell whether it could be kept; raises AlreadyJudged."""
    if form.is_of_another_time():
        raise AlreadyJudged
    if not form.is_valid():
        return False
    told = form.cleaned_data
    try:
        judge(acting=request.acting, hypothesis=found.id, judged=Judged(told["judged"]), reason=told["reason"],
              seen=found.judgements, grounds=found.number, at=request.at)
    except JudgementNeedsReason as refused:
        form.add_error(None, str(refused))
        return False
    note(request, "judge a hypothesis about a place", children=[first.person for first in firsts], writes=True)
    messages.success(request, f"Recorded: {STATE_WORDS[Judged(told['judged'])].lower()}")
    return True


def _stands(found: HypothesisFacts) -> tuple[str, str]:
    """Give how a hypothesis stands, in words and with the colour that repeats them."""
    if found.gone_at is not None:
        return "No longer follows", "grey"
    if found.judged is Judged.OPEN:
        return STATE_WORDS[Judged.OPEN], "orange"
    if found.added_since:
        return f"{STATE_WORDS[found.judged]}, and new facts since", "orange"
    return STATE_WORDS[found.judged], "blue" if found.judged is Judged.CONFIRMED else "grey"


def _rows(firsts: list[FirstSignFacts]) -> list[tuple[str, FirstSignFacts]]:
    names = names_of(first.person for first in firsts)
    return [(names.get(first.person, "Name not told"), first) for first in firsts]


def _weeks(found: HypothesisFacts, *, drawn: bool = False) -> list[Figure]:
    """Give first signs by week; the week of the arrival is marked, and nobody who arrived is named or counted."""
    arrival = "Arrival" if drawn else f"{found.from_on.day} {found.from_on:%B}, the week of the arrival"
    return [Figure(arrival if start == found.from_on else f"{start.day} {start:%b}" if drawn
                   else f"{start.day} {start:%B}", number, counted(number, "pupil"))
            for start, number in zip(week_starts(found.from_on), found.weeks, strict=True)]
