"""The clocks of managed offenders as data: what each binds, when it counts from, and where it was read.

`verified` follows the marks of our reading of the law: true where the text and the number were read in the source
named, false where they are from memory. No row has been confirmed by a named reviewer.
"""

from datetime import date

from sightline.domain.duties.clock import WITHOUT_DELAY, before, days, days_beginning_with, months, working
from sightline.domain.duties.nations import Nation
from sightline.domain.duties.rule import Basis
from sightline.domain.offenders.rule import Away, Binds, ClockRule, Matter

EDITION = "2026.1"
EVERYWHERE = frozenset(Nation)
ENGLAND_AND_WALES = frozenset({Nation.ENGLAND, Nation.WALES})
SCOTLAND = frozenset({Nation.SCOTLAND})

# Part 2 of the Act began on 1 May 2004 (from memory); the Regulations of 2012 on 13 August 2012 (read at GOV.UK).
ACT_SINCE = date(2004, 5, 1)
REGULATIONS_SINCE = date(2012, 8, 13)

ACT = "Sexual Offences Act 2003"
REGULATIONS = "Sexual Offences Act 2003 (Notification Requirements) (England and Wales) Regulations 2012"

SOURCES: dict[str, str] = {
    "L16": "Sexual Offences Act 2003 ss.83 to 85 and notes (legislation.gov.uk)",
    "L16R": "SI 2012/1876; GOV.UK, help with changes to the notification requirements, 31 March 2023",
    "L21": "Crime and Policing Act 2026, through notes on it; commencement not verified",
    "G11": "MAPPA procedures; College of Policing on home visits; National Police Chiefs' Council, 29 June 2017; "
           "HMICFRS glossary",
    "SCO": "Scottish Government, guidance on environmental risk assessment",
    "MEMORY": "from memory, not read in any source",
    "OURS": "our own rule, no published one",
}

# Stays at one address: how many days, in how many months.
QUALIFYING_DAYS = 7
QUALIFYING_MONTHS = 12

# A notice in advance holds if the event comes at most so many days early, or by the end of so many days from its day.
EARLY_BY_DAYS = 2
IN_DAYS = 3

# Each of these notices begins a new year (or week, with no fixed abode); one of a bank account or a journey does not.
BEGINS_ANEW = frozenset({Matter.FIRST, Matter.NAME, Matter.HOME, Matter.STAY, Matter.RELEASE, Matter.YEAR, Matter.WEEK})

THREE_DAYS = days_beginning_with(3)


def _told(code: str, title: str, what: str, *, began: str, section: str, starts_with: Matter,
          met_by: tuple[Matter, ...], in_advance: bool = False, known_before: bool = False,
          doubt: str = "") -> ClockRule:
    return ClockRule(
        code=code, title=title, what=what, binds=Binds.OFFENDER, began=began, clock=THREE_DAYS, basis=Basis.LAW,
        authority=f"{ACT} {section}", sources=("L16",), nations=EVERYWHERE, in_force_from=ACT_SINCE, verified=True,
        edition=EDITION, away=Away.NOT_COUNTED, starts_with=starts_with, met_by=met_by, in_advance=in_advance,
        known_before=known_before, doubt=doubt)


def _of_2012(code: str, title: str, what: str, *, began: str, regulation: str, matter: Matter) -> ClockRule:
    return ClockRule(
        code=code, title=title, what=what, binds=Binds.OFFENDER, began=began, clock=THREE_DAYS, basis=Basis.LAW,
        authority=f"{REGULATIONS} {regulation}", sources=("L16R", "MEMORY"), nations=ENGLAND_AND_WALES,
        in_force_from=REGULATIONS_SINCE, verified=False, edition=EDITION, away=Away.NOT_COUNTED, starts_with=matter,
        met_by=(matter,), doubt="The requirement was read; that its clock is three days is from memory.")


FIRST = _told(
    "N-FIRST", "First notice", "Tell the police everything that the Act names.",
    began="Convicted, cautioned or made subject to notification on {day}", section="s.83(1)", starts_with=Matter.FIRST,
    met_by=(Matter.FIRST,))
NAME = _told(
    "N-NAME", "Change of name", "Tell the police of a name that they have not been told of.",
    began="A new name used on {day}", section="s.84(1)(a)", starts_with=Matter.NAME, met_by=(Matter.NAME, Matter.FIRST),
    in_advance=True, known_before=True)
HOME = _told(
    "N-HOME", "Change of home address", "Tell the police the new home address.",
    began="Home address changed on {day}", section="s.84(1)(b)", starts_with=Matter.HOME, met_by=(Matter.HOME,),
    in_advance=True)
