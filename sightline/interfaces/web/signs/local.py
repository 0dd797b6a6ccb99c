"""See the local settings of signs: what is in force, its cases, its history; and review what somebody else wrote."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sightline.apps.signs.local import EditionFacts, SettingsRefused, edition, editions, review
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.signs.local import LocalSign, SettingsUnreadable, read_settings
from sightline.domain.vocabulary.moment import day_of
from sightline.interfaces.web.at_work import AtWorkRequest, note, page

MOST = 100


class ReviewForm(forms.Form):
    """Ask a second person whether settings take effect, and why."""

    outcome = forms.ChoiceField(
        label="What do you say of it?", widget=forms.RadioSelect,
        choices=[("applied", "Apply it from its day"), ("sent-back", "Send it back")],
        error_messages={"required": "Choose what you say of it"})
    reason = forms.CharField(label="Why?", max_length=2000, widget=forms.Textarea,
                             error_messages={"required": "Say in a sentence why"},
                             help_text="What you checked, and with whom. Name no real child.")


@page(Verb.SEE_SETTINGS)
def local_settings(request: AtWorkRequest) -> HttpResponse:
    """List the settings of all areas: those in force with their signs, those that wait, and those of before."""
    note(request, "see local settings")
    found = editions(on=day_of(request.at), most=MOST)
    return render(request, "signs/local.html", {
        "at": request.at, "in_force": [(one, _signs(one)) for one in found if one.holds],
        "waiting": [one for one in found if one.outcome is None],
        "others": [one for one in found if not one.holds and one.outcome is not None]})


@page(Verb.SEE_SETTINGS)
def one_edition(request: AtWorkRequest, settings_id: UUID) -> HttpResponse:
    """Show one edition with every sign and its cases, and let another manager of the council review it."""
    found = edition(settings_id, on=day_of(request.at))
    if found is None:
        raise Http404
    reviews = (found.outcome is None and may(request.acting.role, Verb.SWITCH_SIGN)
               and found.area_id == request.acting.agency and found.author_id != request.acting.officer)
    posted = request.method == "POST"
    form = ReviewForm(request.POST if posted else None)
    if posted and not reviews:
        raise Http404
    if posted and form.is_valid():
        applied = form.cleaned_data["outcome"] == "applied"
        try:
            review(acting=request.acting, settings_id=settings_id, applied=applied, reason=form.cleaned_data["reason"],
                   at=request.at)
        except SettingsRefused as refused:
            for words in refused.failing:
                form.add_error(None, words)
        else:
            note(request, "review local settings", writes=True)
            messages.success(request, f"Edition {found.edition}: {'applied' if applied else 'sent back'}")
            return redirect("local_edition", settings_id)
    note(request, "see local settings")
    return render(request, "signs/edition.html", {
        "at": request.at, "found": found, "signs": _signs(found), "form": form, "reviews": reviews},
        status=422 if posted else 200)


def _signs(found: EditionFacts) -> tuple[LocalSign, ...]:
    try:
        return read_settings(found.text).signs
    except SettingsUnreadable:
        return ()
