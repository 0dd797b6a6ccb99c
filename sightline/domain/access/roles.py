"""Who may do what: one class a role, with words for people."""

from enum import StrEnum
from typing import ClassVar

from sightline.domain.access.verbs import Verb
from sightline.domain.vocabulary.agency import AgencyKind
from sightline.domain.vocabulary.offender import FEED as OFFENDERS
from sightline.domain.vocabulary.offender import MANAGED_BY


class Sight(StrEnum):
    """Say how much of a child's record a role can be shown at the most.

    WHOLE: everything, for children in whose life the officer's agency has a part that sees the whole.
    OWN: what the officer's agency told, what was shared with it, and what it owes or is owed.
    DRAWN: everything, to read and never to write, for the children drawn in an open inspection of the own inspectorate.
    NONE: nothing of any child.
    """

    WHOLE = "whole"
    OWN = "own"
    DRAWN = "drawn"
    NONE = "none"


class Role:
    """Describe a role: `code` is kept in the database, `words` are shown, `works_in` lists the kinds of agency."""

    code: ClassVar[str]
    words: ClassVar[str]
    works_in: ClassVar[frozenset[AgencyKind]]
    sight: ClassVar[Sight]
    may: ClassVar[frozenset[Verb]]
    purposes: ClassVar[tuple[str, ...]]


PRACTICE = frozenset({
    Verb.FIND_CHILD, Verb.SEE_CHILD, Verb.RECORD_SIGN, Verb.DECIDE, Verb.ACKNOWLEDGE, Verb.SEE_QUEUE,
    Verb.SEE_SETTINGS,
})

OPERATIONS = frozenset({Verb.SEE_OPERATION, Verb.KEEP_OPERATION})
"""A council's manager may see an operation; that only police enter one, the database holds."""


class SocialWorker(Role):
    """Work with children and families for a council."""

    code = "social-worker"
    words = "Social worker"
    works_in = frozenset({AgencyKind.COUNCIL})
    sight = Sight.WHOLE
    may = PRACTICE | {Verb.CLOSE_SIGN, Verb.SETTLE_DOUBT, Verb.ASK_IF_KNOWN, Verb.JUDGE_PLACE, Verb.JUDGE_LINK,
                      Verb.SEE_OPERATION, Verb.REFER_VICTIM, Verb.PROPOSE_SETTINGS}
    purposes = ("protect", "assess", "custody", "missing", "education", "records", "other")


class DutyManager(Role):
    """Answer for a council's or police force's safeguarding desk."""

    code = "duty-manager"
    words = "Duty manager"
    works_in = frozenset({AgencyKind.COUNCIL, AgencyKind.POLICE, AgencyKind.TRANSPORT_POLICE})
    sight = Sight.WHOLE
    may = PRACTICE | {Verb.CLOSE_SIGN, Verb.SETTLE_DOUBT, Verb.REASSIGN, Verb.SEE_AUDIT, Verb.SEND_FILES,
                      Verb.SEE_OVERSIGHT, Verb.KEEP_ROTA, Verb.OVERRIDE_RELEASE, Verb.SUPERVISE_CHARGE,
                      Verb.ASK_IF_KNOWN, Verb.JUDGE_PLACE, Verb.JUDGE_LINK, Verb.SEE_CUSTODY_DESK, Verb.REFER_VICTIM,
                      Verb.SWITCH_SIGN, Verb.PROPOSE_SETTINGS, *OPERATIONS}
    purposes = ("protect", "assess", "custody", "missing", "education", "records", "other")


class EducationLead(Role):
    """Answer for a council's duties to educate excluded children."""

    code = "education-lead"
    words = "Education lead"
    works_in = frozenset({AgencyKind.COUNCIL})
    sight = Sight.WHOLE
    may = PRACTICE | {Verb.SEND_FILES}
    purposes = ("education", "protect", "records", "other")


class SafeguardingOfficer(Role):
    """Protect children for a police force."""

    code = "police-safeguarding"
    words = "Police safeguarding officer"
    works_in = frozenset({AgencyKind.POLICE, AgencyKind.TRANSPORT_POLICE})
    sight = Sight.OWN
    may = PRACTICE | {Verb.ASK_IF_KNOWN, Verb.JUDGE_PLACE, Verb.SEE_CUSTODY_DESK, Verb.REFER_VICTIM, *OPERATIONS}
    purposes = ("protect", "custody", "missing", "other")


