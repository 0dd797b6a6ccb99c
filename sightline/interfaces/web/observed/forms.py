"""Ask what was seen, for which sign of the rule book it is taken and why, when it was, and who saw it."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms

from sightline.domain.intake.row import Told
from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.rule import SEEN
from sightline.domain.vocabulary.moment import Moment, first_instant
from sightline.interfaces.web.moment_field import MomentField

CHOICES = tuple(sorted((rule for rule in RULES if rule.for_people), key=lambda rule: not rule.critical))
"""The signs that a person can record, those for which somebody must look now first."""

HINTS = {
    "X09": "In the child's own words, or by what somebody saw. You may owe a report by law: see below.",
    "H05": "A bruise or another injury on a child who cannot crawl or walk yet, or a story that does not explain it.",
    "O02": "Somebody threatens with pictures, true or made up. There is a risk of suicide: ask how the child is now.",
    "C10": "Phones or SIM cards that nobody can explain, or calls without end.",
    "C11": "New clothes, cash, a phone, and no word where they came from.",
    "C12": "You saw an injury, or know what an injury on the record may mean.",
    "C18": "Money that is said to be owed, threats, or people at the door who frighten the family.",
    "C22": "Old friends dropped, a new way to talk or dress, a bag that is never put down.",
    "C23": "Money of others goes through the child's account, or somebody uses the child's card or name.",
    "X01": "How the child was on return: distressed, drunk, drugged, hurt, in other clothes.",
    "X06": "Somebody whom those around the child do not know calls, drives, or gives presents.",
    "X08": "More than children of that age do, or against other children.",
    "O04": "Devices hidden, used through the night, or more of them than anybody can explain.",
}
"""What a person who sees the sign may have seen, in plain words."""


class SeenForm(forms.Form):
    """Ask for one sign that somebody saw."""

    sign = forms.ChoiceField(
        label="Which sign is it?", choices=[(rule.code, rule.title) for rule in CHOICES], widget=forms.RadioSelect,
        error_messages={"required": "Choose the sign"})
    seen = forms.CharField(
        label="What was seen or heard?", max_length=2000, widget=forms.Textarea,
        help_text="What happened, in plain words; the child’s own words where you know them.",
        error_messages={"required": "Enter what was seen or heard"})
    because = forms.CharField(
        label="Why do you take it for this sign?", max_length=2000, widget=forms.Textarea,
        error_messages={"required": "Say why you take it for this sign"})
    at = MomentField(label="When was it?", help_text="Leave the time empty if you only know the day.")
    told_by = forms.CharField(
        label="Who saw or heard it?", max_length=300,
        help_text="You, or who told you: name, and what they are to the child. Leave it empty where they must not be "
                  "named.", required=False)

    def __init__(self, posted: Any, *, now: datetime) -> None:
        super().__init__(posted, initial={"at": now})
        self.now = now

    def clean_at(self) -> Moment:
        """Refuse what has not happened yet."""
        at: Moment = self.cleaned_data["at"]
        if first_instant(at) > self.now.replace(second=59, microsecond=0):
            raise forms.ValidationError("This has not happened yet. Enter when it was.")
        return at

    def told(self) -> Told:
        """Give what was told; what was left empty is not told."""
        facts = {name: self.cleaned_data[name] for name in ("sign", "seen", "because", "told_by")
                 if self.cleaned_data[name]}
        return Told(kind=SEEN, at=self.cleaned_data["at"], key=f"seen/{uuid4()}", facts=facts)


class WithdrawForm(forms.Form):
    """Ask why what was recorded is withdrawn."""

    reason = forms.CharField(
        label="Why do you withdraw it?", max_length=2000, widget=forms.Textarea,
        help_text="What you recorded stays on the timeline as withdrawn, with this reason.",
        error_messages={"required": "Say why you withdraw it"})
