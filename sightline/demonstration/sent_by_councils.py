"""What councils send: the looked-after children's return, the children in need census, or the daily API payload."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape  # nosec B406: it writes XML and reads none

from sightline.demonstration.care_life import DAYS_TO_CONFERENCE
from sightline.demonstration.families import Child
from sightline.demonstration.happened import Life, Placement, Referral
from sightline.demonstration.manifest import NOBODY
from sightline.demonstration.places import AREAS_OF_COUNCIL, Council, councils
from sightline.demonstration.records import Desk, Record
from sightline.demonstration.sent_by_schools import british_day, file_word

BY_CENSUS = frozenset(("E08000011", "E08000013", "E10000017", "E06000009", "E06000063"))
"""Councils that send the census and the looked-after children's return; the others send the API payload."""
HEADER = ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")
EPISODES = ("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE",
            "HOME_POST", "PL_POST", "URN")
MISSING = ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")
CHILDRENS_HOME_URN = "SC000001"
CATEGORIES = (("16A", "NEG"), ("18C", "PHY"), ("19C", "SAB"), ("17A", "EMO"))


class CensusFile:
    """Write a children in need census, child by child, as the XSD of 2026 wants it."""

    def __init__(self, path: Path, council: Council, today: date) -> None:
        year = today.year + 1 if (today.month, today.day) > (3, 31) else today.year
        self.file = path.open("w", encoding="utf-8")
        self.rows = 0
        self.file.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {NOBODY} -->\n<Message>\n<Header><CollectionDetails>'
            f"<Collection>CIN</Collection><Year>{year}</Year><ReferenceDate>{year}-03-31</ReferenceDate>"
            f"</CollectionDetails><Source><SourceLevel>L</SourceLevel><LEA>{council.dfe_code}</LEA><SoftwareCode>"
            f"invented</SoftwareCode><Release>1</Release><SerialNo>001</SerialNo><DateTime>{today.isoformat()}T06:00:00"
            "</DateTime></Source></Header>\n<Children>\n")

    def write(self, child: str) -> int:
        """Write one Child element; gives its number."""
        self.file.write(child + "\n")
        self.rows += 1
        return self.rows

    def close(self) -> None:
        """End the message and close the file."""
        self.file.write("</Children>\n</Message>\n")
        self.file.close()


def send_care_life(child: Child, life: Life, desk: Desk) -> None:
    """Write what social care sends of one child: each council what it did itself."""
    codes = {one.council_code for one in life.referrals}
    codes |= {_carer(child, one) for one in life.placements}
    for code in sorted(codes):
        referrals = [one for one in life.referrals if one.council_code == code]
        placements = [one for one in life.placements if _carer(child, one) == code]
        if code in BY_CENSUS:
            if referrals:
                _send_census(child, referrals, councils()[code], desk)
            if placements:
                _send_return(child, life, placements, councils()[code], desk)
        else:
            _send_payload(child, referrals, placements, councils()[code], desk)


def _carer(child: Child, placement: Placement) -> str:
    """Give the council that looks after the child: that of the home from which it was placed."""
    council = child.family.home_on(placement.since).council
    return council.code if council.code in AREAS_OF_COUNCIL else child.family.council.code


def _record(child: Child, council: Council, on: date, desk: Desk) -> Record:
    return desk.records.of(child, agency=council.name, kind="council", on=on)


def _send_return(child: Child, life: Life, placements: list[Placement], council: Council, desk: Desk) -> None:
    record = _record(child, council, placements[0].since, desk)
    held = record.held
    born = british_day(held.born_on or child.born_on)
    number = 100_000 + int(record.key)
    mother = 0 if child.sex == "F" else None
    _write_return("header", HEADER, (
        number, held.sex or "U", born, child.family.group, held.upn or "UN1", mother, None,
    ), council=council, record=record, desk=desk)
    for one in placements:
        _write_return("episodes", EPISODES, (
            number, british_day(one.since), one.started_because, one.legal_status, one.need, one.kind, one.provider,
            one.until and british_day(one.until), one.ended_because, one.moved_because, one.home_postcode, one.postcode,
            CHILDRENS_HOME_URN if one.kind == "K2" else None,
        ), council=council, record=record, desk=desk)
    for away in life.missing:
        if away.looked_after:
            _write_return("missing", MISSING, (
                number, born, away.kind, british_day(away.since.date()), british_day(away.until.date()),
            ), council=council, record=record, desk=desk)