RELEASE = _told(
    "N-RELEASE", "Release", "Tell the police of the release from custody, prison or hospital.",
    began="Released on {day}", section="s.84(1)(d)", starts_with=Matter.RELEASE, met_by=(Matter.RELEASE, Matter.FIRST),
    doubt="A first notice given after the release meets this too: our reading.")
STAY = _told(
    "N-STAY", "Stay of 7 days at another address",
    "Tell the police of an address where seven days in twelve months were spent, at one time or together.",
    began=f"Stayed {QUALIFYING_DAYS} days in {QUALIFYING_MONTHS} months at one other address, the seventh on {{day}}",
    section="s.84(1)(c) and (6)", starts_with=Matter.STAY, met_by=(Matter.STAY, Matter.HOME, Matter.FIRST),
    in_advance=True, known_before=True,
    doubt="Each address counts for itself (\"any premises\"). A day counts with its night, the day of leaving does "
          "not; the clock begins on the seventh such day. An address told of once needs no notice again. To be "
          "verified.")
ADVANCE = ClockRule(
    code="N-ADVANCE", title="What was told in advance did not happen",
    what="Tell the police that what was expected did not happen in three days beginning with its day.",
    binds=Binds.OFFENDER, began=f"Told in advance for {{day}}, and it did not happen in {IN_DAYS} days",
    clock=days_beginning_with(6), basis=Basis.LAW, authority=f"{ACT} s.84(2) to (5)", sources=("L16",),
    nations=EVERYWHERE, in_force_from=ACT_SINCE, verified=True, edition=EDITION, away=Away.NOT_COUNTED,
    met_by=(Matter.NOT_HAPPENED,),
    doubt="A later notice of the same matter meets it too, because it says that the day was not kept: our reading.")
YEAR = ClockRule(
    code="N-YEAR", title="Notice every year",
    what="Tell the police everything again within a year of the last time.", binds=Binds.OFFENDER,
    began="Last told everything on {day}", clock=months(12), basis=Basis.LAW, authority=f"{ACT} s.85",
    sources=("L16",), nations=EVERYWHERE, in_force_from=ACT_SINCE, verified=True, edition=EDITION,
    away=Away.CONTINUED, met_by=tuple(sorted(BEGINS_ANEW)))
WEEK = ClockRule(
    code="N-WEEK", title="Notice every week, with no fixed abode",
    what="Tell the police every week where to be found.",
    binds=Binds.OFFENDER, began="No fixed abode, last told or begun on {day}", clock=days(7), basis=Basis.LAW,
    authority=f"{ACT} s.85(5) and (6); {REGULATIONS} reg 9", sources=("L16", "L16R", "MEMORY"),
    nations=ENGLAND_AND_WALES, in_force_from=REGULATIONS_SINCE, verified=False, edition=EDITION, away=Away.CONTINUED,
    met_by=tuple(sorted(BEGINS_ANEW)),
    doubt="Weekly was read in accounts of the Regulations, not in their text. The Act counts from the last home "
          "address that was told; here it also counts from the day on which no fixed abode began. What Scotland and "
          "Northern Ireland prescribe is not held.")
CHILD = _of_2012(
    "N-CHILD", "Household with a child",
    "Tell the police of a household with a child, lived or stayed in for 12 hours.",
    began="Twelve hours in a household with a child on {day}", regulation="reg 10", matter=Matter.CHILD)
TRAVEL = ClockRule(
    code="N-TRAVEL", title="Journey abroad",
    what="Tell the police of a journey abroad at least 7 days before leaving.", binds=Binds.OFFENDER,
    began="Leaves the country on {day}", clock=before("departure"), basis=Basis.LAW,
    authority=f"{ACT} s.86; {REGULATIONS} reg 5", sources=("L16R", "MEMORY"), nations=ENGLAND_AND_WALES,
    in_force_from=REGULATIONS_SINCE, verified=False, edition=EDITION, starts_with=Matter.TRAVEL,
    met_by=(Matter.TRAVEL,), days_ahead=7,
    doubt="With a reasonable excuse it may be told later, up to 12 hours before; that is for an officer to say, and "
          "is not counted here. Nor is the notice of the return.")
BANK = _of_2012(
    "N-BANK", "Bank account or card", "Tell the police of a bank account or card that was opened, closed or changed.",
    began="A bank account or card changed on {day}", regulation="reg 12", matter=Matter.BANK)
IDENTITY = _of_2012(
    "N-IDENTITY", "Passport or identity document",
    "Tell the police of a passport or identity document that was got, lost or renewed.",
    began="A passport or identity document changed on {day}", regulation="reg 13", matter=Matter.IDENTITY)
