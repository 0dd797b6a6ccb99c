"""Ask where and how a child is handed over on the road, and by which officer it is answered."""

from collections.abc import Sequence
from uuid import uuid4

from django import forms

from sightline.apps.access.queries import ContactFacts
from sightline.domain.responsibility.rules import RULES

YES_NO = [("yes", "Yes"), ("no", "No")]


def _yes_no(label: str, missing: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=YES_NO, coerce=lambda word: word == "yes",
                                  widget=forms.RadioSelect, error_messages={"required": missing})


class HereForm(forms.Form):
    """Ask the giving officer for what must stand at each leg; `key` makes a form that is sent twice one leg."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    contact = forms.TypedChoiceField(label="Who takes the child over?", coerce=int, error_messages={
        "required": "Choose who takes the child over", "invalid_choice": "Choose who takes the child over"})
    place = forms.CharField(label="Where are you?", max_length=200, help_text="A service area, a postcode or a road.",
                            error_messages={"required": "Say where you are"})
    seen_and_spoken_to = _yes_no("Have you seen the child and spoken with the child?",
                                 "Say whether you have seen the child and spoken with the child")
    fed = _yes_no("Has the child eaten and drunk?", "Say whether the child has eaten and drunk")
    injuries = forms.CharField(label="Injuries that you see", max_length=500, help_text="“None seen” is an answer.",
                               error_messages={"required": "Say which injuries you see; none seen is an answer"})
    said = forms.CharField(label="What did the child say?", max_length=2000, required=False,
                           widget=forms.Textarea, help_text="In the child’s own words, if you can.")
    name = forms.CharField(label="Your name", max_length=100, error_messages={"required": "Give your name"})
    number = forms.CharField(label="Your collar number", max_length=20,
                             error_messages={"required": "Give your collar number"})

    def __init__(self, posted: object = None, *, contacts: Sequence[ContactFacts], name: str) -> None:
        super().__init__(posted, auto_id="here-%s", initial={"key": uuid4(), "name": name})  # type: ignore[arg-type]
        self.fields["contact"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"), *((c.id, f"{c.agency}: {c.job}") for c in contacts)]


class CodeForm(forms.Form):
    """Ask for the code that the giving officer shows."""

    code = forms.CharField(label="The code", max_length=20, help_text="Eight letters and figures, like K7PX-3MWD.",
                           error_messages={"required": "Enter the code that the other officer shows you"})

    def __init__(self, posted: object = None, *, code: str = "") -> None:
        super().__init__(posted, auto_id="code-%s", initial={"code": code})  # type: ignore[arg-type]


class AnswerForm(forms.Form):
    """Ask who takes the child over: a name and a collar number."""

    name = forms.CharField(label="Name of the officer who takes over", max_length=100,
                           error_messages={"required": "Give your name"})
    number = forms.CharField(label="Collar number", max_length=20,
                             error_messages={"required": "Give your collar number"})

    def __init__(self, posted: object = None) -> None:
        super().__init__(posted, auto_id="take-%s")  # type: ignore[arg-type]


class RefusalForm(AnswerForm):
    """Ask besides why the officer refuses, whose the child is instead, and by which rule."""

    reason = forms.CharField(label="Why do you refuse?", max_length=2000, widget=forms.Textarea,
                             error_messages={"required": "Say why you refuse"})
    whose = forms.CharField(label="Whose is it to protect the child now?", max_length=200, error_messages={
        "required": "Say whose it is: not ours is no answer"})
    by_rule = forms.ChoiceField(label="By which rule?", error_messages={"required": "Choose the rule"})

    def __init__(self, posted: object = None) -> None:
        super().__init__(posted)
        self.auto_id = "not-%s"
        ordered = sorted(RULES, key=lambda rule: int(rule.code[1:]))
        self.fields["by_rule"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"), *((rule.code, f"{rule.code}: {rule.title}") for rule in ordered)]
