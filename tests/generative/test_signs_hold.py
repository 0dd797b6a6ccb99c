"""What must hold of every reading: it never fails, rests on entries, and looks at nothing that it must not."""

import ast
import inspect
from collections.abc import Sequence
from dataclasses import dataclass, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from random import Random
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.domain.signs.catalogue import BY_CODE, RULES
from sightline.domain.signs.finding import Evidence, Finding, Found
from sightline.domain.signs.kept import Said
from sightline.domain.signs.known import Known
from sightline.domain.signs.reading import read
from sightline.domain.signs.rule import LOCAL_READING
from sightline.domain.signs.settable import bounds_of
from sightline.domain.vocabulary.entry import Companion, Entry
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.sign import Attention, Family
from sightline.domain.vocabulary.timeline import Timeline
from tests.generative.lives import any_lives, entry, instants, numbers
from tests.house.source import modules

FORBIDDEN = ("ethnic", "religio", "faith", "race", "nationality", "relative", "parent", "sibling", "score")
ROOMS = tuple(room for room in ("sightline.domain.signs", "sightline.domain.places", "sightline.domain.circle")
              if find_spec(room))
"""Where rules are: of one child, of places, of the children around one."""


@given(any_lives, instants)
def test_a_reading_rests_on_entries_that_were_known(life: Timeline, at: datetime):
    reading = read(life, at=at)
    known = {told.id: told for told in life.known_at(at)}
    for sign in reading.signs:
        assert sign.because
        assert len(sign.because) == len(set(sign.because)) == len(sign.reasons)
        assert set(sign.because) <= set(known)
        assert [e.id for e in life if e.id in set(sign.because)] == list(sign.because)
        assert all("{" not in reason for reason in sign.reasons)


@given(any_lives, instants)
def test_attention_follows_from_the_signs(life: Timeline, at: datetime):
    reading = read(life, at=at)
    families = {sign.family for sign in reading.signs} - {Family.SYSTEM}
    assert (reading.families > 0) == bool(families)
    assert reading.families <= len(families)
    assert (reading.attention is Attention.NOW) == any(
        sign.critical or BY_CODE[sign.code].alone is Attention.NOW for sign in reading.signs)
    assert (reading.attention is Attention.NONE) == (not reading.signs)
    if reading.families > 1:
        assert reading.attention in {Attention.NOW, Attention.NEXT_WORKING_DAY}
    assert reading.because.endswith(".")


@given(any_lives, instants, numbers)
def test_the_order_in_which_entries_come_changes_nothing(life: Timeline, at: datetime, number: int):
    shuffled = list(life.entries)
    Random(number).shuffle(shuffled)
    assert read(Timeline.of(life.child, shuffled), at=at) == read(life, at=at)


@given(any_lives, instants, numbers)
def test_another_childs_entries_change_nothing(life: Timeline, at: datetime, number: int):
    random = Random(number)
    others = [entry(random, id_=f"o{n}", child="another child") for n in range(9)]
    assert read(Timeline.of(life.child, [*life, *others]), at=at) == read(life, at=at)


@given(any_lives, instants, numbers, st.integers(1, 10**6))
def test_what_is_told_later_changes_nothing_before(life: Timeline, at: datetime, number: int, minutes: int):
    random, told_at = Random(number), at.astimezone(UTC) + timedelta(minutes=minutes)
    later = [replace(entry(random, id_=f"l{n}"), recorded_at=told_at) for n in range(9)]
    now, then = read(life, at=at), read(Timeline.of(life.child, [*life, *later]), at=at)
    assert replace(then, look_again_at=None) == replace(now, look_again_at=None)


@given(any_lives, instants, st.integers(0, 1000))
def test_nothing_changes_before_the_instant_to_look_again(life: Timeline, at: datetime, share: int):
    reading = read(life, at=at)
    wait = reading.look_again_at - at if reading.look_again_at else timedelta(days=2000)
    assert wait > timedelta(0)
    between = at.astimezone(UTC) + min(wait / 1000 * share, wait - timedelta(microseconds=1))
    assert replace(read(life, at=between), at=at, look_again_at=None) == replace(reading, look_again_at=None)


@given(any_lives, instants, numbers)
def test_more_contacts_and_exclusions_never_take_a_sign_away(life: Timeline, at: datetime, number: int):
    more = entry(Random(number), id_="more", kinds=("police.arrest", "police.stop", "school.exclusion", "rail.contact"))
    before = {sign.code for sign in read(life, at=at).signs}
    assert before <= {sign.code for sign in read(Timeline.of(life.child, [*life, more]), at=at).signs}


@given(any_lives, instants)
def test_ethnicity_religion_relatives_and_the_homes_postcode_are_never_read(life: Timeline, at: datetime):
    private = {"ethnicity": "drugs-supply", "religion": "weapon", "father_offence": "drugs-supply", "parent": "high"}

    def told_more(told: Entry) -> Entry:
        place = replace(told.place, postcode="ZE1 0AA") if told.place else None
        facts = {**told.facts, **private} | ({"postcode": "ZE1 0AA"} if "postcode" in told.facts else {})
        return replace(told, facts=facts, place=place)

    assert read(Timeline.of(life.child, [told_more(e) for e in life]), at=at) == read(life, at=at)


