"""An area's settings are tried on children of its own before they take effect, and say in words what fails."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sightline.domain.signs.catalogue import BY_CODE, RULES
from sightline.domain.signs.local import MUST_HAVE, SettingsUnreadable, assure, read_settings, rules_of
from sightline.domain.signs.reading import read
from sightline.domain.signs.settable import bounds_of
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import read_moment
from sightline.domain.vocabulary.timeline import Timeline
from sightline.interfaces.cli.main import main

FILE = Path(__file__).parent / "knowsley.toml"
TEXT = FILE.read_text(encoding="utf-8")
PATTERN = 'pattern = "together"\nkind = "rail.contact"\nwith = "missing.absent"\ndays = 7'


def test_the_example_holds():
    assert assure(TEXT) == []
    assert [rule.edition_name for rule in rules_of(TEXT)] == [
        "L-C04/2026-12 of Knowsley Council", "L01/2026-12 of Knowsley Council"]


def test_the_national_sign_is_shown_beside_the_local_reading_and_as_it_was():
    days = ("2026-05-01", "2026-05-05", "2026-05-10", "2026-05-20")
    life = Timeline.of("Amara", [Entry(day, "Amara", "missing.absent", read_moment(day), "a home") for day in days])
    at = read_moment("2026-05-21T10:00:00+01:00")
    both = read(life, at=at, rules=(*RULES, *rules_of(TEXT)))
    alone = read(life, at=at)
    assert [sign.code for sign in both.signs] == ["C04", "L-C04"]
    assert [sign for sign in both.signs if sign.code in BY_CODE] == list(alone.signs)
    assert (both.attention, both.families) == (alone.attention, alone.families)


def test_what_speaks_against_a_sign_speaks_against_the_reading_of_an_area_too():
    told = (("m1", "missing.reported", "2026-05-01"), ("f1", "missing.found", "2026-05-03"),
            ("i1", "missing.return-interview", "2026-05-04"))
    life = Timeline.of("Amara", [Entry(id_, "Amara", kind, read_moment(day), "police", {"held": True})
                                 for id_, kind, day in told])
    local = rules_of(TEXT.replace('sign = "C04"\nnumbers = { times', 'sign = "C03"\nnumbers = { many'))
    signs = {sign.code: sign for sign in read(life, at=read_moment("2026-05-05T10:00:00+01:00"),
                                              rules=(*RULES, *local)).signs}
    assert signs["L-C03"].against == signs["C03"].against != ()


@pytest.mark.parametrize(("old", "new", "says"), [
    ("times = 3", "times = 30", "“times” (absences) must be a whole number from 2 to 10"),
    ("times = 3", "times = true", "“times” (absences) must be a whole number"),
    ("times = 3", "weeks = 3", "there is no number “weeks”; there are: times, days"),
    ("{ times = 3 }", "{}", "say which number changes: times, days"),
    ('sign = "C04"', 'sign = "C05"', "[[changed]] C05: this sign has no number that an area may set"),
    ('sign = "C04"', 'sign = "C99"', "there is no national sign with this code"),
    ("from = 2026-12-01", 'from = "soon"', "“from” must be a day"),
    ('code = "L01"', 'code = "C01"', "a code of an area is L and two figures"),
    ('family = "movement"', 'family = "system"', "“family” must be one of: movement"),
    (PATTERN, 'pattern = "score"', "“pattern” must be one of: again, without, together"),
    ('kind = "rail.contact"', 'kind = "child.ethnicity"', "must be a kind of entry"),
    ('kind = "rail.contact"', 'kind = "rail.contact"\nwhere = { reason = "looks" }', "no fact “reason” that says"),
    ("days = 7", "days = 700", "“days” must be a whole number from 1 to 180"),
    ("days = 7", "days = 7\nweight = 3", "nothing is known by: weight"),
    ("area = ", "area =", None),
    ("[[sign]]", "[sign]", "write [[sign]], in two brackets"),
    ("because = \"What", "becos = \"What", "nothing is known by: becos"),
    ("days = 7", "days = 20", "L01: Just misses: nine days apart: expected"),
    ("## Wrong child: three", "## Fires: three", "L-C04: there is no case whose title begins with: Wrong child"),
    ("## Wrong child: three", "## Perhaps: three", "not with: Perhaps"),
    ("| a2 | another child |", "| a2 | another child | |", "L-C04: this row does not have 4 cells"),
    ("| r1 | another child | rail.contact |", "| r1 | another child | rail.contact |", None),
    ("At 2026-06-08 09:00: shown", "At 2026-06-08 08:00: shown", "L-C04: Known only later"),
    ("At 2026-05-11: not shown.", "At 2026-05-11: shown because a1, r1.", "Just misses: nine days apart"),
    ("area", "\x00", "this is no TOML"),
])
def test_what_is_wrong_is_said_in_words(old: str, new: str, says: str | None):
    assert old in TEXT
    failing = assure(TEXT.replace(old, new, 1))
    assert (says is None and failing == []) or any(says and says in one for one in failing), failing


def test_a_case_that_proves_nothing_is_found_out():
    alike = TEXT.replace("| r1 | another child | rail.contact | 2026-05-06 22:10 |",
                         "| r1 | another child | rail.contact | 2026-07-06 22:10 |")
    assert any("would come out the same for the right child" in one for one in assure(alike))


def test_a_wrong_child_case_may_tell_of_two_other_children():
    told = "| a2 | another child | missing.absent | 2026-05-10 |"
    assert told in TEXT
    assert assure(TEXT.replace(told, told.replace("another child", "a third child"))) == []


@pytest.mark.parametrize("text", ["", "\ufeff", "[[sign]]", "a = 1\na = 2", "= =", "area = '''" + "x" * 300_000,
                                  "[" * 5_000, 'area = "x"\nedition = "y"\nfrom = 2026-12-01\nbecause = "z"',
                                  TEXT.replace('"""', '"')])
