"""Ask what a step of the custody path needs to be told; each form is one step."""

from typing import Any

from django import forms

from sightline.domain.custody.path import STEP
from sightline.interfaces.web.custody.forms import ActForm, InstantField

GROUNDS = [
    ("impracticable", "It is impracticable to move the child"),
    ("not-secure", "12 or older, no secure place is free, and another would not protect the public from serious harm"),
]
ANSWERS = [("offered", "Accommodation is offered"), ("declined", "Declined")]
YES_NO = [("no", "No: ordinary accommodation is enough"), ("yes", "Yes: secure accommodation is needed")]
WHEN = "When was it?"


def _words(label: str, *, required: str, help_text: str = "", lines: bool = True) -> forms.CharField:
    """Ask for something in words."""
    return forms.CharField(label=label, max_length=2000 if lines else 200, help_text=help_text,
                           widget=forms.Textarea if lines else forms.TextInput, error_messages={"required": required})


class StepForm(ActForm):
    """Ask for one step; `facts` are what its entry tells, `excepted_because` excepts what is missing."""

    part = "path"

    def facts(self) -> dict[str, object]:
        """Give the facts of the entry."""
        return {}

    def excepted_because(self) -> str:
        """Give why what is missing is excepted; empty where nothing is."""
        return str(self.cleaned_data.get("excepted") or "")


class AuthorisedForm(StepForm):
    """Ask who authorised the detention, and why."""

    name = "authorised"
    officer = _words("Who authorised it?", required="Enter the rank and name of who authorised it", lines=False)
    reason = _words("Why must the child be detained?", required="Say why the child must be detained")
    at = InstantField(label=WHEN, help_text="The reviews are counted from here: after 6 hours, then every 9.")

    def facts(self) -> dict[str, object]:
        """Give step, officer and reason."""
        return {"step": self.name, "officer": self.cleaned_data["officer"], "reason": self.cleaned_data["reason"]}


class ReviewedForm(AuthorisedForm):
    """Ask who reviewed the detention, and why it goes on."""

    name = "reviewed"
    officer = _words("Who reviewed it?", required="Enter the rank and name of who reviewed it", lines=False)
    reason = _words("Why must the child still be detained?", required="Say why the child must still be detained",
                    help_text="And what the child and the appropriate adult said to it.")
    at = InstantField(label=WHEN, help_text="The next review is due 9 hours later.")


class ExtendedForm(AuthorisedForm):
    """Ask who extended the detention, until when, and why."""

    name = "extended"
    officer = _words("Who extended it?", required="Enter the rank and name", lines=False,
                     help_text="A superintendent to 36 hours, after that a magistrates’ court.")
    limit = InstantField(label="Until when?", help_text="")
    reason = _words("Why?", required="Say why the detention is extended")
    at = InstantField(label=WHEN, help_text="")

    def facts(self) -> dict[str, object]:
        """Give step, officer, reason and limit."""
        return {**super().facts(), "limit": self.cleaned_data["limit"].isoformat()}

    def clean(self) -> dict[str, Any]:
        """Refuse an extension that ends before it begins."""
        told = dict(super().clean() or {})
        if told.get("limit") and told.get("at") and told["limit"] <= told["at"]:
            self.add_error("limit", "The extension must end after it was given")
        return told


class AdultAskedForm(StepForm):
    """Ask whom the force asked to come as appropriate adult."""

    name = "adult-asked"
    to = _words("Who was asked to come?", required="Enter who was asked to come", lines=False,
                help_text="Name and what the adult is to the child. No employee of the police.")
    at = InstantField(label=WHEN, help_text="")

    def facts(self) -> dict[str, object]:
        """Give the duty that it meets, and to whom the notice went."""
        return {"duty": STEP[self.name].about, "to": self.cleaned_data["to"]}


class AdultThereForm(StepForm):
    """Ask who is with the child as appropriate adult."""

    name = "adult-there"
    adult = _words("Who is there?", required="Enter the name of the appropriate adult", lines=False)
    relation = _words("What is the adult to the child?", required="Say what the adult is to the child", lines=False,
                      help_text="Mother, social worker, volunteer of the scheme. No employee of the police.")
    at = InstantField(label="When did the adult come?", help_text="")

    def facts(self) -> dict[str, object]:
        """Give the adult and what the adult is to the child."""
        return {"appropriate_adult": self.cleaned_data["adult"], "relation": self.cleaned_data["relation"]}


