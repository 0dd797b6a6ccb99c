"""S15: day seven after a permanent exclusion, and no provision."""

from sightline.demonstration.agencies import story_school
from sightline.demonstration.chance import moment
from sightline.demonstration.stories.story import (
    Stage,
    Story,
    next_open_day,
    open_days_before,
    person,
    pupil,
    told_identity,
)

LATE_ON_DAY = 7


def tell(stage: Stage) -> None:
    """Write the exclusion whose seventh school day is the last one before today."""
    school = story_school("3424051")
    first_day = open_days_before(stage.today, LATE_ON_DAY)
    boy = person("S15-boy", "Alfie Pimblett", age=13, birthday=(11, 3), sex="M", postcode="WA11 9LB", dfe_code="342",
                 number=15, today=stage.today)
    stage.row("exclusions", school.name, boy.id, {
        **pupil(boy, school), "category": "PERM", "start_date": first_day.strftime("%d/%m/%Y"), "reason1": "PA",
        "reason2": "DB", "reference": "HSC-0061"}, arrived_at=moment(first_day, 15.0))
    identity = {**told_identity(boy), "upn": boy.upn}
    for code, to in (("D-EX-1", "his father"), ("D-EX-2", "governing board and St Helens")):
        stage.entry(school.name, boy.id, "notice.sent", moment(first_day, 15.5), facts={"duty": code, "to": to},
                    identity=identity, key="haydock-S15", arrived_at=moment(first_day, 16.0))
    screened = moment(next_open_day(first_day), 11.0)
    stage.entry("St Helens", boy.id, "decision.made", screened, facts={
        "about": "D-EX-4", "outcome": "no sign of exploitation found; not shared with the police",
        "reasons": "records of school, police, social care and health looked through",
    }, identity=identity, key="st-helens-S15", arrived_at=screened)


STORY = Story(
    code="S15",
    title="Not seen at school",
    rows=("M13",),
    happens="A boy of 13 in St Helens was permanently excluded seven school days ago. No school, unit or tutor has "
            "begun to teach him.",
    seen=("the duty of the sixth day is late, and says so to the council's education lead",),
    cast={"S15-boy": "Alfie Pimblett, 13, of St Helens"},
    files="exclusions and notices from the school; the council's decision after its screen",
    tell=tell,
)