def test_no_text_breaks_it(text: str):
    assert assure(text)
    with pytest.raises(SettingsUnreadable):
        read_settings(text)


@pytest.mark.parametrize(("pattern", "entries", "shown"), [
    ('pattern = "again"\nkind = "rail.contact"\nwhere = { reason = "fare" }\ntimes = 2\ndays = 30',
     [("r1", "rail.contact", "2026-05-01", {"reason": "fare"}),
      ("r2", "rail.contact", "2026-05-31", {"reason": "fare"}),
      ("r3", "rail.contact", "2026-05-31", {"reason": "welfare"})], ("r1", "r2")),
    ('pattern = "without"\nkind = "offer.made"\nthen = "offer.started"\ndays = 30',
     [("o1", "offer.made", "2026-05-01", {})], ("o1",)),
    ('pattern = "without"\nkind = "offer.made"\nthen = "offer.started"\ndays = 30',
     [("o1", "offer.made", "2026-05-01", {}), ("s1", "offer.started", "2026-05-30", {})], ()),
    ('pattern = "together"\nkind = "police.stop"\nwhere = { property = "phone" }\nwith = "school.exclusion"\ndays = 7',
     [("p1", "police.stop", "2026-05-01", {"property": ["cash", "phone"]}),
      ("x1", "school.exclusion", "2026-05-08", {})], ("p1", "x1")),
])
def test_the_three_patterns(pattern: str, entries, shown):
    (_, rule) = rules_of(TEXT.replace(PATTERN, pattern))
    life = Timeline.of("Amara", [Entry(id_, "Amara", kind, read_moment(day), "x", facts)
                                 for id_, kind, day, facts in entries])
    signs = read(life, at=read_moment("2026-06-02T10:00:00+01:00"), rules=(rule,)).signs
    assert tuple(id_ for sign in signs for id_ in sign.because) == shown


def test_every_settable_number_lies_within_its_own_bounds():
    told = [bounds for rule in RULES for bounds in bounds_of(rule.numbers)]
    assert len(told) >= 9
    assert all(one.least <= one.default <= one.most and one.means for one in told)
    for rule in RULES:
        for one in bounds_of(rule.numbers):
            assert rule.with_numbers({one.name: one.least}).find is not rule.find


def test_the_command_tries_a_file_and_keeps_nothing(tmp_path):
    held = CliRunner().invoke(main, ["settings", "check", str(FILE), "--json"])
    assert held.exit_code == 0
    assert [sign["code"] for sign in json.loads(held.stdout)["signs"]] == ["L-C04", "L01"]
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(TEXT.replace("days = 7", "days = 20"), encoding="utf-8")
    failed = CliRunner().invoke(main, ["settings", "check", str(wrong)])
    assert failed.exit_code == 1
    assert "nine days apart" in failed.stdout
    wrong.write_bytes(b"\xff\xfe\x00bad")
    assert CliRunner().invoke(main, ["settings", "check", str(wrong)]).exit_code == 2
    assert len(MUST_HAVE) == 4
