"""Say in words what still keeps a referral from being sent: what is missing, cannot be taken, or must be read again."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sightline.domain.slavery.form import FIELDS, LONGEST, TYPES, Asked, Shape, asked, missing
from sightline.domain.slavery.known import Known
from sightline.domain.slavery.naming import names_in

NEVER_NAMED = "what-happened"
"""Where the form itself asks not to name the child."""

MISSING = "Only a person can answer this"
ONE_KIND = "Tick at least one kind of exploitation"
CROSSED = "Two people answered at the same time. Read both answers, and save the one that holds"
NAMED = "These words name the child. The form asks for none here: take the name out"
NO_ADDRESS = "Enter an email address, such as name@example.gov.uk"
NO_DAY = "Enter a real day, such as 27/03/2011"
NO_OPTION = "Choose one of the form's answers"
TOO_LONG = f"The form takes {LONGEST:,} characters at the most"
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """Hold which field it is about, and what to do."""

    name: str
    words: str


def problems(answers: Mapping[str, str], *, crossed: Iterable[str], known: Known) -> tuple[Problem, ...]:
    """List what still keeps a referral from being sent, in the form's order; `crossed` names what two people answered.
    """
    found = {name: ONE_KIND if name in TYPES else MISSING for name in missing(answers)}
    names = {field.name for field in asked(answers)}
    found |= {name: words for name in names if (words := wrong(FIELDS[name], answers.get(name, "")))}
    if names_in(answers.get(NEVER_NAMED, ""), known.names):
        found[NEVER_NAMED] = NAMED
    found |= {name: CROSSED for name in crossed if name in names}
    order = list(FIELDS)
    return tuple(Problem(name, found[name]) for name in sorted(found, key=order.index))


def wrong(field: Asked, value: str) -> str:
    """Say what is wrong with an answer; empty where nothing is, or nothing was answered."""
    if not value:
        return ""
    if len(value) > LONGEST:
        return TOO_LONG
    if field.shape is Shape.CHOICE and value not in dict(field.options):
        return NO_OPTION
    if field.shape is Shape.DAY and not _a_day(value):
        return NO_DAY
    if field.label.lower().startswith(("email", "your email")) and not ADDRESS.fullmatch(value):
        return NO_ADDRESS
    return ""


def _a_day(text: str) -> bool:
    try:
        day, month, year = (int(part) for part in text.split("/"))
        return bool(date(year if year >= 1900 else 0, month, day))
    except ValueError:
        return False
