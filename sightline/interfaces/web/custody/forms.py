"""Ask what the gate needs to know of a release, and what was seen of the journey; each form is one act."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from sightline.domain.custody.plan import By, Receiver
from sightline.interfaces.web.custody.saving import TypedForm
from sightline.interfaces.web.moment_field import MomentField

BOTH = "Enter the time too: the minute matters here"
WAYS = [(by.value, by.value.capitalize()) for by in By]
ADULT_IS = [(Receiver.PARENT.value, "Parent or guardian"), (Receiver.ADULT.value, "Another adult")]
ITS_POSTCODE = "With its postcode where you know it: then the distance and the areas are shown"
MEETS = [("suite", "Comes to the custody suite and takes the child over there"),
         ("journey", "Waits at the end of a journey")]


class InstantField(MomentField):
    """Ask for a day and a time of day: both are needed."""

    def compress(self, data_list: Any) -> datetime | None:
        """Join the boxes into an instant, or say what is missing."""
        told = super().compress(data_list)
        if told is not None and not isinstance(told, datetime):
            raise forms.ValidationError(BOTH)
        return told


class ActForm(TypedForm):
    """Ask for one act of a release; `at` is when it was, where a form asks that, and never later than now."""

    def __init__(self, posted: Mapping[str, Any] | None = None, *, now: datetime, filled: object = None) -> None:
        initial = {"at": now, **(filled if isinstance(filled, dict) else {})}
        super().__init__(posted, initial=initial, auto_id=f"{self.name}-%s")
        self.now = now

    def clean_at(self) -> datetime:
        """Refuse what has not happened yet."""
        at: datetime = self.cleaned_data["at"]
        if at > self.now:
            raise forms.ValidationError("This has not happened yet. Enter when it was")
        return at


class AssessForm(ActForm):
    """Ask for the risk assessment."""

    name = "assess"
    words = forms.CharField(
        label="What did you find, with the child in front of you?", max_length=4000, widget=forms.Textarea,
        help_text="Injuries, mood, drugs or alcohol, self-harm, debts or threats, who is feared, what the child said.",
        error_messages={"required": "Say what you found, with the child in front of you"})
    at = InstantField(label="When was it?", help_text="")


class AdultForm(ActForm):
    """Ask who receives the child, and how that adult was checked."""

    name = "adult"
    adult = forms.CharField(label="Full name of the adult", max_length=200,
                            error_messages={"required": "Enter the full name of the adult"})
    phone = forms.CharField(label="Telephone", max_length=40,
                            error_messages={"required": "Enter a telephone number: somebody must ring on arrival"})
    receiver = forms.ChoiceField(label="What is the adult to the child?", choices=ADULT_IS, widget=forms.RadioSelect,
                                 error_messages={"required": "Choose what the adult is to the child"})
    relation = forms.CharField(label="In the child’s words", max_length=100, help_text="Mother, aunt, foster carer",
                               error_messages={"required": "Say what the adult is to the child: mother, aunt"})
    meets = forms.ChoiceField(label="Where does the adult take the child over?", choices=MEETS,
                              widget=forms.RadioSelect,
                              error_messages={"required": "Choose where the adult takes the child over"})
    checked = forms.CharField(
        label="How did you check the adult?", max_length=2000, required=False, widget=forms.Textarea,
        help_text="For another adult than a parent: police national computer, local intelligence, and what they show.")
    at_least_18 = forms.BooleanField(label="The adult is at least 18", required=False)
    known_to_child = forms.BooleanField(label="The child or a parent knows the adult", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the checks where the adult is no parent."""
        told = dict(super().clean() or {})
        if told.get("receiver") == Receiver.ADULT.value and not (
                told.get("checked") and told.get("at_least_18") and told.get("known_to_child")):
            self.add_error("checked", "Check another adult first: age, police records, and whether the child or a "
                                      "parent knows the adult. Where there is a risk, ask the council instead")
        return told


class AcceptedForm(ActForm):
    """Ask when and how the adult accepted."""

    name = "accepted"
    how = forms.CharField(label="How did the adult accept?", max_length=300, help_text="By telephone to you, in person",
                          error_messages={"required": "Say how the adult accepted"})
    at = InstantField(label="When was it?", help_text="")


class AgencyForm(ActForm):
    """Ask which accepted offer it is."""

    name = "agency"
    transfer = forms.UUIDField(widget=forms.HiddenInput)


