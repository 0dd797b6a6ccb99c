"""S07: a third supply arrest at 16, a debt and threats, and nobody has referred him."""

from sightline.demonstration.stories.story import Stage, Story, known_to_police, person

CHARITY = "Harbour Light (invented charity)"


def tell(stage: Stage) -> None:
    """Write three arrests in three forces, and what he told a youth worker in between."""
    boy = person("S07-boy", "Nathan Sefton-Hughes", age=16, birthday=(4, 11), sex="M", postcode="CH41 4JW",
                 dfe_code="344", number=7, today=stage.today)
    past: list[tuple[str, str, str, str, str, float, dict[str, object]]] = [
        ("Merseyside Police", "Merseyside", "Wirral", "CH41 5HA", "CH41 2RN", 210, {
            "no_further_action_at": stage.ago(209, 5.0).isoformat(), "released_at": stage.ago(209, 5.4).isoformat(),
            "release_mode": "collected", "received_by": "mother", "property": "class-b;cash"}),
        ("Lancashire Constabulary", "Lancashire", "Preston", "PR1 2DP", "PR1 3BU", 95, {
            "no_further_action_at": stage.ago(94, 3.5).isoformat(), "released_at": stage.ago(94, 4.2).isoformat(),
            "release_mode": "public-transport-alone", "property": "class-a;phone;cash"}),
    ]
    for sent_by, force, suite, suite_postcode, postcode, days, ended in past:
        at = stage.ago(int(days), 17.5)
        stage.row("police-custody", sent_by, boy.id, {
            **known_to_police(boy), "custody_ref": f"{force[0]}C/S07/{int(days)}", "force": force,
            "custody_suite": suite, "suite_postcode": suite_postcode, "arrested_at": at.isoformat(),
            "arrest_postcode": postcode,
            "offence": "drugs-supply", "appropriate_adult": "appropriate adult service",
            "appropriate_adult_told_at": stage.ago(int(days), 19.0).isoformat(),
            "appropriate_adult_arrived_at": stage.ago(int(days), 22.0).isoformat(),
            "interviewed_at": stage.ago(int(days), 23.0).isoformat(), "home_council": "Wirral", **ended,
        }, arrived_at=stage.ago(int(days) - 1, 7.0))
    stage.entry(CHARITY, boy.id, "charity.contact", stage.ago(20, 16.0),
                facts={"support": "street work: says that he owes money for what was taken off him, was threatened"},
                identity={"given": "Nate", "family": "Hughes", "postcode": boy.postcode}, key="harbour-light-S07",
                arrived_at=stage.ago(19, 10.0))
    stage.row("police-custody", "Cumbria Constabulary", boy.id, {
        **known_to_police(boy), "custody_ref": "CC/S07/0", "force": "Cumbria", "custody_suite": "Barrow",
        "suite_postcode": "LA14 2LE", "arrested_at": stage.ago(1, 16.0).isoformat(), "arrest_postcode": "LA14 2LE",
        "offence": "drugs-supply", "property": "class-a;cash;phone;sim;weapon", "home_council": "Wirral",
        "appropriate_adult": "appropriate adult service", "appropriate_adult_told_at": stage.ago(1, 17.5).isoformat(),
    }, arrived_at=stage.ago(1, 18.0))


STORY = Story(
    code="S07",
    title="Charged like an adult",
    rows=("M11", "M14", "M15", "M16"),
    happens="A boy of 16 is arrested for supplying drugs for the third time, each time by another force. He has told a "
            "youth worker that he owes money and was threatened. Nobody has referred him to social care.",
    seen=(
        "the referral is drafted by the arrest, and its minutes are counted",
        "the victim screen comes before the interview",
        "the referral to the National Referral Mechanism is drafted from the linked records",
        "the charge waits until section 45 and the Mechanism were considered; a \"no\" needs a supervisor",
        "the tools against the adult are listed",
    ),
    cast={"S07-boy": "Nathan Sefton-Hughes, 16, of Wirral; a charity knows him as Nate Hughes"},
    files="custody records from Merseyside Police, Lancashire Constabulary and Cumbria Constabulary; an entry from a "
          "charity",
    tell=tell,
)
