"""Tell of children who are met with the same phone, car and people, in files as agencies send them.

A link ends in time and pages have the clock of the day, so what is told here lies so many days before today.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

NOW = datetime.now(UTC).replace(microsecond=0)
NAMES = {"ann": ("Ann", "Abbot"), "bob": ("Bob", "Barker"), "cat": ("Cat", "Cooper"), "dan": ("Dan", "Draper")}
PHONE = {"kind": "phone", "id": "07700 900123"}


def day(before: int) -> str:
    """Give the day so many days before now."""
    return str((NOW - timedelta(days=before)).date())


def line(who: str, number: int, kind: str, at: str, **more: Any) -> str:
    """Write one entry of a child as an agency sends it; a child who has no name here is called by a number."""
    given, family = NAMES.get(who, (who.capitalize(), "Numbered"))
    born = sum(map(ord, who)) % 28 + 1
    return json.dumps({
        "id": f"{who}-{number}", "child": who, "kind": kind, "at": at, "by": "Merseyside Police",
        "identity": {"given": given, "family": family, "born_on": f"2011-04-{born:02}"}, **more})


def lives(who: str, postcode: str = "L36 9YZ", **more: Any) -> str:
    """Tell where a child lives."""
    return line(who, 0, "child.home", "2025-01-01", place={"postcode": postcode}, **more)


def arrested(who: str, before: int = 20, *, number: int = 1, **more: Any) -> str:
    """Tell of an arrest for supply with the phone."""
    return line(who, number, "police.arrest", day(before), facts={"offence": "drugs-supply"},
                **{"things": [PHONE], **more})


def file(*lines: str) -> str:
    """Write a file of entries."""
    return "\n".join(lines) + "\n"
