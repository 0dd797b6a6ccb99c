"""What police forces send: custody records of children, and their other records of them."""

from datetime import datetime

from sightline.demonstration.families import Child, age_on
from sightline.demonstration.happened import Arrest, Life, Missing, PoliceEvent
from sightline.demonstration.identifiers import cro_number, pnc_id
from sightline.demonstration.records import Desk, Record
from sightline.demonstration.sent_by_schools import british_day, file_word

CUSTODY = (
    "custody_ref", "force", "custody_suite", "suite_postcode", "pnc_id", "cro", "forename", "surname", "dob", "sex",
    "home_postcode", "arrested_at", "arrest_postcode", "offence", "property", "appropriate_adult",
    "appropriate_adult_told_at", "appropriate_adult_arrived_at", "interviewed_at", "charged_at", "no_further_action_at",
    "disposal", "disposed_at", "released_at", "release_mode", "received_by", "home_council", "home_council_told_at",
    "referral_sent_at", "referral_to", "operation",
)
OFFENDERS = (
    "reference", "what", "on", "until", "key", "name", "born_on", "category", "level", "risk", "manager", "there",
    "address", "postcode", "matter", "away", "order", "conditions", "due_on", "reason", "announced", "seen", "found",
    "child_contact", "review",
)
EVENTS = (
    "record_ref", "record_type", "occurred_at", "ended_at", "postcode", "pnc_id", "upn", "forename", "surname", "dob",
    "sex", "home_postcode", "offence", "property", "suspect", "grade", "child_seen", "companions", "things", "station",
    "reason", "school", "designated_officer", "operation",
)
AS_JSON = frozenset(("Lancashire",))
"""Forces that send JSON; the others send CSV."""
LETTERS = {"Merseyside": "M", "Lancashire": "L", "Cumbria": "C", "British Transport Police": "B"}
DISPOSALS = ("youth caution", "community resolution", "youth conditional caution")
SCHOOL_AGE = (4, 17)


def send_police_life(child: Child, life: Life, desk: Desk) -> None:
    """Write what each police force sends of one child; each arrest is typed in anew."""
    force = child.family.home_on(desk.today).council.force
    if force in LETTERS:
        for away in life.missing:
            _send_missing(child, away, force, desk)
    for arrest in life.arrests:
        _send_arrest(child, arrest, desk)
    for event in life.police:
        _send_event(child, event, desk)
        if event.kind == "domestic-incident":
            for sibling in children_at_home(child, event.at):
                _send_event(sibling, event, desk)


def children_at_home(child: Child, at: datetime) -> list[Child]:
    """Give the brothers and sisters of school age."""
    return [one for one in child.family.children if one is not child and of_school_age(one, at)]


def of_school_age(child: Child, at: datetime) -> bool:
    """Tell whether a child is of an age between reception and 17."""
    return SCHOOL_AGE[0] <= age_on(child.born_on, at.date()) <= SCHOOL_AGE[1]


def _send_arrest(child: Child, one: Arrest, desk: Desk) -> None:
    record = desk.records.anew(child, agency=one.force, kind="police", on=one.at.date())
    held, council = record.held, child.family.home_on(one.at.date()).council
    serial = int(child.id[1:])
    known = desk.records.rng.random() < 0.7
    values: dict[str, object] = {
        "custody_ref": f"{LETTERS[one.force]}C/{one.at.year}/{int(record.key):06}", "force": one.force,
        "custody_suite": one.suite, "suite_postcode": one.suite_postcode,
        "pnc_id": pnc_id(child.born_on.year + 12, serial) if known else None,
        "cro": cro_number(child.born_on.year + 12, serial) if known and serial % 3 == 0 else None,
        "forename": held.given, "surname": held.family, "dob": held.born_on and british_day(held.born_on),
        "sex": held.sex, "home_postcode": held.postcode, "arrested_at": _at(one.at), "arrest_postcode": one.postcode,
        "offence": one.offence, "property": ";".join(one.found) or None,
        "appropriate_adult": "appropriate adult service" if one.received_by is None else one.received_by,
        "appropriate_adult_told_at": _at(one.adult_told_at), "appropriate_adult_arrived_at": _at(one.adult_came_at),
        "interviewed_at": _at(one.interviewed_at),
        "charged_at": _at(one.outcome_at) if one.outcome == "charged" else None,
        "no_further_action_at": _at(one.outcome_at) if one.outcome == "no-further-action" else None,
        "disposal": DISPOSALS[serial % 3] if one.outcome == "disposal" else None,
        "disposed_at": _at(one.outcome_at) if one.outcome == "disposal" else None,
        "released_at": _at(one.released_at), "release_mode": one.mode, "received_by": one.received_by,
        "home_council": council.name, "home_council_told_at": one.council_told_at and _at(one.council_told_at),
        "referral_sent_at": one.referred_at and _at(one.referred_at),
        "referral_to": council.name if one.referred_at else None,
    }
    _write("police-custody", CUSTODY, values, force=one.force, record=record, desk=desk)


