"""S05: found in Preston at 23:15, home in Liverpool, and two duty teams that each name the other."""

from sightline.demonstration.stories.story import Stage, Story, known_to_police, person


def tell(stage: Stage) -> None:
    """Write the missing report of the afternoon, and where she was found in the night."""
    girl = person("S05-girl", "Libby Rourke", age=13, birthday=(10, 5), sex="F", postcode="L4 6UN", dfe_code="341",
                  number=5, today=stage.today, ethnicity="WIRI")
    stage.row("police-events", "Merseyside Police", girl.id, {
        **known_to_police(girl), "upn": girl.upn, "record_ref": "MM/S05/R", "record_type": "missing-report",
        "postcode": girl.postcode, "grade": "medium", "occurred_at": stage.ago(1, 17.75).isoformat(),
    }, arrived_at=stage.ago(1, 18.25))
    stage.row("police-events", "Lancashire Constabulary", girl.id, {
        **known_to_police(girl), "record_ref": "LM/S05/F", "record_type": "missing-found", "postcode": "PR1 3BU",
        "occurred_at": stage.ago(1, 23.25).isoformat(), "reason": "alone in the bus station, would not say how",
    }, arrived_at=stage.ago(1, 23.6))


STORY = Story(
    code="S05",
    title="Not ours",
    rows=("M07",),
    happens="A girl of 13 is found in Preston at 23:15 and brought to the council's duty team. Her home is in "
            "Liverpool. Liverpool's duty team says Lancashire, Lancashire's says Liverpool.",
    seen=(
        "the owner now is Lancashire, by the found-in rule, from the first minute",
        "nobody can record \"not ours\" without naming whose, and by which rule",
        "the dispute escalates at 30, 60 and 120 minutes; the time without an owner is zero",
        "the next morning Liverpool takes over by accepting",
    ),
    cast={"S05-girl": "Libby Rourke, 13, of Liverpool"},
    files="police events from Merseyside Police and Lancashire Constabulary; the dispute itself is done in Sightline",
    tell=tell,
)
