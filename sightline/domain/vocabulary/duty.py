"""What is owed for a child, by whom, to whom, and by when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sightline.domain.vocabulary.moment import Moment


class DutyState(StrEnum):
    """Say how a duty stands: missed means that it can no longer be met."""

    OPEN = "open"
    MET = "met"
    LATE = "late"
    MISSED = "missed"


class Part(StrEnum):
    """Name the part that an agency plays for a child when a duty falls on it."""

    SCHOOL = "school"
    RECEIVING_SCHOOL = "receiving school"
    HOME_COUNCIL = "home council"
    FOUND_COUNCIL = "found-in council"
    CARING_COUNCIL = "council that looks after the child"
    HOST_COUNCIL = "host council"
    PLAN_COUNCIL = "council that holds the protection plan"
    ASKED_COUNCIL = "council that was asked to accommodate"
    ENQUIRING_COUNCIL = "council that makes the enquiries"
    HOME_FORCE = "home police force"
    FORCE = "police force of the event"
    HOST_FORCE = "host police force"
    PROVIDER = "provider of the placement"
    TELLER = "agency that told it"
    PARENT = "parent or carer"
    HEALTH = "health service"
    YOUTH_JUSTICE = "youth justice service"
    COMPETENT_AUTHORITY = "competent authority of the National Referral Mechanism"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class Duty:
    """Hold one owed act.

    `owed_by` and `owed_to` name agencies as far as the timeline tells them, else the part in words. `due_at` is the
    limit in law or guidance, a day meaning its end; None where the law gives no number. `local_target_at` is a target
    that a partnership sets for itself. `started_by` and `met_by` are entry ids.
    """

    code: str
    what: str
    part: Part
    owed_by: str
    owed_to: str
    started_by: str
    started_at: Moment
    due_at: Moment | None
    local_target_at: Moment | None
    estimated: bool
    state: DutyState
    met_by: str | None
    met_at: Moment | None
    authority: str
    verified: bool
    edition: str
    explanation: str
    look_again_at: datetime | None