def _send_missing(child: Child, away: Missing, force: str, desk: Desk) -> None:
    if away.kind != "M":
        return
    record = desk.records.of(child, agency=force, kind="police", on=away.since.date())
    home = child.family.home_on(away.since.date()).postcode
    grade = "high" if away.looked_after or child.pathway == 2 else "medium"
    number = f"{LETTERS[force]}M/{away.since.year}/{int(away.since.timestamp()) % 1_000_000:06}/{child.id[1:]}"
    for kind, at, place in (("missing-report", away.since, home), ("missing-found", away.until, away.found_at)):
        _write_event(force, record, desk, {
            "record_ref": f"{number}/{kind[8:9].upper()}", "record_type": kind, "occurred_at": _at(at),
            "postcode": place, "grade": grade if kind == "missing-report" else None})
    if away.interview_held_at:
        _write_event(force, record, desk, {
            "record_ref": f"{number}/I", "record_type": "return-interview", "occurred_at": _at(away.interview_held_at),
            "reason": "held"})


def _send_event(child: Child, one: PoliceEvent, desk: Desk) -> None:
    if one.force not in LETTERS:
        return
    record = desk.records.of(child, agency=one.force, kind="police", on=one.at.date())
    seen = None if one.child_seen is None else "yes" if one.child_seen else "no"
    _write_event(one.force, record, desk, {
        "record_ref": f"{LETTERS[one.force]}E/{one.at.year}/{int(one.at.timestamp()) % 10_000_000:07}/{child.id[1:]}",
        "record_type": one.kind, "occurred_at": _at(one.at), "postcode": one.postcode, "offence": one.offence,
        "property": ";".join(one.found) or None, "suspect": "yes" if one.kind == "stop" else None, "grade": one.grade,
        "child_seen": seen,
        "companions": ";".join(f"{id_}:{role}:{age}" for id_, role, age in one.companions) or None,
        "things": ";".join(f"{kind}:{id_}" for kind, id_ in one.things) or None, "station": one.station,
        "reason": one.reason})


def _write_event(force: str, record: Record, desk: Desk, values: dict[str, object]) -> None:
    held = record.held
    who: dict[str, object] = {
        "upn": held.upn, "forename": held.given, "surname": held.family, "sex": held.sex,
        "dob": held.born_on and british_day(held.born_on), "home_postcode": held.postcode}
    _write("police-events", EVENTS, {**who, **values}, force=force, record=record, desk=desk)


def _write(
    feed: str, columns: tuple[str, ...], values: dict[str, object], *, force: str, record: Record, desk: Desk,
) -> None:
    name = f"{feed}-{file_word(force)}.{'json' if force in AS_JSON else 'csv'}"
    sent_by = force_name(force)
    if force in AS_JSON:
        told = {key: value for key, value in values.items() if value is not None}
        row = desk.out.json(name, feed=feed, sent_by=sent_by, lines=False).write(told)
    else:
        row = desk.out.csv(name, columns, feed=feed, sent_by=sent_by).write(values.get(column) for column in columns)
    desk.records.truth.row(name, row, record.key, record.held.child)


def force_name(force: str) -> str:
    """Give the full name of a force as the partnership knows it."""
    return {"Merseyside": "Merseyside Police", "Lancashire": "Lancashire Constabulary",
            "Cumbria": "Cumbria Constabulary"}.get(force, force)


def _at(instant: datetime) -> str:
    return instant.isoformat()

