"""Ask what an offender manager records: one form for each kind of telling, in the words of the register."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django import forms

from sightline.domain.vocabulary.offender import (
    AWAY,
    CATEGORIES,
    LEVELS,
    MODES,
    NOTIFIED,
    ORDERS,
    REVIEWS,
    RISKS,
    THERE,
    TellingKind,
)
from sightline.interfaces.web.fields import DayField

LONG = 1_000
HAPPENED = {"first": "Convicted, cautioned, or put under an order", "name": "A new name",
            "bank": "A new bank account or card", "identity": "A new passport or identity document"}
"""What starts a clock and is recorded in no other form: as an address, a child or time away."""
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
    """Ask for one thing told of an offender; `on` is its day. Subclasses name their facts by their fields.

    `held` is what stands in the form before anybody types: what is corrected, or what the register says.
    """

    ahead = False

    def __init__(
        self, posted: Mapping[str, Any] | None = None, *, today: date, held: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(posted, initial={"on": today, **{name: _held(value) for name, value in (held or {}).items()}})
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Refuse a day that is still to come, where it is told what happened, and a period that ends before it."""
        told: dict[str, Any] = super().clean() or {}
        on, until = told.get("on"), told.get("until")
        if not self.ahead and on is not None and on > self.today:
            self.add_error("on", "This day is still to come. Record it when it has happened")
        if on is not None and until is not None and until < on:
            self.add_error("until", "This day lies before the first")
        return told

    def facts(self) -> dict[str, Any]:
        """Give what was told, without the day and what was left empty."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("on", "until")}
        return {name: {"yes": True, "no": False}.get(value, value) if value in ("yes", "no")
                else value.isoformat() if isinstance(value, date) else value
                for name, value in told.items() if value not in (None, "")}


def _held(value: Any) -> Any:
    """Give a fact as a field takes it: yes and no, and days as days."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    with suppress(TypeError, ValueError):
        return date.fromisoformat(value)
    return value


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


class AwayForm(TellingForm):
    """Ask where the offender is while clocks stand still."""

    ahead = True
    where = _choice("Where?", {key: words.capitalize() for key, words in AWAY.items()})
    on = DayField(label="Since which day?")
    until = DayField(label="Until which day?", required=False,
                     help_text="The day of the release or the return. Leave it empty while it goes on")


class OrderForm(TellingForm):
    """Ask for an order of a court, or for the conditions of a licence."""

    ahead = True
    order = _choice("Which order?", ORDERS)
    conditions = _words("What are its conditions?")
    on = DayField(label="Since which day?")
    until = DayField(label="Until which day?", required=False, help_text="Leave it empty where it has no end")


class ChildForm(TellingForm):
    """Ask for a child in a household of the offender, by name and birthday: it is joined to the child's record."""

    given = forms.CharField(label="Forename of the child", max_length=100, required=False)
    family = forms.CharField(label="Surname of the child", max_length=100, required=False)
    born_on = DayField(label="Day of birth of the child")
    on = DayField(label="On which day was it learned?")

    def clean(self) -> dict[str, Any]:
        """Ask for a name: a birthday alone is many children's."""
        told = super().clean()
        if not (told.get("given") or told.get("family")):
            self.add_error("given", "Enter a forename or a surname")
        return told


class HappenedForm(TellingForm):
    """Ask what happened so that the offender must tell the police of it."""

    what = _choice("What happened?", HAPPENED)
    about = forms.CharField(label="Which name, account or document?", required=False, max_length=200)
    on = DayField(label="On which day?")


class ReleaseDueForm(TellingForm):
    """Ask for a release that is expected."""

    due_on = DayField(label="On which day is the release expected?")
    prison = forms.CharField(label="Which prison?", required=False, max_length=200)


class ChangeForm(TellingForm):
    """Ask what the register says from a day on; what is left as it stands stays."""

    on = DayField(label="From which day?")
    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter the name"})
    born_on = DayField(label="Day of birth", required=False)
    category = _choice("MAPPA category", CATEGORIES)
    level = _choice("MAPPA level", LEVELS)
    risk = _choice("Risk, as recorded by people", RISKS)
    manager = forms.EmailField(label="E-mail address of the offender manager", required=False)
    until = DayField(label="Last day on the register", required=False,
                     help_text="Leave it empty while the offender is managed")


class TakeBackForm(forms.Form):
    """Ask why something that was told does not hold."""

    reason = _words("Why does it not hold?", required=True)


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
    TellingKind.AWAY: (AwayForm, "Record custody, hospital or time abroad", "Record where the offender is"),
    TellingKind.CHILD: (ChildForm, "Record a child in a household of the offender", "Record the child"),
    TellingKind.HAPPENED: (HappenedForm, "Record what must be notified", "Record what happened"),
    TellingKind.ORDER: (OrderForm, "Record an order", "Record the order"),
    TellingKind.SIGNIFICANT: (SignificantForm, "Record a significant change", "Record the change"),
    TellingKind.REVIEW: (ReviewForm, "Record a review", "Record the review"),
    TellingKind.ADDRESS_CHECKED: (CheckedForm, "Record that an address was checked for children", "Record the check"),
    TellingKind.RELEASE_DUE: (ReleaseDueForm, "Record a release that is expected", "Record the release"),
    TellingKind.MANAGEMENT: (ManagementForm, "Change how the offender is managed", "Record the change"),
    TellingKind.REGISTER: (ChangeForm, "Change what the register says", "Change the register"),
}
"""Form, heading and button of what is recorded by hand; everything else comes by the feed."""
