"""What tests of the victim screen and of the charging gate share: a talk, a decision, and everything that is asked."""

from datetime import timedelta

from sightline.apps.custody import charging, screening
from sightline.domain.custody.charging import Defence, Outcome, Referral, Said
from sightline.domain.custody.screen import Heard
from sightline.domain.custody.screen import Outcome as Screened
from sightline.domain.custody.tools import ASKED, Answer
from tests.integration.conftest import NOW

SAYS = "They said they know where my nan lives"
TALK = screening.Talk(
    alone=True, why_not_alone="", adult="Joan Hale, volunteer", words=SAYS, mood="Tired, looks at the door",
    injuries="Bruise on the left arm", answers={"debt": (Heard.YES, "three hundred"), "safe": (Heard.SILENT, "")},
    asked_at=NOW - timedelta(minutes=90))
LAW = charging.Law(
    direct=Said.UNKNOWN, direct_why="Says he owes money", reasonable=Said.UNKNOWN, reasonable_why="Aged 15, threatened",
    schedule_4=Said.NO, schedule_4_how="Read the Schedule: supply does not stand in it")


def deciding(outcome=Screened.VICTIM, *, reasons="Owes money and is afraid", shown=(), answers=None, seen=0):
    """Give a decision of a screen."""
    return screening.Deciding(outcome, reasons, shown, [("e1", "Arrested")], answers or {}, seen)


def screen(held, *, by="Sue", **told):
    """Let somebody talk with the child and decide the screen."""
    event = held.event()
    held.does(by, screening.talk, event=event, told=TALK)
    held.does(by, screening.decide, event=event, deciding=deciding(**told))


def consider(held, *, by="Sam", leave_out=(), defence=Defence.MAY_APPLY):
    """Record everything that the gate asks before a decision, but what is left out."""
    event = held.event()
    acts = {
        "offence": lambda: held.does(by, charging.propose, event=event, offence="Possession with intent to supply",
                                     kind="drugs-supply"),
        "law": lambda: held.does(by, charging.consider_law, event=event, law=LAW),
        "referral": lambda: held.does(by, charging.consider_referral, event=event, referral=Referral.REFERRED, why=""),
        "for": lambda: held.does(by, charging.add_evidence, event=event, speaks_for=True, words="A debt of 300",
                                 source="what the child said", entry=None),
        "against": lambda: held.does(by, charging.add_evidence, event=event, speaks_for=False,
                                     words="Nothing found. Looked at: both phones", source="PC Holt", entry=None),
        "tools": lambda: held.does(by, charging.answer_tools, event=event, answers={
            tool.code: (Answer.CONSIDERED, "Warrant asked for") for tool in ASKED}),
        "defence": lambda: held.does(by, charging.conclude, event=event, defence=defence, why="A debt and threats"),
    }
    for name, act in acts.items():
        if name not in leave_out:
            act()


def decide(held, outcome=Outcome.PROSECUTOR, *, by="Sam", **told):
    """Decide on the charge."""
    held.does(by, charging.decide, outcome=outcome, reasons="See the record", **told)
