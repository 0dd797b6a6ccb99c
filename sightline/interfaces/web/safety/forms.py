"""Ask to whom a child's safety is offered, why it is refused, and why a child is safe."""

from collections.abc import Sequence
from datetime import timedelta

from django import forms

from sightline.apps.access.queries import ContactFacts
from sightline.domain.responsibility.handing_over import ANSWER_WITHIN
from sightline.domain.responsibility.rules import RULES

TIMES = [("15", "15 minutes"), ("30", "30 minutes"), ("60", "1 hour"), ("120", "2 hours")]


class OfferForm(forms.Form):
    """Ask to whom an event is offered, what is asked of them, and by when they must answer."""

    contact = forms.TypedChoiceField(label="Offer to", coerce=int, error_messages={
        "required": "Choose to whom you offer", "invalid_choice": "Choose to whom you offer"})
    words = forms.CharField(
        label="What do you ask of them, and what must they know first?", max_length=2000, widget=forms.Textarea,
        help_text="Where the child is now, with whom, in which state, and how the child is to reach them.",
        error_messages={"required": "Say what you ask of them, and what they must know first"})
    minutes = forms.TypedChoiceField(
        label="How long have they to answer?", coerce=lambda text: timedelta(minutes=int(text)), choices=TIMES,
        initial=str(int(ANSWER_WITHIN.total_seconds() // 60)), widget=forms.RadioSelect,
        error_messages={"required": "Choose how long they have to answer"})

    def __init__(self, posted: object = None, *, contacts: Sequence[ContactFacts]) -> None:
        super().__init__(posted, auto_id="offer-%s")  # type: ignore[arg-type]
        self.fields["contact"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"), *((c.id, f"{c.agency}: {c.name}, {c.job}") for c in contacts)]


class RefuseForm(forms.Form):
    """Ask why an offer is refused, whose the child or the plan is instead, and for a child's safety by which rule."""

    reason = forms.CharField(label="Why do you refuse?", max_length=2000, widget=forms.Textarea,
                             error_messages={"required": "Say why you refuse"})
    whose = forms.CharField(label="Whose is it to protect the child now?", max_length=200, error_messages={
        "required": "Say whose it is: not ours is no answer"})
    by_rule = forms.ChoiceField(label="By which rule?", error_messages={"required": "Choose the rule"})

    def __init__(self, posted: object = None, *, of_safety: bool = True) -> None:
        super().__init__(posted, auto_id="refuse-%s")  # type: ignore[arg-type]
        if not of_safety:
            del self.fields["by_rule"]
            self.fields["whose"].label = "To whom should it go instead?"
            return
        ordered = sorted(RULES, key=lambda rule: int(rule.code[1:]))
        self.fields["by_rule"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"), *((rule.code, f"{rule.code}: {rule.title}") for rule in ordered)]


class SafeForm(forms.Form):
    """Ask how it is known that the child is safe."""

    reasons = forms.CharField(
        label="How do you know that the child is safe?", max_length=2000, widget=forms.Textarea,
        help_text="Who saw the child, where, and who looks after the child now.",
        error_messages={"required": "Say who saw the child, where, and who looks after the child now"})

    def __init__(self, posted: object = None) -> None:
        super().__init__(posted, auto_id="safe-%s")  # type: ignore[arg-type]
