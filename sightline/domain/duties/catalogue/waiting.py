"""Duties that are known and start nothing yet: what starts or meets them cannot be told here, or their law is to come.

They are shown so that nobody takes their silence for safety. A row leaves this file for its field of work when records
that start and meet it can be told; a row that has not commenced becomes an ordinary row when its law does.
"""

from datetime import date

from sightline.domain.duties.catalogue.terms import EDITION, ENGLAND, ENGLAND_AND_WALES, OURS, OURS_SINCE
from sightline.domain.duties.claims.acts import always, done
from sightline.domain.duties.clock import (
    WITHOUT_DELAY,
    WITHOUT_DELAY_IN_CUSTODY,
    Clock,
    before,
    days,
    hours,
    working,
)
from sightline.domain.duties.nations import Nation
from sightline.domain.duties.rule import Basis, DutyRule
from sightline.domain.vocabulary.duty import Part


def _row(
    *, code: str, title: str, what: str, owed_by: Part, owed_to: tuple[Part | str, ...], clock: Clock, basis: Basis,
    authority: str, sources: tuple[str, ...], waits_for: str | None = None, verified: bool = False,
    commenced: bool = True, nations: frozenset[Nation] = ENGLAND_AND_WALES, since: date = OURS_SINCE,
) -> DutyRule:
    return DutyRule(
        code=code, title=title, what=what, owed_by=owed_by, owed_to=owed_to, nations=nations, valid_from=since,
        clock=clock, basis=basis, authority=authority, sources=sources, evidence=(), verified=verified,
        edition=EDITION, started_by=(), when=always, met_by=(), met_when=done, commenced=commenced,
        waits_for=waits_for,
    )


SCHOOLS: tuple[DutyRule, ...] = (
    _row(
        code="D-ATT-4", title="Council told of long sickness",
        what="Send the sickness return where 15 days of absence are likely.", owed_by=Part.SCHOOL,
        owed_to=(Part.HOME_COUNCIL,), clock=WITHOUT_DELAY, basis=Basis.LAW, authority="SI 2024/208 reg 13",
        sources=("MEMORY",),
        waits_for="registers by the day with their codes: those that come here give sums for a period",
        nations=ENGLAND, since=date(2024, 8, 19),
    ),
    _row(
        code="D-ATT-5", title="Enquiries before a deletion",
        what="Make joint reasonable enquiries before a child who cannot be found is taken off the roll.",
        owed_by=Part.SCHOOL, owed_to=(Part.HOME_COUNCIL,), clock=before("deletion"), basis=Basis.LAW,
        authority="SI 2024/208 reg 9", sources=("MEMORY",), waits_for="the ground of a deletion as a code",
        nations=ENGLAND, since=date(2024, 8, 19),
    ),
    _row(
        code="D-CNIS", title="Register of children not in school",
        what="Keep the register, give the information, ask for a home visit.", owed_by=Part.HOME_COUNCIL,
        owed_to=(Part.PARENT,), clock=days(15), basis=Basis.LAW,
        authority="Children's Wellbeing and Schools Act 2026 s.38: Education Act 1996 ss.436B to 436G",
        sources=("EY",), commenced=False,
    ),
)

IN_CUSTODY: tuple[DutyRule, ...] = (
    _row(
        code="D-ARR-1", title="Treated as a juvenile",
        what="Treat who appears to be under 18 as a juvenile until clear evidence otherwise.", owed_by=Part.FORCE,
        owed_to=("the child",), clock=WITHOUT_DELAY_IN_CUSTODY, basis=Basis.LAW,
        authority="PACE Code C 1.5; Criminal Justice and Courts Act 2015 s.42", sources=("APP",),
        waits_for="nothing: everybody is treated as a child here until a birthday that was told says otherwise",
    ),
    _row(
        code="D-ARR-6", title="Risk reviewed before each step",
        what="Review the assessment of risk before charge, release or transfer.", owed_by=Part.FORCE,
        owed_to=("the child",), clock=before("step"), basis=Basis.GUIDANCE,
        authority="Authorised Professional Practice: detention, risk assessment", sources=("APP",),
        waits_for="a record of each assessment with the step it was made for; before a release see D-REL-1",
        verified=True,
    ),
    _row(
        code="D-CHG-5", title="Council designated on remand",
        what="Designate the council that receives the remanded child.", owed_by=Part.COURT, owed_to=("the child",),
        clock=before("end of the hearing"), basis=Basis.LAW,
        authority="Legal Aid, Sentencing and Punishment of Offenders Act 2012 s.92", sources=("L9",),
        waits_for="records of courts", verified=True,
    ),
)

