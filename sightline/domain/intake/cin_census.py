"""The children in need census (2026), as XML: referral, assessment with factors, enquiry, conference, plans, closure.

A row is one CINdetails, that is, one period from a referral to its closure, and is turned back by itself: a day that
cannot be read in one period loses neither the others of the child nor other children.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from sightline.domain.intake.cin_schema import Finding, findings_of
from sightline.domain.intake.facts import told_facts
from sightline.domain.intake.feed import Column, Feed, Table
from sightline.domain.intake.files.elements import Element, line_of, read_elements
from sightline.domain.intake.files.limits import LARGEST_FILE_BYTES
from sightline.domain.intake.files.survey import require_kind, size_of
from sightline.domain.intake.order import before, birth, future
from sightline.domain.intake.person import birth_told, code_or_words, identifier_problems, sex_of
from sightline.domain.intake.problem import LONGEST_SHOWN, Problem
from sightline.domain.intake.row import Fault, Sender, SortedRow, Told
from sightline.domain.intake.values import Unreadable, read_day
from sightline.domain.vocabulary.identity import Identity
from sightline.reference.codes import cin_codes

SCHEME = "cin-census"

LONGEST_TEXT = 500

NO_FURTHER_ACTION = "no further action"
REVIEW = "review conference"
NO_CONFERENCE = "initial conference not required"


@dataclass(frozen=True, slots=True)
class _PlanKind:
    """Name a kind of plan and the elements in which it stands."""

    name: str
    type: str
    start: str
    end: str


CIN_PLAN = _PlanKind("cin-plan", "child in need", "CINPlanStartDate", "CINPlanEndDate")
CP_PLAN = _PlanKind("cp-plan", "child protection", "CPPstartDate", "CPPendDate")


class _Reading:
    """Read the values of one element, gathering what is wrong as faults with their lines."""

    def __init__(self, on: date | None) -> None:
        self.on = on
        self.faults: list[Fault] = []

    def text(self, element: Element, path: str) -> str | None:
        found = element.find(path)
        text = "" if found is None else (found.text or "").strip()
        if found is not None and len(text) > LONGEST_TEXT:
            self.fault(found, path, text, f"This is longer than {LONGEST_TEXT} characters.")
            return None
        return text or None

    def day(self, element: Element, path: str, *, needed: bool = False, announced: bool = False) -> date | None:
        """Read a day; in the future, unreadable or missing where it is needed it is a fault."""
        found = element.find(path)
        text = "" if found is None else (found.text or "").strip()
        line = element if found is None else found
        if not text:
            if needed:
                self.fault(line, path, "", "This is missing; without it the period cannot be told.")
            return None
        try:
            day = read_day(text)
        except Unreadable as error:
            self.fault(line, path, text, error.words)
            return None
        self.problems(line, text, future(path, day, self.on, announced=announced))
        return day

    def after(self, element: Element, path: str, day: date | None, start_path: str, start: date | None) -> None:
        """Look whether a day comes before the one that must come first."""
        found = element.find(path)
        self.problems(element if found is None else found, str(day), before(path, day, start_path, start))

    def fault(self, element: Element, name: str, value: str, words: str, turns_back: bool = True) -> None:
        line = line_of(element)
        self.faults.append(Fault(line, name.rsplit("/", 1)[-1], value[:LONGEST_SHOWN], words, turns_back))

    def problems(self, element: Element, value: str, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.fault(element, problem.column, value, problem.fault, problem.turns_back)


def _identity(child: Element, reading: _Reading) -> Identity | None:
    key = reading.text(child, "ChildIdentifiers/LAchildID")
    if key is None:
        reading.fault(child, "LAchildID", "", "This is missing; without it nobody can be told which child is meant.")
    born_on = reading.day(child, "ChildIdentifiers/PersonBirthDate")
    reading.problems(child, str(born_on), birth("PersonBirthDate", born_on, None, None))
    upn = reading.text(child, "ChildIdentifiers/UPN")
    former = reading.text(child, "ChildIdentifiers/FormerUPN")
    for kind, name, value in (("upn", "UPN", upn), ("former-upn", "FormerUPN", former)):
        element = child.find(f"ChildIdentifiers/{name}")
        if element is not None and value is not None:
            reading.problems(element, value, identifier_problems({name: (kind, value)}))
    if key is None:
        return None
    return Identity(
        scheme=SCHEME,
        key=key,
        born_on=born_on,
        sex=sex_of(reading.text(child, "ChildIdentifiers/Sex")),
        ethnicity=code_or_words("Ethnicity", reading.text(child, "ChildCharacteristics/Ethnicity")),
        identifiers={kind: value for kind, value in (("upn", upn), ("former-upn", former)) if value is not None},
    )


def _tell_details(details: Element, reading: _Reading, number: int) -> list[Told]:
    """Tell one period; `number` tells apart periods that began on one day."""
    referred = reading.day(details, "CINreferralDate", needed=True)
    closed = reading.day(details, "CINclosureDate")
    reading.after(details, "CINclosureDate", closed, "CINreferralDate", referred)
    key = f"referral/{referred}" + (f"/{number}" if number > 1 else "")
    told: list[Told] = []
    if referred is not None:
        source = code_or_words("Referral Source", reading.text(details, "ReferralSource"))
        need = code_or_words("Primary Need Code", reading.text(details, "PrimaryNeedCode"))
        told.append(Told("care.referral", referred, key, told_facts({"source": source, "reason": need})))
        if reading.text(details, "ReferralNFA") == "1":
            told.append(Told("care.decision", referred, f"{key}/decision", {"decision": NO_FURTHER_ACTION}))
    for assessment in details.iterfind("Assessments"):
        told += _tell_assessment(assessment, reading, key)
    for plan in details.iterfind("CINPlanDates"):
        told += _tell_plan(plan, reading, key, CIN_PLAN)
    for enquiry in details.iterfind("Section47"):
        told += _tell_enquiry(enquiry, reading, key)
    for plan in details.iterfind("ChildProtectionPlans"):
        told += _tell_plan(plan, reading, key, CP_PLAN)
        told += _tell_reviews(plan, reading, key)
    told += _tell_conference(details, reading, key)
    if closed is not None:
        reason = code_or_words("Reason for Closure", reading.text(details, "ReasonForClosure"))
        told.append(Told("care.closed", closed, f"{key}/closed", told_facts({"reason": reason})))
    return list({event.key: event for event in told}.values())


def _tell_assessment(assessment: Element, reading: _Reading, key: str) -> Iterator[Told]:
    start = reading.day(assessment, "AssessmentActualStartDate", needed=True)
    end = reading.day(assessment, "AssessmentAuthorisationDate")
    reading.after(assessment, "AssessmentAuthorisationDate", end, "AssessmentActualStartDate", start)
    known, factors = cin_codes("assessmentfactors"), []
    for element in assessment.iterfind("FactorsIdentifiedAtAssessment/AssessmentFactors"):
        code = (element.text or "").strip().upper()
        if code in known:
            factors.append(code)
        else:
            reading.fault(
                element, "AssessmentFactors", code, "This is no factor of the census; it was left out.", False
            )
    if start is not None:
        facts = told_facts({"factors": tuple(dict.fromkeys(factors))})
        yield Told("care.assessment", start, f"{key}/assessment/{start}", facts, until=end)


def _tell_plan(plan: Element, reading: _Reading, key: str, kind: _PlanKind) -> Iterator[Told]:
    start, end = reading.day(plan, kind.start, needed=True), reading.day(plan, kind.end, announced=True)
    reading.after(plan, kind.end, end, kind.start, start)
    if start is not None:
        category = reading.text(plan, "InitialCategoryOfAbuse")
        decision = cin_codes("categoryofabuse").get(category, category) if category else None
        facts = told_facts({"type": kind.type, "decision": decision})
        yield Told("care.plan", start, f"{key}/{kind.name}/{start}", facts, until=end)


def _tell_reviews(plan: Element, reading: _Reading, key: str) -> Iterator[Told]:
    for reviews in plan.iterfind("Reviews"):
        for element in reviews.iterfind("CPPreviewDate"):
            try:
                held = read_day((element.text or "").strip())
            except Unreadable as error:
                reading.fault(element, "CPPreviewDate", element.text or "", error.words)
                continue
            reading.problems(element, str(held), future("CPPreviewDate", held, reading.on))
            yield Told("care.conference", held, f"{key}/conference/{held}", {"decision": REVIEW})


def _tell_enquiry(enquiry: Element, reading: _Reading, key: str) -> Iterator[Told]:
    start = reading.day(enquiry, "S47ActualStartDate", needed=True)
    if start is not None:
        decision = NO_CONFERENCE if reading.text(enquiry, "ICPCnotRequired") == "1" else None
        yield Told("care.strategy-discussion", start, f"{key}/strategy-discussion/{start}")
        yield Told("care.enquiry", start, f"{key}/enquiry/{start}", told_facts({"decision": decision}))
    yield from _tell_conference(enquiry, reading, key)


def _tell_conference(element: Element, reading: _Reading, key: str) -> Iterator[Told]:
    held = reading.day(element, "DateOfInitialCPC")
    if held is not None:
        yield Told("care.conference", held, f"{key}/conference/{held}")


def _rows(child: Element, on: date | None) -> Iterator[SortedRow]:
    """Give one row for each period of a child, and one for a child without any."""
    findings = findings_of(child)
    who = _Reading(on)
    identity = _identity(child, who)
    untold = birth_told(identity.born_on) if identity else ()
    general = [*_faults(findings, None, who.faults), *who.faults]
    days: Counter[str | None] = Counter()
    all_details = child.findall("CINdetails")
    for place, details in enumerate(all_details, start=1):
        reading = _Reading(on)
        day = reading.text(details, "CINreferralDate")
        days[day] += 1
        told = _tell_details(details, reading, days[day])
        faults = [*_faults(findings, place, reading.faults), *reading.faults]
        row = _row(details, identity, told=(*untold, *told), who=who, faults=faults, general=general)
        if row.identity is not None:
            untold = ()
        general = []
        yield row
    if not all_details:
        yield _row(child, identity, told=untold, who=who, faults=[], general=general)


def _row(
    element: Element,
    identity: Identity | None,
    *,
    told: tuple[Told, ...],
    who: _Reading,
    faults: list[Fault],
    general: list[Fault],
) -> SortedRow:
    """Make a row; `general` are the faults that the first row of a child carries, those of `who` among them."""
    if identity is not None and not any(fault.turns_back for fault in (*who.faults, *faults)):
        return SortedRow(line_of(element), identity, told, faults=(*general, *faults))
    shown = general or [fault for fault in who.faults if fault.turns_back]
    return SortedRow(line_of(element), None, faults=(*shown, *faults))


def _faults(findings: list[Finding], details: int | None, own: list[Fault]) -> list[Fault]:
    """Give the findings of one period as notes, but for those of which more precise words were found."""
    known = {(fault.row, fault.column) for fault in own}
    return [
        Fault(found.line, found.element, found.value, found.words, turns_back=False)
        for found in findings
        if found.details == details and (found.line, found.element) not in known
    ]


def sort(
    stream: BinaryIO, sender: Sender, *, on: date | None = None, limit_bytes: int = LARGEST_FILE_BYTES
) -> Iterator[SortedRow]:
    """Sort a census file child by child; numbers of rows are lines of the file."""
    size_of(stream, limit_bytes)
    require_kind(stream, ("xml",))
    for child in read_elements(stream, root="Message", parent="Children", child="Child"):
        yield from _rows(child, on)


_COLUMNS = (
    ("LAchildID", "The council's number of the child", "text", True, "identity"),
    ("UPN", "Unique pupil number", "A950000178301", False, "identity"),
    ("FormerUPN", "Former unique pupil number", "A950000178301", False, "identity"),
    ("PersonBirthDate", "Day of birth", "2011-03-14", False, "identity and child.born"),
    ("Sex", "Sex; before 2025 GenderCurrent with 0, 1, 2 or 9", "M, F or U", False, "identity"),
    ("Ethnicity", "Ethnicity", "code", False, "identity"),
    ("CINreferralDate", "Day of the referral", "2025-06-02", True, "care.referral"),
    ("ReferralSource", "Who referred", "code, 1A to 10", False, "the fact source"),
    ("PrimaryNeedCode", "Primary need", "code, N0 to N9", False, "the fact reason of care.referral"),
    ("ReferralNFA", "Whether no further action followed", "1 or 0", False,
     "1 is care.decision, no further action, for the day of the referral"),
    ("CINclosureDate", "Day of the closure", "2025-06-02", False, "care.closed"),
    ("ReasonForClosure", "Why it was closed", "code, RC1 to RC9", False, "the fact reason of care.closed"),
    ("DateOfInitialCPC", "Day of the initial child protection conference", "2025-06-02", False, "care.conference"),
    ("AssessmentActualStartDate", "First day of an assessment", "2025-06-02", False, "care.assessment"),
    ("AssessmentAuthorisationDate", "Day on which it was authorised", "2025-06-02", False, "until"),
    ("AssessmentFactors", "Factors", "codes, 1A to 24A", False, "the fact factors"),
    ("CINPlanStartDate", "First day of a child in need plan", "2025-06-02", False, "care.plan"),
    ("CINPlanEndDate", "Last day of it", "2025-06-02", False, "until"),
    ("S47ActualStartDate", "Day on which a section 47 enquiry began, as a strategy discussion decided",
     "2025-06-02", False, "care.strategy-discussion and care.enquiry"),
    ("ICPCnotRequired", "Whether no conference was needed", "1 or 0", False, "the fact decision of care.enquiry"),
    ("CPPstartDate", "First day of a child protection plan", "2025-06-02", False, "care.plan"),
    ("CPPendDate", "Last day of it", "2025-06-02", False, "until"),
    ("InitialCategoryOfAbuse", "Category of abuse", "NEG, PHY, SAB, EMO, MUL", False, "the fact decision of care.plan"),
    ("CPPreviewDate", "Day of a review conference", "2025-06-02", False, "care.conference"),
)  # fmt: skip

FEED = Feed(
    name="cin-census",
    title="Children in need census",
    about="The census of 2026 as XML. Each child is checked against the schema; what it does not allow is noted with "
    "its line, and the child is kept as far as it can be read. A period (CINdetails) whose days cannot be read is "
    "turned back by itself. Rows are numbered by the lines of the file.",
    sent_by=("council",),
    formats=("xml",),
    tables=(Table("cin-census", "Elements that are read", tuple(Column(*column) for column in _COLUMNS)),),
    source="Schema of the census of 2026 in SocialFinanceDigitalLabs/liia-tools-pipeline, commit 4aff918 (MIT). That "
    "an enquiry begins with a strategy discussion on the same day is from memory.",
    sort=sort,
)