class CustodySergeant(Role):
    """Answer for the welfare of everybody in custody."""

    code = "custody-sergeant"
    words = "Custody sergeant"
    works_in = frozenset({AgencyKind.POLICE, AgencyKind.TRANSPORT_POLICE})
    sight = Sight.OWN
    may = PRACTICE | {Verb.ASK_IF_KNOWN, Verb.SEE_CUSTODY_DESK, Verb.REFER_VICTIM, *OPERATIONS}
    purposes = ("custody", "protect", "missing", "other")


class SafeguardingLead(Role):
    """Lead safeguarding in a school, a home, a health body or a charity."""

    code = "safeguarding-lead"
    words = "Designated safeguarding lead"
    works_in = frozenset({AgencyKind.SCHOOL, AgencyKind.HEALTH, AgencyKind.CHARITY, AgencyKind.CHILDRENS_HOME,
                          AgencyKind.YOUTH_JUSTICE, AgencyKind.HOUSING, AgencyKind.PROBATION})
    sight = Sight.OWN
    may = PRACTICE | {Verb.SEND_FILES}
    purposes = ("protect", "education", "missing", "assess", "records", "other")


class OffenderManager(Role):
    """Manage sexual and violent offenders after release; sees no child's page."""

    code = "offender-manager"
    words = "Offender manager"
    works_in = MANAGED_BY
    sight = Sight.NONE
    may = frozenset({Verb.SEE_OFFENDERS, Verb.KEEP_OFFENDERS, Verb.SEND_FILES})
    purposes = ("offenders",)


class OffenderSupervisor(Role):
    """Answer for the offender managers of an agency; sees no child's page."""

    code = "offender-supervisor"
    words = "Supervisor of offender managers"
    works_in = MANAGED_BY
    sight = Sight.NONE
    may = frozenset({Verb.SEE_OFFENDERS, Verb.KEEP_OFFENDERS, Verb.SUPERVISE_OFFENDERS, Verb.SEND_FILES})
    purposes = ("offenders",)


class DataOfficer(Role):
    """Send an agency's files and put their faults right; sees no child's page."""

    code = "data-officer"
    words = "Data officer"
    works_in = frozenset(AgencyKind)
    sight = Sight.NONE
    may = frozenset({Verb.SEND_FILES})
    purposes = ("records",)


class Inspector(Role):
    """Inspect how agencies protect children."""

    code = "inspector"
    words = "Inspector"
    works_in = frozenset({AgencyKind.INSPECTORATE})
    sight = Sight.DRAWN
    may = frozenset({Verb.SEE_OVERSIGHT, Verb.SEE_OPERATION, Verb.SEE_SETTINGS, Verb.INSPECT_CASES})
    purposes = ("inspect",)


class OfficerKeeper(Role):
    """Keep an agency's list of officers; sees no child."""

    code = "officer-keeper"
    words = "Keeper of officers"
    works_in = frozenset(AgencyKind)
    sight = Sight.NONE
    may = frozenset({Verb.KEEP_OFFICERS, Verb.KEEP_ROTA})
    purposes = ("records",)


ROLES: dict[str, type[Role]] = {
    role.code: role
    for role in (SocialWorker, DutyManager, EducationLead, SafeguardingOfficer, CustodySergeant, SafeguardingLead,
                 OffenderManager, OffenderSupervisor, DataOfficer, Inspector, OfficerKeeper)
}


class RoleNotAllowed(PermissionError):
    """Your role does not allow this. Ask your agency's keeper of officers if you need it for your work."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def may(role: type[Role] | None, verb: Verb) -> bool:
    """Tell whether the role allows the act; nobody without a role may do anything."""
    return role is not None and verb in role.may


def may_send(role: type[Role] | None, feed: str) -> bool:
    """Tell whether the role allows to send files of a feed: who manages offenders sends those of offenders, no other.

    The database shows a file and its faults by the same rule.
    """
    return may(role, Verb.SEND_FILES) and may(role, Verb.KEEP_OFFENDERS) == (feed == OFFENDERS)


def require_may(role: type[Role] | None, verb: Verb) -> None:
    """Raise RoleNotAllowed where the role does not allow the act."""
    if not may(role, verb):
        raise RoleNotAllowed