class InterviewedForm(StepForm):
    """Ask who was there when the child was interviewed."""

    name = "interviewed"
    adult = _words("Appropriate adult who was there", required="Enter who was there for the child", lines=False,
                   help_text="“Nobody” only for an urgent interview.")
    at = InstantField(label="When did it begin?", help_text="")
    excepted = forms.CharField(
        label="Urgent interview: why it could not wait", max_length=2000, required=False, widget=forms.Textarea,
        help_text="Only where the appropriate adult or the screen is missing. A supervisor gives the reason under "
                  "their own name; it is counted.")

    def facts(self) -> dict[str, object]:
        """Give the appropriate adult."""
        return {"appropriate_adult": self.cleaned_data["adult"]}


class NoActionForm(StepForm):
    """Ask why nothing further is done."""

    name = "no-action"
    reason = _words("Why?", required="Say why no further action is taken")
    at = InstantField(label=WHEN, help_text="")

    def facts(self) -> dict[str, object]:
        """Give the reason."""
        return {"reason": self.cleaned_data["reason"]}


class DisposedForm(StepForm):
    """Ask what was decided out of court."""

    name = "disposed"
    decision = _words("What was decided?", required="Say what was decided", lines=False,
                      help_text="Youth caution, community resolution. Refer the child to the youth justice service.")
    at = InstantField(label=WHEN, help_text="")

    def facts(self) -> dict[str, object]:
        """Give the decision."""
        return {"decision": self.cleaned_data["decision"]}


class BailRefusedForm(NoActionForm):
    """Ask why bail is refused."""

    name = "bail-refused"
    reason = _words("Why is bail refused?", required="Say why bail is refused",
                    help_text="The child is then owed council accommodation the same night (section 38(6)).")


class AskedForm(StepForm):
    """Ask which council was asked for accommodation."""

    name = "asked"
    council = forms.ChoiceField(label="Which council do you ask?", error_messages={"required": "Choose a council"})
    secure = forms.ChoiceField(label="Must it be secure?", choices=YES_NO, widget=forms.RadioSelect,
                               error_messages={"required": "Say whether it must be secure"})
    reason = _words("What does the council need to know?", required="Say what the council needs to know",
                    help_text="Where the child is, who rang whom, and why secure accommodation if that is asked for.")
    at = InstantField(label="When did you ask?", help_text="")

    def __init__(self, *given: Any, councils: Any = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["council"].choices = [("", "Choose"), *councils]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, object]:
        """Give council, whether secure, and reason."""
        return {"council": self.cleaned_data["council"], "secure": self.cleaned_data["secure"] == "yes",
                "reason": self.cleaned_data["reason"]}


class AnsweredForm(StepForm):
    """Ask what the council answered."""

    name = "answered"
    answer = forms.ChoiceField(label="What did the council answer?", choices=ANSWERS, widget=forms.RadioSelect,
                               error_messages={"required": "Choose what the council answered"})
    answered_by = _words("Who answered for the council?", required="Enter who answered", lines=False)
    reason = _words("Where, or why not?", required="Say where the child can go, or why not",
                    help_text="A council cannot decline because the child is not from there, or for the cost.")
    at = InstantField(label=WHEN, help_text="")

    def facts(self) -> dict[str, object]:
        """Give answer, who answered, and reason."""
        return {name: self.cleaned_data[name] for name in ("answer", "answered_by", "reason")}


class CertifiedForm(StepForm):
    """Ask on which ground the child stays in a cell, and why."""

    name = "certified"
    ground = forms.ChoiceField(label="On which ground?", choices=GROUNDS, widget=forms.RadioSelect,
                               error_messages={"required": "Choose the ground"})
    reason = _words("What was tried, and why was it not possible?", required="Say what was tried, and why not")
    at = InstantField(label=WHEN, help_text="The certificate goes to the court.")

    def facts(self) -> dict[str, object]:
        """Give the duty that it meets, the ground as outcome, and the reasons."""
        return {"about": STEP[self.name].about, "outcome": f"certified: {self.cleaned_data['ground']}",
                "reasons": self.cleaned_data["reason"]}


class CourtForm(StepForm):
    """Ask who took the child over at which court."""

    name = "court"
    court = _words("Which court?", required="Enter the court", lines=False)
    received_by = _words("Who took the child over there?", required="Enter who took the child over", lines=False)
    at = InstantField(label=WHEN, help_text="")

    def facts(self) -> dict[str, object]:
        """Give the court and who took the child over."""
        return {"court": self.cleaned_data["court"], "received_by": self.cleaned_data["received_by"]}


class ClosedForm(StepForm):
    """Ask when the record was closed."""

    name = "closed"
    at = InstantField(label=WHEN, help_text="Nothing that the law asks of the force may be open.")


FORMS: dict[str, type[StepForm]] = {form.name: form for form in (
    AuthorisedForm, ReviewedForm, ExtendedForm, AdultAskedForm, AdultThereForm, InterviewedForm, NoActionForm,
    DisposedForm, BailRefusedForm, AskedForm, AnsweredForm, CertifiedForm, CourtForm, ClosedForm)}
