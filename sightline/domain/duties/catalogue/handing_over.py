"""Duties that a handover between agencies starts or meets: a plan's transfer, a move during enquiries, a file."""

from datetime import date

from sightline.domain.duties.catalogue.terms import EDITION, ENGLAND, ENGLAND_AND_WALES, NOT_NEEDED
from sightline.domain.duties.claims import handing_over as claims
from sightline.domain.duties.claims.acts import NOTICES, noticed
from sightline.domain.duties.clock import WITHOUT_DELAY, days, working
from sightline.domain.duties.rule import Basis, DutyRule
from sightline.domain.vocabulary.duty import Part

HANDING_OVER: tuple[DutyRule, ...] = (
    DutyRule(
        code="D-CP-2", title="Transfer of a protection plan",
        what="Hold the transfer-in conference; the council of origin stays responsible until it accepts.",
        owed_by=Part.TELLER, owed_to=("council of origin",), nations=ENGLAND_AND_WALES, valid_from=date(2013, 4, 15),
        clock=working(15), basis=Basis.GUIDANCE, authority="Multi-agency procedures on moving across boundaries",
        sources=("G8",), evidence=("request", "acceptance", "documents list", "day on which responsibility passes"),
        verified=True, edition=EDITION,
        started_by=("notice.acknowledged",), when=claims.plan_received, met_by=("care.conference",),
        met_when=claims.conferred_by_the_receiver, endings=(NOT_NEEDED,),
    ),
    DutyRule(
        code="D-CP-3", title="New council told that a child moved during enquiries",
        what="Complete the enquiry, and tell the new council as soon as the move is known.",
        owed_by=Part.ENQUIRING_COUNCIL, owed_to=(Part.HOST_COUNCIL,), nations=ENGLAND_AND_WALES,
        valid_from=date(2013, 4, 15), clock=WITHOUT_DELAY, basis=Basis.GUIDANCE,
        authority="Multi-agency procedures on moving across boundaries", sources=("G8",),
        evidence=("notice", "report when the enquiry ends, by word that day and then in writing"), verified=True,
        edition=EDITION,
        started_by=("child.home",), when=claims.moved_during_enquiries, met_by=NOTICES, met_when=noticed,
        endings=(NOT_NEEDED,), may_precede=True,
    ),
    DutyRule(
        code="D-EDU-FILE", title="Safeguarding file sent to the new school",
        what="Send the file to the new school's safeguarding lead, apart from the main file. Get a receipt.",
        owed_by=Part.SCHOOL, owed_to=("safeguarding lead of the new school",), nations=ENGLAND,
        valid_from=date(2022, 9, 1), clock=days(5), basis=Basis.GUIDANCE,
        authority="Keeping Children Safe in Education: within 5 days of an in-year move", sources=("MEMORY",),
        evidence=("what was sent", "receipt by name"), verified=False, edition=EDITION,
        started_by=("school.left",), when=claims.left_for_another_school, met_by=("notice.acknowledged",),
        met_when=noticed, endings=(NOT_NEEDED,),
    ),
)
