"""What `sightline lookback` answers: as a document, and as lines for people."""

from collections.abc import Iterator
from typing import Any

import sightline
from sightline.domain.lookback.looking_back import Day, LookBack, Sight
from sightline.domain.lookback.recognising import Recognition
from sightline.domain.lookback.replaying import DutyTurned, SignShown, Turn
from sightline.domain.lookback.wording import seen_when, sentences
from sightline.domain.signs.wording import day_in_words, when
from sightline.domain.vocabulary.moment import Moment, write_moment

RULES_WORDS = {"today": "the rules of today", "then": "the rules that were in force on each day"}


def document(back: LookBack, *, rules: str) -> dict[str, Any]:
    """Give the whole look back as it stands in JSON."""
    return {
        "child": back.child or None,
        "until": write_moment(back.until),
        "rules": rules,
        "editions": list(back.editions),
        "version": sightline.__version__,
        "says": list(sentences(back)),
        "first_recognition": _recognition(back.recognitions[0]) if back.recognitions else None,
        "signs": [_sight(sight) for sight in back.sights],
        "agencies": [{"agency": one.agency, "since": write_moment(one.since), "knew": [
            {"entry": event, "since": write_moment(at), "how": way.value}
            for event, (at, way) in sorted(one.events.items(), key=lambda told: told[1][0])]} for one in back.agencies],
        "days": [_day(day) for day in back.days],
    }


def _sight(sight: Sight) -> dict[str, Any]:
    return {
        "code": sight.sign.code, "title": sight.sign.title, "family": sight.sign.family.value,
        "critical": sight.sign.critical, "edition": sight.sign.edition, "verified": sight.sign.verified,
        "together_at": _seen(sight.together), "told_at": _seen(sight.told),
        "alone": {agency: _seen(one) for agency, one in sight.alone.items()},
    }


def _day(day: Day) -> dict[str, Any]:
    return {
        "on": day.on.isoformat(),
        "told": [entry.id for entry in day.told],
        "signs_first_visible": [_sign(one) for one in day.seen],
        "signs_no_longer_visible": [one.sign.code for one in day.gone],
        **{f"duties_{turn.value}": [_turned(t) for t in day.turns if t.turn is turn] for turn in Turn},
        "recognitions": [_recognition(one) for one in day.recognised],
    }


def _sign(one: SignShown) -> dict[str, Any]:
    return {"code": one.sign.code, "title": one.sign.title, "visible_from": write_moment(one.seen_from),
            "because": list(one.sign.because), "reasons": list(one.sign.reasons), "edition": one.sign.edition}


def _turned(turned: DutyTurned) -> dict[str, Any]:
    duty = turned.duty
    return {"code": duty.code, "what": duty.what, "owed_by": duty.owed_by, "owed_to": duty.owed_to,
            "started_by": duty.started_by, "known_at": write_moment(turned.at), "due_at": _written(duty.due_at),
            "local_target_at": _written(duty.local_target_at), "met_by": duty.met_by, "met_at": _written(duty.met_at),
            "edition": duty.edition, "verified": duty.verified}


def _recognition(one: Recognition) -> dict[str, Any]:
    return {"entry": one.entry, "at": write_moment(one.at), "known_at": write_moment(one.known_at), "by": one.by,
            "what": one.words}


def _seen(one: SignShown | None) -> str | None:
    return None if one is None else write_moment(one.seen)


def _written(moment: Moment | None) -> str | None:
    return None if moment is None else write_moment(moment)


def lines(back: LookBack, *, rules: str) -> Iterator[str]:
    """Say the look back in lines: the sentences, the signs with who could see them, then day by day."""
    yield f"Up to {when(back.until).removeprefix('on ')}, with {RULES_WORDS[rules]}."
    yield from sentences(back)
    for sight in back.sights:
        yield ""
        yield f"{sight.sign.code} {sight.sign.title} (edition {sight.sign.edition})"
        yield f"  together: {seen_when(sight.together)}; by what Sightline was told: {seen_when(sight.told)}"
        yield from (f"  {agency} alone: {seen_when(one)}" for agency, one in sight.alone.items())
    for day in back.days:
        changes = list(_changes(day))
        if changes:
            yield from ("", day_in_words(day.on), *(f"  {change}" for change in changes))


def _changes(day: Day) -> Iterator[str]:
    yield from (f"sign first visible: {one.sign.code} {one.sign.title}" for one in day.seen)
    yield from (f"sign no longer visible: {one.sign.code} {one.sign.title}" for one in day.gone)
    for turned in day.turns:
        yield f"duty {turned.turn.value}: {turned.duty.code}, {turned.duty.owed_by} to {turned.duty.owed_to}"
    yield from (f"recognised: {one.words}, by {one.by}" for one in day.recognised)
