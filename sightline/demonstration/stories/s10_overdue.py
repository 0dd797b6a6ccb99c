"""S10: a registered offender leaves prison and gives an address at which a child lives."""

from sightline.demonstration.stories.story import Stage, Story, person


def tell(stage: Stage) -> None:
    """Write what the council knows of the child at the address; the offender's record has no feed of files."""
    child = person("S10-child", "Ellie-Mae Crosby", age=8, birthday=(12, 1), sex="F", postcode="WA9 5QG",
                   dfe_code="342", number=10, today=stage.today)
    stage.payload("St Helens", child.id, {"la_code": 342, "Children": {
        "la_child_id": "3420010", "mis_child_id": "H-3420010", "purge": False,
        "child_details": {"unique_pupil_number": child.upn, "first_name": child.given, "surname": child.family,
                          "date_of_birth": child.born_on.isoformat(), "sex": "F", "ethnicity": "WBRI",
                          "postcode": child.postcode, "purge": False},
        "social_care_episodes": [{
            "social_care_episode_id": "3420010-1", "referral_date": stage.ago(90, 9).date().isoformat(),
            "referral_source": "3D", "referral_no_further_action_flag": False, "purge": False}]}},
        arrived_at=stage.ago(1, 5.0))


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
    cast={"S10-child": "Ellie-Mae Crosby, 8, of St Helens"},
    files="a payload from St Helens; offenders have no feed of files: they are entered in Sightline",
    tell=tell,
)
