"""S14: a third domestic abuse incident with a child present, at 03:00 on a school day."""

from datetime import timedelta

from sightline.demonstration.agencies import story_school
from sightline.demonstration.chance import moment
from sightline.demonstration.stories.story import (
    Stage,
    Story,
    is_open_day,
    known_to_police,
    next_open_day,
    open_day_on_or_before,
    person,
    told_identity,
)


def tell(stage: Stage) -> None:
    """Write the three incidents, the last in the small hours of the last school day before today."""
    school = story_school("8904001")
    girl = person("S14-girl", "Poppy Ormerod", age=12, birthday=(2, 27), sex="F", postcode="FY4 1AL", dfe_code="890",
                  number=14, today=stage.today)
    last = open_day_on_or_before(stage.today - timedelta(days=1))
    assert is_open_day(last)
    incidents = (
        (stage.ago(260, 21.2), "standard", "yes"), (stage.ago(38, 19.6), "medium", "no"),
        (moment(last, 3.0), "high", "yes"),
    )
    for number, (at, grade, seen) in enumerate(incidents, start=1):
        stage.row("police-events", "Lancashire Constabulary", girl.id, {
            **known_to_police(girl), "record_ref": f"LE/S14/{number}", "record_type": "domestic-incident",
            "occurred_at": at.isoformat(), "postcode": girl.postcode, "offence": "violence", "grade": grade,
            "child_seen": seen, "school": school.name,
        }, arrived_at=moment(at.date(), at.hour + 1.5))
        if at.date() != last:
            opens = next_open_day(at.date())
            stage.entry("Lancashire Constabulary", girl.id, "notice.sent", moment(opens, 7.75),
                        facts={"duty": "D-ENC", "to": school.name}, identity=told_identity(girl),
                        key="lancashire-S14", arrived_at=moment(opens, 8.0))


STORY = Story(
    code="S14",
    title="Violence at home",
    rows=("M17",),
    happens="Police come to a home in Blackpool for the third time in nine months, at 03:00 on a school day. A girl of "
            "12 is on the stairs.",
    seen=(
        "her school is told before it opens, and only what the duty allows",
        "three incidents in twelve months, of rising grade, ask for a strategy discussion",
    ),
    cast={"S14-girl": "Poppy Ormerod, 12, of Blackpool"},
    files="police events and the notices of the first two from Lancashire Constabulary",
    tell=tell,
)
