"""See what and whom a child was met with, two steps at the most; confirm a link, or dismiss it with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sightline.apps.circle.actions import LinkRefused, judge_link
from sightline.apps.circle.queries import CircleFacts, circle_seen, judgements_of_link, link_seen
from sightline.apps.people.queries import names_of
from sightline.domain.access.verbs import Verb
from sightline.domain.circle.judging import STATE_WORDS, Judged
from sightline.domain.vocabulary.moment import day_of
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.circle.drawing import draw
from sightline.interfaces.web.circle.forms import LinkForm
from sightline.interfaces.web.circle.showing import drawn, in_words, links_shown


@page(Verb.JUDGE_LINK)
def circle(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Show a child's circle as a picture and as a table."""
    on = day_of(request.at)
    facts = circle_seen(person, on=on)
    if facts is None:
        raise Http404
    seen = _seen(facts)
    note(request, "see a child's circle", children=[person, *seen])
    names = names_of([person, *seen])
    links = links_shown(facts, person=person, names=names, on=on)
    now = [link for link in links if not link.ended and link.judged is not Judged.DISMISSED]
    return render(request, "circle/circle.html", {
        "at": request.at, "person": person, "name": names.get(person, "Name not told"), "now": now,
        "dismissed": [link for link in links if link.judged is Judged.DISMISSED],
        "ended": [link for link in links if link.ended and link.judged is not Judged.DISMISSED],
        "drawing": draw(drawn(facts, names=names, on=on)), "in_words": in_words(links),
        "left_out": facts.circle.left_out})


@page(Verb.JUDGE_LINK)
def link(request: AtWorkRequest, touch_id: UUID) -> HttpResponse:
    """Show one link, and ask what it is."""
    on = day_of(request.at)
    found = link_seen(touch_id, on=on)
    if found is None:
        raise Http404
    person, hub, facts = found
    seen = _seen(facts)
    note(request, "see a link in a child's circle", children=[person, *seen])
    said = facts.links[hub]
    posted = request.method == "POST"
    form = LinkForm(request.POST if posted else None, said=said)
    if posted and form.is_valid():
        told = form.cleaned_data
        try:
            judge_link(acting=request.acting, touch=touch_id, judged=Judged(told["judged"]), reason=told["reason"],
                       seen=told["seen"], at=request.at)
        except LinkRefused as refused:
            form.add_error(None, str(refused))
        else:
            changed(request, "judge a link", child=person)
            messages.success(request, f"Recorded: {STATE_WORDS[Judged(told['judged'])].lower()}")
            return redirect("circle", person)
    names = names_of([person, *seen])
    shown = next(one for one, edge in zip(
        links_shown(facts, person=person, names=names, on=on), facts.circle.edges, strict=True) if edge.hub == hub)
    return render(request, "circle/link.html", {
        "at": request.at, "person": person, "name": names.get(person, "Name not told"), "link": shown, "form": form,
        "judgements": [(one, STATE_WORDS[one.judged]) for one in judgements_of_link(touch_id)]},
        status=422 if posted else 200)


def _seen(facts: CircleFacts) -> list[UUID]:
    return [id_ for child in sorted(facts.circle.children) if (id_ := facts.person(child)) is not None]