IN_CARE: tuple[DutyRule, ...] = (
    _row(
        code="D-PP-3", title="Council receives a child under protection",
        what="Receive and accommodate the child when asked.", owed_by=Part.FOUND_COUNCIL, owed_to=(Part.FORCE,),
        clock=WITHOUT_DELAY, basis=Basis.LAW,
        authority="Children Act 1989 s.21(2)(a); Social Services and Well-being (Wales) Act 2014 s.77(2)(a)",
        sources=("L3",), waits_for="a record of the request, with the council that was asked", verified=True,
    ),
    _row(
        code="D-EDT-1", title="Out-of-hours team takes what is due",
        what="Route what is due out of hours to the duty team, with receipt.", owed_by=Part.HOME_COUNCIL,
        owed_to=("the child",), clock=hours(1), basis=Basis.LOCAL, authority=OURS, sources=("OURS",),
        waits_for="nothing: for all notices at once the rota of each agency says who is told at which hour",
    ),
    _row(
        code="D-EDT-2", title="Night hands over to day",
        what="Hand over at 09:00 on the next working day: nothing unowned crosses it.", owed_by=Part.HOME_COUNCIL,
        owed_to=("the child",), clock=working(1), basis=Basis.LOCAL, authority=OURS, sources=("OURS",),
        waits_for="nothing: what nobody took by 09:00 is handed to the day's desk by itself, for all duties at once",
    ),
    _row(
        code="D-INC-1", title="National panel told", what="Notify the national panel and the partners, then review.",
        owed_by=Part.HOME_COUNCIL, owed_to=("national panel", "safeguarding partners"), clock=working(5),
        basis=Basis.LAW, authority="Children Act 2004 s.16C", sources=("G6",),
        waits_for="a record that a child has died or was seriously harmed", verified=True,
    ),
    _row(
        code="D-PLC-7", title="Serious event in a children's home", what="Notify Ofsted and the relevant persons.",
        owed_by=Part.PROVIDER, owed_to=("Ofsted", Part.CARING_COUNCIL), clock=WITHOUT_DELAY, basis=Basis.LAW,
        authority="SI 2015/541 reg 40(4)", sources=("L13",),
        waits_for="the home's own word that an event is serious: homes send no records here", verified=True,
    ),
    _row(
        code="D-LAC-3", title="Health, review and education plan",
        what="Health assessment and review in 20 working days, education plan in 10.", owed_by=Part.CARING_COUNCIL,
        owed_to=("the child",), clock=working(20), basis=Basis.LAW, authority="SI 2010/959 regs 7, 33",
        sources=("MEMORY",),
        waits_for="records of health assessments, reviews and education plans: the returns imported here hold none",
    ),
)

