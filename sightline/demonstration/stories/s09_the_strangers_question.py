"""S09: a transport police officer in Carlisle asks whether the boy on the platform is known."""

from datetime import timedelta

from sightline.demonstration.stories.story import Stage, Story, known_to_police, person


def tell(stage: Stage) -> None:
    """Write what others know of him: a missing report, and an open case in Sefton."""
    boy = person("S09-boy", "Kacper Wisniewski", age=14, birthday=(8, 19), sex="M", postcode="PR8 6DX", dfe_code="343",
                 number=9, today=stage.today, ethnicity="WOTH")
    stage.row("police-events", "Merseyside Police", boy.id, {
        **known_to_police(boy), "upn": boy.upn, "record_ref": "MM/S09/R", "record_type": "missing-report",
        "postcode": boy.postcode, "grade": "high", "occurred_at": stage.ago(2, 21.0).isoformat(),
    }, arrived_at=stage.ago(2, 21.5))
    stage.payload("Sefton", boy.id, {"la_code": 343, "Children": {
        "la_child_id": "3430009", "mis_child_id": "S-3430009", "purge": False,
        "child_details": {"unique_pupil_number": boy.upn, "first_name": "Kasper", "surname": boy.family,
                          "date_of_birth": boy.born_on.isoformat(), "sex": "M", "ethnicity": "WOTH",
                          "postcode": boy.postcode, "purge": False},
        "social_care_episodes": [{
            "social_care_episode_id": "3430009-1", "referral_date": stage.ago(60, 9).date().isoformat(),
            "referral_source": "2A", "referral_no_further_action_flag": False,
            "care_worker_details": [{"worker_id": "SW118", "start_date": stage.ago(58, 9).date().isoformat()}],
            "child_in_need_plans": [{"child_in_need_plan_id": "3430009-1-n", "purge": False,
                                     "start_date": (stage.today - timedelta(days=20)).isoformat()}],
            "purge": False}]}}, arrived_at=stage.ago(1, 5.0))


STORY = Story(
    code="S09",
    title="The stranger's question",
    rows=("M10", "M22"),
    happens="A transport police officer in Carlisle speaks to a boy alone on a platform at night and asks: is he "
            "known, and whom do I ring? He is reported missing, and Sefton works with him.",
    seen=(
        "yes or no, and whom to ring now",
        "no content",
        "the question is logged with its purpose, and the duty contact is told",
    ),
    cast={"S09-boy": "Kacper Wisniewski, 14, of Sefton; the council writes Kasper"},
    files="a missing report from Merseyside Police; a payload from Sefton; the question itself is asked in Sightline",
    tell=tell,
)
