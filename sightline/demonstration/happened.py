"""What really happened to an invented child: facts, before any agency writes them down."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sightline.reference.schools import School

HISTORY_DAYS = 730
"""How far back an invented child's history goes, except for placements that began earlier."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Hold one exclusion or suspension: `sessions` are half days, `last` is the last day of a suspension."""

    first: date
    last: date | None
    category: str
    sessions: int | None
    reasons: tuple[str, ...]
    school: School


@dataclass(frozen=True, slots=True)
class Attendance:
    """Hold the sessions of one half term."""

    first: date
    last: date
    possible: int
    attended: int
    unauthorised: int
    school: School


@dataclass(frozen=True, slots=True)
class SpecialNeed:
    """Hold what a school provides for a pupil's special educational need: codes of the School Census.

    `provision` is N (none), K (support) or E (plan); `types` are the types of need, the main one first.
    """

    provision: str
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RollChange:
    """Hold that a child joined or left a school outside the usual times."""

    on: date
    joined: bool
    school: School
    reason: str
    destination: str | None


@dataclass(slots=True)
class Referral:
    """Hold one referral to a council's social care and what followed; days that have not come stay None."""

    on: date
    source: str
    council_code: str
    need: str = "N1"
    no_further_action: bool = False
    assessed_from: date | None = None
    assessed_to: date | None = None
    factors: tuple[str, ...] = ()
    enquiry_on: date | None = None
    conference_on: date | None = None
    plan_on: date | None = None
    plan_ended_on: date | None = None
    reviewed_on: tuple[date, ...] = ()
    in_need_plan_on: date | None = None
    worker_id: str | None = None
    closed_on: date | None = None
    closure: str | None = None


@dataclass(slots=True)
class Placement:
    """Hold one placement of a looked-after child: codes of the looked-after children's return."""

    since: date
    started_because: str
    legal_status: str
    need: str
    kind: str
    provider: str
    postcode: str
    home_postcode: str
    council_code: str
    until: date | None = None
    ended_because: str | None = None
    moved_because: str | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Hold one time away: `found_at` is the postcode where the child was found; `kind` M or A as in the return."""

    since: datetime
    until: datetime
    kind: str
    looked_after: bool
    found_at: str
    interview_held_at: datetime | None


@dataclass(slots=True)
class Arrest:
    """Hold one arrest with what followed in custody."""

    at: datetime
    force: str
    suite: str
    suite_postcode: str
    postcode: str
    offence: str
    found: tuple[str, ...]
    adult_told_at: datetime
    adult_came_at: datetime
    interviewed_at: datetime
    outcome: str
    outcome_at: datetime
    released_at: datetime
    mode: str
    received_by: str | None
    council_told_at: datetime | None
    referred_at: datetime | None


@dataclass(frozen=True, slots=True)
class PoliceEvent:
    """Hold one other police record: `kind` is a record type of the feed of police events."""

    kind: str
    at: datetime
    force: str
    postcode: str
    offence: str | None = None
    found: tuple[str, ...] = ()
    grade: str | None = None
    child_seen: bool | None = None
    companions: tuple[tuple[str, str, int], ...] = ()
    things: tuple[tuple[str, str], ...] = ()
    station: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Hold something that a health service, a charity or the police tells as an entry of a timeline."""

    kind: str
    at: datetime | date
    teller: str
    facts: tuple[tuple[str, str], ...]
    postcode: str | None = None


@dataclass(slots=True)
class Life:
    """Hold all that happened to one child within the history."""

    exclusions: list[Exclusion] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)
    roll: list[RollChange] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    arrests: list[Arrest] = field(default_factory=list)
    police: list[PoliceEvent] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    need: SpecialNeed | None = None
    school: School | None = None
    joined_school_on: date | None = None

    def looked_after_on(self, day: date) -> Placement | None:
        """Give the placement of that day, or None where the child was not looked after."""
        for one in self.placements:
            if one.since <= day and (one.until is None or one.until > day):
                return one
        return None

    def open_referral_on(self, day: date) -> Referral | None:
        """Give the referral under which a social worker worked with the child that day, or None."""
        for one in self.referrals:
            if one.worker_id and one.on <= day and (one.closed_on is None or one.closed_on > day):
                return one
        return None
