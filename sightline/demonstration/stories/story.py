"""What a story is: a reported failure, told in files of the real formats, with what must be seen of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sightline.demonstration.chance import moment
from sightline.demonstration.identifiers import nhs_number, upn
from sightline.demonstration.manifest import SentFile
from sightline.demonstration.outgoing import CsvFile, Outgoing
from sightline.demonstration.school_year import is_school_day, school_day_on_or_before
from sightline.demonstration.sent_by_police import CUSTODY, EVENTS, OFFENDERS
from sightline.demonstration.sent_by_schools import ATTENDANCE, EXCLUSIONS, SCHOOL_ROLL, file_word
from sightline.reference.schools import School

COLUMNS = {
    "exclusions": EXCLUSIONS, "attendance": ATTENDANCE, "school-roll": SCHOOL_ROLL, "police-custody": CUSTODY,
    "police-events": EVENTS, "offenders": OFFENDERS,
}
LONGEST_HOLIDAY_DAYS = 10
STORY_SERIAL = 900_000


@dataclass(frozen=True, slots=True)
class Person:
    """Hold one invented child of a story as it really is; `id` is its name in the truth."""

    id: str
    given: str
    family: str
    born_on: date
    sex: str
    postcode: str
    upn: str
    nhs: str
    ethnicity: str = "WBRI"


def person(
    id_: str, name: str, *, age: int, birthday: tuple[int, int], sex: str, postcode: str, dfe_code: str, number: int,
    today: date, ethnicity: str = "WBRI",
) -> Person:
    """Invent a child who is so old today; `name` is given and family name, `birthday` month and day."""
    given, _, family = name.partition(" ")
    year = today.year - age - (birthday > (today.month, today.day))
    born_on = date(year, *birthday)
    return Person(id_, given, family, born_on, sex, postcode, upn(dfe_code, STORY_SERIAL + number, year + 4),
                  nhs_number(STORY_SERIAL + number), ethnicity)


@dataclass(slots=True)
class Stage:
    """Hold the folder in which one story is told: each file is what one agency sent at one time."""

    out: Outgoing
    today: date
    truth: CsvFile
    below: str
    numbers: dict[str, int] = field(default_factory=dict)

    def ago(self, days: int, hour: float) -> datetime:
        """Give the instant of a local hour so many days before today; days are at least 1: nothing is still to come."""
        return moment(self.today - timedelta(days=days), hour)

    def row(
        self, feed: str, sent_by: str, who: str, cells: Mapping[str, object], *, arrived_at: datetime,
    ) -> None:
        """Write one row of a CSV feed as the agency sent it; `who` is the child's id in the truth."""
        name = self._name(feed, sent_by, arrived_at, "csv")
        file = self.out.csv(name, COLUMNS[feed], feed=feed, sent_by=sent_by, arrived_at=arrived_at)
        unknown = set(cells) - set(COLUMNS[feed])
        assert not unknown, unknown
        self.truth.write((self.below + name, file.write(cells.get(column) for column in COLUMNS[feed]), who))

    def entry(
        self, sent_by: str, who: str, kind: str, at: datetime | date, *, facts: Mapping[str, Any],
        identity: Mapping[str, str], key: str, postcode: str | None = None, arrived_at: datetime,
    ) -> None:
        """Write one entry of a timeline as the agency sent it, under the agency's own key of the child."""
        name = self._name("timeline", sent_by, arrived_at, "jsonl")
        file = self.out.json(name, feed="timeline", sent_by=sent_by, lines=True, arrived_at=arrived_at)
        self.numbers[key] = self.numbers.get(key, 0) + 1
        entry: dict[str, Any] = {"id": f"{key}-{self.numbers[key]}", "child": key, "kind": kind, "at": at.isoformat(),
                                 "by": sent_by, "facts": dict(facts), "identity": dict(identity)}
        if postcode:
            entry["place"] = {"postcode": postcode}
        self.truth.write((self.below + name, file.write(entry), who))

    def payload(self, sent_by: str, who: str, document: dict[str, Any], *, arrived_at: datetime) -> None:
        """Write one payload of the children's social care API as the council sent it."""
        name = self._name("social-care-api", sent_by, arrived_at, "jsonl")
        file = self.out.json(name, feed="social-care-api", sent_by=sent_by, lines=True, arrived_at=arrived_at)
        self.truth.write((self.below + name, file.write(document), who))

    @staticmethod
    def _name(feed: str, sent_by: str, arrived_at: datetime, ending: str) -> str:
        return f"{arrived_at:%Y-%m-%d-%H%M}-{feed}-{file_word(sent_by.partition(' (')[0])}.{ending}"


@dataclass(frozen=True, slots=True)
class Story:
    """Hold one story.

    `rows` are the rows of the mission that it shows, `happens` what happened, `seen` what must be seen of it, `cast`
    who plays in it. `tell` writes its files on a stage; a story that needs none of its own, only the whole partnership
    or what people do in Sightline, tells nothing and says so in `files`.
    """

    code: str
    title: str
    rows: tuple[str, ...]
    happens: str
    seen: tuple[str, ...]
    cast: Mapping[str, str]
    files: str
    tell: Callable[[Stage], None] | None


def pupil(child: Person, school: School) -> dict[str, object]:
    """Give the cells by which a school names a pupil, without mistakes."""
    return {"laestab": school.laestab, "school": school.name, "upn": child.upn, "forename": child.given,
            "surname": child.family, "dob": child.born_on.strftime("%d/%m/%Y"), "sex": child.sex,
            "postcode": child.postcode}


def known_to_police(child: Person) -> dict[str, object]:
    """Give the cells by which a police force names a child, in capitals and without mistakes."""
    return {"forename": child.given.upper(), "surname": child.family.upper(), "sex": child.sex,
            "dob": child.born_on.strftime("%d/%m/%Y"), "home_postcode": child.postcode}


def told_identity(child: Person, *, with_nhs: bool = False) -> dict[str, str]:
    """Give the identity by which an agency names a child in an entry, without mistakes."""
    identity = {"given": child.given, "family": child.family, "born_on": child.born_on.isoformat(), "sex": child.sex,
                "postcode": child.postcode}
    return {**identity, "nhs": child.nhs} if with_nhs else identity


def open_day_on_or_before(day: date) -> date:
    """Give the last school day; in the long holidays the last weekday, so that a story is never weeks old."""
    found = school_day_on_or_before(day)
    if (day - found).days <= LONGEST_HOLIDAY_DAYS:
        return found
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day


def open_days_before(day: date, count: int) -> date:
    """Go back so many school days, or weekdays in the long holidays."""
    for _ in range(count):
        day = open_day_on_or_before(day - timedelta(days=1))
    return day


def next_open_day(day: date) -> date:
    """Give the school day after a day, or the weekday in the long holidays."""
    day += timedelta(days=1)
    while not is_open_day(day):
        day += timedelta(days=1)
    return day


def is_open_day(day: date) -> bool:
    """Tell whether it is a school day, or a weekday in the long holidays."""
    return is_school_day(day) or open_day_on_or_before(day) == day


def write_story(story: Story, folder: Path, *, today: date, truth: CsvFile) -> list[SentFile]:
    """Write the files of one story below the folder, and list them in the order in which they came."""
    if story.tell is None:
        return []
    below = f"stories/{story.code}/"
    with Outgoing(folder / below, moment(today - timedelta(days=1), 12.0), story=story.code) as out:
        story.tell(Stage(out, today, truth, below))
    return sorted(out.list(below), key=lambda sent: (sent.arrived_at, sent.path))
