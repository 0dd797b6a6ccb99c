"""S02: an excluded boy joins a school in Sefton, and within 60 days three pupils there show their first signs."""

from datetime import date, timedelta

from sightline.demonstration.agencies import story_school
from sightline.demonstration.chance import moment
from sightline.demonstration.school_year import school_day_on_or_before
from sightline.demonstration.stories.story import (
    Person,
    Stage,
    Story,
    known_to_police,
    open_day_on_or_before,
    person,
    pupil,
)
from sightline.reference.schools import School

HIS_NEW_SCHOOL_DAYS_AGO = 72
PEERS = (("Callum Rimmer", 15, (3, 21), "L20 4UH"), ("Theo Blundell", 14, (7, 2), "L20 5AL"),
         ("Freya Lathom", 14, (11, 12), "L22 5NT"))


def tell(stage: Stage) -> None:
    """Write the exclusion and the move, then each peer's first sign."""
    old, new = story_school("3404611"), story_school("3434000")
    excluded_on = school_day_on_or_before(stage.today - timedelta(days=110))
    joined_on = school_day_on_or_before(stage.today - timedelta(days=HIS_NEW_SCHOOL_DAYS_AGO))
    boy = person("S02-boy", "Reece Tarleton", age=15, birthday=(5, 17), sex="M", postcode="L35 3AW", dfe_code="340",
                 number=2, today=stage.today)
    stage.row("exclusions", old.name, boy.id, {
        **pupil(boy, old), "category": "PERM", "start_date": excluded_on.strftime("%d/%m/%Y"), "reason1": "DA",
        "reason2": "OW", "reference": "HA-0042"}, arrived_at=moment(excluded_on, 15.0))
    stage.row("school-roll", new.name, boy.id, {
        **pupil(boy, new), "event": "joined", "on": joined_on.strftime("%d/%m/%Y"),
        "reason": "placed by the fair access panel after permanent exclusion"},
        arrived_at=moment(joined_on, 17.0))
    peers = [person(f"S02-peer-{i}", name, age=age, birthday=birthday, sex="F" if i == 3 else "M", postcode=postcode,
                    dfe_code="343", number=20 + i, today=stage.today)
             for i, (name, age, birthday, postcode) in enumerate(PEERS, start=1)]
    for number, peer in enumerate(peers):
        _long_a_pupil(stage, peer, new, months=8 + 12 * (2 - number % 2))
    suspended_on = open_day_on_or_before(joined_on + timedelta(days=27))
    stage.row("exclusions", new.name, peers[0].id, {
        **pupil(peers[0], new), "category": "SUSP", "start_date": suspended_on.strftime("%d/%m/%Y"), "sessions": 4,
        "reason1": "DA", "reference": "HFS-0311"}, arrived_at=moment(suspended_on, 16.0))
    _missing_for_a_night(stage, peers[1], joined_on + timedelta(days=44))
    stopped_on = joined_on + timedelta(days=56)
    stage.row("police-events", "Merseyside Police", peers[2].id, {
        **known_to_police(peers[2]), "record_ref": "ME/S02/2", "record_type": "stop", "suspect": "yes",
        "occurred_at": moment(stopped_on, 20.5).isoformat(), "postcode": "L20 6NN", "offence": "weapon",
        "property": "weapon;phone;cash"}, arrived_at=moment(stopped_on, 23.0))


def _long_a_pupil(stage: Stage, child: Person, school: School, *, months: int) -> None:
    """Tell that a child has been a pupil there since long before the boy came."""
    day = open_day_on_or_before(stage.today - timedelta(days=30 * months))
    stage.row("school-roll", school.name, child.id, {
        **pupil(child, school), "event": "joined", "on": day.strftime("%d/%m/%Y")}, arrived_at=moment(day, 17.0))


def _missing_for_a_night(stage: Stage, child: Person, day: date) -> None:
    report = {**known_to_police(child), "upn": child.upn}
    stage.row("police-events", "Merseyside Police", child.id, {
        **report, "record_ref": "MM/S02/R", "record_type": "missing-report", "postcode": child.postcode,
        "grade": "medium", "occurred_at": moment(day, 23.1).isoformat()}, arrived_at=moment(day, 23.6))
    stage.row("police-events", "Merseyside Police", child.id, {
        **report, "record_ref": "MM/S02/F", "record_type": "missing-found", "postcode": "PR1 8AP",
        "occurred_at": moment(day, 28.5).isoformat()}, arrived_at=moment(day, 29.0))


STORY = Story(
    code="S02",
    title="The new school",
    rows=("M03",),
    happens="After a permanent exclusion a boy joins a school in Sefton. Within 60 days three pupils there show their "
            "first signs: a suspension for drugs, a night missing and found in Preston, a stop with a knife and cash.",
    seen=(
        "the receiving safeguarding lead has a notice with a receipt and a clock of five days",
        "the three are shown as a hypothesis about the place, with reasons, for a person to confirm or dismiss",
        "no sign names him a recruiter",
    ),
    cast={"S02-boy": "Reece Tarleton, 15", "S02-peer-1": "Callum Rimmer, 15", "S02-peer-2": "Theo Blundell, 14",
          "S02-peer-3": "Freya Lathom, 14"},
    files="exclusions and school roll from two schools; police events from Merseyside Police",
    tell=tell,
)
