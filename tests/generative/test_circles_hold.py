"""What must hold of every circle: it keeps its caps, follows from the entries alone, and what somebody says of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from sightline.domain.circle.circle import Circle, circle_of
from sightline.domain.circle.hubs import MOST_HUBS, REACH
from sightline.domain.circle.judging import Judged
from sightline.domain.circle.touching import touches
from sightline.domain.signs.neighbours import circle_at
from sightline.domain.signs.reading import read
from sightline.domain.vocabulary.entry import Companion, Entry, Thing
from sightline.domain.vocabulary.timeline import Timeline
from tests.generative.lives import numbers

START = datetime(2026, 1, 1, tzinfo=UTC)
AT = START + timedelta(days=200)
ME = "c0"
Lives = dict[str, Timeline]


def invented(number: int, children: int) -> Lives:
    """Invent children who are met with few things and people, so that many hubs are shared and some are crowded."""
    random = Random(number)

    def entry(child: str, count: int) -> Entry:
        kind = random.choice(["police.arrest", "police.stop", "missing.found", "child.home", "police.adult-at-address",
                              "school.exclusion", "school.joined", "slavery.reasonable-grounds"])
        return Entry(
            f"{child}-{count}", child, kind, START + timedelta(hours=random.randrange(200 * 24)),
            random.choice(["Merseyside", "Cumbria"]),
            {"offence": "drugs-supply", "school": "Elm High", "decision": "positive", "there": "lives",
             "under": random.choice(["notification", "mappa"])},
            people=tuple(Companion(random.choice(["p1", "p2", "c1", "c2"]),
                                   random.choice(["found-with", "suspected-exploiter", "mother"]),
                                   random.choice([None, 15, 34])) for _ in range(random.randrange(2))),
            things=tuple(Thing(*random.choice([("phone", "07700900123"), ("phone", "07700900124"), ("vehicle", "AB1"),
                                               ("address", "12 Elm Row"), ("line", "Kev"), ("vehicle", "blue")]))
                         for _ in range(random.randrange(3))))

    return {child: Timeline.of(child, [entry(child, n) for n in range(random.randrange(6))])
            for child in (f"c{n}" for n in range(children))}


some_lives = st.builds(invented, numbers, st.integers(1, 40))


def circle(lives: Lives) -> Circle:
    return circle_at(ME, lives, at=AT)


@given(some_lives)
def test_a_circle_never_exceeds_its_caps(lives: Lives):
    found = circle(lives)
    assert len(found.edges) <= MOST_HUBS
    for edge in found.edges:
        assert len(edge.others) <= REACH[edge.hub.kind].most
        assert not (edge.crowd and edge.others)
        assert ME not in {other.child for other in edge.others}


@given(some_lives, numbers)
def test_the_order_of_children_and_entries_says_nothing(lives: Lives, number: int):
    random = Random(number)
    names = random.sample(sorted(lives), len(lives))
    shuffled = {name: Timeline.of(name, random.sample(lives[name].entries, len(lives[name]))) for name in names}
    assert circle(shuffled) == circle(lives)


@given(some_lives)
def test_who_is_in_a_circle_shares_what_it_says(lives: Lives):
    for edge in circle(lives).edges:
        for other in edge.others:
            if other.touch is not None:
                theirs = touches(other.child, lives[other.child].entries)
                assert edge.hub in {touch.hub for touch in theirs}


@given(some_lives)
def test_a_link_is_seen_from_both_ends(lives: Lives):
    for edge in circle(lives).edges:
        for other in edge.others:
            if edge.own is not None and edge.own.expires_on > AT.date() and other.touch is not None:
                back = {e.hub: e for e in circle_at(other.child, lives, at=AT).edges}[edge.hub]
                assert back.crowd or ME in {one.child for one in back.others}


@example(invented(1789, 4), 8388605)
@given(some_lives, numbers)
def test_withdrawing_an_entry_takes_its_edges_away(lives: Lives, number: int):
    child = Random(number).choice(sorted(lives))
    for told in lives[child]:
        gone = Entry("gone", child, "record.withdrawn", AT, told.by, {"withdraws": [told.id]})
        without = lives | {child: Timeline.of(child, [e for e in lives[child] if e.id != told.id])}
        withdrawn = lives | {child: Timeline.of(child, [*lives[child], gone])}
        found = circle(withdrawn)
        assert found == circle(without)
        assert told.id not in {m.entry for edge in found.edges for touch in (edge.own, *(o.touch for o in edge.others))
                               if touch for m in touch.mentions}


@given(some_lives)
def test_dismissing_deletes_nothing_and_takes_the_signs_of_the_link_away(lives: Lives):
    own = {name: touches(name, life.entries) for name, life in lives.items()}
    every = [touch for told in own.values() for touch in told]
    plain = circle_of(ME, every, on=AT.date())
    judged = {(ME, edge.hub): Judged.DISMISSED for edge in plain.edges}
    dismissed = circle_of(ME, every, on=AT.date(), judged=judged)
    assert [replace(edge, judged=Judged.HYPOTHESIS) for edge in dismissed.edges] == list(plain.edges)
    assert all(edge.linked_on(AT.date()) == () for edge in dismissed.edges)
    shown = {sign.code for sign in read(lives[ME], at=AT, circle=dismissed).signs}
    alone = {sign.code for sign in read(lives[ME], at=AT).signs}
    assert shown <= alone


@given(st.builds(invented, numbers, st.integers(2, 6)), st.integers(1, 1000))
def test_links_that_end_change_nothing_before_the_instant_to_look_again(lives: Lives, share: int):
    now = read(lives[ME], at=AT, circle=circle(lives))
    wait = now.look_again_at - AT if now.look_again_at else timedelta(days=400)
    between = AT + min(wait / 1000 * share, wait - timedelta(microseconds=1))
    then = read(lives[ME], at=between, circle=circle_at(ME, lives, at=between))
    assert (then.signs, then.attention) == (now.signs, now.attention)


@given(some_lives)
def test_a_circle_only_adds_signs_that_read_it_and_they_rest_on_own_entries(lives: Lives):
    alone, within = read(lives[ME], at=AT), read(lives[ME], at=AT, circle=circle(lives))
    codes = {sign.code for sign in within.signs}
    assert {sign.code for sign in alone.signs} <= codes
    assert codes - {sign.code for sign in alone.signs} <= {"C15", "C16", "X07", "H06", "C21", "C28", "F03"}
    own = {entry.id for entry in lives[ME]}
    assert all(set(sign.because) <= own for sign in within.signs)
