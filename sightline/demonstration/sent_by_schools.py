"""What schools send of their pupils: exclusions every day, attendance every half term, pupils who join and leave."""

from datetime import date
from functools import cache

from sightline.demonstration.families import Child
from sightline.demonstration.happened import Life
from sightline.demonstration.places import AREAS_OF_COUNCIL, councils
from sightline.demonstration.records import Desk, Record
from sightline.reference.schools import School

PUPIL = ("laestab", "school", "upn", "forename", "surname", "dob", "sex", "postcode")
NEED = "sen_provision"
EXCLUSIONS = (*PUPIL, "category", "start_date", "end_date", "sessions", "reason1", "reason2", "reason3",
              "looked_after_by", "social_worker", "reference", "cancelled", NEED)
ATTENDANCE = (*PUPIL, "period_from", "period_to", "possible", "attended", "unauthorised", NEED)
SCHOOL_ROLL = (*PUPIL, "event", "on", "reason", "destination", NEED, "address")

ONLY_CENSUS = frozenset(("E10000017", "E06000063"))
"""Councils whose schools have not joined the daily feeds: Lancashire and Cumberland. Their census comes each term."""
BRITISH_DAYS = frozenset(("E08000011", "E08000013", "E08000015", "E06000008"))
"""Councils that write days as 31/12/2026; the others as 2026-12-31."""
WITH_MARK = frozenset(("E08000012",))
"""Councils whose files begin with a byte order mark."""
CANCELLED_SHARE = 0.004


def send_school_life(child: Child, life: Life, desk: Desk) -> None:
    """Write what the schools of the daily feeds send of one child; its special educational need once a school."""
    for number, one in enumerate(life.exclusions):
        care, worker = life.looked_after_on(one.first), life.open_referral_on(one.first)
        _send(desk, "exclusions", EXCLUSIONS, child=child, school=one.school, on=one.first, cells=(
            one.category, _day(one.first, one.school), one.last and _day(one.last, one.school), one.sessions,
            *three(one.reasons), councils()[care.council_code].name if care else None, worker and worker.worker_id,
            f"{one.school.laestab}-{child.id}-{number}",
            "yes" if desk.records.rng.random() < CANCELLED_SHARE else None, need_cell(life)))
    told: set[str] = set()
    for term in life.attendance:
        _send(desk, "attendance", ATTENDANCE, child=child, school=term.school, on=term.first, cells=(
            _day(term.first, term.school), _day(term.last, term.school), term.possible, term.attended,
            term.unauthorised, None if term.school.laestab in told else need_cell(life)))
        told.add(term.school.laestab)
    for change in life.roll:
        _send(desk, "school-roll", SCHOOL_ROLL, child=child, school=change.school, on=change.on, cells=(
            "joined" if change.joined else "left", _day(change.on, change.school), change.reason, change.destination,
            need_cell(life) if change.joined else None, None))


def need_cell(life: Life) -> str | None:
    """Give the code of what the school provides for a special educational need; None where there is no school."""
    return life.need.provision if life.need else None


def _send(
    desk: Desk, feed: str, columns: tuple[str, ...], *, child: Child, school: School, on: date,
    cells: tuple[object, ...],
) -> None:
    if school.authority_code not in AREAS_OF_COUNCIL or school.authority_code in ONLY_CENSUS:
        return
    council = councils()[school.authority_code]
    record = desk.records.of(child, agency=f"{school.name} {school.laestab}", kind="school", on=on)
    name = f"{feed}-{file_word(council.name)}.csv"
    file = desk.out.csv(name, columns, feed=feed, sent_by=council.name,
                        encoding="utf-8-sig" if council.code in WITH_MARK else "utf-8")
    row = file.write((*pupil_cells(record, school), *cells))
    desk.records.truth.row(name, row, record.key, child)


def pupil_cells(record: Record, school: School) -> tuple[object, ...]:
    """Give the cells that name the school and the pupil."""
    held = record.held
    return (school.laestab, school.name, held.upn, held.given, held.family,
            held.born_on and _day(held.born_on, school), held.sex, held.postcode)


@cache
def file_word(name: str) -> str:
    """Write a name as it stands in a file name."""
    return "".join(char if char.isalnum() else "-" for char in name.lower().replace("'", "")).strip("-")


def _day(day: date, school: School) -> str:
    return british_day(day) if school.authority_code in BRITISH_DAYS else day.isoformat()


def british_day(day: date) -> str:
    """Write a day as 31/12/2026."""
    return f"{day.day:02}/{day.month:02}/{day.year}"


def three(reasons: tuple[str, ...]) -> tuple[str | None, ...]:
    """Give three cells for up to three reasons."""
    return (*reasons, None, None, None)[:3]
