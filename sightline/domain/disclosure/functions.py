"""What each kind of agency is there for when it is told something of a child: its function, in words."""

from sightline.domain.vocabulary.agency import AgencyKind

FUNCTIONS: dict[AgencyKind, str] = {
    AgencyKind.COUNCIL: "protects and helps children who live or are found in its area",
    AgencyKind.POLICE: "protects people in its area and investigates those who harm them",
    AgencyKind.TRANSPORT_POLICE: "protects people on the railway and investigates those who harm them",
    AgencyKind.SCHOOL: "teaches the child and looks after the child’s welfare in school",
    AgencyKind.HEALTH: "treats the child and looks after the child’s health",
    AgencyKind.CHARITY: "gives the child support; it is told only what it must act on",
    AgencyKind.YOUTH_JUSTICE: "works with children in trouble with the law",
    AgencyKind.HOUSING: "houses the family; it is told only what it must act on",
    AgencyKind.PROBATION: "manages adults who have offended, and protects children from them",
    AgencyKind.CHILDRENS_HOME: "looks after the child every day",
    AgencyKind.INSPECTORATE: "inspects how agencies work; it is told nothing of a single child",
}

NEED_TO_ACT_ONLY = frozenset({AgencyKind.CHARITY, AgencyKind.HOUSING})
"""Who gets a narrow message on which to act, not the record (M v Sussex Police: details of a girl at risk went to a
business partnership of more than 500 members)."""


def can_be_told(kind: AgencyKind) -> bool:
    """Tell whether such an agency can be told something of a child: all but who only inspects."""
    return kind is not AgencyKind.INSPECTORATE
