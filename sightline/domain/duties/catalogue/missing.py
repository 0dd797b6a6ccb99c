"""Duties while a child is missing, and after return."""

from datetime import date

from sightline.domain.duties.catalogue.terms import EDITION, ENGLAND_AND_WALES, OURS, OURS_SINCE
from sightline.domain.duties.claims import missing as claims
from sightline.domain.duties.claims.acts import DECISION, NOTICES, always, decided, done, noticed
from sightline.domain.duties.clock import WITHOUT_DELAY, hours
from sightline.domain.duties.rule import Basis, DutyRule, Ending
from sightline.domain.vocabulary.duty import DutyState, Part

REPORTED = ("missing.reported",)
AWAY = ("missing.reported", "missing.absent")
FOUND = ("missing.found",)

GUIDANCE = "Department for Education, statutory guidance on children who run away or go missing, January 2014"
GUIDANCE_SINCE = date(2014, 1, 1)

CHILD_FOUND = Ending(FOUND, claims.found, DutyState.MET, "The child was found")
INTERVIEW_DECLINED = Ending(
    DECISION, claims.interview_declined, DutyState.MISSED, "Not held: it was declined", on_entry=True)

MISSING: tuple[DutyRule, ...] = (
    DutyRule(
        code="D-MIS-1", title="Risk graded when a child is missing",
        what="Grade the risk and allocate the search; go on reviewing it, and record who said what and when.",
        owed_by=Part.FORCE, owed_to=("the child",), nations=ENGLAND_AND_WALES, valid_from=GUIDANCE_SINCE,
        clock=WITHOUT_DELAY, basis=Basis.GUIDANCE,
        authority="College of Policing, Authorised Professional Practice: missing persons", sources=("APP",),
        evidence=("grade of risk", "factors", "who told it", "time"), verified=True, edition=EDITION,
        started_by=REPORTED, when=always, met_by=(*REPORTED, *DECISION), met_when=claims.graded,
        endings=(CHILD_FOUND,), answered_on_entry=True,
    ),
    DutyRule(
        code="D-MIS-2", title="Police and council told of a child missing from care",
        what="Tell the police, the council that placed the child and the parents; that council tells the area's.",
        owed_by=Part.PROVIDER, owed_to=("police", Part.CARING_COUNCIL, Part.PARENT), nations=ENGLAND_AND_WALES,
        valid_from=GUIDANCE_SINCE, clock=WITHOUT_DELAY, basis=Basis.GUIDANCE,
        authority=f"{GUIDANCE}; Children's Homes (England) Regulations 2015 reg 34", sources=("R3", "L13"),
        evidence=("last seen by a responsible adult", "missing or away"), verified=True, edition=EDITION,
        started_by=AWAY, when=claims.missing_from_care, met_by=NOTICES, met_when=noticed,
    ),
    DutyRule(
        code="D-MIS-3", title="Strategy meeting when a child is missing for 72 hours",
        what="Hold a strategy meeting and a senior review if the child is still missing then.",
        owed_by=Part.HOME_COUNCIL, owed_by_if_looked_after=Part.CARING_COUNCIL, owed_to=("the child",),
        nations=ENGLAND_AND_WALES, valid_from=GUIDANCE_SINCE, clock=hours(72), basis=Basis.LOCAL,
        authority="Local protocols", sources=("MEMORY",), evidence=("meeting", "who took part"),
        verified=False, edition=EDITION,
        started_by=REPORTED, when=claims.missing_long, met_by=("care.strategy-discussion",), met_when=done,
    ),
    DutyRule(
        code="D-MIS-4", title="Prevention interview on return",
        what="See the child on return; ask about harm, where and with whom; record what the child says.",
        owed_by=Part.FORCE, owed_to=("the child",), nations=ENGLAND_AND_WALES, valid_from=GUIDANCE_SINCE,
        clock=WITHOUT_DELAY, basis=Basis.GUIDANCE,
        authority="College of Policing, Authorised Professional Practice: missing persons", sources=("MEMORY",),
        evidence=("seen alone", "injuries", "property"), verified=False, edition=EDITION,
        started_by=FOUND, when=always, met_by=DECISION, met_when=decided, answered_on_entry=True,
    ),
    DutyRule(
        code="D-MIS-5", title="Independent return interview",
        what="Offer and hold an independent return interview. Offering it is recorded, and does not meet the duty.",
        owed_by=Part.HOME_COUNCIL, owed_by_if_looked_after=Part.CARING_COUNCIL, owed_to=("the child",),
        nations=ENGLAND_AND_WALES, valid_from=GUIDANCE_SINCE, clock=hours(72), basis=Basis.GUIDANCE,
        authority=GUIDANCE, sources=("G5", "R3"),
        evidence=("offered", "accepted", "when held", "by whom, and whether independent", "shared with whom"),
        verified=True, edition=EDITION,
        started_by=(*FOUND, *AWAY), when=claims.returned, counting=claims.counted_from_return,
        met_by=("missing.return-interview",), met_when=claims.interviewed, endings=(INTERVIEW_DECLINED,),
    ),
    DutyRule(
        code="D-MIS-6", title="What the child said is shared",
        what="Share the relevant parts of the return interview with the police and the safeguarding team.",
        owed_by=Part.HOME_COUNCIL, owed_by_if_looked_after=Part.CARING_COUNCIL,
        owed_to=(Part.HOME_FORCE, "safeguarding team"), nations=ENGLAND_AND_WALES, valid_from=GUIDANCE_SINCE,
        clock=WITHOUT_DELAY, basis=Basis.GUIDANCE, authority=GUIDANCE, sources=("MEMORY",), evidence=("items shared",),
        verified=False, edition=EDITION,
        started_by=("missing.return-interview",), when=claims.interview_held, met_by=NOTICES, met_when=noticed,
    ),
    DutyRule(
        code="D-MIS-7", title="A missing episode stays open",
        what="Keep the episode open until the child is found or turns 18; then close it by its code.",
        owed_by=Part.HOME_COUNCIL, owed_by_if_looked_after=Part.CARING_COUNCIL, owed_to=("the child",),
        nations=ENGLAND_AND_WALES, valid_from=GUIDANCE_SINCE, clock=claims.EIGHTEENTH_BIRTHDAY, basis=Basis.GUIDANCE,
        authority="SSDA903 return, guide to missing episodes", sources=("R3",), evidence=("end of the episode",),
        verified=True, edition=EDITION,
        started_by=REPORTED, when=claims.missing_with_no_end, counting=claims.until_18,
        met_by=FOUND, met_when=claims.found,
    ),
    DutyRule(
        code="D-MIS-8", title="Other areas told where a child was found",
        what="Tell the reporting force, the home council and the council where the child was found.",
        owed_by=Part.FORCE, owed_to=(Part.HOME_FORCE, Part.HOME_COUNCIL, Part.FOUND_COUNCIL),
        nations=ENGLAND_AND_WALES, valid_from=OURS_SINCE, clock=WITHOUT_DELAY, basis=Basis.LOCAL,
        authority=f"{OURS}; Children Act 1989 s.46 and s.47", sources=("OURS", "L1"),
        evidence=("acknowledgement of both councils",), verified=False, edition=EDITION,
        started_by=FOUND, when=claims.found_in_another_force, met_by=NOTICES, met_when=claims.areas_told,
    ),
)
