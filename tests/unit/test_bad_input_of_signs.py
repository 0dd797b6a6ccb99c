"""What comes in wrong is refused in plain words or has a defined meaning, at the level at which it enters."""

import json
import time
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from sightline.domain.intake.feeds import FEEDS
from sightline.domain.intake.row import Sender
from sightline.domain.signs.known import MOST_OF_A_KIND, Known
from sightline.domain.signs.reading import read
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import LONDON
from sightline.domain.vocabulary.timeline import Timeline
from sightline.interfaces.cli.main import main

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
LINE = {"id": "e1", "child": "c1", "kind": "missing.reported", "at": "2026-04-28T22:10:00+01:00", "by": "Merseyside"}


@pytest.fixture
def asked(tmp_path: Path):
    """Ask the command of lines; gives its exit status and its document."""

    def asking(*lines: object, at: str = "2026-05-01T12:00:00+00:00"):
        file = tmp_path / "timeline.jsonl"
        file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
        result = CliRunner().invoke(main, ["signs", str(file), "--at", at, "--json"])
        assert "Traceback" not in result.output
        return result.exit_code, json.loads(result.stdout)

    return asking


def imported(line: dict[str, object], *, on: date):
    """Sort one line as an import on a day does."""
    (row,) = FEEDS["timeline"].sort(BytesIO(json.dumps(line).encode()), Sender("Merseyside Police", "police"), on=on)
    return row


def test_an_entry_from_the_future_is_not_read_until_it_happened(asked):
    status, document = asked(LINE | {"at": "2026-05-02T22:10:00+01:00"})
    assert (status, document["signs"], document["faults"]) == (0, [], [])
    assert datetime.fromisoformat(document["look_again_at"]) == datetime(2026, 5, 2, 21, 10, tzinfo=UTC)
    _, then = asked(LINE | {"at": "2026-05-02T22:10:00+01:00"}, at="2026-05-02T21:10:00+00:00")
    assert [sign["code"] for sign in then["signs"]] == ["X01"]


def test_an_import_takes_what_is_announced_and_turns_back_what_lies_further_ahead():
    soon, far = (imported(LINE | {"at": at}, on=date(2026, 5, 1)) for at in ("2026-05-20", "2027-05-20"))
    assert soon.identity is not None
    assert [f.fault for f in soon.faults] == ["This lies in the future; it was kept as announced."]
    assert far.identity is None
    assert [(f.column, f.fault) for f in far.faults] == [("at", "This lies in the future.")]


@pytest.mark.parametrize("until", ["2026-04-27", "2026-04-28T22:09:00+01:00", "2026-04-28T21:09:59Z"])
def test_an_end_before_its_beginning_is_turned_back(asked, until):
    status, document = asked(LINE | {"until": until}, LINE | {"id": "e2"})
    assert (status, [(f["row"], f["column"], f["fault"]) for f in document["faults"]]) == (
        1, [(1, "until", "This lies before at.")])
    assert [sign["because"] for sign in document["signs"] if sign["code"] == "X01"] == [["e2"]], "others are read"
    assert imported(LINE | {"until": until}, on=date(2026, 5, 1)).identity is None


def test_an_end_before_its_beginning_that_is_held_all_the_same_shows_no_more_than_a_report():
    entry = Entry("e1", "c1", "missing.reported", AT - timedelta(hours=2), "x", until=AT - timedelta(days=3))
    reading = read(Timeline.of("c1", [entry]), at=AT)
    assert all(sign.because == ("e1",) for sign in reading.signs)
    assert "C03" not in {sign.code for sign in reading.signs}, "it lasted no day"


def test_a_day_where_an_instant_is_due_is_said_and_elsewhere_stays_a_day(asked):
    status, document = asked(LINE | {"recorded_at": "2026-04-29"})
    assert status == 1
    assert document["faults"][0]["column"] == "recorded_at"
    assert "instant" in document["faults"][0]["fault"]
    status, document = asked(LINE | {"at": "2026-04-28"})
    assert status == 0
    assert "(only the day is known)" in document["signs"][0]["reasons"][0]


