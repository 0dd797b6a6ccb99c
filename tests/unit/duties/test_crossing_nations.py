"""A child's case that crosses a border loses no duty and no clock; who acts on the spot acts under its law."""

from datetime import UTC, datetime

from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.living import nation_of
from sightline.domain.duties.owed import owed
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline

AT = datetime(2026, 5, 20, 9, tzinfo=UTC)
KNOWSLEY, DUMFRIES = Place(council="Knowsley", force="Merseyside"), Place(
    council="Dumfries and Galloway", force="Police Scotland")


def entry(id_: str, kind: str, at: datetime, place: Place | None = None, **facts: object) -> Entry:
    return Entry(id=id_, child="amara", kind=kind, at=at, by="Merseyside Police", facts=facts, place=place)


def day(number: int, hour: int = 12) -> datetime:
    return datetime(2026, 5, number, hour, tzinfo=UTC)


def codes(*entries: Entry) -> dict[str, str]:
    timeline = Timeline.of("amara", entries)
    return {duty.code: duty.state.value for duty in owed(
        timeline, at=AT, nation=nation_of(timeline), calendars=Calendars())}


HOME = entry("h1", "child.home", datetime(2020, 1, 1, tzinfo=UTC), KNOWSLEY)
ARREST = entry("a1", "police.arrest", day(18), KNOWSLEY, offence="drugs-supply")
MOVED = entry("h2", "child.home", day(19), DUMFRIES)


def test_an_arrest_in_england_stays_under_its_law_when_the_child_moves_to_scotland():
    before, after = codes(HOME, ARREST), codes(HOME, ARREST, MOVED)
    assert {"D-ARR-2", "D-ARR-3", "D-ARR-4"} <= set(before)
    assert before == after


def test_a_child_of_england_who_is_arrested_in_scotland_is_owed_what_is_owed_there():
    there = codes(HOME, entry("a1", "police.arrest", day(18), DUMFRIES, offence="drugs-supply"))
    assert {"D-SCO-1", "D-SCO-2", "D-SCO-4"} <= set(there)
    assert not {"D-ARR-2", "D-ARR-3", "D-SCO-3"} & set(there)


def test_what_begins_after_the_move_begins_under_the_law_of_the_new_home():
    later = entry("a2", "police.arrest", day(19, 20), None, offence="drugs-supply")
    assert "D-SCO-1" in codes(HOME, MOVED, later)
    assert "D-ARR-2" not in codes(HOME, MOVED, later)


def test_another_nation_that_is_asked_for_is_answered_as_asked():
    timeline = Timeline.of("amara", (HOME, ARREST))
    scottish = {duty.code for duty in owed(timeline, at=AT, nation="scotland", calendars=Calendars())}
    assert "D-SCO-1" in scottish
    assert "D-ARR-2" not in scottish
