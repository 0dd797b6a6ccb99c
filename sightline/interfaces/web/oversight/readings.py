"""See how readings of everybody went, and what a change of the rule book would do before it holds."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sightline.apps.population.actions import ASKED, ask
from sightline.apps.population.queries import RunFacts, counts_of, run_of, runs
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.operations.counted import FEWEST_SHOWN
from sightline.domain.signs.catalogue import BY_CODE
from sightline.domain.signs.comparing import Change, for_outsiders, totals
from sightline.interfaces.jobs.population import ask_to_carry
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.moments import moment_in_words
from sightline.interfaces.web.oversight.forms import PreviewForm

MOST_RUNS = 30
FEWER = f"Fewer than {FEWEST_SHOWN}"
SHOWN_FOR = "{code} shown for {days} days instead of {before}"


@page(Verb.SEE_OVERSIGHT)
def readings(request: AtWorkRequest) -> HttpResponse:
    """List the last readings of everybody, and ask for a preview of a change."""
    note(request, "see readings of everybody")
    asks = may(request.acting.role, Verb.SEE_CHILD)
    form = PreviewForm(request.POST if asks and request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        run = ask(because=ASKED, at=request.at, change=form.change(), agency=request.acting.agency,
                  officer=request.acting.officer)
        ask_to_carry()
        note(request, "ask for a preview", writes=True, about={"run": run})
        messages.success(request, "Everybody is being read. Nothing changes by it")
        return redirect("reading", run)
    found = runs(most=MOST_RUNS)
    return render(request, "oversight/readings.html", {
        "at": request.at, "form": form, "asks": asks,
        "checks": [(one, how_it_went(one)) for one in found if one.kind == "check"],
        "previews": [(one, say_change(one.change)) for one in found if one.kind == "preview"],
    }, status=422 if form.is_bound else 200)


@page(Verb.SEE_OVERSIGHT)
def reading(request: AtWorkRequest, run: int) -> HttpResponse:
    """Show one reading of everybody: how it went, and by sign and council who gained and who lost one."""
    note(request, "see a reading of everybody")
    found = run_of(run)
    if found is None:
        raise Http404
    counts = counts_of(run)
    outside = not may(request.acting.role, Verb.SEE_CHILD)
    counts = for_outsiders(counts) if outside else counts
    rows = [(code, council, _number(one.gained, FEWER), _number(one.lost, FEWER))
            for (code, council), one in sorted(counts.items())]
    whole = [(_sign(code), _number(one.gained, "Not told"), _number(one.lost, "Not told"))
             for code, one in sorted(totals(counts).items())]
    return render(request, "oversight/reading.html", {
        "at": request.at, "run": found, "change": say_change(found.change), "rows": rows, "whole": whole,
        "facts": _facts(found), "outside": outside, "fewest": FEWEST_SHOWN, "stands": how_it_went(found)})


def how_it_went(run: RunFacts) -> tuple[str, str]:
    """Say how a run went, with the colour that repeats it."""
    if run.done_at is None:
        return ("Not begun yet", "grey") if run.partitions is None else ("Not finished", "orange")
    if run.unread:
        return "Children could not be read", "red"
    if run.kind == "preview":
        return "Finished", "green"
    return ("Children differed without a reason", "red") if run.differed else ("Nothing differed unexplained", "green")


def say_change(change: Change | None) -> str:
    """Say in words what a preview tries; a sign that is no longer in the rule book is named by its code."""
    if change is None:
        return ""
    said = [f"{_sign(code)}, taken out of the rule book" for code in sorted(change.without)]
    for code, days in sorted((change.shown_days or {}).items()):
        before = BY_CODE[code].shown_days if code in BY_CODE else "unknown"
        said.append(SHOWN_FOR.format(code=_sign(code), days=days, before=before))
    return "; ".join(said)


def _facts(run: RunFacts) -> list[tuple[str, object]]:
    lasted = "Not finished" if run.seconds is None else f"{run.seconds:.0f} seconds"
    told: list[tuple[str, object]] = [
        ("Asked for", moment_in_words(run.asked_at)), ("Because of", run.because), ("It lasted", lasted),
        ("Shares read", f"{run.done} of {run.partitions}" if run.partitions else "None yet"),
        ("Children read", run.children), ("Entries read", run.entries),
        ("Children left to a reading that waits for them", run.waiting),
        ("Children who could not be read, because the program failed on their records", run.unread)]
    if run.kind == "check":
        told += [("Children who differ by a new edition of the rules", run.by_rules),
                 ("Children who differ although neither records nor rules changed", run.differed)]
    return told


def _sign(code: str) -> str:
    return f"{code} {BY_CODE[code].title}" if code in BY_CODE else code


def _number(number: int | None, otherwise: str) -> object:
    return otherwise if number is None else number
