"""Ask what an offender manager records: one form for each kind of telling, in the words of the register."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from sightline.domain.vocabulary.offender import (
    CATEGORIES,
    LEVELS,
    MODES,
    NOTIFIED,
    REVIEWS,
    RISKS,
    THERE,
    TellingKind,
)
from sightline.interfaces.web.fields import DayField

LONG = 1_000
YES_NO = [("yes", "Yes"), ("no", "No")]


def _choice(label: str, known: Mapping[str, str], *, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "Choose"), *known.items()], help_text=hint,
                             error_messages={"required": "Choose one"})


def _radio(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_NO, widget=forms.RadioSelect,
                             error_messages={"required": "Choose yes or no"})


def _words(label: str, *, required: bool = False, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=LONG, widget=forms.Textarea, help_text=hint,
                           error_messages={"required": "Write it in a sentence"})


class TellingForm(forms.Form):
    """Ask for one thing told of an offender; `on` is its day. Subclasses name their facts by their fields."""

    ahead = False

    def __init__(self, posted: Mapping[str, Any] | None = None, *, today: date) -> None:
        super().__init__(posted, initial={"on": today})
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Refuse a day that is still to come, where it is told what happened."""
        told: dict[str, Any] = super().clean() or {}
        if not self.ahead and (on := told.get("on")) is not None and on > self.today:
            self.add_error("on", "This day is still to come. Record it when it has happened")
        return told

    def facts(self) -> dict[str, Any]:
        """Give what was told, without the day and what was left empty."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("on", "until")}
        return {name: {"yes": True, "no": False}.get(value, value) if value in ("yes", "no")
                else value.isoformat() if isinstance(value, date) else value
                for name, value in told.items() if value not in (None, "")}


class VisitForm(TellingForm):
    """Ask what a visit saw."""

    on = DayField(label="When did you visit?")
    announced = _radio("Was the visit announced?")
    seen = _radio("Did you see the offender?")
    found = _words("What did you see?", required=True,
                   hint="Rooms, clothes, toys, post: what you saw, not what you think")
    lives_there = _words("Who else lives there or visits?")
    child_contact = _words("Is there any contact with children?", required=True,
                           hint="Write none where there is none. Name no child here unless you must")
    devices = _words("Which devices are there, and what did you look at?")


class VisitDueForm(TellingForm):
    """Ask when the next visit is due, and why then."""

    due_on = DayField(label="By which day is the next visit due?")
    reason = _words("Why then?", required=True,
                    hint="No national ladder is counted: the plan is yours, and so is the reason")

    def clean(self) -> dict[str, Any]:
        """Refuse a day that is past."""
        told = super().clean()
        if (due := told.get("due_on")) is not None and due < self.today:
            self.add_error("due_on", "This day is past")
        return told


class NotifiedForm(TellingForm):
    """Ask what the offender told the police."""

    what = _choice("What was notified?", NOTIFIED)
    on = DayField(label="On which day?")
    about = forms.CharField(label="Which name, address or document?", required=False, max_length=200)
    expected_on = DayField(label="If it was told in advance: for which day?", required=False)


class AddressForm(TellingForm):
    """Ask for an address of the offender."""

    ahead = True
    there = _choice("How is the offender there?", {key: words.capitalize() for key, words in THERE.items()})
    address = forms.CharField(label="House and street", max_length=200, help_text="For example, Flat 2, 14 High Street",
                              error_messages={"required": "Enter the house and street"})
    postcode = forms.CharField(label="Postcode", max_length=10, error_messages={"required": "Enter the postcode"})
    uprn = forms.CharField(label="Unique property reference number", required=False, max_length=12)
    on = DayField(label="From which day?")
    until = DayField(label="Until which day?", required=False, help_text="Leave it empty while it goes on")
    notified_on = DayField(label="When did the offender tell the police?", required=False,
                           help_text="Leave it empty where it was learned in another way")


class SignificantForm(TellingForm):
    """Ask for a significant change, which is passed on at once."""

    on = DayField(label="On which day?")
    found = _words("What has changed?", required=True)


class ReviewForm(TellingForm):
    """Ask for a review that was held."""

    review = _choice("Which review?", REVIEWS)
    on = DayField(label="On which day?")
    outcome = _words("What came of it?")


class ManagementForm(TellingForm):
    """Ask how the offender is managed from now on."""

    mode = _choice("How is the offender managed?", MODES)
    reason = _words("Why?", required=True)


class CheckedForm(TellingForm):
    """Ask what the check of an address for children found, before release."""

    on = DayField(label="When was it checked?")
    outcome = _words("What did the check find?", required=True, hint="Whom you asked, and what they know")


class RegisterForm(TellingForm):
    """Ask who is put on the register."""

    reference = forms.CharField(label="Your reference", max_length=60, error_messages={"required": "Enter a reference"})
    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter the name"})
    born_on = DayField(label="Day of birth", required=False)
    category = _choice("MAPPA category", CATEGORIES)
    level = _choice("MAPPA level", LEVELS)
    risk = _choice("Risk, as recorded by people", RISKS)
    manager = forms.EmailField(label="E-mail address of the offender manager", required=False)
    on = DayField(label="On the register since")


FORMS: Mapping[TellingKind, tuple[type[TellingForm], str, str]] = {
    TellingKind.VISIT: (VisitForm, "Record a visit", "Record the visit"),
    TellingKind.VISIT_DUE: (VisitDueForm, "Set the next visit", "Set the next visit"),
    TellingKind.NOTIFIED: (NotifiedForm, "Record what was notified", "Record the notification"),
    TellingKind.ADDRESS: (AddressForm, "Record an address", "Record the address"),
    TellingKind.SIGNIFICANT: (SignificantForm, "Record a significant change", "Record the change"),
    TellingKind.REVIEW: (ReviewForm, "Record a review", "Record the review"),
    TellingKind.ADDRESS_CHECKED: (CheckedForm, "Record that an address was checked for children", "Record the check"),
    TellingKind.MANAGEMENT: (ManagementForm, "Change how the offender is managed", "Record the change"),
}
"""Form, heading and button of what is recorded by hand; everything else comes by the feed."""
