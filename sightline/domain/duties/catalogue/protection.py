"""Duties of assessment, police protection, enquiries, conferences and plans."""

from datetime import date

from sightline.domain.duties.catalogue.terms import EDITION, ENGLAND_AND_WALES, NOT_NEEDED
from sightline.domain.duties.claims import protection as claims
from sightline.domain.duties.claims.acts import NOTICES, noticed
from sightline.domain.duties.clock import WITHOUT_DELAY, hours, months, working
from sightline.domain.duties.rule import Basis, DutyRule, Ending
from sightline.domain.vocabulary.duty import DutyState, Part

WORKING_TOGETHER = "Working Together to Safeguard Children"
CHILDREN_ACT_SINCE = date(1991, 10, 14)
WORKING_TOGETHER_SINCE = date(2013, 4, 15)
PLAN_ENDED = Ending(
    ("care.plan", "care.closed", "care.conference"), claims.plan_ended, DutyState.MET, "The plan ended")

PROTECTION: tuple[DutyRule, ...] = (
    DutyRule(
        code="D-REF-2", title="Assessment completed",
        what="Complete the assessment: the child seen, and alone; the factors recorded.",
        owed_by=Part.HOME_COUNCIL, owed_to=("the child",), nations=ENGLAND_AND_WALES,
        valid_from=WORKING_TOGETHER_SINCE, clock=working(45), basis=Basis.GUIDANCE,
        authority=f"{WORKING_TOGETHER}; children in need census rule 8670Q", sources=("R4", "G21"),
        evidence=("child seen", "seen alone", "factors"), verified=False, edition=EDITION,
        started_by=("care.assessment",), when=claims.assessment_started, counting=claims.counted_from_the_referral,
        met_by=("care.assessment",), met_when=claims.assessed, met_at_end=True,
    ),
    DutyRule(
        code="D-PP-1", title="Councils told of police protection",
        what="Tell the council where the child was found, the home council, the child and the parents.",
        owed_by=Part.FORCE, owed_to=(Part.FOUND_COUNCIL, Part.HOME_COUNCIL, "the child", Part.PARENT),
        nations=ENGLAND_AND_WALES, valid_from=CHILDREN_ACT_SINCE, clock=WITHOUT_DELAY, basis=Basis.LAW,
        authority="Children Act 1989 s.46(3), (4)", sources=("L1",),
        evidence=("each act with its time", "the child's wishes"), verified=True, edition=EDITION,
        started_by=("police.protection",), when=claims.protected_by_police, met_by=NOTICES, met_when=noticed,
    ),
    DutyRule(
        code="D-PP-2", title="End of police protection",
        what="Release the child, or have an emergency protection order: police protection ends and cannot be renewed.",
        owed_by=Part.FORCE, owed_to=("the child",), nations=ENGLAND_AND_WALES, valid_from=CHILDREN_ACT_SINCE,
        clock=hours(72), basis=Basis.LAW, authority="Children Act 1989 s.46(6)", sources=("L1",),
        evidence=("time and way of the end",), verified=True, edition=EDITION,
        started_by=("police.protection",), when=claims.protected_by_police,
        counting=claims.counted_from_the_first_minute,
        met_by=("decision.made", "care.looked-after"), met_when=claims.released_or_ordered, one_chance=True,
    ),
    DutyRule(
        code="D-S47-1", title="Enquiries after police protection",
        what="Make enquiries to decide what to do to safeguard the child; see the child; begin the same day.",
        owed_by=Part.FOUND_COUNCIL, owed_to=("the child",), nations=ENGLAND_AND_WALES, valid_from=CHILDREN_ACT_SINCE,
        clock=WITHOUT_DELAY, basis=Basis.LAW, authority="Children Act 1989 s.47(1), (4)", sources=("L2",),
        evidence=("start", "child seen", "outcome"), verified=True, edition=EDITION,
        started_by=("police.protection",), when=claims.protected_by_police, met_by=("care.enquiry",),
        met_when=claims.enquired_after,
    ),
    DutyRule(
        code="D-S47-2", title="Initial child protection conference",
        what="Hold the initial child protection conference if the enquiries bear out the concern.",
        owed_by=Part.HOME_COUNCIL, owed_to=("the child",), nations=ENGLAND_AND_WALES,
        valid_from=WORKING_TOGETHER_SINCE, clock=working(15), basis=Basis.GUIDANCE,
        authority=f"{WORKING_TOGETHER}: 15 working days after the strategy discussion", sources=("R3", "R4"),
        evidence=("strategy discussion", "attendees", "target date", "conference", "reason of delay"),
        verified=False, edition=EDITION,
        started_by=("care.enquiry",), when=claims.enquired, counting=claims.counted_from_the_discussion,
        met_by=("care.conference",), met_when=claims.conferred, endings=(NOT_NEEDED,), answers_all=True,
    ),
    DutyRule(
        code="D-STR-1", title="Strategy discussion",
        what="Hold a strategy discussion with police, health, referrer and school.",
        owed_by=Part.HOME_COUNCIL, owed_to=("the child",), nations=ENGLAND_AND_WALES,
        valid_from=WORKING_TOGETHER_SINCE, clock=WITHOUT_DELAY, basis=Basis.GUIDANCE, authority=WORKING_TOGETHER,
        sources=("MEMORY",), evidence=("who took part", "what was decided", "who was absent"), verified=False,
        edition=EDITION,
        started_by=("police.protection", "care.decision"), when=claims.significant_harm_suspected,
        met_by=("care.strategy-discussion", "care.enquiry"), met_when=claims.discussed, endings=(NOT_NEEDED,),
        answers_all=True,
    ),
    DutyRule(
        code="D-CP-3", title="New council told that a child moved during enquiries",
        what="Complete the enquiry, and tell the new council as soon as the move is known.",
        owed_by=Part.TELLER, owed_to=(Part.HOST_COUNCIL,), nations=ENGLAND_AND_WALES,
        valid_from=WORKING_TOGETHER_SINCE, clock=WITHOUT_DELAY, basis=Basis.GUIDANCE,
        authority="Multi-agency procedures on moving across boundaries", sources=("G8",),
        evidence=("notice", "report at the end of the enquiry"), verified=True, edition=EDITION,
        started_by=("child.home",), when=claims.moved_during_enquiries, met_by=NOTICES, met_when=noticed,
        endings=(NOT_NEEDED,),
    ),
    DutyRule(
        code="D-CP-1-CORE", title="Core group of a child protection plan",
        what="Bring the core group together: the worker, the family, and those who carry the plan out.",
        owed_by=Part.HOME_COUNCIL, owed_to=("the child",), nations=ENGLAND_AND_WALES,
        valid_from=WORKING_TOGETHER_SINCE, clock=working(10), basis=Basis.GUIDANCE, authority=WORKING_TOGETHER,
        sources=("MEMORY",), evidence=("day", "who took part"), verified=False, edition=EDITION,
        started_by=("care.plan",), when=claims.plan_of_protection, met_by=("care.core-group",),
        met_when=claims.group_met, endings=(PLAN_ENDED, NOT_NEEDED),
    ),
    DutyRule(
        code="D-CP-1-AGAIN", title="Later review of a child protection plan",
        what="Hold the next review conference of the plan, within six months of the last.",
        owed_by=Part.HOME_COUNCIL, owed_to=("the child",), nations=ENGLAND_AND_WALES,
        valid_from=WORKING_TOGETHER_SINCE, clock=months(6), basis=Basis.GUIDANCE, authority=WORKING_TOGETHER,
        sources=("MEMORY",), evidence=("day", "who took part", "child seen alone"), verified=False, edition=EDITION,
        started_by=("care.conference",), when=claims.reviewed_and_continued, met_by=("care.conference",),
        met_when=claims.conferred_later, endings=(PLAN_ENDED,), answers_all=True,
    ),
    DutyRule(
        code="D-CP-1", title="Review of a child protection plan",
        what="Hold the first review conference of the plan.",
        owed_by=Part.HOME_COUNCIL, owed_to=("the child",), nations=ENGLAND_AND_WALES,
        valid_from=WORKING_TOGETHER_SINCE, clock=months(3), basis=Basis.GUIDANCE, authority=WORKING_TOGETHER,
        sources=("MEMORY",), evidence=("day", "who took part", "child seen alone"), verified=False, edition=EDITION,
        started_by=("care.plan",), when=claims.plan_of_protection, met_by=("care.conference",),
        met_when=claims.conferred_later, endings=(PLAN_ENDED,),
    ),
)
