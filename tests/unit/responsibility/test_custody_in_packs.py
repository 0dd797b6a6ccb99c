"""How custody looked at a child goes with the child: the screen's and the charge's decisions stand in the pack."""

from datetime import UTC, datetime, timedelta

import pytest

from sightline.domain.responsibility.pack import Because, Handover, Known, Who, pack_of
from sightline.domain.responsibility.sections import Function, HandoverKind, Section
from sightline.domain.vocabulary.entry import Entry

NOW = datetime(2026, 5, 22, 10, tzinfo=UTC)


def decision(id_: str, about: str) -> Entry:
    return Entry(id=id_, child="p1", kind="decision.made", at=NOW - timedelta(hours=1), by="Cumbria Constabulary",
                 facts={"about": about, "outcome": "charge", "reasons": "see the gate"}, recorded_at=NOW)


@pytest.mark.parametrize("receiver", [Function.POLICE, Function.COUNCIL])
def test_who_takes_a_child_over_reads_the_screen_and_the_charging_decision(receiver):
    entries = [decision("d1", "D-ARR-4-SCREEN"), decision("d2", "D-CHG-1:c1"), decision("d3", "D-EX-4")]
    handover = Handover(
        kind=HandoverKind.SAFETY, giver="Cumbria Constabulary", receiver="Merseyside Police", function=receiver,
        giver_sees_whole=False, receiver_sees_whole=False)
    pack = pack_of(Known(Who(), entries, [], [], {}, None, NOW), handover)
    shown = {one.section: [entry["id"] for entry in one.entries] for one in pack.sections}
    assert shown[Section.POLICE] == ["d1", "d2"]
    assert shown.get(Section.CARE, []) == (["d3"] if receiver is Function.COUNCIL else [])


@pytest.mark.parametrize(("receiver", "detail"), [(Function.POLICE, True), (Function.COUNCIL, False)])
def test_of_what_the_police_hold_a_council_gets_that_it_is_there(receiver, detail):
    report = Entry(id="i1", child="p1", kind="police.intelligence", at=NOW - timedelta(days=1), by="Merseyside Police",
                   facts={"grade": "B2Z"}, grade="B2Z", recorded_at=NOW)
    handover = Handover(
        kind=HandoverKind.SAFETY, giver="Merseyside Police", receiver="Knowsley", function=receiver,
        giver_sees_whole=False, receiver_sees_whole=False)
    pack = pack_of(Known(Who(), [report], [], [], {}, None, NOW), handover)
    (shown,) = (entry for one in pack.sections for entry in one.entries)
    assert (shown["facts"], shown["grade"]) == (({"grade": "B2Z"}, "B2Z") if detail else ({}, None))
    assert (Because.POLICE_DETAIL in {one.because for one in pack.withheld}) == (not detail)
