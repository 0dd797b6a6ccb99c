"""The School Census, termly: the tables that a council's data team exports, in the layout of the samples."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sightline.demonstration.families import Child
from sightline.demonstration.happened import Life
from sightline.demonstration.places import councils
from sightline.demonstration.records import Desk, Record
from sightline.demonstration.school_year import LAST_SECONDARY_YEAR, year_group
from sightline.demonstration.sent_by_schools import ONLY_CENSUS, file_word, need_cell, three
from sightline.reference.schools import School

ON_ROLL = (
    "pupilonrolltableid", "NativeId", "dob", "surname", "forename", "middlenames", "preferredsurname", "formersurname",
    "upn", "formerupn", "uniquelearnernumber", "sex", "entrydate", "pupilonrollorderseqcolumn", "sourceid",
    "schoolcensustableid", "hoursatsetting", "schoollunchtaken", "parttime", "topupfunding", "termlysessionspossible",
    "senunitindicator", "resourcedprovisionindicator", "moveoffrollflag", "fundedhours", "missingaddress",
    "extendedhours", "eligibilitycode", "dafindicator", "yssa", "servicechild", "language", "classtype", "enrolstatus",
    "boarder", "plaa", "senprovision", "ncyearactual", "eyppr", "eyppbf", "expandedhours",
)
OFF_ROLL = (
    "pupilnolongeronrolltableid", "NativeId", "dob", "surname", "forename", "middlenames", "preferredsurname",
    "formersurname", "upn", "formerupn", "uniquelearnernumber", "sex", "entrydate", "leavingdate",
    "pupilnolongeronrollorderseqcolumn", "sourceid", "schoolcensustableid", "parttime", "termlysessionspossible",
    "moveonrollflag", "boarder", "language",
)


def _detail(table: str, roll: str, *columns: str) -> tuple[str, ...]:
    return (f"{roll}tableid", "NativeId", f"{table}tableid", f"{table}orderseqcolumn", "sourceid", *columns)


ROLL_OF = {"onroll": "pupilonroll", "offroll": "pupilnolongeronroll"}
EXCLUSION_COLUMNS = ("startdate", "sessions", "reason1", "reason2", "reason3", "category", "senprovision")
TABLES = {
    "pupilonroll": ON_ROLL,
    "pupilnolongeronroll": OFF_ROLL,
    "senneeds": _detail("senneeds", "pupilonroll", "sentyperank", "sentype"),
    **{f"addresses{side}": _detail(f"addresses{side}", roll, "uniquepropertyreferencenumber", "postcode")
       for side, roll in ROLL_OF.items()},
    **{f"termlyexclusions{side}": _detail(f"termlyexclusions{side}", roll, *EXCLUSION_COLUMNS)
       for side, roll in ROLL_OF.items()},
    **{f"termlysessiondetails{side}": _detail(f"termlysessiondetails{side}", roll, "sessions", "attendancereason")
       for side, roll in ROLL_OF.items()},
}
"""The tables that are written, with their columns in the order of the samples."""


TERMS = (("spring", (1, 5), (3, 31)), ("summer", (4, 1), (7, 21)), ("autumn", (9, 3), (12, 19)))
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(maxsize=8)
def last_terms(today: date, count: int) -> tuple[tuple[str, int, date, date], ...]:
    """Give the last terms that were over before today, oldest first: name, year, first and last day."""
    every = [(name, year, date(year, *first), date(year, *last)) for year in range(today.year - 2, today.year + 1)
             for name, first, last in TERMS]
    return tuple([term for term in every if term[3] < today][-count:])


def send_census(child: Child, life: Life, desk: Desk) -> None:
    """Write a pupil into the census of the last two terms, where the school's council sends one."""
    school = life.school
    if school is None or school.authority_code not in ONLY_CENSUS:
        return
    for name, year, first, last in last_terms(desk.today, 2):
        if not 0 <= year_group(child.born_on, last) <= LAST_SECONDARY_YEAR:
            return
        term = f"{year}_{name}"
        left = next((one for one in life.roll if not one.joined and first <= one.on <= last), None)
        if left is not None and left.school.authority_code in ONLY_CENSUS:
            _Pupil(child, life, desk, left.school, term, left.on).send(first, last)
        if life.joined_school_on is None or life.joined_school_on <= last:
            _Pupil(child, life, desk, school, term).send(first, last)