@pytest.mark.parametrize(("change", "column", "says"), [
    ({"kind": "police.tea"}, "kind", ""), ({"kind": ""}, "kind", "This is missing"),
    ({"kind": "observed.sign", "facts": {"sign": "C99"}}, "facts.sign", "Write one of: C10"),
    ({"kind": "observed.sign", "facts": {"sign": "C02"}}, "facts.sign", "Write one of: C10"),
    ({"kind": "police.crime-outcome", "facts": {"withdrew": "perhaps"}}, "facts.withdrew", ""),
])
def test_unknown_kinds_and_words_are_turned_back(asked, change, column, says):
    status, document = asked(LINE | change)
    assert (status, document["signs"]) == (1, [])
    assert [f["column"] for f in document["faults"]] == [column]
    assert document["faults"][0]["fault"].startswith(says)
    assert imported(LINE | change, on=date(2026, 5, 1)).identity is None


def test_healths_word_comes_in_without_a_detail_and_what_is_told_besides_is_left_out(asked):
    status, document = asked(LINE | {"kind": "health.relevant-information", "facts": {"diagnosis": "x"}})
    assert (status, document["attention"]) == (0, "now")
    assert document["signs"][0]["reasons"] == [
        "Health holds relevant information on 28 April 2026 at 22:10: contact the named doctor"]
    assert [note["column"] for note in document["notes"]] == ["facts.diagnosis"]


def uk(*clock: int) -> datetime:
    """Give a time of the United Kingdom's clocks."""
    return datetime(*clock, tzinfo=LONDON)


@pytest.mark.parametrize(("begins", "ends", "a_day"), [
    (uk(2026, 3, 28, 22), uk(2026, 3, 29, 22, 30), False),  # half past ten by the clock, and 23 hours and a half
    (uk(2026, 3, 28, 22), uk(2026, 3, 29, 23), True),
    (uk(2025, 10, 25, 22), uk(2025, 10, 26, 21), True),  # nine by the clock, and 24 hours
    (uk(2025, 10, 25, 22), uk(2025, 10, 26, 20, 59), False),
])
def test_over_a_change_of_clocks_a_time_missing_is_as_long_as_it_was(begins, ends, a_day):
    told = [Entry("m", "c1", "missing.reported", begins, "x"), Entry("f", "c1", "missing.found", ends, "x")]
    reading = read(Timeline.of("c1", told), at=ends + timedelta(days=2))
    assert ("C03" in {sign.code for sign in reading.signs}) == a_day


def test_an_hour_that_comes_twice_is_told_apart_by_its_offset(asked):
    first = LINE | {"at": "2025-10-26T01:30:00+01:00"}
    back = {**LINE, "id": "f1", "kind": "missing.found", "at": "2025-10-26T01:15:00+00:00"}
    status, document = asked(first, back, at="2025-10-27T00:00:00+00:00")
    assert status == 0
    assert [sign["because"] for sign in document["signs"] if sign["code"] == "X01"] == [["e1", "f1"]]
    assert document["faults"] == [], "45 minutes missing, though the clock went back"


def flood(number: int, kind: str = "police.arrest") -> list[Entry]:
    """Invent what a feed gone wrong tells: one kind, again and again, over half a year."""
    step = timedelta(days=170) / number
    return [Entry(f"e{n}", "c1", kind, AT - step * n, "a feed", {"offence": "drugs-supply"}) for n in range(number)]


def test_of_a_flood_the_newest_thousand_of_each_kind_are_read_and_it_is_said():
    exclusion = Entry("x", "c1", "school.exclusion", date(2026, 1, 5), "school", {"category": "PERM"})
    life = Timeline.of("c1", [*flood(5_000), exclusion])
    reading = read(life, at=AT)
    shown = {sign.code: sign.because for sign in reading.signs}
    assert shown["C05"] == ("x",), "a flood of one kind hides no other"
    assert set(shown["C14"]) == {f"e{n}" for n in range(MOST_OF_A_KIND)}
    assert "only the newest 1,000 (4,000 were left out)" in reading.because
    assert "left out" not in read(Timeline.of("c1", flood(MOST_OF_A_KIND)), at=AT).because
    assert Known.of(life, at=AT).left_out == 4_000


def test_ten_times_the_flood_costs_at_most_ten_times_the_time_and_no_more_to_say():
    small, large = (Timeline.of("c1", flood(number)) for number in (5_000, 50_000))
    seconds = []
    for life in (small, large):
        began = time.process_time()
        reading = read(life, at=AT)
        seconds.append(time.process_time() - began)
        assert all(len(sign.because) <= 2 * MOST_OF_A_KIND for sign in reading.signs)
    assert seconds[1] < 10 * seconds[0]
