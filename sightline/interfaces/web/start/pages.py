"""The first page, one page for each story, and help."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.demonstration.stories import STORIES
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.interfaces.web.sign_in.demonstration import log_ins
from sightline.interfaces.web.start.shows import NOT_YET, WHO


def start(request: HttpRequest) -> HttpResponse:
    """Lead somebody at work to the inbox or the custody desk; show others what this is, and the stories there are."""
    acting = getattr(request, "acting", None)
    has_desk = acting is not None and acting.purpose == "custody" and may(acting.role, Verb.SEE_CUSTODY_DESK)
    if acting is not None and not settings.DEMONSTRATION and may(acting.role, Verb.SEE_QUEUE):
        return redirect("custody_desk" if has_desk else "inbox")
    return render(request, "start/start.html", {"stories": STORIES, "acting": acting, "has_desk": has_desk,
                                                "has_inbox": acting is not None and may(acting.role, Verb.SEE_QUEUE)})


def story(request: HttpRequest, code: str) -> HttpResponse:
    """Show one story: what happens, what must be seen, and where to look."""
    found = next((one for one in STORIES if one.code == code), None)
    if found is None:
        raise Http404
    return render(request, "start/story.html", {
        "story": found, "not_yet": NOT_YET.get(code, ""),
        "people": [officer for officer in log_ins() if officer.name in WHO.get(code, ())]})


def help_page(request: HttpRequest) -> HttpResponse:
    """Say how to work with the service, in one page."""
    return render(request, "start/help.html")
