"""S04: Amara is driven south in legs, from Cumbria through Lancashire to Merseyside."""

from sightline.demonstration.sent_by_schools import file_word
from sightline.demonstration.stories.story import Stage, Story, known_to_police, person, told_identity


def tell(stage: Stage) -> None:
    """Write that Amara was missing, how she was found and protected in Whitehaven, and that Beth works with her."""
    amara = person("Amara", "Amara Adeyemi", age=15, birthday=(1, 23), sex="F", postcode="L36 4AD", dfe_code="340",
                   number=4, today=stage.today, ethnicity="BAFR")
    report = {**known_to_police(amara), "upn": amara.upn}
    stage.row("police-events", "Merseyside Police", amara.id, {
        **report, "record_ref": "MM/S04/R", "record_type": "missing-report", "postcode": amara.postcode,
        "grade": "high", "occurred_at": stage.ago(3, 18.5).isoformat()}, arrived_at=stage.ago(3, 19.0))
    stage.row("police-events", "Cumbria Constabulary", amara.id, {
        **known_to_police(amara), "record_ref": "CM/S04/F", "record_type": "missing-found", "postcode": "CA28 7DG",
        "occurred_at": stage.ago(1, 13.9).isoformat(), "companions": "S04-adult:found-with:27",
        "things": "vehicle:silver hatchback", "reason": "found at an address in Whitehaven with an adult",
    }, arrived_at=stage.ago(1, 14.5))
    stage.row("police-events", "Cumbria Constabulary", amara.id, {
        **known_to_police(amara), "record_ref": "CM/S04/P", "record_type": "police-protection", "postcode": "CA28 7DG",
        "occurred_at": stage.ago(1, 14.25).isoformat(), "designated_officer": "Grace Osei",
    }, arrived_at=stage.ago(1, 14.6))
    key = f"{file_word('Knowsley')}-S04"
    for kind, days, facts in (("care.referral", 40, {"source": "2A"}),
                              ("care.worker", 38, {"worker": "Beth Ashworth"})):
        stage.entry("Knowsley", amara.id, kind, stage.ago(days, 11.0), facts=facts, identity=told_identity(amara),
                    key=key, arrived_at=stage.ago(37, 9.0))


STORY = Story(
    code="S04",
    title="The border",
    rows=("M06",),
    happens="Amara, 15, missing from Knowsley for two nights, is found in Whitehaven with an adult, and Cumbria "
            "officers take her into police protection. They drive her south and meet Lancashire officers at a service "
            "area, who meet Merseyside's.",
    seen=(
        "three legs, each with a receiver who accepts by name",
        "the first receiver refuses to sign: the giver stays the owner",
        "place, time and her condition stand at each leg",
    ),
    cast={"Amara": "Amara Adeyemi, 15, of Knowsley", "Beth": "Beth Ashworth, her social worker"},
    files="police events from Merseyside Police and Cumbria Constabulary; two entries from Knowsley; the handover "
          "itself is done in Sightline",
    tell=tell,
)