ABSENCE = ClockRule(
    code="N-ABSENCE", title="Absence from home for more than 5 days",
    what="Check: tell the police before an absence from home of more than 5 days.", binds=Binds.OFFENDER,
    began="Leaves home on {day}", clock=before("absence"), basis=Basis.LAW,
    authority=f"{ACT} s.85ZA, as the Criminal Justice Bill of 2024 had it", sources=("L21",),
    nations=ENGLAND_AND_WALES, in_force_from=None, verified=False, edition=EDITION, starts_with=Matter.ABSENCE,
    met_by=(Matter.ABSENCE,), commenced=False,
    doubt="Check whether the Crime and Policing Act 2026 holds it, with which number, and from when.")

VISIT = ClockRule(
    code="V-PLAN", title="Visit by the individual plan",
    what="Visit by the day that an officer set, with a reason. No national ladder of visits is counted.",
    binds=Binds.POLICE, began="Next visit set on {day}", clock=before("day that an officer set"), basis=Basis.GUIDANCE,
    authority="National Police Chiefs' Council policy since June 2017; College of Policing on home visits",
    sources=("G11",), nations=EVERYWHERE, in_force_from=date(2017, 6, 1), verified=True, edition=EDITION)
SILENCE = ClockRule(
    code="V-SILENCE", title="Silence after release",
    what="Look now: since a release nobody has told anything, neither a notice nor a visit.",
    binds=Binds.POLICE, began="Released on {day}", clock=THREE_DAYS, basis=Basis.LOCAL,
    authority="No statute: our own rule, with the number of s.84(1)(d)", sources=("OURS",), nations=EVERYWHERE,
    in_force_from=None, verified=False, edition=EDITION)
ARMS = ClockRule(
    code="R-ARMS", title="Review of risk (ARMS), every year",
    what="Review the dynamic assessment at least once a year.", binds=Binds.POLICE, began="Last reviewed on {day}",
    clock=months(12), basis=Basis.GUIDANCE, authority="Active Risk Management System, practice of police forces",
    sources=("MEMORY",), nations=EVERYWHERE, in_force_from=None, verified=False, edition=EDITION,
    doubt="Whether hospital or prison puts it off was not read: nothing does here.")
CHANGE = ClockRule(
    code="R-CHANGE", title="Significant change: passed on at once, and a meeting set",
    what="Pass the change on to the agencies that take part, set a meeting, and review the risk.", binds=Binds.POLICE,
    began="Significant change on {day}", clock=WITHOUT_DELAY, basis=Basis.GUIDANCE,
    authority="MAPPA guidance; Police, Crime, Sentencing and Courts Act 2022 on the duty to co-operate",
    sources=("G11", "MEMORY"), nations=EVERYWHERE, in_force_from=None, verified=False, edition=EDITION,
    doubt="At once is no number. What was not done on the day itself is shown as waiting, never as a breach of law.")
CHECK = ClockRule(
    code="A-CHECK", title="Address checked for children before release",
    what="Ask whether children live at the address or visit it, before it is approved.", binds=Binds.POLICE,
    began="Release expected on {day}", clock=before("release"), basis=Basis.LOCAL,
    authority="No statute: our own task", sources=("OURS",), nations=EVERYWHERE, in_force_from=None, verified=False,
    edition=EDITION,
    doubt="Sightline says which children it knows at the address. A child whom no agency told of is not among them.")
SCOTLAND_FIRST = ClockRule(
    code="S-ERA-1", title="Environmental risk assessment, first, Scotland",
    what="Assess the risk of the place where the offender is to live.", binds=Binds.AUTHORITY,
    began="Asked for on {day}", clock=working(7), basis=Basis.GUIDANCE, authority="Scottish Government guidance",
    sources=("SCO",), nations=SCOTLAND, in_force_from=None, verified=True, edition=EDITION,
    doubt="Seven clear working days: the day of asking is not counted, the seventh working day after it is the last.")
SCOTLAND_YEARLY = ClockRule(
    code="S-ERA-2", title="Environmental risk assessment, yearly review, Scotland",
    what="Review the assessment of the place every year.", binds=Binds.AUTHORITY, began="Asked for on {day}",
    clock=working(21), basis=Basis.GUIDANCE, authority="Scottish Government guidance", sources=("SCO",),
    nations=SCOTLAND, in_force_from=None, verified=True, edition=EDITION,
    doubt="Twenty-one clear working days, counted like the first. From which day the year runs was not read.")

NOTIFICATION: tuple[ClockRule, ...] = (
    FIRST, NAME, HOME, RELEASE, STAY, ADVANCE, YEAR, WEEK, CHILD, TRAVEL, BANK, IDENTITY, ABSENCE)
RULES: tuple[ClockRule, ...] = (*NOTIFICATION, VISIT, SILENCE, ARMS, CHANGE, CHECK, SCOTLAND_FIRST, SCOTLAND_YEARLY)
BY_CODE = {rule.code: rule for rule in RULES}
