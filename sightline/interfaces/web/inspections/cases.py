"""Read a drawn case, look back on it, grade it by topic, and settle what two auditors see differently."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.apps.insight import inspecting
from sightline.apps.insight.inspecting import InspectionRefused
from sightline.apps.insight.inspection_queries import (
    CaseFacts,
    InspectionFacts,
    case_at,
    disagreements,
    grades_of,
)
from sightline.apps.people.queries import resolved, said_of
from sightline.apps.record.queries import told_of
from sightline.apps.signs.queries import reading_of
from sightline.domain.access.verbs import Verb
from sightline.domain.vocabulary.moment import day_of
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.child.showing import by_month, child_shown, entries_shown, said_rows, sign_shown
from sightline.interfaces.web.inspections.forms import GradeForm, SettleForm
from sightline.interfaces.web.inspections.pages import inspection_or_404
from sightline.interfaces.web.inspections.showing import measured_words, topics_of
from sightline.interfaces.web.lookback.pages import looked_back
from sightline.interfaces.web.lookback.picture import picture
from sightline.interfaces.web.lookback.showing import back_shown
from sightline.interfaces.web.shown import Tab

MOST_ENTRIES = 1_000
TABS = (("inspected_case", "The record"), ("inspected_back", "Look back"), ("grade_case", "Grades"))


@page(Verb.INSPECT_CASES)
def record(request: AtWorkRequest, inspection_id: UUID, place: int) -> HttpResponse:
    """Show the record of a drawn child, to read only."""
    found, case = case_or_404(inspection_id, place)
    person = _person(found, case)
    if person is None:
        return _closed(request, found, case, "inspected_case")
    note(request, "read a drawn case", children=[person])
    said, told = said_of([person]).get(person, []), told_of(person, most=MOST_ENTRIES)
    on_page = frozenset(one.entry.id for one in told)
    _, signs = reading_of(person)
    return render(request, "inspections/case.html", {
        **_around(found, case, "inspected_case"), "at": request.at,
        "child": child_shown(said, told, on=day_of(request.at), whole=True), "said": said_rows(said),
        "signs": [sign_shown(one, on_page=on_page, may_close=False, at=request.at)
                  for one in signs if one.closed is None],
        "closed": [(sign_shown(one, on_page=on_page, may_close=False, at=request.at), one.closed)
                   for one in signs if one.closed],
        "months": by_month(entries_shown(told)), "measured": measured_words(case)})


@page(Verb.INSPECT_CASES)
def back(request: AtWorkRequest, inspection_id: UUID, place: int) -> HttpResponse:
    """Look back on a drawn child, with the rules of today."""
    found, case = case_or_404(inspection_id, place)
    person = _person(found, case)
    if person is None:
        return _closed(request, found, case, "inspected_back")
    note(request, "look back on a drawn case", children=[person])
    seen = looked_back(person, rules="today", until=request.at)
    return render(request, "inspections/back.html", {
        **_around(found, case, "inspected_back"), "at": request.at, "found": seen, "shown": back_shown(seen),
        "picture": picture(seen)})


@page(Verb.INSPECT_CASES)
def graded(request: AtWorkRequest, inspection_id: UUID, place: int) -> HttpResponse:
    """Show what was said of a case, as far as the viewer may see it, and take the viewer's own grades."""
    found, case = case_or_404(inspection_id, place)
    note(request, "grade a drawn case", children=[case.person])
    given, topics, viewer = grades_of(case.id), topics_of(found), request.acting.officer
    kept = {one.topic: (one.grade, one.reasons) for one in given if one.auditor == viewer and one.newest}
    reads = viewer in (case.first, case.second)
    open_to_me = reads and found.open and not (case.second and case.whole)
    posted = request.method == "POST"
    form = GradeForm(request.POST if posted else None, topics=topics, grades=found.grades, kept=kept)
    if posted and form.is_valid():
        try:
            number = inspecting.grade(acting=request.acting, case=case, said=form.said(), at=request.at)
        except InspectionRefused as refused:
            form.add_error(None, str(refused))
        else:
            note(request, "grade a drawn case", writes=True)
            messages.success(request, "Your grades are kept" if number else "Nothing had changed")
            return redirect("inspection", found.id)
    titles = {topic.code: topic.title for topic in topics}
    return render(request, "inspections/grade.html", {
        **_around(found, case, "grade_case"), "form": form if open_to_me or posted else None, "at": request.at,
        "given": [(titles.get(one.topic, one.topic), one) for one in reversed(given)], "reads": reads,
        "waits": reads and not case.whole and len(kept) == len(topics)}, status=422 if posted else 200)


@page(Verb.INSPECT_CASES)
def settled(request: AtWorkRequest, inspection_id: UUID, place: int, topic: str) -> HttpResponse:
    """Show what two auditors said of a topic of a case, and take which grade stands, with the reasons."""
    found, case = case_or_404(inspection_id, place)
    differ = next((one for one in disagreements(found.id) if (one.place, one.topic) == (place, topic)), None)
    if differ is None:
        raise Http404
    note(request, "settle a grade", children=[case.person])
    posted = request.method == "POST"
    form = SettleForm(request.POST if posted else None, grades=found.grades)
    if form.is_valid():
        told = form.cleaned_data
        try:
            inspecting.settle(acting=request.acting, found=found, case=case.id, topic=topic, given=told["grade"],
                              reasons=told["reasons"], at=request.at)
        except InspectionRefused as refused:
            form.add_error(None, str(refused))
        else:
            note(request, "settle a grade", writes=True)
            messages.success(request, "The grade stands")
            return redirect("inspection_results", found.id)
    title = next((one.title for one in topics_of(found) if one.code == topic), topic)
    return render(request, "inspections/settle.html", {
        "found": found, "case": case, "differ": differ, "topic": title, "form": form,
        "own": request.acting.officer in (case.first, case.second)}, status=422 if posted else 200)


def case_or_404(inspection_id: UUID, place: int) -> tuple[InspectionFacts, CaseFacts]:
    """Give a drawn case with its inspection, which is the viewer's inspectorate's. Raises Http404."""
    found = inspection_or_404(inspection_id)
    case = case_at(found.id, place)
    if case is None:
        raise Http404
    return found, case


def _person(found: InspectionFacts, case: CaseFacts) -> UUID | None:
    """Give the person that stands for the drawn child now, or None where the inspection has ended."""
    return resolved(case.person) if found.open else None


def _around(found: InspectionFacts, case: CaseFacts, here: str) -> dict[str, object]:
    """Give what stands around each page of a case."""
    tabs = [Tab(words, reverse(name, args=[found.id, case.place]), name == here) for name, words in TABS]
    return {"inspection": found, "case": case, "tabs": tabs}


def _closed(request: AtWorkRequest, found: InspectionFacts, case: CaseFacts, here: str) -> HttpResponse:
    note(request, "read a drawn case")
    return render(request, "inspections/closed.html", _around(found, case, here))
