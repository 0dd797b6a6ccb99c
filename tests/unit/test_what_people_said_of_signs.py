"""A reading heeds what people said: a sign that was kept is shown for longer, one that is switched off asks nobody."""

from datetime import UTC, datetime, timedelta

from sightline.domain.signs.kept import KEPT, Kept, Said
from sightline.domain.signs.reading import read
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.sign import Attention
from sightline.domain.vocabulary.timeline import Timeline

BEGAN = datetime(2026, 1, 5, 10, tzinfo=UTC)
ENDS = BEGAN + timedelta(days=180)


def life(*, told: int = 4) -> Timeline:
    """Give Amara's absences, four within sixty days."""
    days = (0, 10, 20, 30)[:told]
    return Timeline.of("Amara", [Entry(f"a{day}", "Amara", "missing.absent", BEGAN + timedelta(days=day - 30), "a home")
                                 for day in days])


def codes(said: Said, at: datetime) -> list[str]:
    return [sign.code for sign in read(life(), at=at, said=said).signs]


ALL = frozenset({"a0", "a10", "a20", "a30"})


def kept(*, because: frozenset[str] = ALL, at: datetime = ENDS - timedelta(days=1)) -> Said:
    return Said(kept={"C04": [Kept(because, at, at + KEPT)]})


def test_a_sign_says_until_when_it_is_shown():
    (sign,) = read(life(), at=BEGAN).signs
    assert (sign.code, sign.until) == ("C04", ENDS)


def test_a_flag_expires_unless_it_is_reviewed():
    assert codes(Said(), ENDS - timedelta(seconds=1)) == ["C04"]
    assert codes(Said(), ENDS) == []
    assert codes(kept(), ENDS) == ["C04"]
    (sign,) = read(life(), at=ENDS, said=kept()).signs
    assert sign.until == ENDS - timedelta(days=1) + KEPT
    assert codes(kept(), sign.until) == []


def test_it_can_be_kept_again_and_again_however_old_it_is():
    said = kept(at=ENDS + timedelta(days=900))
    assert codes(said, ENDS + timedelta(days=1000)) == ["C04"]


def test_what_was_not_reviewed_is_not_kept():
    assert codes(kept(because=ALL - {"a0"}), ENDS) == []


def test_a_review_counts_from_when_it_was_made():
    assert codes(kept(at=ENDS + timedelta(days=9)), ENDS + timedelta(days=8)) == []


def test_a_sign_that_is_switched_off_is_still_found_and_asks_nobody_until_the_switch_ends():
    off = Said(off={"C04": BEGAN + timedelta(days=30)})
    reading = read(life(), at=BEGAN, said=off)
    assert [sign.code for sign in reading.signs] == ["C04"]
    assert reading.attention is Attention.NONE
    assert reading.look_again_at == BEGAN + timedelta(days=30)
    assert read(life(), at=BEGAN + timedelta(days=30), said=off).attention is Attention.WORKER
    assert read(life(), at=BEGAN).attention is Attention.WORKER


def test_nobody_needs_to_say_anything():
    assert read(life(told=3), at=BEGAN).signs == ()
