"""Duties when a child is arrested or interviewed by police: a possible victim first."""

from datetime import date

from sightline.domain.duties.catalogue.terms import EDITION, ENGLAND_AND_WALES, OURS, OURS_SINCE
from sightline.domain.duties.claims import custody as claims
from sightline.domain.duties.claims.acts import DECISION, decided
from sightline.domain.duties.clock import WITHOUT_DELAY_IN_CUSTODY, hours
from sightline.domain.duties.rule import Basis, DutyRule
from sightline.domain.vocabulary.duty import Part

ARREST = ("police.arrest", "police.interview")
AUTHORITY = f"{OURS}, after HMICFRS 2020; Children Act 2004 s.11, Modern Slavery Act 2015 s.52"

CUSTODY: tuple[DutyRule, ...] = (
    DutyRule(
        code="D-ARR-4", title="Safeguarding referral of an arrested child",
        what="Refer the child to the home council and to the council where the child was found.",
        owed_by=Part.FORCE, owed_to=(Part.HOME_COUNCIL, Part.FOUND_COUNCIL), nations=ENGLAND_AND_WALES,
        valid_from=OURS_SINCE, clock=hours(1), basis=Basis.LOCAL, authority=AUTHORITY, sources=("OURS",),
        evidence=("referral", "officer", "minutes since the arrest"), verified=False, edition=EDITION,
        started_by=ARREST, when=claims.arrested_or_interviewed, met_by=("care.referral",),
        met_when=claims.referred_by_police,
    ),
    DutyRule(
        code="D-ARR-4-SCREEN", title="Victim screen before interview",
        what="Screen the child as a possible victim of exploitation before any interview.",
        owed_by=Part.FORCE, owed_to=("the child",), nations=ENGLAND_AND_WALES,
        valid_from=OURS_SINCE, clock=claims.BEFORE_INTERVIEW, basis=Basis.LOCAL, authority=AUTHORITY, sources=("OURS",),
        evidence=("version of the screen", "answers", "officer", "supervisor", "outcome"),
        verified=False, edition=EDITION,
        started_by=ARREST, when=claims.arrested_or_interviewed, counting=claims.before_the_interview,
        met_by=DECISION, met_when=decided, answered_on_entry=True, one_chance=True,
    ),
    DutyRule(
        code="D-CHG-2", title="A charged child is moved to council accommodation",
        what="Move the child to council accommodation, unless certified impracticable or not safe for the public.",
        owed_by=Part.FORCE, owed_to=("the child",), nations=ENGLAND_AND_WALES, valid_from=date(2015, 10, 26),
        clock=WITHOUT_DELAY_IN_CUSTODY, basis=Basis.LAW,
        authority="Police and Criminal Evidence Act 1984 s.38(6), (6A), (7): the same night", sources=("L5",),
        evidence=("time of the request", "council asked", "secure or not, and why", "answer", "certificate to court"),
        verified=True, edition=EDITION,
        started_by=("police.charge",), when=claims.charged,
        met_by=("police.release", "care.placement", "care.looked-after", *DECISION),
        met_when=claims.moved_to_the_council,
    ),
)