@dataclass(slots=True)
class _Pupil:
    """Write the rows of one pupil of one school in one term; `left_on` puts the pupil among those who left."""

    child: Child
    life: Life
    desk: Desk
    school: School
    term: str
    left_on: date | None = None

    @property
    def side(self) -> str:
        return "onroll" if self.left_on is None else "offroll"

    @property
    def record(self) -> Record:
        agency = f"{self.school.name} {self.school.laestab}"
        return self.desk.records.of(self.child, agency=agency, kind="school", on=self.desk.today)

    @property
    def table_id(self) -> str:
        return f"{int(self.child.id[1:]):08x}-{self.term[2:4]}{self.term[5:8]}"

    @property
    def source_id(self) -> str:
        return f"{int(self.child.id[1:]) * 2_654_435_761 % 2**32:08x}"

    def send(self, first: date, last: date) -> None:
        """Write the pupil's row, needs, address, exclusions and absences of the term."""
        self._pupil()
        if self.left_on is None and self.life.need is not None:
            for rank, type_ in enumerate(self.life.need.types, start=1):
                self._detail("senneeds", rank, (float(rank), type_), side="")
        if self.record.held.postcode:
            self._detail("addresses", 1, (-1.0, self.record.held.postcode))
        exclusions = [one for one in self.life.exclusions if first <= one.first <= last and one.school == self.school]
        for number, one in enumerate(exclusions, start=1):
            sessions = None if one.sessions is None else float(one.sessions)
            category = "FIXD" if one.category == "SUSP" else one.category
            self._detail("termlyexclusions", number, (
                _day(one.first), sessions, *three(one.reasons), category, need_cell(self.life)))
        terms = [one for one in self.life.attendance if first <= one.first <= last and one.school == self.school]
        missed = sum(one.possible - one.attended for one in terms)
        unauthorised = sum(one.unauthorised for one in terms)
        for number, (sessions, reason) in enumerate(((missed - unauthorised, "I"), (unauthorised, "O")), start=1):
            if sessions:
                self._detail("termlysessiondetails", number, (float(sessions), reason))

    def _pupil(self) -> None:
        held, child = self.record.held, self.child
        known = {
            f"{ROLL_OF[self.side]}tableid": self.table_id, "NativeId": self.school.laestab, "surname": held.family,
            "dob": held.born_on and _day(held.born_on), "forename": held.given, "middlenames": child.middle,
            "preferredsurname": child.known_as, "upn": held.upn, "sex": held.sex,
            "entrydate": self._entry(), "leavingdate": self.left_on and _day(self.left_on),
            f"{ROLL_OF[self.side]}orderseqcolumn": 1,
            "sourceid": self.source_id, "parttime": False, "language": "ENG",
            "senprovision": need_cell(self.life), "enrolstatus": "C",
            "boarder": "N", "ncyearactual": year_group(child.born_on, self.left_on or date(int(self.term[:4]), 5, 1)),
        }
        columns = TABLES[ROLL_OF[self.side]]
        self._write(ROLL_OF[self.side], tuple(known.get(column) for column in columns))

    def _entry(self) -> str | None:
        """Give the day of entry, where it is known for this school: not for one that the child left before."""
        entered = self.life.joined_school_on
        return None if entered is None or (self.left_on and entered > self.left_on) else _day(entered)

    def _detail(self, table: str, number: int, cells: tuple[object, ...], *, side: str | None = None) -> None:
        row_id = f"{int(self.child.id[1:]) * 40503 % 2**24:06x}{number:02x}"
        self._write(f"{table}{self.side if side is None else side}",
                    (self.table_id, self.school.laestab, row_id, number, self.source_id, *cells))

    def _write(self, table: str, cells: tuple[object, ...]) -> None:
        council = councils()[self.school.authority_code]
        name = f"{self.term}_{table}-{file_word(council.name)}.csv"
        file = self.desk.out.csv(name, TABLES[table], feed="school-census", sent_by=council.name)
        self.desk.records.truth.row(name, file.write(cells), self.record.key, self.child)


def _day(day: date) -> str:
    return f"{day.year}-{MONTHS[day.month - 1]}-{day.day:02} 00:00:00"
