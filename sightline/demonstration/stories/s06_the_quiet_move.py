"""S06: Wandsworth places a girl with signs in a children's home in Blackpool, and only the home gives notice."""

from datetime import timedelta

from sightline.demonstration.agencies import CHILDRENS_HOME, story_school
from sightline.demonstration.stories.story import Stage, Story, person, told_identity

HOME_POSTCODE = "SW11 2PB"
PLACEMENT_POSTCODE = "FY4 1AF"


def tell(stage: Stage) -> None:
    """Write Wandsworth's payload, its earlier missing episodes, and the home's own notice to Blackpool."""
    girl = person("S06-girl", "Shanelle Beckford", age=15, birthday=(6, 14), sex="F", postcode=HOME_POSTCODE,
                  dfe_code="212", number=6, today=stage.today, ethnicity="BCRB")
    placed_on = stage.today - timedelta(days=6)
    stage.entry("Wandsworth", girl.id, "child.home", stage.ago(700, 9).date(), facts={"postcode": HOME_POSTCODE},
                identity=told_identity(girl), key="wandsworth-S06", postcode=HOME_POSTCODE,
                arrived_at=stage.ago(30, 10.0))
    for number, days in enumerate((120, 86, 40), start=1):
        for kind, hours in (("missing.reported", 21.0), ("missing.found", 34.0)):
            stage.entry("Wandsworth", girl.id, kind, stage.ago(days, hours), facts={}, identity=told_identity(girl),
                        key="wandsworth-S06", postcode=HOME_POSTCODE if number < 3 else "SW15 1NJ",
                        arrived_at=stage.ago(30, 10.0))
    stage.payload("Wandsworth", girl.id, {"la_code": 212, "Children": {
        "la_child_id": "2120006", "mis_child_id": "W-2120006", "purge": False,
        "child_details": {
            "unique_pupil_number": girl.upn, "first_name": girl.given, "surname": girl.family,
            "date_of_birth": girl.born_on.isoformat(), "sex": "F", "ethnicity": girl.ethnicity,
            "postcode": HOME_POSTCODE, "purge": False},
        "social_care_episodes": [{
            "social_care_episode_id": "2120006-1", "referral_date": stage.ago(200, 9).date().isoformat(),
            "referral_source": "6", "referral_no_further_action_flag": False,
            "child_and_family_assessments": [{
                "child_and_family_assessment_id": "2120006-1-a", "start_date": stage.ago(198, 9).date().isoformat(),
                "authorisation_date": stage.ago(160, 9).date().isoformat(), "factors": ["10A", "24A", "13A"],
                "purge": False}],
            "child_looked_after_placements": [
                {"child_looked_after_placement_id": "2120006-p1", "start_date": stage.ago(70, 9).date().isoformat(),
                 "start_reason": "S", "placement_type": "U4", "postcode": "SW18 1JB", "end_date": placed_on.isoformat(),
                 "end_reason": "X1", "change_reason": "CREQB", "purge": False},
                {"child_looked_after_placement_id": "2120006-p2", "start_date": placed_on.isoformat(),
                 "start_reason": "P", "placement_type": "K2", "postcode": PLACEMENT_POSTCODE, "purge": False}],
            "purge": False}]}}, arrived_at=stage.ago(1, 5.0))
    stage.entry(CHILDRENS_HOME, girl.id, "notice.sent", stage.ago(5, 16.0),
                facts={"duty": "D-PLC-6", "to": "Blackpool"},
                identity={**told_identity(girl), "postcode": PLACEMENT_POSTCODE}, key="fairhaven-S06",
                postcode=PLACEMENT_POSTCODE, arrived_at=stage.ago(5, 16.2))
    school = story_school("8904001")
    stage.row("school-roll", school.name, girl.id, {
        "laestab": school.laestab, "school": school.name, "upn": girl.upn, "forename": girl.given,
        "surname": girl.family, "dob": girl.born_on.strftime("%d/%m/%Y"), "sex": "F", "postcode": PLACEMENT_POSTCODE,
        "event": "joined", "on": stage.ago(3, 9).strftime("%d/%m/%Y"), "reason": "new to the area",
    }, arrived_at=stage.ago(2, 15.0))


STORY = Story(
    code="S06",
    title="The quiet move",
    rows=("M08",),
    happens="Wandsworth moves a girl of 15, missing three times and assessed for criminal exploitation, to a "
            "children's home in Blackpool. The home gives notice to Blackpool; Wandsworth tells nobody.",
    seen=(
        "the notices owed to host council, police, health and school are listed",
        "the notice that only one side knows of is an alarm",
        "whether the host police are told is a recorded decision",
    ),
    cast={"S06-girl": "Shanelle Beckford, 15, of Wandsworth"},
    files="a payload and entries from Wandsworth; an entry from the children's home; a school roll row from Blackpool",
    tell=tell,
)
