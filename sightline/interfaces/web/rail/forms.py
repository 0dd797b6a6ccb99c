"""Ask what an officer on a platform can tell of a child, and what happens now."""

from typing import Any

from django import forms

from sightline.apps.access.queries import AgencyFacts
from sightline.domain.custody.railway import NEXT_WORDS, REASONS, Next
from sightline.interfaces.web.sharing.asking import KnownForm


class MetForm(KnownForm):
    """Ask as the stranger's question does, and besides for the station, the reason and what happens now.

    A child who does not say a name is met all the same: then nobody can be asked, and whom to ring is said.
    """

    station = forms.CharField(label="Which station, or which train?", max_length=120,
                              error_messages={"required": "Enter the station, or the train and its next station"})
    reason = forms.ChoiceField(label="Why did you speak to the child?", choices=list(REASONS.items()),
                               widget=forms.RadioSelect, error_messages={"required": "Choose why"})
    next = forms.ChoiceField(label="What happens now?", widget=forms.RadioSelect,
                             choices=[(one.value, NEXT_WORDS[one]) for one in Next],
                             error_messages={"required": "Choose what happens now"})
    designated_officer = forms.CharField(label="Designated officer, for police protection", max_length=200,
                                         required=False, help_text="Leave it empty where you do not know yet")

    def __init__(self, posted: object = None, *, councils: list[AgencyFacts]) -> None:
        super().__init__(posted, councils=councils)
        self.fields["because"].label = "What do you see and hear?"
        self.fields["because"].error_messages["required"] = "Say in a sentence what you see and hear"
        self.fields["here"].label = "In which council’s area is the station, or the next one?"

    def clean(self) -> dict[str, Any]:
        """Take a child without a name, too."""
        return dict(forms.Form.clean(self) or {})

    def can_ask(self) -> bool:
        """Tell whether enough is told of the child to ask who knows it."""
        told = self.cleaned_data
        return bool(told["given"] and told["family"] and told["born_on"]) or bool(self.identifiers())
