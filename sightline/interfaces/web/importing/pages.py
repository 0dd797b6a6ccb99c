"""Send a file, follow how far its reading has come, and get its faults to put right."""

import csv
import io

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline import flow
from sightline.apps.access.queries import agency_named
from sightline.apps.intake.queries import count_faults, faults_of, submission, submissions
from sightline.domain.access.roles import may_send
from sightline.domain.access.verbs import Verb
from sightline.domain.intake.feed import Feed
from sightline.domain.intake.feeds import FEEDS
from sightline.interfaces.jobs.story import read_file
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.importing.forms import UploadForm
from sightline.interfaces.web.importing.harmless import harmless
from sightline.interfaces.web.shown import PageOf

MOST_FILES = 50
FAULTS_A_PAGE = 50


@page(Verb.SEND_FILES)
def files(request: AtWorkRequest) -> HttpResponse:
    """Send a file, and see the newest ones of the agency."""
    form = UploadForm(request.POST or None, request.FILES or None, feeds=_feeds(request))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        id_ = flow.receive(stream=sent, feed=form.cleaned_data["feed"], agency=request.acting.agency,
                           officer=request.acting.officer, file_name=sent.name, at=request.at)
        read_file.defer(submission=id_)
        note(request, "send a file", writes=True, about={"submission": id_})
        return redirect("submission", id_)
    return render(request, "importing/files.html", {
        "form": form, "files": submissions(most=MOST_FILES), "feeds": FEEDS, "at": request.at,
        "agency": request.acting.agency_name}, status=422 if request.method == "POST" else 200)


@page(Verb.SEND_FILES)
def one_file(request: AtWorkRequest, submission_id: int) -> HttpResponse:
    """Show how far the reading of a file has come, and what was wrong with which rows."""
    file = submission(submission_id)
    if file is None:
        raise Http404
    number = int(request.GET.get("page", "1")) if request.GET.get("page", "1").isdigit() else 1
    total = count_faults(submission_id)
    found = faults_of(submission_id, most=FAULTS_A_PAGE, start=(number - 1) * FAULTS_A_PAGE)
    note(request, "see a file")
    return render(request, "importing/file.html", {
        "at": request.at, "file": file, "feed": FEEDS.get(file.feed), "faults": found, "total": total,
        "reading": file.state in ("waiting", "reading"), "pages": _pages(submission_id, number, total)})


@page(Verb.SEND_FILES)
def faults_file(request: AtWorkRequest, submission_id: int) -> HttpResponse:
    """Give a file's faults as CSV, harmless in a spreadsheet."""
    file = submission(submission_id)
    if file is None:
        raise Http404
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["row", "column", "value", "fault", "turned back"])
    for fault in faults_of(submission_id, most=100_000):
        rows.writerow([fault.row, harmless(fault.column), harmless(fault.value), harmless(fault.fault),
                       "yes" if fault.turns_back else "no"])
    note(request, "get a file's faults")
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers={
        "Content-Disposition": f'attachment; filename="faults-{submission_id}.csv"'})


def _feeds(request: AtWorkRequest) -> list[Feed]:
    """Give the feeds that the officer may send for the agency."""
    agency = agency_named(request.acting.agency_name)
    return [feed for feed in FEEDS.values() if may_send(request.acting.role, feed.name)
            and (agency is None or not feed.sent_by or agency.kind in feed.sent_by)]


def _pages(submission_id: int, number: int, total: int) -> PageOf | None:
    pages = -(-total // FAULTS_A_PAGE)
    href = f"{reverse('submission', args=[submission_id])}?page={{page}}"
    return PageOf(number, pages, href, (number - 1) * FAULTS_A_PAGE + 1, min(number * FAULTS_A_PAGE, total),
                  total) if pages > 1 else None
