"""Children to measure: each told line by line, as agencies' systems would tell it."""

import json
import zlib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.demonstration.identifiers import upn
from tests.integration.conftest import NOW

Line = tuple[float, str, str, dict]
"""When (days before now), who told, the kind, and the facts, with `place` among them where there is one."""


@pytest.fixture
def tell(send) -> Callable[[str, Iterable[Line]], None]:
    """Let agencies tell lines of one child; all of them know it by the same national number."""
    told = 0

    def telling(child: str, lines: Iterable[Line], *, born_on: str = "2011-04-03", sex: str = "F") -> None:
        nonlocal told
        by_agency: dict[str, list[dict]] = {}
        for days, agency, kind, facts in lines:
            told += 1
            at = (NOW - timedelta(days=days)).isoformat(timespec="minutes")
            line = {"id": f"e{told}", "child": child, "kind": kind, "at": at, "by": agency,
                    "facts": {key: value for key, value in facts.items() if key != "place"},
                    "identity": {"given": child, "family": f"{child}sson", "born_on": born_on, "sex": sex,
                                 "upn": pupil(child), "postcode": "L36 9YZ"}}
            by_agency.setdefault(agency, []).append(line | ({"place": facts["place"]} if "place" in facts else {}))
        for agency, theirs in by_agency.items():
            facts = send("timeline", agency, "\n".join(map(json.dumps, theirs)))
            assert (facts.accepted, facts.turned_back) == (len(theirs), 0), agency

    return telling


def pupil(child: str) -> str:
    """Give a valid pupil number for a name: another for another."""
    return upn("340", zlib.crc32(child.encode()) % 90_000, 2022)


@pytest.fixture
def cases(as_worker) -> Callable[..., list[tuple]]:
    """Give the cases of a measure: part, days until done (None: not yet), whether it counts."""

    def found(code: str, *, until: datetime = NOW) -> list[tuple]:
        with as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute("select set_config('sightline.until', %s, true)", [until.isoformat()])
            cursor.execute("select part, extract(epoch from done - began) / 86400, counts"
                           f" from insight_{code.lower()}_1 order by part, began")
            return [(part, None if days is None else round(float(days), 3), counts)
                    for part, days, counts in cursor.fetchall()]

    return found
