"""Duties after exclusion from school: England only, for the other nations have regimes of their own."""

from datetime import date

from sightline.domain.duties.catalogue.terms import EDITION, ENGLAND, NOT_NEEDED, OURS, OURS_SINCE
from sightline.domain.duties.claims import education as claims
from sightline.domain.duties.claims.acts import DECISION, NOTICES, decided, noticed
from sightline.domain.duties.clock import WITHOUT_DELAY, school_day, school_days, working
from sightline.domain.duties.rule import Basis, DutyRule, Ending
from sightline.domain.vocabulary.duty import DutyState, Part

EXCLUSION = ("school.exclusion",)
PROVISION = ("school.provision", "school.joined")

REGULATIONS = (
    "SI 2012/1033 reg 5 (maintained schools), 14 (pupil referral units), 23 (academies), as amended by SI 2022/788 and "
    "SI 2023/571"
)
CANCELLED = Ending(
    DECISION, claims.exclusion_cancelled, DutyState.MET, "The exclusion was cancelled", on_entry=True)

EDUCATION: tuple[DutyRule, ...] = (
    DutyRule(
        code="D-EX-1", title="Parent told of an exclusion",
        what="Tell the parent the period and the reasons; then in writing, with the right to meet remotely.",
        owed_by=Part.SCHOOL, owed_to=(Part.PARENT,), nations=ENGLAND, valid_from=date(2012, 9, 1),
        clock=WITHOUT_DELAY, basis=Basis.LAW, authority=REGULATIONS, sources=("L18",),
        evidence=("time of the decision", "reason codes", "letter"), verified=True, edition=EDITION,
        started_by=EXCLUSION, when=claims.excluded, met_by=NOTICES, met_when=noticed, children_only=False,
    ),
    DutyRule(
        code="D-EX-2", title="Governing board and council told of a longer exclusion",
        what="Tell the governing board and the council.",
        owed_by=Part.SCHOOL, owed_to=("governing board", Part.HOME_COUNCIL), nations=ENGLAND,
        valid_from=date(2012, 9, 1), valid_to=date(2022, 8, 31),
        clock=WITHOUT_DELAY, basis=Basis.LAW, authority=REGULATIONS, sources=("L18",),
        evidence=("time sent", "acknowledgement"), verified=True, edition=EDITION,
        started_by=EXCLUSION, when=claims.excluded_at_length_until_2022, met_by=NOTICES, met_when=noticed,
        children_only=False,
    ),
    DutyRule(
        code="D-EX-2", title="Governing board and council told of every exclusion",
        what="Tell the governing board and the council.",
        owed_by=Part.SCHOOL, owed_to=("governing board", Part.HOME_COUNCIL), nations=ENGLAND,
        valid_from=date(2022, 9, 1),
        clock=WITHOUT_DELAY, basis=Basis.LAW, authority=REGULATIONS, sources=("L18",),
        evidence=("time sent", "acknowledgement"), verified=False, edition=EDITION,
        started_by=EXCLUSION, when=claims.excluded, met_by=NOTICES, met_when=noticed, children_only=False,
    ),
    DutyRule(
        code="D-EX-3", title="Social worker and virtual school head told",
        what="Tell the child's social worker; if the child is looked after, also the virtual school head.",
        owed_by=Part.SCHOOL, owed_to=("social worker", "virtual school head"), nations=ENGLAND,
        valid_from=date(2022, 9, 1),
        clock=WITHOUT_DELAY, basis=Basis.LAW, authority=REGULATIONS, sources=("L18",),
        evidence=("which worker", "how the school found out who it is"), verified=True, edition=EDITION,
        started_by=EXCLUSION, when=claims.excluded_with_a_worker, met_by=NOTICES, met_when=noticed,
        children_only=False,
    ),
    DutyRule(
        code="D-EX-4", title="Safeguarding screen of an exclusion",
        what="Screen the exclusion for exploitation in the multi-agency team; decide whom to tell, and why.",
        owed_by=Part.HOME_COUNCIL, owed_to=("the child",), nations=ENGLAND, valid_from=OURS_SINCE,
        clock=working(2), basis=Basis.LOCAL,
        authority=f"{OURS}, after HMICFRS 2020; Children Act 2004 s.11. No statute requires telling the police",
        sources=("HM2", "OURS"), evidence=("result of the screen", "test of the disclosure", "recipient"),
        verified=False, edition=EDITION,
        started_by=EXCLUSION, when=claims.excluded_and_to_be_screened, met_by=DECISION, met_when=claims.screened,
        answered_on_entry=True,
    ),
    DutyRule(
        code="D-EX-5", title="Home council told of a permanent exclusion elsewhere",
        what="Tell the council in which the child lives, as well as the school's own.",
        owed_by=Part.SCHOOL, owed_to=(Part.HOME_COUNCIL,), nations=ENGLAND, valid_from=date(2012, 9, 1),
        clock=WITHOUT_DELAY, basis=Basis.LAW, authority=f"{REGULATIONS}, and guidance", sources=("MEMORY",),
        evidence=("both councils logged",), verified=False, edition=EDITION,
        started_by=EXCLUSION, when=claims.excluded_permanently_away_from_home, met_by=NOTICES, met_when=noticed,
        children_only=False,
    ),
    DutyRule(
        code="D-EX-6", title="Full-time education from the sixth school day",
        what="Provide suitable full-time education from the sixth school day of a permanent exclusion.",
        owed_by=Part.HOME_COUNCIL, owed_to=("the child",), nations=ENGLAND, valid_from=date(2007, 9, 1),
        clock=school_day(6), basis=Basis.LAW,
        authority="Education Act 1996 s.19 and the 2007 Regulations on full-time education of excluded pupils",
        sources=("NS",), evidence=("provider", "start", "first attendance"), verified=True, edition=EDITION,
        started_by=EXCLUSION, when=claims.excluded_permanently, met_by=PROVISION, met_when=claims.educated,
        endings=(CANCELLED, NOT_NEEDED),
    ),
    DutyRule(
        code="D-EX-7", title="Full-time education from the sixth day of a suspension",
        what="Provide suitable full-time education from the sixth school day; set and mark work on days 1 to 5.",
        owed_by=Part.SCHOOL, owed_to=("the child",), nations=ENGLAND, valid_from=date(2007, 9, 1),
        clock=school_day(6), basis=Basis.LAW, authority="Education and Inspections Act 2006 s.100",
        sources=("ER",), evidence=("provider", "start", "first attendance"), verified=False, edition=EDITION,
        started_by=EXCLUSION, when=claims.suspended_above_five_days, met_by=PROVISION, met_when=claims.educated,
        endings=(CANCELLED, NOT_NEEDED),
    ),
    DutyRule(
        code="D-EX-8", title="Governing board meets on reinstatement",
        what="Meet to consider reinstatement, before a public examination if one would be missed and it can be done.",
        owed_by=Part.SCHOOL, owed_to=(Part.PARENT,), nations=ENGLAND, valid_from=date(2012, 9, 1),
        clock=school_days(15), basis=Basis.LAW, authority="SI 2012/1033 reg 6", sources=("L18",),
        evidence=("minutes", "social worker and virtual school head invited"), verified=False, edition=EDITION,
        started_by=EXCLUSION, when=claims.excluded_so_that_the_board_meets, counting=claims.counted_from_the_notice,
        met_by=DECISION, met_when=decided, endings=(CANCELLED,), children_only=False,
    ),
    DutyRule(
        code="D-EX-9", title="Governing board meets when the parent asks",
        what="Meet to consider the parent's representations.",
        owed_by=Part.SCHOOL, owed_to=(Part.PARENT,), nations=ENGLAND, valid_from=date(2012, 9, 1),
        clock=school_days(50), basis=Basis.GUIDANCE, authority="Statutory guidance on suspension and exclusion",
        sources=("MEMORY",), evidence=("minutes",), verified=False, edition=EDITION,
        started_by=EXCLUSION, when=claims.suspended_and_parent_asks, counting=claims.counted_from_the_notice,
        met_by=DECISION, met_when=claims.screened, endings=(CANCELLED,), children_only=False,
    ),
    DutyRule(
        code="D-EX-10", title="Everyone told that an exclusion is cancelled",
        what="Tell parent, governing board, council, social worker and virtual school head with reasons; readmit.",
        owed_by=Part.SCHOOL,
        owed_to=(Part.PARENT, "governing board", Part.HOME_COUNCIL, "social worker", "virtual school head"),
        nations=ENGLAND, valid_from=date(2023, 9, 1),
        clock=WITHOUT_DELAY, basis=Basis.LAW, authority="SI 2012/1033 reg 17A (pupil referral unit; same for others)",
        sources=("L18",), evidence=("time sent", "day of readmission"), verified=True, edition=EDITION,
        started_by=("record.withdrawn", "decision.made"), when=claims.cancelled, met_by=NOTICES, met_when=noticed,
        children_only=False,
    ),
    DutyRule(
        code="D-EX-11", title="No suspension above 45 days in a school year",
        what="No suspension may take the total above 45 school days in the school year. This one does: put it right.",
        owed_by=Part.SCHOOL, owed_to=(Part.PARENT,), nations=ENGLAND, valid_from=date(2012, 9, 1),
        clock=WITHOUT_DELAY, basis=Basis.LAW, authority="SI 2012/1033", sources=("L18",),
        evidence=("running total across schools in the year",), verified=True, edition=EDITION,
        started_by=EXCLUSION, when=claims.suspended_above_45_days, met_by=DECISION, met_when=decided,
        endings=(CANCELLED,), children_only=False,
    ),
    DutyRule(
        code="D-EX-12", title="A look at every other suspension",
        what="Look whether the suspension is a warning sign; decide whom to tell, and why.",
        owed_by=Part.SCHOOL, owed_to=("the child",), nations=ENGLAND, valid_from=OURS_SINCE,
        clock=working(5), basis=Basis.LOCAL, authority=f"{OURS}, after HMICFRS 2020: none passes unseen",
        sources=("OURS",), evidence=("decision of the safeguarding lead", "reasons"), verified=False, edition=EDITION,
        started_by=EXCLUSION, when=claims.suspended_otherwise, met_by=DECISION, met_when=claims.screened,
        answered_on_entry=True,
    ),
)
