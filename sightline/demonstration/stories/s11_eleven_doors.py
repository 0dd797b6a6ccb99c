"""S11: one morning's operation with warrants in five forces, and two news reports with different totals."""

from sightline.demonstration.places import CUSTODY_SUITES
from sightline.demonstration.stories.story import Stage, Story, known_to_police, person, told_identity

ARRESTED = (
    ("Kieran Maddock", 17, (2, 2), "M", "L20 4UH", "Merseyside Police", "Copy Lane"),
    ("Ayaan Malik", 16, (6, 30), "M", "L6 6AY", "Merseyside Police", "St Anne Street"),
    ("Tyler Gaskell", 15, (9, 9), "M", "PR2 8AP", "Lancashire Constabulary", "Preston"),
    ("Jodie Tyson", 16, (3, 14), "F", "CA14 4HE", "Cumbria Constabulary", "Workington"),
)


def tell(stage: Stage) -> None:
    """Write the children among those arrested, and the boy whom transport police met at Lime Street."""
    for number, (name, age, birthday, sex, postcode, sent_by, suite_name) in enumerate(ARRESTED, start=1):
        child = person(f"S11-child-{number}", name, age=age, birthday=birthday, sex=sex, postcode=postcode,
                       dfe_code="341", number=110 + number, today=stage.today)
        suite = next(one for one in CUSTODY_SUITES if one.name == suite_name)
        stage.row("police-custody", sent_by, child.id, {
            **known_to_police(child), "custody_ref": f"{suite.force[0]}C/S11/{number}", "force": suite.force,
            "custody_suite": suite.name, "suite_postcode": suite.postcode, "arrest_postcode": postcode,
            "arrested_at": stage.ago(1, 6 + number / 10).isoformat(), "offence": "drugs-supply",
            "property": "phone;cash", "appropriate_adult": "appropriate adult service",
            "appropriate_adult_told_at": stage.ago(1, 6.8 + number / 10).isoformat()}, arrived_at=stage.ago(1, 9.0))
    met = person("S11-child-5", "Rhys Probert", age=14, birthday=(5, 5), sex="M", postcode="L11 3AE", dfe_code="341",
                 number=115, today=stage.today)
    stage.row("police-events", "British Transport Police", met.id, {
        **known_to_police(met), "record_ref": "BE/S11/1", "record_type": "rail-contact", "reason": "search",
        "station": "Liverpool Lime Street", "postcode": "L1 1JD", "occurred_at": stage.ago(1, 7.1).isoformat()},
        arrived_at=stage.ago(1, 9.5))
    far = person("S11-child-6", "Lewis Menzies", age=17, birthday=(1, 8), sex="M", postcode="PH2 0JH", dfe_code="340",
                 number=116, today=stage.today)
    stage.entry("Police Scotland", far.id, "police.arrest", stage.ago(1, 6.3),
                facts={"offence": "drugs-supply", "suspect": True}, identity=told_identity(far),
                key="police-scotland-S11", postcode="PH1 5TJ", arrived_at=stage.ago(1, 12.0))


STORY = Story(
    code="S11",
    title="Eleven doors",
    rows=("M21",),
    happens="One morning's operation: warrants by five forces from Liverpool to Perth. Among those arrested are "
            "children. Two news reports give different totals.",
    seen=(
        "the operation has its arrests by force, and both totals with their sources",
        "each child among those arrested has a screen and a referral",
        "the children safeguarded in the operation are counted",
    ),
    cast={f"S11-child-{number}": f"{one[0]}, {one[1]}" for number, one in enumerate(ARRESTED, start=1)}
    | {"S11-child-5": "Rhys Probert, 14", "S11-child-6": "Lewis Menzies, 17, of Perth"},
    files="custody records from three forces, a rail contact from transport police, an entry from Police Scotland; the "
          "operation itself is entered in Sightline",
    tell=tell,
)
