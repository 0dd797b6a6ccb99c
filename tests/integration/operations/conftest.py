"""An operation: Amara arrested by Lancashire, five children by Merseyside, one met by transport police."""

import json
from datetime import date
from uuid import UUID

import pytest

from sightline.apps.access.acting import at_task
from sightline.apps.access.actions import keep_agency
from sightline.apps.operations.actions import By, add_force, enter, tell_total
from sightline.domain.operations.counted import Counts
from tests.integration.conftest import DESKS, NOW, employ

HEADER = ("custody_ref,operation,arrested_at,arrest_postcode,forename,surname,dob,sex,home_postcode,offence,"
          "referral_sent_at\n")
ON = date(2026, 5, 21)
OTHERS = ("Zola", "Yara", "Xena", "Wren", "Vera")


@pytest.fixture
def force(partnership, as_worker):
    """Add Lancashire's police with Sam, a sergeant, and Sue; and transport police with Tess."""
    people = {"Sam": ("Lancashire Constabulary", "custody-sergeant"), "Tess": ("Railway Police", "police-safeguarding"),
              "Sue": ("Lancashire Constabulary", "police-safeguarding")}
    with as_worker(), at_task("test"):
        for name, kind, area in (("Lancashire Constabulary", "police", "Lancashire"),
                                 ("Railway Police", "transport-police", "")):
            partnership.agencies[name] = keep_agency(name=name, kind=kind, area=area, desks=DESKS)
        employ(partnership, {name: (*of, "custody") for name, of in people.items()})
    return partnership


@pytest.fixture
def arrested(send, force, amara) -> None:
    """Arrest Amara in Preston, and five other children in Merseyside, all in one operation; one is referred."""
    row = ("C{n},{operation},2026-05-21T06:{n}0:00+01:00,{at},{name},{family},03/04/2011,F,L36 9Y{end},drugs-supply,"
           "{to}\n")
    amaras = row.format(n=1, operation="Doors", at="PR1 8BH", name="Amara", family="Okafor", end="Z", to="")
    assert send("police-custody", "Lancashire Constabulary", HEADER + amaras).accepted == 1
    rows = "".join(row.format(n=n, operation="DOORS", at="L20 4UH", name=name, family=f"{name}sson", end="ABDEF"[n],
                              to="2026-05-21T09:00:00+01:00" if n == 0 else "") for n, name in enumerate(OTHERS))
    assert send("police-custody", "Merseyside Police", HEADER + rows).accepted == 5
    met = {"id": "b1", "child": "b1", "kind": "police.protection", "at": "2026-05-21T07:00:00+01:00",
           "by": "Railway Police", "facts": {"operation": "doors"},
           "identity": {"given": "Uma", "family": "Umasson", "born_on": "2012-05-05"}}
    assert send("timeline", "Railway Police", json.dumps(met)).accepted == 1


@pytest.fixture
def doors(force, acting) -> UUID:
    """Let Pat of Merseyside enter the operation with Lancashire, and two reports that differ."""
    with acting("Pat") as pat:
        by = By(pat.agency, pat.officer)
        made = enter(by=by, reference="doors", name="Eleven doors", on_day=ON, warrants=9, at=NOW)
        add_force(by=by, operation=made, agency=force.agencies["Lancashire Constabulary"], warrants=None, at=NOW)
        for source, number in (("The morning paper", 56), ("The evening news", 46)):
            tell_total(by=by, operation=made, source=source, told_on=ON, counts=Counts.ARRESTS, number=number,
                       agency=None, at=NOW)
    return made
