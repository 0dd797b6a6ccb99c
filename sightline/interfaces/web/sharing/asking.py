"""The stranger's question: ask whether a child is known, and see as the duty desk who asked."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from sightline.apps.access.queries import AgencyFacts, agencies
from sightline.apps.disclosure.asking import NotForThisAgency, ask_if_known
from sightline.apps.disclosure.queries import asked_after, question
from sightline.apps.people.queries import names_of
from sightline.domain.access.verbs import Verb
from sightline.domain.disclosure.asking import ANSWERS, NO_PROOF, Answered
from sightline.domain.vocabulary.identity import Identity
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.child.forms import FindForm

PHONE = re.compile(r"\+?[0-9][0-9 ]{5,18}")


class KnownForm(FindForm):
    """Ask for the child as one asks for it on the street, why, where one stands, and where one can be rung."""

    because = forms.CharField(
        label="Why do you ask?", max_length=500, widget=forms.Textarea,
        help_text="What you see, in a sentence. Do not write the child’s name.",
        error_messages={"required": "Say in a sentence why you ask"})
    here = forms.ChoiceField(label="Which council’s area are you in?",
                             error_messages={"required": "Choose in which council’s area you are"})
    ring_back = forms.CharField(label="On which number can you be rung?", max_length=20,
                                widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
                                error_messages={"required": "Enter the number on which you can be rung"})

    def __init__(self, posted: object = None, *, councils: list[AgencyFacts]) -> None:
        super().__init__(posted)  # type: ignore[arg-type]
        self.fields["here"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"), *((str(one.id), one.name) for one in councils)]

    def clean_ring_back(self) -> str:
        """Refuse what nobody can ring."""
        number = str(self.cleaned_data["ring_back"]).strip()
        if not PHONE.fullmatch(number):
            raise forms.ValidationError("Enter a telephone number, such as 07700 900123")
        return number

    def asked(self) -> Identity:
        """Give whom it is asked after."""
        told: dict[str, Any] = self.cleaned_data
        return Identity("", "", given=told["given"] or None, family=told["family"] or None, born_on=told["born_on"],
                        identifiers=self.identifiers())


@page(Verb.ASK_IF_KNOWN)
def known(request: AtWorkRequest) -> HttpResponse:
    """Answer yes, no or ring, and whom to ring; what is asked never stands in an address, and nothing of it is kept."""
    every = agencies()
    form = KnownForm(request.POST or None, councils=[one for one in every if one.kind == "council"])
    reply = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            reply = ask_if_known(form.asked(), because=told["because"], here=int(told["here"]),
                                 ring_back=told["ring_back"], at=request.at)
        except NotForThisAgency:
            raise PermissionDenied from None
        note(request, "ask if a child is known", writes=True, about={"question": str(reply.question)})
    return render(request, "sharing/known.html", {
        "at": request.at, "form": form, "reply": reply, "answers": ANSWERS, "no_proof": NO_PROOF,
        "on_railway": any(one.id == request.acting.agency and one.kind == "transport-police" for one in every),
        "told": reply is not None and reply.answer in (Answered.YES, Answered.RING),
    }, status=422 if request.method == "POST" and reply is None else 200)


@page(Verb.SEE_QUEUE)
def one_question(request: AtWorkRequest, question_id: UUID) -> HttpResponse:
    """Show the desk that was told, and the agency that asked, who asked, when and why."""
    found = question(question_id)
    if found is None:
        raise Http404
    names = names_of(asked_after(question_id))
    note(request, "see who asked", children=names)
    return render(request, "sharing/question.html", {
        "at": request.at, "asked": found, "names": names, "answer": ANSWERS[Answered(found.answer)],
        "own": found.agency_id == request.acting.agency})
