"""S03: arrested in Workington at 21:40, home in Liverpool, and a release at 02:10 to the first train."""

from sightline.demonstration.stories.story import Stage, Story, known_to_police, person


def tell(stage: Stage) -> None:
    """Write the custody record as it stands before the release: nobody has come for him."""
    boy = person("S03-boy", "Marcus Fairclough", age=15, birthday=(9, 30), sex="M", postcode="L13 4WX", dfe_code="341",
                 number=3, today=stage.today, ethnicity="MWBC")
    stage.row("police-events", "Merseyside Police", boy.id, {
        **known_to_police(boy), "record_ref": "MM/S03/R", "record_type": "missing-report", "grade": "medium",
        "postcode": boy.postcode, "occurred_at": stage.ago(2, 19.25).isoformat(),
        "reason": "left for school and did not arrive"}, arrived_at=stage.ago(2, 20.0))
    stage.row("police-custody", "Cumbria Constabulary", boy.id, {
        **known_to_police(boy), "custody_ref": "CC/S03/0012", "force": "Cumbria", "custody_suite": "Workington",
        "suite_postcode": "CA14 3YD", "arrested_at": stage.ago(1, 21.67).isoformat(), "arrest_postcode": "CA14 2ED",
        "offence": "drugs-supply", "property": "class-a;cash;phone;ticket", "appropriate_adult": "mother, by telephone",
        "appropriate_adult_told_at": stage.ago(1, 22.8).isoformat(), "home_council": "Liverpool",
    }, arrived_at=stage.ago(1, 23.5))


STORY = Story(
    code="S03",
    title="The last train",
    rows=("M05",),
    happens="A boy of 15 is arrested in Workington at 21:40 with wraps and cash. His home is in Liverpool, 200 km by "
            "rail away. Custody wants to release him at 02:10, to the first train.",
    seen=(
        "release is refused without a receiving adult who has accepted, and a journey plan",
        "public transport alone needs an inspector's override with a reason, and is counted",
        "departure and arrival are confirmed",
        "an hour after the planned arrival without word a missing report is drafted; home force and council are told",
    ),
    cast={"S03-boy": "Marcus Fairclough, 15, of Liverpool"},
    files="a missing report from Merseyside Police and a custody record from Cumbria Constabulary; the release itself "
          "is done in Sightline",
    tell=tell,
)
