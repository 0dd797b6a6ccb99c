"""S11: one morning's operation with warrants in five forces, and two news reports with different totals."""

from dataclasses import dataclass

from sightline.demonstration.places import CUSTODY_SUITES
from sightline.demonstration.stories.story import Person, Stage, Story, known_to_police, person, told_identity

REFERENCE = "ELEVEN DOORS"
MERSEYSIDE, LANCASHIRE, CUMBRIA = "Merseyside Police", "Lancashire Constabulary", "Cumbria Constabulary"
RAIL, SCOTLAND = "British Transport Police", "Police Scotland"
ARRESTED = (
    ("Kieran Maddock", 17, (2, 2), "M", "L20 4UH", MERSEYSIDE, "Copy Lane"),
    ("Ayaan Malik", 16, (6, 30), "M", "L6 6AY", MERSEYSIDE, "St Anne Street"),
    ("Tyler Gaskell", 15, (9, 9), "M", "PR2 8AP", LANCASHIRE, "Preston"),
    ("Jodie Tyson", 16, (3, 14), "F", "CA14 4HE", CUMBRIA, "Workington"),
)
SCREENED = {2: "possible victim", 3: "possible victim", 4: "no sign that she is a victim"}
"""Which of them was screened, by number, with the outcome; nobody screened the first."""


@dataclass(frozen=True, slots=True)
class Report:
    """Hold what one invented news report tells: the arrests in all, and by force."""

    source: str
    hour: float
    arrests: int
    by_force: tuple[tuple[str, int], ...]


WARRANTS = ((MERSEYSIDE, 5), (LANCASHIRE, 2), (CUMBRIA, 1), (RAIL, 1), (SCOTLAND, 2))
REPORTS = (
    Report("Mersey Morning (invented newspaper)", 18.0, 56,
           ((MERSEYSIDE, 36), (LANCASHIRE, 10), (CUMBRIA, 2), (SCOTLAND, 5), (RAIL, 3))),
    Report("North West Tonight (invented broadcaster)", 22.0, 46,
           ((MERSEYSIDE, 36), (LANCASHIRE, 5), (CUMBRIA, 2), (RAIL, 3))),
)
"""Eleven warrants. The totals differ by ten, as two reports of one real morning did; nobody is asked who was right."""


def tell(stage: Stage) -> None:
    """Write the children among those arrested, and the boy whom transport police met at Lime Street."""
    for number, (name, age, birthday, sex, postcode, sent_by, suite_name) in enumerate(ARRESTED, start=1):
        child = person(f"S11-child-{number}", name, age=age, birthday=birthday, sex=sex, postcode=postcode,
                       dfe_code="341", number=110 + number, today=stage.today)
        _arrest(stage, child, number=number, sent_by=sent_by, suite_name=suite_name)
    _met_at_lime_street(stage)
    far = person("S11-child-6", "Lewis Menzies", age=17, birthday=(1, 8), sex="M", postcode="PH2 0JH", dfe_code="340",
                 number=116, today=stage.today)
    stage.entry(SCOTLAND, far.id, "police.arrest", stage.ago(1, 6.3),
                facts={"offence": "drugs-supply", "suspect": True, "operation": REFERENCE},
                identity=told_identity(far), key="police-scotland-S11", postcode="PH1 5TJ",
                arrived_at=stage.ago(1, 12.0))


def _arrest(stage: Stage, child: Person, *, number: int, sent_by: str, suite_name: str) -> None:
    """Write one custody record: of the first nobody has told a screen or a referral, the last has gone home."""
    suite = next(one for one in CUSTODY_SUITES if one.name == suite_name)
    referred = {"referral_sent_at": stage.ago(1, 7.3 + number / 10).isoformat()} if number > 1 else {}
    home = {"released_at": stage.ago(1, 13.0).isoformat(), "release_mode": "collected",
            "received_by": "her grandmother"} if number == 4 else {}
    stage.row("police-custody", sent_by, child.id, {
        **known_to_police(child), "custody_ref": f"{suite.force[0]}C/S11/{number}", "force": suite.force,
        "custody_suite": suite.name, "suite_postcode": suite.postcode, "arrest_postcode": child.postcode,
        "arrested_at": stage.ago(1, 6 + number / 10).isoformat(), "offence": "drugs-supply",
        "property": "phone;cash", "operation": REFERENCE, "appropriate_adult": "appropriate adult service",
        "appropriate_adult_told_at": stage.ago(1, 6.8 + number / 10).isoformat(), **referred, **home},
        arrived_at=stage.ago(1, 14.0))
    if number in SCREENED:
        stage.entry(sent_by, child.id, "decision.made", stage.ago(1, 7.0 + number / 10),
                    facts={"about": "D-ARR-4-SCREEN", "outcome": SCREENED[number],
                           "reasons": "seen alone in the suite, before any interview"},
                    identity=told_identity(child), key=f"S11-screen-{number}", arrived_at=stage.ago(1, 14.5))


def _met_at_lime_street(stage: Stage) -> None:
    """Write the boy who was searched at the station, and taken into police protection: he was not arrested."""
    met = person("S11-child-5", "Rhys Probert", age=14, birthday=(5, 5), sex="M", postcode="L11 3AE", dfe_code="341",
                 number=115, today=stage.today)
    for number, (kind, hour, told) in enumerate((
            ("rail-contact", 7.1, {"reason": "search", "station": "Liverpool Lime Street"}),
            ("police-protection", 7.6, {"designated_officer": "Inspector Ian Oxley"})), start=1):
        stage.row("police-events", RAIL, met.id, {
            **known_to_police(met), "record_ref": f"BE/S11/{number}", "record_type": kind, "postcode": "L1 1JD",
            "occurred_at": stage.ago(1, hour).isoformat(), "operation": REFERENCE, **told},
            arrived_at=stage.ago(1, 9.5))


STORY = Story(
    code="S11",
    title="Eleven doors",
    rows=("M21",),
    happens="One morning's operation: eleven warrants by five forces from Liverpool to Perth. Among those arrested are "
            "children. Two news reports give different totals.",
    seen=(
        "the operation has its arrests by force, and both totals with their sources",
        "each child among those arrested has a screen and a referral",
        "the children safeguarded in the operation are counted",
    ),
    cast={f"S11-child-{number}": f"{one[0]}, {one[1]}" for number, one in enumerate(ARRESTED, start=1)}
    | {"S11-child-5": "Rhys Probert, 14", "S11-child-6": "Lewis Menzies, 17, of Perth"},
    files="custody records from three forces with their victim screens, records of a boy met by transport police, an "
          "entry from Police Scotland; the operation itself is entered in Sightline by Merseyside Police",
    tell=tell,
)
