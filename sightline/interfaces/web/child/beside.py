"""Say what stands beside a sign: what speaks against it, how often it was right, until when it is shown."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sightline.apps.signs.looking import Since
from sightline.apps.signs.queries import OffFacts, SignFacts
from sightline.domain.signs.against import looked_for
from sightline.domain.signs.catalogue import BY_CODE
from sightline.domain.signs.precision import FLOOR, SHOWN_FROM, Measured
from sightline.domain.signs.wording import listed
from sightline.interfaces.web.moments import counted, day_in_words
from sightline.interfaces.web.shown import Link, SignBeside

BECAME = {"new": "new", "grown": "rests on more than before", "gone": "no longer shown", "closed": "closed by a person",
          "kept": "kept by a person"}


def beside(sign: SignFacts, *, against: tuple[Link, ...], keep: Link | None, at: datetime) -> SignBeside:
    """Give what stands beside a sign; `against` leads to the entries, `keep` to where it can be kept for longer."""
    rule = BY_CODE.get(sign.code)
    kept = sign.kept
    below = [one for one in sign.measured if one.below_floor]
    return SignBeside(
        against=against, looked_for=listed(list(looked_for(sign.code))), cancelled_by=rule.cancelled_by if rule else "",
        measured=tuple(how_often(one) for one in sign.measured) or (NEVER_CLOSED,),
        below=below_words(below), off=off_words(sign.off, at=at), until=sign.shown_until,
        kept=f"{kept.officer} reviewed it on {day_in_words(kept.at)} and kept it: {kept.reason}" if kept else "",
        keep=keep)


NEVER_CLOSED = "not known yet, nobody has closed one here."


def how_often(told: Measured) -> str:
    """Say how often signs of a rule were right, with how many and when they were counted."""
    where = f"In {told.area}’s area" if told.area else "Everywhere here"
    when = f"counted on {day_in_words(told.at)}"
    stale = f"; {told.stale} more were closed as out of date" if told.stale else ""
    if told.share is None or told.interval is None:
        return (f"{where}: {counted(told.n, 'was', 'were')} closed with a finding, {when}{stale}. From {SHOWN_FROM} on "
                "we say how often it was right.")
    low, high = told.interval
    return (f"{where}: confirmed in {told.confirmed} of {told.n} that were closed with a finding: {told.share:.0%} "
            f"(95 % interval {low:.0%} to {high:.0%}), {when}{stale}.")


def below_words(below: Iterable[Measured]) -> str:
    """Say that a sign is below its floor, and where; nothing where it is not."""
    where = [f"in {one.area}’s area" if one.area else "everywhere here" for one in below]
    if not where:
        return ""
    return (f"{listed(where).capitalize()}: it was confirmed in less than {FLOOR:.0%} for certain. Weigh it with care; "
            "an area may switch it off.")


def off_words(off: OffFacts | None, *, at: datetime) -> str:
    """Say that a sign is switched off, where, until when, by whom and why; nothing where it is not, or no longer."""
    if off is None or off.until <= at:
        return ""
    return (f"Switched off by {off.area} until {day_in_words(off.until)}: it is found and kept, and asks nobody. "
            f"{off.officer}, {day_in_words(off.at)}: {off.reason}")


def news_words(since: Since) -> list[str]:
    """List in words what came since the visit before."""
    told = [counted(since.entries, "new entry", "new entries")] if since.entries else []
    return told + [f"{one.title} ({one.code}): {BECAME[one.became]}" for one in since.signs]


def silent_words(silent: Iterable[tuple[int, str]], sends: Mapping[int, tuple[tuple[str, ...], datetime]],
                 *, feeds: Mapping[str, str]) -> list[tuple[str, str]]:
    """Say of each agency that told nothing of a child what it usually tells us, and when it last did."""
    return [(name, _sends(sends.get(id_), feeds)) for id_, name in silent]


def _sends(told: tuple[tuple[str, ...], datetime] | None, feeds: Mapping[str, str]) -> str:
    if told is None:
        return "has never sent us a file of any child"
    names, last_at = told
    return f"usually sends {listed([feeds.get(name, name).lower() for name in names])}, last on {day_in_words(last_at)}"
