"""Show which agencies' feeds have told nothing for longer than is usual for them."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render

from sightline.apps.access.queries import around
from sightline.apps.intake.listening import SilentFeed, heard_feeds, silent_feeds
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.moments import counted, moment_in_words
from sightline.interfaces.web.silent.words import feed_title

DAY = timedelta(days=1)


@page(Verb.SEE_OVERSIGHT)
def silent(request: AtWorkRequest) -> HttpResponse:
    """Show the own agency's feeds and those of the agencies around it; an inspector sees all."""
    note(request, "see which feeds fell silent")
    agency = request.acting.agency
    of = [agency, *(id_ for id_, _ in around(agency).agencies)] if may(request.acting.role, Verb.SEE_QUEUE) else None
    heard = [(name, feed_title(feed), moment_in_words(last), moment_in_words(until) if until else
              "It has come on too few days to know")
             for name, feed, last, until in heard_feeds(of, at=request.at)]
    return render(request, "silent/silent.html", {
        "agency": request.acting.agency_name, "all": of is None, "heard": heard,
        "silent": [_row(one) for one in silent_feeds(of, at=request.at)]})


def _row(one: SilentFeed) -> tuple[object, ...]:
    return (one.agency_name, feed_title(one.feed), moment_in_words(one.last_at), _usual(one.usual),
            moment_in_words(one.silent_at))


def _usual(usual: timedelta | None) -> str:
    """Say how often something usually comes, in open days."""
    days = 0 if usual is None else round(usual / DAY)
    return "Every day" if days <= 1 else f"Every {counted(days, 'open day', 'open days')}"
