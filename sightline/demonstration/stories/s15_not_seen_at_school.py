"""S15: day seven after a permanent exclusion, and no provision."""

from sightline.demonstration.agencies import story_school
from sightline.demonstration.chance import moment
from sightline.demonstration.stories.story import Stage, Story, open_days_before, person, pupil

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


STORY = Story(
    code="S15",
    title="Not seen at school",
    rows=("M13",),
    happens="A boy of 13 in St Helens was permanently excluded seven school days ago. No school, unit or tutor has "
            "begun to teach him.",
    seen=("the duty of the sixth day is late, and says so to the council's education lead",),
    cast={"S15-boy": "Alfie Pimblett, 13, of St Helens"},
    files="exclusions from the school",
    tell=tell,
)
