"""An inspection at hand: six children measured and frozen, two inspectors of one inspectorate and one of another."""

import json
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.access.actions import keep_agency
from sightline.apps.insight.freezing import freeze
from sightline.apps.insight.inspecting import Draw, Readers, open_inspection
from sightline.demonstration.identifiers import upn
from sightline.domain.insight.frameworks import framework
from sightline.domain.insight.inspecting import Strata
from tests.integration.conftest import DESKS, NOW, employ

SCHOOL, POLICE = "Brook High School", "Merseyside Police"
CHILDREN = ("Ada", "Bea", "Cai", "Dot", "Eli", "Fay")
FRAMEWORK = "hmicfrs-child-protection-2024"


def keep_inspector(partnership, name: str, agency: str) -> None:
    """Keep one more inspector, at work now; called as the worker at a task."""
    if agency not in partnership.agencies:
        partnership.agencies[agency] = keep_agency(name=agency, kind="inspectorate", desks=DESKS)
    employ(partnership, {name: (agency, "inspector", "inspect")})


@pytest.fixture
def inspectors(partnership, as_worker) -> None:
    """Add Dora and Dina of Dawn's inspectorate, and Della of another."""
    with as_worker(), at_task("test"):
        for name in ("Dora", "Dina"):
            keep_inspector(partnership, name, "The Inspectorate")
        keep_inspector(partnership, "Della", "Another Inspectorate")


@pytest.fixture
def frozen(send, as_worker, inspectors) -> UUID:
    """Exclude six children and arrest three of them, and freeze what is measured of a year."""
    excluded = [_line(n, child, days=9 + n, by=SCHOOL, kind="school.exclusion", facts={"category": "PERM"})
                for n, child in enumerate(CHILDREN)]
    arrested = [_line(n, child, days=5 + n, by=POLICE, kind="police.arrest", facts={"offence": "drugs-supply"})
                for n, child in enumerate(CHILDREN) if n % 2]
    for agency, lines in ((SCHOOL, excluded), (POLICE, arrested)):
        assert send("timeline", agency, "\n".join(lines)).accepted == len(lines)
    with as_worker(), at_task("test"):
        return freeze(start=NOW - timedelta(days=365), until=NOW, officer=None, at=NOW)


@pytest.fixture
def draw_cases(frozen, partnership, acting) -> Callable[..., UUID]:
    """Open an inspection by Dawn, who reads, with Dora for a fifth; by measure, unless another is asked for.

    It is opened now: how long it stays open is told by the database's clock.
    """

    def drawing(
        *, size: int = 4, seed: int = 7, strata: Strata = Strata.AGENCY, code: str = FRAMEWORK, by: str = "Dawn",
        first: tuple[str, ...] = ("Dawn",), second: str = "Dora", title: str = "An inspection",
        open_days: int = 90, opened_at: datetime | None = None,
    ) -> UUID:
        with acting(by) as me:
            return open_inspection(
                acting=me, title=title, framework=framework(code), drawing=Draw(frozen, strata, size, seed),
                reading=Readers([partnership.officers[name] for name in first], partnership.officers[second]),
                because="a test", open_days=open_days, at=opened_at or datetime.now(UTC))

    return drawing


@pytest.fixture
def days_pass() -> Callable[[int], None]:
    """Let days pass for all inspections: what the database's clock cannot be made to do, their days can.

    And five minutes: for the database it is as late as when the test's transaction began.
    """

    def passing(days: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("alter table insight_inspection no force row level security")
            cursor.execute("update insight_inspection set opened_at = opened_at - %s, closes_at = closes_at - %s",
                           [timedelta(days=days, minutes=5)] * 2)
            assert cursor.rowcount > 0
            cursor.execute("alter table insight_inspection force row level security")

    return passing


def _line(number: int, child: str, *, days: float, by: str, kind: str, facts: dict[str, str]) -> str:
    known = {"given": child, "family": f"{child}sson", "born_on": "2011-04-03", "sex": "F", "postcode": "L36 9YZ",
             "identifiers": {"upn": upn("340", zlib.crc32(child.encode()) % 90_000, 2022)}}
    return json.dumps({"id": f"{kind}-{number}", "child": child, "kind": kind, "by": by, "facts": facts,
                       "at": (NOW - timedelta(days=days)).isoformat(timespec="minutes"), "identity": known})
