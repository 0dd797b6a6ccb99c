"""What names a hub, in which one form; and what a child's entries touch."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sightline.domain.circle.hubs import Hub, HubKind, hub_of
from sightline.domain.circle.touching import MOST_MENTIONS, touches
from sightline.domain.vocabulary.entry import Companion, Entry, Thing


@pytest.mark.parametrize(("kind", "one", "other"), [
    ("phone", "07700 900 123", "+44 7700-900123"),
    ("phone", "07700900123", "0044(0)7700900123"),
    ("vehicle", "AB12 CDE", "ab12cde"),
    ("address", "12 Elm Row, L36 9YZ", "12, ELM ROW L36 9YZ"),
    ("line", "The Scouse line", "the scouse LINE"),
])
def test_a_thing_has_one_name_however_it_is_written(kind: str, one: str, other: str):
    assert hub_of(Thing(kind, one)) == hub_of(Thing(kind.upper(), other)) is not None


@pytest.mark.parametrize(("kind", "id_"), [
    ("vehicle", "silver hatchback"), ("address", "a flat in Preston"), ("phone", "burner"), ("phone", "12345"),
    ("dog", "Rex 1"), ("line", " - "), ("phone", ""),
])
def test_a_description_is_no_name(kind: str, id_: str):
    assert hub_of(Thing(kind, id_)) is None


def test_two_addresses_in_one_postcode_are_two():
    assert hub_of(Thing("address", "12 Elm Row L36 9YZ")) != hub_of(Thing("address", "1 Elm Row L36 9YZ"))


def told(id_: str, kind: str, *, on: date = date(2026, 5, 1), **more: object) -> Entry:
    return Entry(id_, "amara", kind, on, "Merseyside Police", **more)  # type: ignore[arg-type]


def test_family_workers_and_violence_at_home_link_nobody():
    people = (Companion("p1", "Mother", 40), Companion("p2", "appropriate adult", 50), Companion(" ", "found-with"))
    entries = [told("a", "missing.found", people=people),
               told("b", "police.domestic-incident", people=(Companion("p3", None, 30),))]
    assert touches("amara", entries) == ()


def test_the_same_number_is_one_person_for_one_agency_only():
    entries = [told("a", "police.stop", people=(Companion("P7", "found-with", 30),)),
               told("b", "police.arrest", people=(Companion("p7 ", "Co-Arrested"),))]
    (touch,) = touches("amara", entries)
    assert (touch.hub, [m.role for m in touch.mentions]) == (
        Hub(HubKind.PERSON, "merseyside police|p7"), ["found-with", "co-arrested"])
    (elsewhere,) = touches("amara", entries[:1], named=lambda _: "Cumbria Police")
    assert elsewhere.hub != touch.hub


def test_an_arrival_counts_after_an_exclusion_in_the_year_before():
    joined = told("j", "school.joined", facts={"school": "Elm High"})
    excluded = told("x", "school.exclusion", on=date(2026, 4, 1))
    assert touches("amara", [joined]) == ()
    assert touches("amara", [joined, told("x", "school.exclusion", on=date(2025, 4, 1))]) == ()
    (touch,) = touches("amara", [excluded, joined])
    assert touch.hub == Hub(HubKind.ARRIVAL, "elm high 2026-05")


def test_of_many_mentions_the_newest_are_kept():
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    entries = [Entry(f"e{n:03}", "amara", "police.stop", start + timedelta(days=n), "police",
                     things=(Thing("phone", "07700900123"),)) for n in range(90)]
    (touch,) = touches("amara", entries)
    assert (len(touch.mentions), touch.mentions[-1].entry) == (MOST_MENTIONS, "e089")
    assert touch.expires_on == touch.last + timedelta(days=180)
