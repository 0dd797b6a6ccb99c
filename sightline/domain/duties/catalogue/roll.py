"""Duties of a school's register, England only: who was entered, who was taken off, who has not come for ten days."""

from datetime import date

from sightline.domain.duties.catalogue.terms import EDITION, ENGLAND, NOT_NEEDED
from sightline.domain.duties.claims import roll as claims
from sightline.domain.duties.claims.acts import NOTICES, noticed
from sightline.domain.duties.clock import days, school_days
from sightline.domain.duties.rule import Basis, DutyRule
from sightline.domain.vocabulary.duty import Part

REGULATIONS_SINCE = date(2024, 8, 19)

ROLL: tuple[DutyRule, ...] = (
    DutyRule(
        code="D-ATT-1", title="Council told of a new pupil",
        what="Send the new-pupil return, with the whole entry of the register, to the council.",
        owed_by=Part.SCHOOL, owed_to=(Part.HOME_COUNCIL,), nations=ENGLAND, valid_from=REGULATIONS_SINCE,
        clock=days(5), basis=Basis.LAW,
        authority="SI 2024/208 reg 13(1): by the end of the fifth day, of a kind not defined", sources=("L19",),
        evidence=("the return", "the council that received it"), verified=True, edition=EDITION,
        started_by=("school.joined",), when=claims.joined_out_of_turn, met_by=NOTICES, met_when=noticed,
        endings=(NOT_NEEDED,),
    ),
    DutyRule(
        code="D-ATT-2", title="Council told of a deletion",
        what="Send the deletion return, with the destination, before the pupil is taken off the roll.",
        owed_by=Part.SCHOOL, owed_to=(Part.HOME_COUNCIL,), nations=ENGLAND, valid_from=REGULATIONS_SINCE,
        clock=claims.BEFORE_DELETION, basis=Basis.LAW, authority="SI 2024/208 reg 13(4)", sources=("L19", "MEMORY"),
        evidence=("ground of the deletion", "destination", "the council that received it"), verified=False,
        edition=EDITION,
        started_by=("school.left",), when=claims.left_out_of_turn, counting=claims.before_the_deletion,
        met_by=NOTICES, met_when=noticed, may_precede=True, endings=(NOT_NEEDED,),
    ),
    DutyRule(
        code="D-ATT-3", title="Council told of ten days' absence",
        what="Tell the council that the pupil was absent without leave for ten continuous school days.",
        owed_by=Part.SCHOOL, owed_to=(Part.HOME_COUNCIL,), nations=ENGLAND, valid_from=REGULATIONS_SINCE,
        clock=school_days(10), basis=Basis.LAW,
        authority="SI 2024/208 reg 13: at intervals that are agreed; ten school days by our own reading",
        sources=("L19", "MEMORY"), evidence=("days of absence", "when the council was told"), verified=False,
        edition=EDITION,
        started_by=("school.attendance",), when=claims.absent_for_ten_days, met_by=NOTICES, met_when=noticed,
        answers_all=True, endings=(NOT_NEEDED,),
    ),
)
