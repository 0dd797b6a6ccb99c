"""S10: a registered offender leaves prison and gives an address at which a child lives."""

from datetime import date, timedelta

from sightline.demonstration.agencies import agencies, story_school
from sightline.demonstration.stories.story import Person, Stage, Story, person, pupil

FORCE, MANAGER = "Merseyside Police", "Olga Finch"
HOUSE, POSTCODE = "10 Hollin Hey", "WA9 5QG"
RELEASED_AGO = 4
DAYS_IN_PRISON = 700
VISITS_MADE = ((168, 170), (139, 140), (110, 104), (78, 80), (47, 48), (19, 20))
"""Of Roy Teale: so many days ago each visit was due, and made; one of them six days late."""


def _email(name: str) -> str:
    return next(one.email for agency in agencies() for one in agency.officers if one.name == name)


def tell(stage: Stage) -> None:
    """Write what the council knows of the child and her home, and what the force sends of two whom it manages."""
    child = person("S10-child", "Ellie-Mae Crosby", age=8, birthday=(12, 1), sex="F", postcode=POSTCODE,
                   dfe_code="342", number=10, today=stage.today)
    stage.payload("St Helens", child.id, {"la_code": 342, "Children": {
        "la_child_id": "3420010", "mis_child_id": "H-3420010", "purge": False,
        "child_details": {"unique_pupil_number": child.upn, "first_name": child.given, "surname": child.family,
                          "date_of_birth": child.born_on.isoformat(), "sex": "F", "ethnicity": "WBRI",
                          "postcode": child.postcode, "purge": False},
        "social_care_episodes": [{
            "social_care_episode_id": "3420010-1", "referral_date": stage.ago(90, 9).date().isoformat(),
            "referral_source": "3D", "referral_no_further_action_flag": False, "purge": False}]}},
        arrived_at=stage.ago(6, 5.0))
    _on_roll(stage, child)
    _released(stage)
    _visited(stage)


def _on_roll(stage: Stage, child: Person) -> None:
    """Tell that she joined the school near her new home: the school alone says which house it is."""
    school = story_school("3422012")
    stage.row("school-roll", school.name, child.id, {
        **pupil(child, school), "address": HOUSE, "event": "joined", "on": stage.ago(5, 9.0).strftime("%d/%m/%Y"),
        "reason": "moved house"}, arrived_at=stage.ago(5, 15.0))


def _released(stage: Stage) -> None:
    """Tell of Dale Storr: two years in prison, released to the house where she lives, and nobody has been there."""
    released = stage.ago(RELEASED_AGO, 10.0).date()
    sentenced = released - timedelta(days=DAYS_IN_PRISON)
    convicted = date(sentenced.year - 5, 3, 4)
    rows = [
        ("register", convicted, {"name": "Dale Storr", "born_on": "1979-08-11", "category": "1", "level": "1",
                                 "risk": "high", "manager": _email(MANAGER)}),
        ("happened", convicted, {"matter": "first", "key": "n-0"}),
        ("notified", convicted + timedelta(days=1), {"matter": "first", "key": "n-1"}),
        *(("notified", on, {"matter": "year", "key": f"n-{on.year}"}) for on in _each_march(convicted, sentenced)),
        ("review", stage.ago(200, 9.0).date(), {"review": "risk", "key": "w-1"}),
        ("order", convicted, {"order": "sexual-harm-prevention", "key": "o-1",
                              "until": date(stage.today.year + 3, 3, 3).isoformat(),
                              "conditions": "No contact with a child under 16 without leave"}),
        ("away", sentenced, {"away": "custody", "until": released.isoformat(), "key": "c-1"}),
        ("address", released, {"there": "lives", "address": HOUSE, "postcode": POSTCODE, "key": "a-1"}),
        ("visit-due", released, {"due_on": (released + timedelta(days=2)).isoformat(), "key": "v-1",
                                 "reason": "First visit after the release"}),
    ]
    _send(stage, "M-104", rows, days=1)


def _each_march(after: date, before: date) -> list[date]:
    """Give the first of March of each year between two days: the yearly notices that were given in time."""
    days = (date(year, 3, 1) for year in range(after.year + 1, before.year + 1))
    return [day for day in days if day < before]


def _visited(stage: Stage) -> None:
    """Tell of Roy Teale, who is visited month by month, once six days late."""
    rows = [("register", stage.ago(400, 9.0).date(), {
        "name": "Roy Teale", "born_on": "1985-01-30", "category": "2", "level": "2", "risk": "medium",
        "manager": _email(MANAGER)})]
    for number, (due, made) in enumerate(VISITS_MADE):
        set_on = VISITS_MADE[number - 1][1] if number else 200
        rows += [
            ("visit-due", stage.ago(set_on, 16.0).date(), {
                "due_on": stage.ago(due, 9.0).date().isoformat(), "reason": "Every month since the new job",
                "key": f"v-{number}"}),
            ("visit", stage.ago(made, 14.0).date(), {
                "announced": "no", "seen": "yes", "found": "Tidy, nobody else there", "child_contact": "None told",
                "key": f"w-{number}"})]
    rows += [("visit-due", stage.ago(VISITS_MADE[-1][1], 16.0).date(), {
        "due_on": (stage.today + timedelta(days=9)).isoformat(), "reason": "Every month since the new job",
        "key": "v-next"}), ("review", stage.ago(60, 10.0).date(), {"review": "risk", "key": "r-1"})]
    _send(stage, "M-105", rows, days=2)


def _send(stage: Stage, reference: str, rows: list[tuple[str, date, dict[str, str]]], *, days: int) -> None:
    for what, on, cells in rows:
        stage.row("offenders", FORCE, reference, {"reference": reference, "what": what, "on": on.isoformat(), **cells},
                  arrived_at=stage.ago(days, 17.0))


STORY = Story(
    code="S10",
    title="Overdue",
    rows=("M18",),
    happens="A registered sexual offender leaves prison and gives an address in St Helens. A girl of 8 lives there, "
            "known to social care. A visit of the plan lapses.",
    seen=(
        "the three days to notify are counted as \"beginning with\" the release",
        "the join to the child goes to the offender manager and to social care only",
        "the overdue visit stands on the supervisor's page",
    ),
    cast={"S10-child": "Ellie-Mae Crosby, 8, of St Helens", "M-104": "Dale Storr, whom Merseyside Police manage",
          "M-105": "Roy Teale, whom they manage too"},
    files="a payload from St Helens; a school roll row that tells her house; "
          "the register, visits and addresses from Merseyside Police",
    tell=tell,
)
