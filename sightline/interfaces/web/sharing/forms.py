"""Ask for a decision to share or not, for its end, for what an agency did with it, and for a request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms

from sightline.apps.access.queries import AgencyFacts
from sightline.apps.disclosure.actions import Draft
from sightline.domain.disclosure.functions import can_be_told
from sightline.domain.disclosure.gateways import Gateway
from sightline.domain.disclosure.weighing import (
    LASTS,
    OUTCOME_WORDS,
    TOLD_WORDS,
    WHY_WORDS,
    WITHDRAWALS,
    Flaw,
    Outcome,
    ToldOf,
    Weighed,
    Why,
    flaws,
)
from sightline.domain.vocabulary.agency import AgencyKind
from sightline.domain.vocabulary.moment import day_of

YES_NO = [("yes", "Yes"), ("no", "No")]
LASTING = [(str(days), words) for days, words in (
    (30, "30 days"), (90, "90 days"), (LASTS.days, f"{LASTS.days} days, as usual"), (365, "A year"))]
CHECKED = [("today", "Yes, today, with who told it or in their record"),
           ("as told", "No: it goes as it was told to us")]
MANY = forms.CheckboxSelectMultiple


@dataclass(frozen=True, slots=True)
class Offered:
    """Hold what a form offers to choose from, and what stands filled in where a duty or a request asked for it."""

    agencies: Sequence[AgencyFacts]
    suggested: Sequence[AgencyFacts] = ()
    entries: Sequence[tuple[str, str]] = ()
    more: Sequence[tuple[str, str]] = ()
    signs: Sequence[tuple[str, str]] = ()
    signs_asked_for: bool = False
    about: str = ""
    request: UUID | None = None
    replaces: UUID | None = None
    sign_words: Mapping[str, str] = field(default_factory=dict)
    gateways: Sequence[Gateway] = ()


class ShareForm(forms.Form):
    """Ask for whom it is about telling, what for, what was weighed, what is decided and what is shared."""

    recipients = forms.MultipleChoiceField(label="Who is it about telling?", required=False, widget=MANY)
    other = forms.ChoiceField(label="Who is it about telling?", required=False)
    purpose = forms.CharField(
        label="What do they need it for?", max_length=2000, widget=forms.Textarea, required=False,
        help_text="What they are to do for the child. They read this.")
    facilitates = forms.ChoiceField(
        label="May it help them do that?", choices=YES_NO, widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it may help them"})
    facilitates_because = forms.CharField(label="How, or why not?", max_length=1000, required=False)
    harms = forms.ChoiceField(
        label="Would it harm the child more to share it than not to?", choices=YES_NO, widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it would harm the child more"})
    harms_because = forms.CharField(label="Why, or why not?", max_length=1000, required=False)
    outcome = forms.ChoiceField(
        label="What do you decide?", choices=[(one.value, words) for one, words in OUTCOME_WORDS.items()],
        widget=forms.RadioSelect, error_messages={"required": "Choose whether to share"},
        help_text="Not sharing is kept in the same way, with your reasons.")
    entries = forms.MultipleChoiceField(label="What do you share?", required=False, widget=MANY)
    more = forms.MultipleChoiceField(label="More of the record", required=False, widget=MANY)
    signs = forms.MultipleChoiceField(label="Warning signs", required=False, widget=MANY)
    summary = forms.CharField(
        label="A summary in your words", max_length=4000, required=False, widget=forms.Textarea,
        help_text="Leave it empty where the entries say enough. Leave out addresses and names of people who could be"
                  " harmed.")
    gateway = forms.ChoiceField(label="By which law?", required=False, widget=forms.RadioSelect)
    told = forms.ChoiceField(
        label="Who of the family has been told that you share it?", required=False, widget=forms.RadioSelect,
        choices=[(one.value, words) for one, words in TOLD_WORDS.items()],
        help_text="Consent is not needed where a child is at risk. Being told is right unless it makes the risk worse.")
    told_because = forms.CharField(label="Why was nobody told?", max_length=1000, required=False)
    checked = forms.ChoiceField(
        label="Have you made sure that it is still right?", choices=CHECKED, required=False, widget=forms.RadioSelect)
    leak_harms = forms.CharField(
        label="Who could be harmed if it went further?", max_length=1000, required=False,
        help_text="A parent in hiding, a foster carer, somebody who told us; or nobody.")
    lasts = forms.ChoiceField(
        label="For how long?", choices=LASTING, required=False, initial=str(LASTS.days),
        help_text="After that they see it no more, and are asked to remove their copies.")
    words = forms.CharField(
        label="What do you answer them?", max_length=2000, required=False, widget=forms.Textarea,
        help_text="They read this, whatever you decide. Where you do not share, it is the reason that they get.")

    def __init__(self, posted: object = None, *, offered: Offered, now: datetime) -> None:
        super().__init__(posted, auto_id="share-%s")  # type: ignore[arg-type]
        self.offered, self.now = offered, now
        suggested = {one.id for one in offered.suggested}
        self._choose("recipients", [(str(one.id), one.name) for one in offered.suggested])
        self._choose("other", [("", "Choose an agency"), *(
            (str(one.id), one.name) for one in offered.agencies
            if one.id not in suggested and can_be_told(AgencyKind(one.kind)))])
        self._choose("gateway", [(one.code, one.title) for one in offered.gateways])
        for name, choices in (("entries", offered.entries), ("more", offered.more), ("signs", offered.signs)):
            self._choose(name, choices)
        self.initial = {
            "recipients": [str(id_) for id_ in suggested], "entries": [id_ for id_, _ in offered.entries],
            "signs": [code for code, _ in offered.signs] if offered.signs_asked_for else []}
        for name in [name for name in ("recipients", "entries", "more", "signs")
                     if not self.fields[name].choices]:  # type: ignore[attr-defined]
            del self.fields[name]
        if offered.request is None:
            del self.fields["words"]
        if offered.suggested:
            self.fields["other"].label = "Somebody else too"

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Say what is missing, each beside its question."""
        told: dict[str, Any] = super().clean() or {}
        if self.errors:
            return told
        found = flaws(self.weighed(), at=self.now)
        if self.weighed().outcome is not Outcome.REFUSE and not told.get("checked"):
            found.append(Flaw("checked", "Say whether you have made sure that it is still right"))
        if "words" in self.fields and not told["words"].strip():
            found.append(Flaw("words", "Say what you answer them"))
        places = {"recipients": "recipients" if "recipients" in self.fields else "other",
                  "entries": "entries" if "entries" in self.fields else "summary"}
        for flaw in found:
            self.add_error(places.get(flaw.question, flaw.question), flaw.words)
        return told

    def recipients_chosen(self) -> list[AgencyFacts]:
        """Give the agencies that were chosen."""
        told = self.cleaned_data
        ids = {*told.get("recipients", ()), told["other"]}
        return [one for one in self.offered.agencies if str(one.id) in ids]

    def weighed(self) -> Weighed:
        """Give what was weighed and decided."""
        told = self.cleaned_data
        shares = Outcome(told["outcome"]) is not Outcome.REFUSE
        things = [*told.get("entries", ()), *told.get("more", ()), *told.get("signs", ()), *told["summary"].split()[:1]]
        return Weighed(
            outcome=Outcome(told["outcome"]),
            recipients=tuple(AgencyKind(one.kind) for one in self.recipients_chosen()), items=len(things),
            purpose=told["purpose"].strip(), gateway=told["gateway"] if shares else "",
            facilitates=told["facilitates"] == "yes", facilitates_because=told["facilitates_because"].strip(),
            harms=told["harms"] == "yes", harms_because=told["harms_because"].strip(),
            told=ToldOf(told["told"]) if told["told"] and shares else None, told_because=told["told_because"].strip(),
            checked_on=day_of(self.now) if told["checked"] == "today" and shares else None,
            leak_harms=told["leak_harms"].strip(),
            until=self.now + timedelta(days=int(told["lasts"] or LASTS.days)) if shares else None)

    def draft(self, person: UUID) -> Draft:
        """Give the whole as it is recorded; what is held back by a refusal is kept as what it was about."""
        told, offered = self.cleaned_data, self.offered
        return Draft(
            person=person, weighed=self.weighed(), recipients=self.recipients_chosen(),
            entries=[UUID(id_) for id_ in (*told.get("entries", ()), *told.get("more", ()))],
            signs=[(code, offered.sign_words[code]) for code in told.get("signs", ())], summary=told["summary"].strip(),
            words=told.get("words", "").strip(), about=offered.about, request=offered.request,
            replaces=offered.replaces)


