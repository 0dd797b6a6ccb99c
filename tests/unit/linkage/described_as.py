"""Read how a record differs from Aaliyah's in the words of the tables in tests/spec/linkage."""

import re
from datetime import date
from pathlib import Path

from sightline.domain.linkage.described import Described

SPEC = Path(__file__).parents[2] / "spec/linkage"
AALIYAH = {"given": "Aaliyah", "family": "Hussain", "born": "2011-04-03", "sex": "F", "home": "L36 9YZ"}
CHANGE = re.compile(r"(\w+)=(.*?)(?=\s+\w+=|\s+list\b|\s+apart\b|$)")


def described_as(words: str, **own: str) -> Described:
    """Describe a record as Aaliyah is described, but for what the words say."""
    told = AALIYAH | own | dict(CHANGE.findall(words))
    numbers = {kind: frozenset({told[kind]}) for kind in ("upn", "nhs", "pnc", "cro") if told.get(kind)}
    one = {name: (told[name],) if told[name] else () for name in ("given", "family", "home")}
    return Described(one["given"], one["family"], (date.fromisoformat(told["born"]),) if told["born"] else (),
                     told["sex"] or None, one["home"], numbers)


def lines(name: str) -> list[str]:
    """Give the lines of a table that are no comments."""
    return [line.rstrip() for line in (SPEC / name).read_text().splitlines() if line.strip() and line[0] != "#"]