OTHERS: tuple[DutyRule, ...] = (
    _row(
        code="D-NRM-3", title="Conclusive grounds not before 30 days",
        what="Decide not before 30 days of recovery; no target is set.", owed_by=Part.COMPETENT_AUTHORITY,
        owed_to=("the child",), clock=days(30), basis=Basis.GUIDANCE, authority="Home Office guidance",
        sources=("G2",),
        waits_for="nothing: it forbids an early decision and sets no limit; the pages of a referral show the day",
        verified=True,
    ),
    _row(
        code="D-NRM-4", title="Local panel decides",
        what="Decide locally where the child is more than 100 days from 18.", owed_by=Part.COMPETENT_AUTHORITY,
        owed_to=("the child",), clock=days(45), basis=Basis.GUIDANCE, authority="Home Office, devolved pilot",
        sources=("G2",),
        waits_for="a list of the areas that take part in the pilot; the pages of a referral count the days until 18",
        verified=True,
    ),
    _row(
        code="D-NRM-6", title="A negative decision closes nothing",
        what="Go on protecting the child: the decision never closes a case.", owed_by=Part.HOME_COUNCIL,
        owed_to=("the child",), clock=WITHOUT_DELAY, basis=Basis.GUIDANCE, authority="Home Office process map",
        sources=("G2",), waits_for="nothing: it ends no duty, no sign and no safety event, which a test holds",
        verified=True,
    ),
    _row(
        code="D-HLT-1", title="Health told who is looked after or on a plan",
        what="Upload the child and the council's contact daily.", owed_by=Part.HOME_COUNCIL, owed_to=(Part.HEALTH,),
        clock=days(1), basis=Basis.GUIDANCE, authority="NHS, Child Protection Information Sharing", sources=("G9",),
        waits_for="receipts of that service, child by child: the upload is one file of all children",
        verified=True, nations=ENGLAND,
    ),
    _row(
        code="D-CSA-1", title="Report of child sexual abuse",
        what="Notify police or council of a reason to suspect a listed offence.", owed_by=Part.TELLER,
        owed_to=("police or council",), clock=WITHOUT_DELAY, basis=Basis.LAW,
        authority="Crime and Policing Act 2026 Part 5 chapter 2", sources=("L21",), commenced=False, nations=ENGLAND,
    ),
    _row(
        code="D-CSA-2", title="A report must not be obstructed", what="Do not obstruct a report: it is an offence.",
        owed_by=Part.TELLER, owed_to=("police or council",), clock=WITHOUT_DELAY, basis=Basis.LAW,
        authority="Crime and Policing Act 2026 Part 5 chapter 2", sources=("L21",), commenced=False, nations=ENGLAND,
    ),
    _row(
        code="D-CCE-1", title="The adult who exploits is investigated",
        what="Investigate the adult who means a child to commit a crime.", owed_by=Part.FORCE, owed_to=("the child",),
        clock=WITHOUT_DELAY, basis=Basis.LAW, authority="Crime and Policing Act 2026 Part 4 chapter 1",
        sources=("L21",), commenced=False,
    ),
    _row(
        code="D-CCE-3", title="Home taken over",
        what="Screen children found in a home that was taken over as possible victims.", owed_by=Part.FORCE,
        owed_to=("the child",), clock=WITHOUT_DELAY, basis=Basis.LAW,
        authority="Crime and Policing Act 2026 Part 4 chapter 2", sources=("L21",), commenced=False,
    ),
    _row(
        code="D-INF-1", title="Duty to share information",
        what="Disclose what may help another listed body, unless it harms the child more.", owed_by=Part.TELLER,
        owed_to=("listed bodies",), clock=WITHOUT_DELAY, basis=Basis.LAW,
        authority="Children Act 2004 s.16LA, by Children's Wellbeing and Schools Act 2026 s.4", sources=("L20",),
        commenced=False,
    ),
    _row(
        code="D-INF-2", title="Consistent identifier",
        what="Include the child's identifier whenever information about the child is used.", owed_by=Part.TELLER,
        owed_to=("listed bodies",), clock=WITHOUT_DELAY, basis=Basis.LAW, authority="Children Act 2004 s.16LC",
        sources=("L20",), commenced=False,
    ),
    _row(
        code="D-MACPT", title="Multi-agency child protection teams",
        what="Set up the teams, with education as a safeguarding agency.", owed_by=Part.HOME_COUNCIL,
        owed_to=("safeguarding partners",), clock=WITHOUT_DELAY, basis=Basis.LAW,
        authority="Children's Wellbeing and Schools Act 2026 ss.1 to 3", sources=("L20",), commenced=False,
    ),
)

WAITING: tuple[DutyRule, ...] = (*SCHOOLS, *IN_CUSTODY, *IN_CARE, *OTHERS)
