"""Which warning signs count when we ask about a place: those of exploitation that show in a child's own life.

Our own choice. Violence at home (H) and failures of agencies (F) say nothing of who is with whom at a school.
"""

from collections.abc import Mapping

from sightline.domain.signs.rule import Rule

COUNTED = ("C", "X")
"""Sections 3.1 (criminal exploitation) and 3.2 (sexual exploitation) of the rule book's source."""

NOT_COUNTED: Mapping[str, str] = {
    "C07": "falling attendance is so common that every large school would always be asked about",
    "C08": "leaving and moving schools is what an arrival is, and no first sign of a group",
    "C16": "it rests on what other children were met with, and nothing of it may go on from child to child",
    "C20": "a placement that broke down is about where a council lets a child live",
    "C21": "a placement far away is a council's decision",
    "X02": "health says that it holds something, and nobody but the named doctor may say what",
    "C26": "an interview that was not held is a failure of agencies",
    "X07": "it says who is at an address, and goes to few",
}


def is_counted(rule: Rule) -> bool:
    """Tell whether the signs of a rule count."""
    return rule.code.startswith(COUNTED) and rule.code not in NOT_COUNTED
