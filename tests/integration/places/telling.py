"""Tell of a school at which an excluded child arrives and pupils show first signs, in files as agencies send them."""

import json
from datetime import timedelta

from tests.integration.conftest import NOW

ARRIVED_ON = (NOW - timedelta(days=72)).date()
SCHOOL = "3404001"
NAMES = {"zed": ("Zed", "Zephyr"), "ann": ("Ann", "Abbot"), "bob": ("Bob", "Barker"), "cat": ("Cat", "Cooper"),
         "dan": ("Dan", "Draper"), "eve": ("Eve", "Elliot"), "fay": ("Fay", "Fisher"), "gus": ("Gus", "Glover")}


def days(after: int) -> str:
    """Give the day so many days after the arrival."""
    return str(ARRIVED_ON + timedelta(days=after))


def line(who: str, number: int, kind: str, at: str, **facts: object) -> str:
    """Write one entry of a child as an agency sends it."""
    given, family = NAMES[who]
    place = {"place": {"postcode": facts["postcode"]}} if "postcode" in facts else {}
    return json.dumps({
        "id": f"{who}-{number}", "child": who, "kind": kind, "at": at, "by": "Knowsley Council", "facts": facts,
        "identity": {"given": given, "family": family, "born_on": f"2011-04-{10 + list(NAMES).index(who)}"}, **place})


def pupil(who: str, home: str = "L36 9YZ") -> list[str]:
    """Tell that a child lives there and has been a pupil for long."""
    return [line(who, 0, "child.home", "2025-01-01", postcode=home),
            line(who, 1, "school.joined", "2025-01-01", school=SCHOOL)]


def sign(who: str, after: int, number: int = 2) -> str:
    """Tell of a first sign so many days after the arrival."""
    return line(who, number, "police.stop", days(after), offence="weapon", property=["weapon"])


def arrival(who: str = "zed") -> list[str]:
    """Tell of a child who was excluded elsewhere and then joined the school."""
    return [line(who, 0, "child.home", "2025-01-01", postcode="L36 9YZ"),
            line(who, 1, "school.exclusion", days(-30), category="PERM", reasons=["DA"], school="3404611"),
            line(who, 2, "school.joined", days(0), school=SCHOOL)]


def group(*who: str) -> list[str]:
    """Tell of an arrival and of pupils who show first signs after it, ten days apart."""
    return [*arrival(), *(told for number, one in enumerate(who, start=1)
                          for told in (*pupil(one), sign(one, 10 * number)))]


def file(lines: list[str]) -> str:
    """Write a file of entries."""
    return "\n".join(lines) + "\n"
