"""Duties of children's social care, and of the police when there is violence at home."""

from datetime import date

from sightline.domain.duties.catalogue.terms import EDITION, ENGLAND_AND_WALES
from sightline.domain.duties.claims import care as claims
from sightline.domain.duties.claims.acts import NOTICES, noticed
from sightline.domain.duties.clock import BEFORE_NEXT_SCHOOL_DAY, working
from sightline.domain.duties.rule import Basis, DutyRule
from sightline.domain.vocabulary.duty import Part

CARE: tuple[DutyRule, ...] = (
    DutyRule(
        code="D-REF-1", title="Decision on a referral",
        what="Acknowledge the referral, decide the type of response, and tell the referrer.",
        owed_by=Part.HOME_COUNCIL, owed_to=(Part.TELLER,), nations=ENGLAND_AND_WALES, valid_from=date(2013, 4, 15),
        clock=working(1), basis=Basis.GUIDANCE, authority="Working Together to Safeguard Children", sources=("G21",),
        evidence=("decision", "reason of the threshold", "time of the answer"), verified=False, edition=EDITION,
        started_by=("care.referral",), when=claims.referred,
        met_by=("care.decision", "care.assessment", "care.strategy-discussion", "care.enquiry"),
        met_when=claims.response_decided, answers_all=True,
    ),
    DutyRule(
        code="D-ENC", title="School told of violence at home",
        what="Notify the safeguarding lead of the child's school or setting of the domestic abuse incident.",
        owed_by=Part.FORCE, owed_to=(Part.SCHOOL,), nations=ENGLAND_AND_WALES, valid_from=date(2025, 11, 7),
        clock=BEFORE_NEXT_SCHOOL_DAY, basis=Basis.LAW,
        authority="Victims and Prisoners Act 2024; statutory guidance on Operation Encompass, 7 November 2025",
        sources=("G1",),
        evidence=("police reference", "time and place", "where the child was", "the child's words", "receipt"),
        verified=True, edition=EDITION,
        started_by=("police.domestic-incident",), when=claims.of_school_age, met_by=NOTICES, met_when=noticed,
        one_chance=True,
    ),
)
