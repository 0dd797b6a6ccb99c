"""S01: an exclusion for persistent disruption, no crime, and two days later a night missing."""

from datetime import timedelta

from sightline.demonstration.agencies import story_school
from sightline.demonstration.chance import moment
from sightline.demonstration.stories.story import (
    Stage,
    Story,
    known_to_police,
    open_day_on_or_before,
    person,
    pupil,
    told_identity,
)


def tell(stage: Stage) -> None:
    """Write the school's exclusion of the day and the night's missing report with its end."""
    school = story_school("3404001")
    excluded_on = open_day_on_or_before(stage.today - timedelta(days=4))
    night = excluded_on + timedelta(days=2)
    boy = person("S01-boy", "Jayden Molyneux", age=14, birthday=(2, 9), sex="M", postcode="L32 3YJ", dfe_code="340",
                 number=1, today=stage.today)
    stage.row("exclusions", school.name, boy.id, {
        **pupil(boy, school), "category": "PERM", "start_date": excluded_on.strftime("%d/%m/%Y"), "reason1": "DB",
        "reference": "LDA-0117",
    }, arrived_at=moment(excluded_on, 15.5))
    stage.entry(school.name, boy.id, "notice.sent", moment(excluded_on, 15.75),
                facts={"duty": "D-EX-1", "to": "his mother"}, identity={**told_identity(boy), "upn": boy.upn},
                key="lord-derby-S01", arrived_at=moment(excluded_on, 16.0))
    report = {**known_to_police(boy), "upn": boy.upn}
    reported_at, found_at = moment(night, 22.67), moment(night, 30.2)
    stage.row("police-events", "Merseyside Police", boy.id, {
        **report, "record_ref": "MM/S01/R", "record_type": "missing-report", "occurred_at": reported_at.isoformat(),
        "postcode": boy.postcode, "grade": "medium", "reason": "did not come home; telephone switched off",
    }, arrived_at=moment(night, 23.0))
    stage.row("police-events", "Merseyside Police", boy.id, {
        **report, "record_ref": "MM/S01/F", "record_type": "missing-found", "occurred_at": found_at.isoformat(),
        "postcode": boy.postcode, "reason": "came home by himself",
    }, arrived_at=moment(night, 31.0))


STORY = Story(
    code="S01",
    title="Excluded, and nobody told",
    rows=("M01", "M02"),
    happens="A school in Knowsley permanently excludes a boy of 14 for persistent disruption: no crime, so nobody "
            "thinks of telling the police. Two days later he is reported missing for a night.",
    seen=(
        "the exclusion stands on his timeline the same minute",
        "a safeguarding screen has a named owner and is due in two working days",
        "whether to tell the police is a recorded decision with purpose and reason",
        "on the missing report two families of signs show: somebody looks the next working day",
        "without a decision by the due time a named manager is told",
    ),
    cast={"S01-boy": "Jayden Molyneux, 14, of Knowsley"},
    files="exclusions and a notice from the school; two police events from Merseyside Police",
    tell=tell,
)
