"""What must hold of every reading: it never fails, rests on entries, and looks at nothing that it must not."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from types import UnionType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.domain.signs.catalogue import BY_CODE, RULES
from sightline.domain.signs.kept import Said
from sightline.domain.signs.known import Known
from sightline.domain.signs.reading import read
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.sign import Attention, Family
from sightline.domain.vocabulary.timeline import Timeline
from tests.generative.lives import any_lives, entry, instants, numbers

FORBIDDEN = ("ethnic", "religio", "faith", "race", "nationality", "relative", "parent", "sibling", "score", "name")


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
    assert (reading.attention is Attention.NOW) == any(sign.critical for sign in reading.signs)
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


def test_the_type_that_rules_see_has_no_field_for_what_must_not_be_read():
    seen: set[Any] = set()

    def walk(type_: Any) -> None:
        for part in get_args(type_) if get_args(type_) or isinstance(type_, UnionType) else [type_]:
            if get_args(part):
                walk(part)
            elif is_dataclass(part) and part not in seen:
                seen.add(part)
                hints = get_type_hints(part)
                for field in fields(part):
                    assert not any(word in field.name for word in FORBIDDEN), (part, field.name)
                    walk(hints[field.name])

    walk(Known)
    assert {Entry, Place, Known} <= seen


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
    local = (BY_CODE["C04"].with_numbers({"times": 10}), BY_CODE["C03"].with_numbers({"many": 6, "many_days": 31}))
    added = (*RULES, *(replace(rule, code=f"L-{rule.code}") for rule in local))
    both = {sign.code: sign for sign in read(life, at=at, rules=added).signs}
    for sign in plain.signs:
        assert set(sign.because) <= set(both[sign.code].because), sign.code


@given(any_lives, instants)
def test_what_speaks_against_a_sign_is_another_entry_that_was_known(life: Timeline, at: datetime):
    known = {told.id for told in life.known_at(at)}
    for sign in read(life, at=at).signs:
        assert sign.until is not None
        assert sign.until > at
        assert {id_ for id_, _ in sign.against} <= known
        assert all("{" not in words for _, words in sign.against)