class LegForm(ActForm):
    """Ask for one leg of the journey."""

    name = "leg"
    by = forms.ChoiceField(label="How does the child travel?", choices=[("", "Choose"), *WAYS],
                           error_messages={"required": "Choose how the child travels"})
    escort = forms.CharField(label="Who travels with the child?", max_length=200, required=False,
                             help_text="Name and collar number, or the adult’s name. Empty means alone.")
    start = forms.CharField(label="From", max_length=200, help_text=ITS_POSTCODE,
                            error_messages={"required": "Enter where it begins"})
    departs_at = InstantField(label="When does it depart?", help_text="")
    end = forms.CharField(label="To", max_length=200, help_text=ITS_POSTCODE,
                          error_messages={"required": "Enter where it ends"})
    arrives_at = InstantField(label="When does it arrive?", help_text="As planned. An hour later, silence is an alarm.")

    def clean(self) -> dict[str, Any]:
        """Refuse a leg that arrives before it departs, and a police vehicle without its officers."""
        told = dict(super().clean() or {})
        if told.get("departs_at") and told.get("arrives_at") and told["arrives_at"] <= told["departs_at"]:
            self.add_error("arrives_at", "The leg must arrive after it departs")
        if told.get("by") == By.POLICE.value and not told.get("escort"):
            self.add_error("escort", "Name the officers who drive")
        return told


class TakeOutForm(ActForm):
    """Ask which leg is taken out."""

    name = "take-out"
    leg = forms.IntegerField(widget=forms.HiddenInput)


class HomeForm(ActForm):
    """Ask who at the home council was told."""

    name = "home"
    whom = forms.CharField(label="Whom did you tell?", max_length=200,
                           help_text="Name and team; at night the council’s out-of-hours team",
                           error_messages={"required": "Enter the name of whom you told"})
    at = InstantField(label="When was it?", help_text="")


class ReasonForm(ActForm):
    """Ask for a reason."""

    reason = forms.CharField(label="Why?", max_length=2000, widget=forms.Textarea,
                             error_messages={"required": "Say why"})


class OverrideForm(ReasonForm):
    """Ask an inspector why the child may travel alone."""

    name = "override"
    at = InstantField(label="When did you decide?", help_text="")


class CallOffForm(ReasonForm):
    """Ask why the release is called off."""

    name = "call-off"


class ReleaseForm(ActForm):
    """Ask when the child left custody."""

    name = "release"
    at = InstantField(label="When did the child leave custody?", help_text="")


class DepartedForm(ActForm):
    """Ask who saw the child depart."""

    name = "departed"
    said_by = forms.CharField(label="Who saw the child depart?", max_length=200,
                              error_messages={"required": "Enter the name of who saw the child depart"})
    at = InstantField(label="When did they depart?", help_text="")


class LaterForm(ActForm):
    """Ask when the child is expected instead, and why."""

    name = "later"
    said_by = forms.CharField(label="Who says so?", max_length=200,
                              error_messages={"required": "Enter the name of who says so"})
    expected_at = InstantField(label="When is the child expected now?", help_text="")
    reason = forms.CharField(label="Why?", max_length=1000, error_messages={"required": "Say why"})


ARRIVED_HOW = (("Arrived: I rang the number above", "rang the number that was given, and they said so"),
               ("Arrived: they stand before me", "they stand before who recorded it, with the child"))
"""What one press says of how it is known; anything else is written."""
KNOWN_BY = frozenset(says for _, says in ARRIVED_HOW)


class ArrivedForm(ActForm):
    """Ask who has the child now."""

    name = "arrived"
    said_by = forms.CharField(label="Who says that the child has arrived?", max_length=200,
                              help_text="The adult or worker who has the child with them now",
                              error_messages={"required": "Enter the name of who has the child now"})
    how = forms.CharField(label="How do you know that it is they?", max_length=300, required=False,
                          help_text="You rang the number above; they stand before you")
    at = InstantField(label="When did the child arrive?", help_text="")

    def clean_how(self) -> str:
        """Take what is written, else what the button that was pressed says."""
        pressed = self.data.get("known_by", "")
        how: str = self.cleaned_data["how"].strip() or (pressed if pressed in KNOWN_BY else "")
        if not how:
            raise forms.ValidationError("Say how you know that it is they")
        return how


class MissingForm(ActForm):
    """Ask for the words of the missing report, drafted already."""

    name = "missing"
    words = forms.CharField(label="Missing report", max_length=4000, widget=forms.Textarea,
                            error_messages={"required": "The report has no words"})
