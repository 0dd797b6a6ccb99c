"""Ask for which agency and purpose somebody is at work."""

from collections.abc import Sequence

from django import forms

from sightline.apps.access.queries import MembershipFacts
from sightline.domain.access.purposes import PURPOSES
from sightline.domain.access.roles import ROLES


class PurposeForm(forms.Form):
    """Ask for the role, where somebody holds several, the purpose, and a reason where the purpose needs one."""

    membership = forms.TypedChoiceField(
        label="For which agency are you at work?", coerce=int, widget=forms.RadioSelect,
        error_messages={"required": "Choose for which agency you are at work"})
    purpose = forms.ChoiceField(
        label="Why do you need to look?", widget=forms.RadioSelect,
        help_text="It is kept with everything you look at, until you change it or eight hours have passed.",
        error_messages={"required": "Choose why you need to look"})
    because = forms.CharField(
        label="Your reason", required=False, max_length=500, widget=forms.Textarea,
        help_text="In a sentence. Do not write a child’s name.")

    def __init__(self, *args: object, memberships: Sequence[MembershipFacts]) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["membership"].choices = [  # type: ignore[attr-defined]
            (m.id, f"{m.words}, {m.agency.name}") for m in memberships]
        codes = dict.fromkeys(code for m in memberships for code in ROLES[m.role].purposes)
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            (code, PURPOSES[code].words) for code in PURPOSES if code in codes]
        if len(memberships) == 1:
            self.fields["membership"].widget = forms.HiddenInput()
            self.fields["membership"].initial = memberships[0].id

    def needing_reason(self) -> list[str]:
        """List the purposes offered that need a reason in the officer's own words."""
        offered = self.fields["purpose"].choices  # type: ignore[attr-defined]
        return [code for code, _ in offered if PURPOSES[code].needs_reason]
