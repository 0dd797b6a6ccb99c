"""S08: school, police, hospital and a charity hold one girl under four names, and her twin at the same address."""

from datetime import date, timedelta

from sightline.demonstration.agencies import story_school
from sightline.demonstration.chance import moment
from sightline.demonstration.identifiers import nhs_number, upn
from sightline.demonstration.school_year import school_day_on_or_before
from sightline.demonstration.stories.story import (
    STORY_SERIAL,
    Person,
    Stage,
    Story,
    person,
    pupil,
    told_identity,
)
from sightline.demonstration.support_life import CHARITIES, HOSPITALS

HOME, OLD_HOME = "L7 3NZ", "L18 4PB"
BIRTHDAY = (7, 4)
SWAPPED_BIRTHDAY = (4, 7)


def twins(today: date) -> tuple[Person, Person]:
    """Invent the two girls: born on one day, living at one address."""
    girl = person("S08-girl", "Aaliyah Hussain", age=14, birthday=BIRTHDAY, sex="F", postcode=HOME, dfe_code="341",
                  number=8, today=today, ethnicity="APKN")
    sister = Person("S08-twin", "Amina", girl.family, girl.born_on, "F", HOME,
                    upn("341", STORY_SERIAL + 88, girl.born_on.year + 4), nhs_number(STORY_SERIAL + 88), girl.ethnicity)
    return girl, sister


def tell(stage: Stage) -> None:
    """Write the same girl as each agency wrote her down, and her sister as the agencies know her."""
    girl, sister = twins(stage.today)
    _school(stage, girl, sister)
    _police(stage, girl)
    _hospital(stage, girl, sister)
    _charity(stage, girl)


def _school(stage: Stage, girl: Person, sister: Person) -> None:
    """The school has the birth certificates: both girls right."""
    school = story_school("3414420")
    suspended_on = school_day_on_or_before(stage.today - timedelta(days=33))
    stage.row("exclusions", school.name, girl.id, {
        **pupil(girl, school), "category": "SUSP", "start_date": suspended_on.strftime("%d/%m/%Y"), "sessions": 6,
        "reason1": "VA", "reason2": "DB", "reference": "FHS-0208"}, arrived_at=moment(suspended_on, 16.0))
    for who, attended, unauthorised in ((girl, 41, 15), (sister, 58, 0)):
        stage.row("attendance", school.name, who.id, {
            **pupil(who, school), "period_from": stage.ago(60, 9).strftime("%d/%m/%Y"),
            "period_to": stage.ago(18, 9).strftime("%d/%m/%Y"), "possible": 60, "attended": attended,
            "unauthorised": unauthorised}, arrived_at=stage.ago(14, 12.0))


def _police(stage: Stage, girl: Person) -> None:
    """The police typed Aliyah, with day and month of her birth swapped, and no UPN."""
    written = {"forename": "ALIYAH", "surname": "HUSSAIN", "sex": "F", "home_postcode": HOME,
               "dob": date(girl.born_on.year, *SWAPPED_BIRTHDAY).strftime("%d/%m/%Y")}
    stage.row("police-events", "Merseyside Police", girl.id, {
        **written, "record_ref": "MM/S08/R", "record_type": "missing-report", "postcode": HOME, "grade": "medium",
        "occurred_at": stage.ago(12, 23.5).isoformat()}, arrived_at=stage.ago(11, 0.5))
    stage.row("police-events", "Merseyside Police", girl.id, {
        **written, "record_ref": "MM/S08/F", "record_type": "missing-found", "postcode": "FY1 2AB",
        "occurred_at": stage.ago(10, 4.75).isoformat(), "companions": "S08-adult:found-with:22",
        "reason": "found at Blackpool North station"}, arrived_at=stage.ago(10, 6.0))


def _hospital(stage: Stage, girl: Person, sister: Person) -> None:
    """The hospital has her NHS number, but writes Alia and an address the family left two years ago."""
    name, postcode = HOSPITALS["Merseyside"]
    written = {"given": "Alia", "family": "Hussein", "born_on": girl.born_on.isoformat(), "sex": "F",
               "postcode": OLD_HOME, "nhs": girl.nhs}
    stage.entry(name, girl.id, "health.attendance", stage.ago(9, 20.1),
                facts={"injury": "blunt", "setting": "emergency department"}, identity=written, key="mersey-S08-1",
                postcode=postcode, arrived_at=stage.ago(8, 7.0))
    stage.entry(name, sister.id, "health.not-brought", stage.ago(50, 9).date(), facts={"setting": "dental clinic"},
                identity=told_identity(sister, with_nhs=True), key="mersey-S08-2", arrived_at=stage.ago(49, 7.0))


def _charity(stage: Stage, girl: Person) -> None:
    """The charity has a short name, no birthday, and the address at which both girls live: a person must decide."""
    stage.entry(CHARITIES["Merseyside"], girl.id, "charity.contact", stage.ago(5, 17.5),
                facts={"support": "street work: has two telephones and is collected by an older man"},
                identity={"given": "A.", "family": "Hussain", "postcode": HOME}, key="harbour-light-S08",
                arrived_at=stage.ago(4, 10.0))


STORY = Story(
    code="S08",
    title="Four names, one girl",
    rows=("M10",),
    happens="The school knows Aaliyah; the police Aliyah, with day and month of her birth swapped; the hospital Alia, "
            "at an address the family has left; a charity \"A. Hussain\". At the same address lives her twin sister "
            "Amina.",
    seen=(
        "one person, and her twin another",
        "every link is explained",
        "the doubtful one, the charity's, waits for a person",
        "splitting a wrong link restores both timelines and reads the signs again",
    ),
    cast={"S08-girl": "Aaliyah Hussain, 14, of Liverpool", "S08-twin": "Amina Hussain, her twin sister"},
    files="exclusions and attendance from the school; police events; entries from a hospital and a charity",
    tell=tell,
)
