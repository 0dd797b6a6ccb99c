"""The stranger's question: is this child known, and whom do I ring? What is answered, to whom, how often.

Only yes, no, or "ring": never what is known, by whom, or since when. After ContactPoint (2004 to 2010) and the index of
the Department for Education that answers existence apart from content: identifiers and a purpose in, limits on how
often, and a shielded child is answered like a doubtful one.
"""

from datetime import timedelta
from enum import StrEnum

from sightline.domain.vocabulary.agency import AgencyKind


class Answered(StrEnum):
    """Name an answer."""

    YES = "yes"
    NO = "no"
    RING = "ring"
    TOO_OFTEN = "too often"
    NOT_ANSWERED = "not answered"


MAY_ASK = frozenset({AgencyKind.POLICE, AgencyKind.TRANSPORT_POLICE, AgencyKind.HEALTH, AgencyKind.COUNCIL})
"""Kinds of agency whose officers meet children whom they do not know."""

WITHIN = timedelta(hours=1)
MOST_OF_AN_OFFICER = 6
MOST_OF_AN_AGENCY = 60
"""How many questions an officer and an agency may ask within an hour (our own numbers: an operation on a platform finds
few children, a list of names has many)."""

ANSWERS = {
    Answered.YES: "Yes, this child is known.",
    Answered.NO: "No agency here knows a child of this name and birthday.",
    Answered.RING: "We cannot say from here. Ring, and ask.",
    Answered.TOO_OFTEN: "You have asked as often as one may in an hour. Ring instead.",
    Answered.NOT_ANSWERED: "The question could not be answered just now. Ring instead.",
}
NO_PROOF = "That is no proof of safety: it says only that nobody has told us of such a child."
