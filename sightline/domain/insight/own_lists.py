"""Whose children stand on which list when a partnership's own records are taken as lists: definitions with editions.

What counts as an exploited child matters more than how the number is estimated: 15 records of a hundred that do not
belong on the lists raise every answer by two fifths. So a definition is data, it is stated with each answer, and a
change of it is a new edition, whose answers are never compared with those of the old one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sightline.domain.signs.catalogue import RULES
from sightline.domain.vocabulary.agency import AgencyKind


@dataclass(frozen=True, slots=True)
class OwnList:
    """Hold one list: its name, and the kinds of agency whose tellings put a child on it.

    `fields` are fields of work: what a council tells of these stands here, and not on the council's own list.
    """

    name: str
    kinds: tuple[AgencyKind, ...]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseDefinition:
    """Hold who counts and what the lists are; changing any of it is a new edition.

    `standing` are signs that count while they stand, `confirmed` those that count where a person closed them as
    confirmed. Ages are whole years on the day of the event. `words` say it on pages; `not_said` what it does not mean.
    """

    code: str
    edition: str
    words: str
    not_said: str
    standing: tuple[str, ...]
    confirmed: tuple[str, ...]
    from_age: int
    to_age: int
    lists: tuple[OwnList, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> str:
        """Name the definition with its edition."""
        return f"{self.code}, edition {self.edition}"


SPEAKS_OF_EXPLOITATION = ("C01", "C02", "C09", "C10", "C11", "C13", "C14", "C15", "C16", "C17", "C18", "C22", "C23",
                          "C24", "C28")
"""Signs that speak of exploitation itself. Those of what makes it likelier (school lost, placements broken down, times
missing alone) are left out: so many children have them who are not exploited that every answer would be too high. Which
are which is our own judgement; no person of practice has checked it."""
OF_CRIMINAL_EXPLOITATION = tuple(rule.code for rule in RULES if rule.code.startswith("C"))

LISTS = (
    OwnList("Children’s social care", (AgencyKind.COUNCIL,)),
    OwnList("Police", (AgencyKind.POLICE, AgencyKind.TRANSPORT_POLICE)),
    OwnList("Schools and education", (AgencyKind.SCHOOL,), fields=("school",)),
    OwnList("Health", (AgencyKind.HEALTH,)),
    OwnList("Charities", (AgencyKind.CHARITY,)),
    OwnList("Others", (AgencyKind.YOUTH_JUSTICE, AgencyKind.HOUSING, AgencyKind.PROBATION, AgencyKind.CHILDRENS_HOME)),
)

AGE, HOME, SHIELDED, EXPLAINED = "age", "home", "shielded", "explained"
DEFINITION = CaseDefinition(
    code="E1", edition="1",
    words="A child aged 10 to 17 on whom a warning sign that speaks of criminal exploitation stood in the period, or "
          "any of criminal exploitation was confirmed by a person. A list holds the child where an agency of its kind "
          "itself told of something in the period on which such a sign rests. Children who live with a council that "
          "takes no part here are left out.",
    not_said="A warning sign says that somebody should look. It is no finding that the child is exploited.",
    standing=SPEAKS_OF_EXPLOITATION, confirmed=OF_CRIMINAL_EXPLOITATION, from_age=10, to_age=17, lists=LISTS,
    left_out={
        AGE: "Younger than 10, older than 17, or of an age that nobody told",
        HOME: "Living in the area of a council that takes no part here",
        SHIELDED: "Their whereabouts are kept confidential",
        EXPLAINED: "Every such sign was closed with another explanation, or as of the wrong person or data"})
"""The definition in use."""

PERIOD_DAYS = 365
LATE_DAYS = 31
"""A list whose agencies began to tell this long after the period did does not cover it."""
