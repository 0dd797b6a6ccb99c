"""Which danger the law names stands behind a duty: the order of the queue, before any clock.

A class belongs to what is owed, never to a child: two children with the same duty stand in the order of their clocks.
The order of the classes is our own choice; what each of them is comes from its source. It is no score: nothing is
added up, and nothing that is known of a child moves a duty from one class into another.
"""

from dataclasses import dataclass
from enum import IntEnum


class Danger(IntEnum):
    """Name the classes in the order of the queue, the most urgent first."""

    PROTECTION = 1
    MISSING = 2
    CUSTODY = 3
    NOWHERE = 4
    HARM = 5
    REST = 9


@dataclass(frozen=True, slots=True)
class DangerClass:
    """Describe a class: its heading in the queue, why it stands there, the duties that belong to it, and its source.

    What is `critical` cannot be put off.
    """

    danger: Danger
    heading: str
    because: str
    codes: tuple[str, ...]
    authority: str
    verified: bool
    critical: bool = True


CLASSES: tuple[DangerClass, ...] = (
    DangerClass(
        Danger.PROTECTION, "Police protection is running",
        "A child was taken to safety by police. The power ends after 72 hours at most and cannot be renewed; the "
        "council makes its enquiries meanwhile.",
        ("D-PP-1", "D-PP-2", "D-PP-3", "D-S47-1"), "Children Act 1989 ss.46 and 47(1)(b)", verified=True),
    DangerClass(
        Danger.MISSING, "A child is missing",
        "Nobody knows where the child is, or nobody has yet said how dangerous that is.",
        ("D-MIS-1", "D-MIS-2", "D-MIS-3"),
        "College of Policing, Authorised Professional Practice: missing persons; Department for Education, statutory "
        "guidance of January 2014", verified=False),
    DangerClass(
        Danger.CUSTODY, "A child is in custody",
        "The time for which a child may be held runs, and what a victim may say must be asked before the interview.",
        ("D-ARR-1", "D-ARR-2", "D-ARR-3", "D-ARR-4", "D-ARR-4-SCREEN", "D-ARR-5", "D-ARR-5-NEXT",
         "D-ARR-5-LIMIT", "D-ARR-5-EXTENDED", "D-ARR-6", "D-CHG-1", "D-CHG-2", "D-CHG-3", "D-CHG-5", "D-REL-1",
         "D-REL-2", "D-REL-3", "D-REL-4", "D-SCO-1", "D-SCO-2", "D-SCO-3", "D-SCO-4", "D-NIR-1", "D-NIR-2", "D-NIR-3"),
        "Police and Criminal Evidence Act 1984 ss.38 and 40 to 43; Modern Slavery Act 2015 s.45", verified=False),
    DangerClass(
        Danger.NOWHERE, "Found or released, and not yet with anybody",
        "The child has been found or let go, and nobody has said who received the child and where.",
        ("D-MIS-8",), "Children Act 1989 ss.20(1) and 47; the order is our own rule, after HMICFRS 2020",
        verified=False),
    DangerClass(
        Danger.HARM, "Significant harm is suspected",
        "Somebody has reasonable cause to suspect significant harm, or what was told asks whether it is so now.",
        ("D-S47-2", "D-STR-1", "D-CP-3", "D-LOOK-1", "D-HLT-4"),
        "Children Act 1989 s.47(1)(b); that a person looks now at critical signs is our own rule", verified=False),
    DangerClass(
        Danger.REST, "By the clock alone",
        "No danger is named by law for what is owed here. What runs out first stands first.",
        (), "The limits of the duties themselves", verified=True, critical=False),
)
BY_DANGER = {one.danger: one for one in CLASSES}
_BY_CODE = {code: one.danger for one in CLASSES for code in one.codes}


def danger_of(code: str) -> Danger:
    """Give the class of a duty by its code; what no class names stands in the order of its clock alone."""
    return _BY_CODE.get(code, Danger.REST)


def is_critical(danger: Danger) -> bool:
    """Tell whether what belongs to a class may never be put off."""
    return BY_DANGER[danger].critical