def _write_return(
    table: str, columns: tuple[str, ...], cells: tuple[object, ...], *, council: Council, record: Record, desk: Desk,
) -> None:
    name = f"ssda903-{table}-{file_word(council.name)}.csv"
    file = desk.out.csv(name, columns, feed="ssda903", sent_by=council.name)
    desk.records.truth.row(name, file.write(cells), record.key, record.held.child)


def _send_census(child: Child, referrals: list[Referral], council: Council, desk: Desk) -> None:
    name = f"cin-census-{file_word(council.name)}.xml"
    file = desk.out.files.get(name)
    if not isinstance(file, CensusFile):
        file = CensusFile(desk.out.folder / name, council, desk.today)
        desk.out.other(name, file, feed="cin-census", sent_by=council.name)
    record = _record(child, council, referrals[0].on, desk)
    held = record.held
    upn = _element("UPN", held.upn) if held.upn else _element("UPNunknown", "UN3")
    details = "".join(_details(one, desk.today) for one in referrals)
    row = file.write(
        f"<Child><ChildIdentifiers>{_element('LAchildID', f'{council.dfe_code}{int(record.key):07}')}{upn}"
        f"{_element('PersonBirthDate', held.born_on)}{_element('Sex', held.sex or 'U')}</ChildIdentifiers>"
        f"<ChildCharacteristics>{_element('Ethnicity', child.family.group)}</ChildCharacteristics>{details}</Child>")
    desk.records.truth.row(name, row, record.key, child)


def _details(one: Referral, today: date) -> str:
    assessed = plan = in_need = enquiry = ""
    if one.assessed_from:
        factors = "".join(_element("AssessmentFactors", code) for code in one.factors)
        assessed = _wrap("Assessments", _element("AssessmentActualStartDate", one.assessed_from)
                         + _element("AssessmentAuthorisationDate", one.assessed_to)
                         + (_wrap("FactorsIdentifiedAtAssessment", factors) if factors else ""))
    if one.in_need_plan_on:
        in_need = _wrap("CINPlanDates", _element("CINPlanStartDate", one.in_need_plan_on)
                        + _element("CINPlanEndDate", one.closed_on))
    if one.enquiry_on:
        enquiry = _wrap("Section47", _element("S47ActualStartDate", one.enquiry_on)
                        + _element("DateOfInitialCPC", one.conference_on)
                        + _element("ICPCnotRequired", int(no_conference_needed(one, today))))
    if one.plan_on:
        reviews = "".join(_element("CPPreviewDate", day) for day in one.reviewed_on)
        category = next((abuse for factor, abuse in CATEGORIES if factor in one.factors), "NEG")
        plan = _wrap("ChildProtectionPlans", _element("CPPstartDate", one.plan_on)
                     + _element("CPPendDate", one.plan_ended_on) + _element("InitialCategoryOfAbuse", category)
                     + _element("LatestCategoryOfAbuse", category) + _element("NumberOfPreviousCPP", 0)
                     + (_wrap("Reviews", reviews) if reviews else ""))
    return _wrap("CINdetails", "".join((
        _element("CINreferralDate", one.on), _element("ReferralSource", one.source),
        _element("PrimaryNeedCode", one.need), _element("CINclosureDate", one.closed_on),
        _element("ReasonForClosure", one.closure), _element("DateOfInitialCPC", one.conference_on), assessed, in_need,
        enquiry, _element("ReferralNFA", int(one.no_further_action)), plan)))


