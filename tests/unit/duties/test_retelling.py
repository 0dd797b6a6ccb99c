"""Two tellings of one event are one event; two events are two."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sightline.domain.duties.retelling import retold
from sightline.domain.vocabulary.entry import Entry

POLICE, COUNCIL = "Merseyside Police", "Knowsley"
NIGHT = datetime(2026, 5, 18, 22, tzinfo=UTC)
DAY = date(2026, 5, 18)


def entry(entry_id, kind, at, by=POLICE, recorded_at=None, **facts):
    return Entry(entry_id, "amara", kind, at, by, facts, recorded_at=recorded_at)


CASES = {
    "the census tells an exclusion that the school told": (
        [entry("a", "school.exclusion", DAY, "Knowsley Academy", category="PERM"),
         entry("b", "school.exclusion", DAY, COUNCIL, NIGHT + timedelta(days=60), category="PERM")],
        {"b"}),
    "a suspension and a permanent exclusion on one day are two": (
        [entry("a", "school.exclusion", DAY, category="SUSP"),
         entry("b", "school.exclusion", DAY, category="PERM")], set()),
    "the council tells the day of a report that police told by the minute": (
        [entry("a", "missing.reported", NIGHT), entry("b", "missing.reported", DAY, COUNCIL, NIGHT)], {"b"}),
    "who was known first stays, whichever happened first": (
        [entry("a", "missing.reported", NIGHT, recorded_at=NIGHT + timedelta(days=9)),
         entry("b", "missing.reported", DAY, COUNCIL, NIGHT + timedelta(days=1))], {"a"}),
    "a second report before any return is the same episode": (
        [entry("a", "missing.reported", NIGHT),
         entry("b", "missing.reported", NIGHT + timedelta(hours=9), COUNCIL)], {"b"}),
    "a report weeks later is another, even if the return was never told": (
        [entry("a", "missing.reported", NIGHT), entry("b", "missing.reported", NIGHT + timedelta(days=20))], set()),
    "missing, found, missing, found in one night are two episodes": (
        [entry("a", "missing.reported", NIGHT), entry("b", "missing.found", NIGHT + timedelta(hours=2)),
         entry("c", "missing.reported", NIGHT + timedelta(hours=4)),
         entry("d", "missing.found", NIGHT + timedelta(hours=6))], set()),
    "two agencies tell one return": (
        [entry("a", "missing.found", NIGHT), entry("b", "missing.found", NIGHT + timedelta(hours=1), COUNCIL)], {"b"}),
    "away and then missing are two things": (
        [entry("a", "missing.absent", NIGHT), entry("b", "missing.reported", NIGHT + timedelta(hours=1))], set()),
    "two arrests in a day are two": (
        [entry("a", "police.arrest", NIGHT), entry("b", "police.arrest", NIGHT + timedelta(hours=1))], set()),
    "an arrest that another agency tells by its day is one": (
        [entry("a", "police.arrest", NIGHT), entry("b", "police.arrest", DAY, COUNCIL, NIGHT)], {"b"}),
    "one placement told by two returns is one": (
        [entry("a", "care.placement", DAY, COUNCIL),
         entry("b", "care.placement", DAY, COUNCIL, NIGHT)], {"b"}),
}


@pytest.mark.parametrize(("entries", "again"), CASES.values(), ids=CASES)
def test_what_is_told_again_is_found(entries, again):
    assert retold(sorted(entries, key=lambda one: (one.starts, one.id))) == again