class EndForm(forms.Form):
    """Ask why something that was shared is taken back."""

    why = forms.ChoiceField(
        label="Why do you take it back?", widget=forms.RadioSelect,
        choices=[(one.value, WHY_WORDS[one].capitalize()) for one in WITHDRAWALS],
        error_messages={"required": "Choose why you take it back"})
    words = forms.CharField(label="What happened?", max_length=1000, widget=forms.Textarea,
                            help_text="Kept with the decision. Who was told is told why, without these words.",
                            error_messages={"required": "Say in a sentence what happened"})

    def __init__(self, posted: object = None) -> None:
        super().__init__(posted, auto_id="end-%s")  # type: ignore[arg-type]

    @property
    def reason(self) -> Why:
        """Give why."""
        return Why(self.cleaned_data["why"])


class ReceiptForm(forms.Form):
    """Ask what an agency did with what it was told."""

    words = forms.CharField(label="What do you do with it?", max_length=1000, widget=forms.Textarea,
                            error_messages={"required": "Say in a sentence what you do with it"})

    def __init__(self, posted: object = None, *, removing: bool = False) -> None:
        super().__init__(posted, auto_id="receipt-%s")  # type: ignore[arg-type]
        if removing:
            self.fields["words"].label = "Where were your copies, and who removed them?"
            self.fields["words"].error_messages["required"] = "Say where your copies were, and who removed them"


class RequestForm(forms.Form):
    """Ask what an agency needs to know, and what for."""

    wanted = forms.CharField(label="What do you need to know?", max_length=1000, widget=forms.Textarea,
                             error_messages={"required": "Say what you need to know"})
    purpose = forms.CharField(label="What do you need it for?", max_length=1000, widget=forms.Textarea,
                              error_messages={"required": "Say what you need it for"})

    def __init__(self, posted: object = None) -> None:
        super().__init__(posted, auto_id="request-%s")  # type: ignore[arg-type]


class ShieldForm(forms.Form):
    """Ask why a child's whereabouts are kept confidential, or are so no more."""

    reasons = forms.CharField(label="Why?", max_length=1000, widget=forms.Textarea,
                              error_messages={"required": "Say in a sentence why"})

    def __init__(self, posted: object = None) -> None:
        super().__init__(posted, auto_id="shield-%s")  # type: ignore[arg-type]