def no_conference_needed(one: Referral, today: date) -> bool:
    """Tell whether an enquiry ended without a conference: none was held, and the time for one is over."""
    over = one.enquiry_on is not None and one.enquiry_on + timedelta(days=DAYS_TO_CONFERENCE[1]) < today
    return over and one.conference_on is None


def _element(name: str, value: object) -> str:
    return "" if value is None else f"<{name}>{escape(str(value))}</{name}>"


def _wrap(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>"


def _send_payload(
    child: Child, referrals: list[Referral], placements: list[Placement], council: Council, desk: Desk,
) -> None:
    name = f"social-care-api-{file_word(council.name)}.jsonl"
    file = desk.out.json(name, feed="social-care-api", sent_by=council.name, lines=True)
    record = _record(child, council, referrals[0].on if referrals else placements[0].since, desk)
    held, number = record.held, f"{council.dfe_code}{int(record.key):07}"
    details = _told({
        "unique_pupil_number": held.upn, "unique_pupil_number_unknown_reason": None if held.upn else "UN3",
        "first_name": held.given, "surname": held.family, "date_of_birth": held.born_on and held.born_on.isoformat(),
        "sex": held.sex or "U", "ethnicity": child.family.group, "postcode": held.postcode, "uasc_flag": False,
        "purge": False,
    })
    episodes = [_episode(one, f"{number}-{i}", desk.today) for i, one in enumerate(referrals, start=1)]
    if placements:
        if not episodes:
            episodes.append({"social_care_episode_id": f"{number}-0", "purge": False})
        episodes[-1]["child_looked_after_placements"] = [
            _placement(one, f"{number}-p{i}") for i, one in enumerate(placements, start=1)]
    row = file.write({"la_code": int(council.dfe_code), "Children": {
        "la_child_id": number, "mis_child_id": f"SSC-{number}", "purge": False, "child_details": details,
        "social_care_episodes": episodes}})
    desk.records.truth.row(name, row, record.key, child)


def _episode(one: Referral, id_: str, today: date) -> dict[str, Any]:
    episode = _told({
        "social_care_episode_id": id_, "referral_date": one.on.isoformat(), "referral_source": one.source,
        "referral_no_further_action_flag": one.no_further_action, "closure_date": _iso(one.closed_on),
        "closure_reason": one.closure, "purge": False,
    })
    if one.worker_id:
        episode["care_worker_details"] = [_told({
            "worker_id": one.worker_id, "start_date": _iso(one.assessed_from or one.on),
            "end_date": _iso(one.closed_on)})]
    if one.assessed_from:
        episode["child_and_family_assessments"] = [_told({
            "child_and_family_assessment_id": f"{id_}-a", "start_date": _iso(one.assessed_from),
            "authorisation_date": _iso(one.assessed_to), "factors": list(one.factors) or None, "purge": False})]
    if one.in_need_plan_on:
        episode["child_in_need_plans"] = [_told({
            "child_in_need_plan_id": f"{id_}-n", "start_date": _iso(one.in_need_plan_on),
            "end_date": _iso(one.closed_on), "purge": False})]
    if one.enquiry_on:
        episode["section_47_assessments"] = [_told({
            "section_47_assessment_id": f"{id_}-s", "start_date": _iso(one.enquiry_on),
            "icpc_required_flag": not no_conference_needed(one, today), "icpc_date": _iso(one.conference_on),
            "purge": False})]
    if one.plan_on:
        episode["child_protection_plans"] = [_told({
            "child_protection_plan_id": f"{id_}-c", "start_date": _iso(one.plan_on),
            "end_date": _iso(one.plan_ended_on), "purge": False})]
    return episode


def _placement(one: Placement, id_: str) -> dict[str, Any]:
    return _told({
        "child_looked_after_placement_id": id_, "start_date": _iso(one.since), "start_reason": one.started_because,
        "placement_type": one.kind, "postcode": one.postcode, "end_date": _iso(one.until),
        "end_reason": one.ended_because, "change_reason": one.moved_because, "purge": False})


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not known: the payload has no empty values."""
    return {key: value for key, value in values.items() if value is not None}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
