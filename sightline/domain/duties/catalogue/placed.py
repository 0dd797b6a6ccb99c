"""Duties that a placement starts by what else is known: signs beside it, or a notice that only one side gave."""

from datetime import date

from sightline.domain.duties.catalogue.terms import EDITION, ENGLAND_AND_WALES, NOT_NEEDED, OURS, OURS_SINCE
from sightline.domain.duties.claims.acts import DECISION, NOTICES, done
from sightline.domain.duties.claims.placed import noticed_by_one_side, placed_with_signs
from sightline.domain.duties.clock import hours, working
from sightline.domain.duties.rule import Basis, DutyRule
from sightline.domain.vocabulary.duty import Part

POLICE_TOLD = "D-PLC-5"
ALARM_OF_HOST, ALARM_OF_PLACING = "D-PLC-9", "D-PLC-10"
ONE_SIDED = (ALARM_OF_HOST, ALARM_OF_PLACING)


def _alarm(code: str, title: str, what: str, owed_by: Part, owed_to: Part) -> DutyRule:
    return DutyRule(
        code=code, title=title, what=what, owed_by=owed_by, owed_to=(owed_to,), nations=ENGLAND_AND_WALES,
        valid_from=date(2015, 4, 1), clock=working(1), basis=Basis.LOCAL,
        authority=f"{OURS}: SI 2010/959 reg 13(4) and SI 2015/541 reg 41 each ask for a notice of the same placement",
        sources=("L11", "L13", "OURS"), evidence=("which side was silent", "what it says"), verified=False,
        edition=EDITION, started_by=(), when=noticed_by_one_side, met_by=(*NOTICES, *DECISION), met_when=done,
    )


PLACED: tuple[DutyRule, ...] = (
    DutyRule(
        code=POLICE_TOLD, title="Police told of a placement with signs",
        what="Decide whether to share a summary of risk with the police of both areas, and why.",
        owed_by=Part.CARING_COUNCIL, owed_to=(Part.HOST_FORCE, Part.HOME_FORCE), nations=ENGLAND_AND_WALES,
        valid_from=OURS_SINCE, clock=hours(24), basis=Basis.LOCAL,
        authority=f"{OURS}, after HMICFRS 2020; Children Act 2004 s.10. Not in the regulations",
        sources=("HM2", "OURS"),
        evidence=("decision", "recipients", "what was shared, or why not"), verified=False, edition=EDITION,
        started_by=(), when=placed_with_signs, met_by=(*DECISION, *NOTICES), met_when=done, endings=(NOT_NEEDED,),
    ),
    _alarm(ALARM_OF_HOST, "Only one side told of a placement: the area’s council",
           "Ask the side that is silent why: a child was placed here, and only one of two notices came.",
           Part.HOST_COUNCIL, Part.CARING_COUNCIL),
    _alarm(ALARM_OF_PLACING, "Only one side told of a placement: the placing council",
           "Find out why only one of two notices of this placement was given, and give the one that is missing.",
           Part.CARING_COUNCIL, Part.HOST_COUNCIL),
)
