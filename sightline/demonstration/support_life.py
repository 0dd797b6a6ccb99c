"""What health services and charities come to know of an invented child: injuries, missed appointments, support."""

from datetime import date, timedelta
from random import Random

from sightline.demonstration.chance import Weighted, day_between, moment, times
from sightline.demonstration.families import Child, age_on
from sightline.demonstration.happened import HISTORY_DAYS, Life, Told
from sightline.demonstration.pathways import ASSUMED_BY_PATHWAY, Pathway

HOSPITALS = {
    "Merseyside": ("Mersey Children's Hospital (invented)", "L12 2AP"),
    "Lancashire": ("Ribble and Fylde Hospital (invented)", "PR2 9HT"),
    "Cumbria": ("Solway Infirmary (invented)", "CA2 7HY"),
}
CHARITIES = {
    "Merseyside": "Harbour Light (invented charity)", "Lancashire": "Harbour Light (invented charity)",
    "Cumbria": "Fell and Coast Young People (invented charity)",
}
INJURIES = Weighted.of({"other": 80, "blunt": 12, "self-harm": 8})
INJURIES_DRAWN_IN = Weighted.of({"other": 40, "blunt": 30, "self-harm": 18, "stab": 12})
CHARITY_KINDS = Weighted.of({"charity.contact": 60, "offer.made": 20, "offer.started": 12, "offer.waiting": 8})
OLDEST_CHARITY_CLIENT, YOUNGEST_CHARITY_CLIENT = 17, 10


def live_with_support(child: Child, life: Life, *, today: date, rng: Random) -> None:
    """Let a child be treated, be missed at appointments, and be met by a charity within the history."""
    force = child.family.home_on(today).council.force
    if force not in HOSPITALS:
        return
    hospital, postcode = HOSPITALS[force]
    years = HISTORY_DAYS / 365
    first = max(today - timedelta(days=HISTORY_DAYS), child.born_on + timedelta(days=1))
    last = today - timedelta(days=1)
    if first > last:
        return
    for _ in range(times(ASSUMED_BY_PATHWAY["injuries treated a year"][child.pathway] * years, rng)):
        injury = (INJURIES_DRAWN_IN if child.pathway == Pathway.DRAWN_IN else INJURIES).draw(rng)
        at = moment(day_between(first, last, rng), rng.uniform(8, 23.5))
        life.told.append(Told("health.attendance", at, hospital,
                              (("injury", injury), ("setting", "emergency department")), postcode))
    for _ in range(times(ASSUMED_BY_PATHWAY["appointments missed a year"][child.pathway] * years, rng)):
        life.told.append(Told("health.not-brought", day_between(first, last, rng), hospital,
                              (("setting", rng.choice(("dental clinic", "eye clinic", "therapy", "vaccination"))),)))
    if YOUNGEST_CHARITY_CLIENT <= age_on(child.born_on, today) <= OLDEST_CHARITY_CLIENT:
        for _ in range(times(ASSUMED_BY_PATHWAY["contacts with a charity a year"][child.pathway] * years, rng)):
            kind = CHARITY_KINDS.draw(rng)
            support = rng.choice(("mentoring", "street work", "family support", "boxing club", "counselling"))
            life.told.append(Told(kind, day_between(first, last, rng), CHARITIES[force], (("support", support),)))