def reachable(*begins: Any) -> set[Any]:
    """Give every dataclass and named tuple that can be reached from these types by their fields."""
    seen: set[Any] = set()

    def walk(type_: Any) -> None:
        for part in get_args(type_):
            walk(part)
        if (is_dataclass(type_) or hasattr(type_, "_fields")) and type_ not in seen:
            seen.add(type_)
            for hint in get_type_hints(type_).values():
                walk(hint)

    for begin in begins:
        walk(begin)
    return seen


def seen_by_rules() -> set[Any]:
    """Give every type that a function of the rooms of rules is given, or can reach from there."""
    begins = []
    for room in ROOMS:
        for found in iter_modules(import_module(room).__path__):
            module = import_module(f"{room}.{found.name}")
            for _, function in inspect.getmembers(module, inspect.isfunction):
                if function.__module__ == module.__name__:
                    begins += [hint for name, hint in get_type_hints(function).items() if name != "return"]
    return reachable(*begins)


def fields_of(type_: Any) -> list[str]:
    return [*type_.__dataclass_fields__] if is_dataclass(type_) else [*type_._fields]


def test_no_type_that_rules_see_has_a_field_for_what_must_not_be_read():
    known = reachable(Known)
    assert {Entry, Place, Known, Found, Finding, Evidence, Companion} <= known
    every = known | seen_by_rules()
    assert len(every) > len(known), "the rooms of rules give their functions more than what is known of one child"
    assert [(t.__name__, f) for t in every for f in fields_of(t) if any(word in f for word in FORBIDDEN)] == []
    assert [(t.__name__, f) for t in known for f in fields_of(t) if "name" in f] == []


def test_a_field_that_must_not_be_read_would_be_found():
    @dataclass
    class Uncle:
        offences_of_relative: str

    @dataclass
    class Around:
        people: Sequence[tuple[str, Uncle | None]]

    assert [f for t in reachable(Around) for f in fields_of(t) if any(word in f for word in FORBIDDEN)] == [
        "offences_of_relative"]


def test_no_kind_of_entry_has_a_fact_for_what_must_not_be_read():
    keys = [(kind.name, fact.key) for kind in KINDS.values() for fact in kind.facts]
    assert [told for told in keys if any(word in told[1] for word in FORBIDDEN)] == []


def test_no_rule_reads_a_postcode():
    rooms = modules(*(room.replace(".", "/") for room in ROOMS))
    assert len(rooms) > 30
    assert [one.name for one in rooms if "postcode" in "".join(
        node.attr if isinstance(node, ast.Attribute) else str(node.value) if isinstance(node, ast.Constant) else ""
        for node in ast.walk(one.tree) if not _is_words(node))] == []


def _is_words(node: ast.AST) -> bool:
    """Tell whether a node is prose, which may speak of postcodes: only a key or an attribute reads one."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value


def test_reading_needs_an_instant_with_its_offset():
    with pytest.raises(ValueError, match="offset"):
        read(Timeline.of("amara", []), at=datetime(2026, 5, 1))  # noqa: DTZ001


FIRST_DAY, LAST_DAY = datetime(1, 1, 2, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@given(any_lives, st.sampled_from([FIRST_DAY, LAST_DAY]), st.booleans())
def test_the_ends_of_the_calendar_do_no_harm(life: Timeline, at: datetime, days: bool):
    moved = [replace(told, at=at.date() if days else at, recorded_at=None) for told in life]
    assert read(Timeline.of(life.child, moved), at=at).child == life.child


@given(any_lives, instants)
def test_switching_off_and_local_settings_take_no_sign_away(life: Timeline, at: datetime):
    plain = read(life, at=at)
    off = Said(off={rule.code: at + timedelta(days=1) for rule in RULES})
    assert read(life, at=at, said=off).signs == plain.signs
    for end in ("least", "most"):
        local = [rule.with_numbers({one.name: getattr(one, end) for one in bounds_of(rule.numbers)})
                 for rule in RULES if rule.numbers]
        added = (*RULES, *(replace(rule, code=f"{LOCAL_READING}{rule.code}") for rule in local))
        both = read(life, at=at, rules=added)
        assert tuple(sign for sign in both.signs if not sign.code.startswith(LOCAL_READING)) == plain.signs


@given(any_lives, instants)
def test_what_speaks_against_a_sign_is_another_entry_that_was_known(life: Timeline, at: datetime):
    known = {told.id for told in life.known_at(at)}
    for sign in read(life, at=at).signs:
        assert sign.until is not None
        assert sign.until > at
        assert {id_ for id_, _ in sign.against} <= known
        assert all("{" not in words for _, words in sign.against)
