"""A number of a rule cannot change without a new edition, and an older edition can still be read with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from sightline.domain.duties.calendars import Calendars
from sightline.domain.lookback.history import History
from sightline.domain.lookback.looking_back import look_back
from sightline.domain.signs import areas, attendance, missing
from sightline.domain.signs.catalogue import BY_CODE, RULES
from sightline.domain.signs.editions import OF_THEN, SUPERSEDED, TODAYS, Editions
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.known import Known
from sightline.domain.signs.settable import bounds_of
from sightline.domain.vocabulary.entry import Entry
from sightline.interfaces.printed.sign_editions import changed, digest_of, page, printed

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "sign-editions.md"
FEW, MANY = 2, 3


def test_every_edition_has_the_digest_that_is_printed():
    """Make it a new edition, and keep the old one in SUPERSEDED; then run scripts/rule-book."""
    assert changed(PAGE.read_text(encoding="utf-8")) == []


def test_a_printed_line_is_never_written_anew():
    text = PAGE.read_text(encoding="utf-8")
    told = printed(text)
    other = text.replace(told["C01/1"], "0" * 16)
    assert page(text) == text
    assert printed(page(other))["C01/1"] == "0" * 16
    assert changed(other) == ["C01/1"]


@pytest.mark.parametrize(("module", "name", "code"), [
    (areas, "FAR_FROM_HOME_KM", "C01"), (attendance, "TERM_SESSIONS", "C07"), (missing, "SAME_REPORT_HOURS", "C03")])
def test_another_number_is_another_digest(monkeypatch: pytest.MonkeyPatch, module, name: str, code: str):
    before = digest_of(BY_CODE[code])
    monkeypatch.setattr(module, name, getattr(module, name) * 2)
    assert digest_of(BY_CODE[code]) != before


def test_another_number_that_an_area_may_set_is_another_digest_too():
    for rule in RULES:
        for one in bounds_of(rule.numbers):
            other = replace(rule.numbers, **{one.name: one.default + 1})
            assert digest_of(replace(rule, numbers=other)) != digest_of(rule), (rule.code, one.name)


def test_each_superseded_edition_ends_where_the_next_begins_and_no_two_hold_on_one_day():
    for rules in _by_code([*RULES, *SUPERSEDED]):
        ordered = sorted(rules, key=lambda rule: rule.valid_from)
        assert ordered[-1].valid_to is None
        for rule, following in pairwise(ordered):
            assert rule.valid_to == following.valid_from - timedelta(days=1)
            assert rule.edition != following.edition


def _by_code(rules) -> Iterator[list]:
    for code in BY_CODE:
        yield [rule for rule in rules if rule.code == code]


def arrested_so_often(known: Known, *, times: int):
    """Find the arrest that makes so many."""
    arrests = known.kind("police.arrest")
    if len(arrests) >= times:
        yield Finding(arrests[times - 1].at, [Evidence(one, "Arrested {when}") for one in arrests[:times]])


CHANGED_ON = date(2026, 3, 1)
SECOND = replace(BY_CODE["C14"], code="T01", edition="2", valid_from=CHANGED_ON,
                 find=partial(arrested_so_often, times=FEW))
FIRST = replace(SECOND, edition="1", valid_from=date(2025, 1, 1), valid_to=CHANGED_ON - timedelta(days=1),
                find=partial(arrested_so_often, times=MANY))
LIFE = History.of("amara", [Entry(f"a{n}", "amara", "police.arrest", datetime(2026, n, 5, tzinfo=UTC), "police")
                            for n in (1, 2, 4)])
UNTIL = datetime(2026, 5, 1, tzinfo=UTC)


def test_a_day_is_read_with_the_rules_of_today_or_with_those_of_that_day():
    def seen(editions: Editions) -> list[tuple[str, date]]:
        back = look_back(LIFE, until=UNTIL, calendars=Calendars(), editions=editions)
        return [(one.sign.edition, one.seen_from.date()) for one in back.replayed.signs]

    assert seen(Editions([SECOND], always=True)) == [("T01/2", date(2026, 2, 5))]
    assert seen(Editions([FIRST, SECOND])) == [("T01/2", CHANGED_ON)], "the second arrest shows when the edition begins"
    assert seen(Editions([replace(FIRST, valid_to=None)])) == [("T01/1", date(2026, 4, 5))]


def test_the_editions_of_then_and_of_today_are_the_book():
    assert tuple(TODAYS.rules) == RULES
    assert set(OF_THEN.rules) == {*RULES, *SUPERSEDED}
    assert OF_THEN.at(datetime(2026, 11, 20, tzinfo=UTC)) == ()
    assert OF_THEN.turn_after(datetime(2026, 11, 20, tzinfo=UTC)) == datetime(2026, 11, 21, tzinfo=UTC)
