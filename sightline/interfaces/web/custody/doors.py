"""Where what is owed about a child in custody is done: one table from the code of a duty, or of what the gate asks.

A page that does something new for a case adds its line here, and the custody desk leads to it in one click. What has
no line leads to the page of the duty, where what was done is recorded.
"""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.urls import reverse

from sightline.domain.duties.catalogue import rules_of
from sightline.interfaces.web.shown import Link

NOBODY = "00000000-0000-4000-8000-000000000000"


def address(page: str, of: UUID) -> str:
    """Give the address of a page of one thing: the desk asks for hundreds, so each is looked up once."""
    return _shape(page).replace(NOBODY, str(of))


@cache
def _shape(page: str) -> str:
    return reverse(page, args=[NOBODY])


@dataclass(frozen=True, slots=True)
class Door:
    """Hold the words on the button, the name of the page of the case, and which form of it opens ("" for none)."""

    words: str
    page: str
    form: str = ""

    def of(self, event: UUID) -> Link:
        """Give the link for one case."""
        asked = f"?do={self.form}#{self.form}" if self.form else ""
        return Link(self.words, f"{address(self.page, event)}{asked}")


DUTIES: dict[str, Door] = {
    "D-ARR-3": Door("Ask the appropriate adult to come", "path", "adult-asked"),
    "D-ARR-4": Door("See the referral, and send it", "referral"),
    "D-ARR-4-SCREEN": Door("Screen the child", "screen"),
    "D-ARR-5": Door("Review the detention", "path", "reviewed"),
    "D-ARR-5-NEXT": Door("Review the detention", "path", "reviewed"),
    "D-ARR-5-LIMIT": Door("Charge, release or extend", "path", "extended"),
    "D-ARR-5-EXTENDED": Door("Charge or release", "path"),
    "D-CCE-2": Door("Say who the adult is", "referral"),
    "D-CHG-1": Door("Go through the charging gate", "charging"),
    "D-CHG-2": Door("Ask for council accommodation", "path", "asked"),
    "D-REL-1": Door("Assess the risk of release", "release", "assess"),
    "D-REL-2": Door("Name and check the adult", "release", "adult"),
    "D-REL-3": Door("Plan the journey", "release", "leg"),
    "D-REL-4": Door("Tell the home council", "release", "home"),
}
"""By the code of the duty."""

GATE: dict[str, Door] = {
    "assessed": Door("Assess the risk of release", "release", "assess"),
    "receiver": Door("Name who receives the child", "release", "adult"),
    "checked": Door("Check the adult", "release", "adult"),
    "accepted": Door("Record that the receiver accepted", "release", "accepted"),
    "journey": Door("Plan the journey", "release", "leg"),
    "in-order": Door("Put the legs in order", "release", "leg"),
    "not-alone": Door("Find an escort", "release", "leg"),
    "home-told": Door("Tell the home council", "release", "home"),
}
"""By the code of the condition of the release gate."""

RELEASE = Door("Release the child", "release", "release")
ARRIVAL = Door("Record the arrival", "release", "arrived")


def duty_door(code: str, *, duty: UUID, event: UUID) -> Link:
    """Give where a duty is done: the form of the case that does it, else the page of the duty."""
    if (door := DUTIES.get(code)) is not None:
        return door.of(event)
    return Link("Record what was done", address("duty", duty))


def duty_title(code: str) -> str:
    """Give the few words by which the rule book names a duty."""
    rules = rules_of(code)
    return rules[-1].title if rules else code
