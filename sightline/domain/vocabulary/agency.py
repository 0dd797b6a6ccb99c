"""The kinds of organisation that hold a piece of the same child."""

from enum import StrEnum


class AgencyKind(StrEnum):
    """Name the kinds of agency."""

    COUNCIL = "council"
    POLICE = "police"
    TRANSPORT_POLICE = "transport-police"
    SCHOOL = "school"
    HEALTH = "health"
    CHARITY = "charity"
    YOUTH_JUSTICE = "youth-justice"
    HOUSING = "housing"
    PROBATION = "probation"
    CHILDRENS_HOME = "childrens-home"
    INSPECTORATE = "inspectorate"


AGENCY_KIND_WORDS = {
    AgencyKind.COUNCIL: "Council with children's services",
    AgencyKind.POLICE: "Police force",
    AgencyKind.TRANSPORT_POLICE: "Transport police",
    AgencyKind.SCHOOL: "School",
    AgencyKind.HEALTH: "Health",
    AgencyKind.CHARITY: "Charity",
    AgencyKind.YOUTH_JUSTICE: "Youth justice service",
    AgencyKind.HOUSING: "Housing",
    AgencyKind.PROBATION: "Probation",
    AgencyKind.CHILDRENS_HOME: "Children's home",
    AgencyKind.INSPECTORATE: "Inspectorate",
}
