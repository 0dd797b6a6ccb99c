"""Duties when a looked-after child is placed or moved."""

from datetime import date

from sightline.domain.duties.catalogue.terms import EDITION, ENGLAND, ENGLAND_AND_WALES
from sightline.domain.duties.claims import placement as claims
from sightline.domain.duties.claims.acts import DECISION, NOTICES, always, decided, noticed
from sightline.domain.duties.clock import WITHOUT_DELAY, days, working
from sightline.domain.duties.rule import Basis, DutyRule, Ending
from sightline.domain.vocabulary.duty import DutyState, Part

PLACED = ("care.placement",)
REGULATIONS = "Care Planning, Placement and Case Review (England) Regulations 2010, SI 2010/959"
PLACEMENT_OVER = Ending(
    ("care.placement-ended", "care.placement", "care.closed"), claims.placement_over, DutyState.MET,
    "The placement was over")

PLACEMENT: tuple[DutyRule, ...] = (
    DutyRule(
        code="D-PLC-1", title="Notice of a placement",
        what="Give written notice of the placement to everyone whom the regulations list; record whom and why not.",
        owed_by=Part.CARING_COUNCIL,
        owed_to=("the child", Part.PARENT, "previous carer", "health bodies", "general practitioners", "school",
                 "independent reviewing officer"),
        nations=ENGLAND_AND_WALES, valid_from=date(2011, 4, 1),
        clock=claims.BEFORE_PLACEMENT, basis=Basis.LAW, authority=f"{REGULATIONS} reg 13(1) to (3)", sources=("L10",),
        evidence=("status for each recipient", "reason for withholding"), verified=True, edition=EDITION,
        started_by=PLACED, when=always, counting=claims.before_placement, met_by=NOTICES, met_when=noticed,
        may_precede=True,
    ),
    DutyRule(
        code="D-PLC-2", title="Notice of a placement to the area's council",
        what="Notify the area's council: assessment of needs, why the placement suits best, copy of the care plan.",
        owed_by=Part.CARING_COUNCIL, owed_to=(Part.HOST_COUNCIL,), nations=ENGLAND_AND_WALES,
        valid_from=date(2014, 1, 27), clock=claims.BEFORE_PLACEMENT, basis=Basis.LAW,
        authority=f"{REGULATIONS} reg 13(4), by SI 2013/3239", sources=("L11",),
        evidence=("notice", "receipt"), verified=True, edition=EDITION,
        started_by=PLACED, when=claims.placed_out_of_area, counting=claims.before_placement,
        met_by=NOTICES, met_when=noticed, may_precede=True,
    ),
    DutyRule(
        code="D-PLC-6", title="Children's home tells the council in whose area it is",
        what="Notify the council in whose area the home is that another council's child is admitted or leaves.",
        owed_by=Part.PROVIDER, owed_to=(Part.HOST_COUNCIL,), nations=ENGLAND_AND_WALES, valid_from=date(2015, 4, 1),
        clock=WITHOUT_DELAY, basis=Basis.LAW,
        authority="Children's Homes (England) Regulations 2015, SI 2015/541 reg 41", sources=("L13",),
        evidence=("name and date of birth", "legal basis", "placing council", "reviewing officer", "education plan"),
        verified=True, edition=EDITION,
        started_by=("care.placement", "care.placement-ended"), when=claims.in_a_home_out_of_area,
        met_by=NOTICES, met_when=noticed,
    ),
    DutyRule(
        code="D-PLC-8", title="Notice that a placement ends",
        what="Notify everyone who was told of the placement, the carer and the area's council that it ends.",
        owed_by=Part.CARING_COUNCIL,
        owed_to=("everyone told of the placement", "carer", Part.HOST_COUNCIL), nations=ENGLAND_AND_WALES,
        valid_from=date(2011, 4, 1), clock=claims.BEFORE_END, basis=Basis.LAW,
        authority=f"{REGULATIONS} reg 14(2), (4)", sources=("L10",), evidence=("status for each recipient",),
        verified=True, edition=EDITION,
        started_by=("care.placement-ended",), when=claims.placement_ends, counting=claims.before_the_end,
        met_by=NOTICES, met_when=noticed, may_precede=True,
    ),
    DutyRule(
        code="D-LAC-2", title="Care plan for a child who becomes looked after",
        what="Prepare the care plan.",
        owed_by=Part.CARING_COUNCIL, owed_to=("the child",), nations=ENGLAND_AND_WALES,
        valid_from=date(2011, 4, 1), clock=working(10), basis=Basis.LAW,
        authority=f"{REGULATIONS} reg 4(2)", sources=("L10",), evidence=("plan", "day"),
        verified=True, edition=EDITION,
        started_by=("care.looked-after",), when=claims.looked_after_first,
        met_by=("care.plan",), met_when=claims.planned_for,
    ),
    DutyRule(
        code="D-PLC-3", title="Placement in an adjoining area approved",
        what="Have the nominated officer approve the placement, the area's council already notified.",
        owed_by=Part.CARING_COUNCIL, owed_to=("the child",), nations=ENGLAND, valid_from=date(2014, 1, 27),
        clock=claims.BEFORE_PLACEMENT, basis=Basis.LAW, authority=f"{REGULATIONS} reg 11(1)(a), (2)", sources=("L11",),
        evidence=("who approved", "when"), verified=True, edition=EDITION,
        started_by=PLACED, when=claims.placed_next_door, counting=claims.before_any_placement,
        met_by=DECISION, met_when=decided, may_precede=True,
    ),
    DutyRule(
        code="D-PLC-4", title="Placement at a distance approved",
        what="Have the director of children's services approve it; consult the area's council, and give it the plan.",
        owed_by=Part.CARING_COUNCIL, owed_to=(Part.HOST_COUNCIL,), nations=ENGLAND, valid_from=date(2014, 1, 27),
        clock=claims.BEFORE_PLACEMENT, basis=Basis.LAW, authority=f"{REGULATIONS} reg 11(1)(b), (5)", sources=("L11",),
        evidence=("approval of the director", "consultation of the area's council"), verified=True, edition=EDITION,
        started_by=PLACED, when=claims.placed_at_a_distance, counting=claims.before_any_placement,
        met_by=DECISION, met_when=decided, may_precede=True,
    ),
    DutyRule(
        code="D-LAC-1", title="Visit to a placed child",
        what="Visit the child within a week of the start of the placement; see the child, and alone.",
        owed_by=Part.CARING_COUNCIL, owed_to=("the child",), nations=ENGLAND, valid_from=date(2011, 4, 1),
        clock=days(7), basis=Basis.LAW, authority=f"{REGULATIONS} reg 28", sources=("L10",),
        evidence=("child seen", "seen alone", "place"), verified=True, edition=EDITION,
        started_by=PLACED, when=always, met_by=("care.visit",), met_when=claims.visited, endings=(PLACEMENT_OVER,),
    ),
    DutyRule(
        code="D-LAC-1-AGAIN", title="Next visit in the first year of a placement",
        what="Visit the child again within six weeks. After the first year the interval depends on the plan for the "
             "placement, which is not told here: then a person must count.",
        owed_by=Part.CARING_COUNCIL, owed_to=("the child",), nations=ENGLAND, valid_from=date(2011, 4, 1),
        clock=days(42), basis=Basis.LAW, authority=f"{REGULATIONS} reg 28", sources=("L10", "MEMORY"),
        evidence=("child seen", "seen alone", "place"), verified=False, edition=EDITION,
        started_by=("care.visit",), when=claims.visited_in_the_first_year, met_by=("care.visit",),
        met_when=claims.visited_again, endings=(PLACEMENT_OVER,), answers_all=True,
    ),
)
