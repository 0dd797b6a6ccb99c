"""What speaks against a sign: what would cancel it, looked for in the record where a machine can.

It is shown beside the sign and never removes it. Each rule says in words what would cancel it; most of that only a
person can find out. What stands here is the part that entries can tell.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from sightline.domain.custody.screen import CODE as SCREEN
from sightline.domain.signs.counting import in_order
from sightline.domain.signs.facts import number, said_yes, word
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.gaps import least_gap, may_follow
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import LOCAL_READING
from sightline.domain.vocabulary.entry import Entry

BACK_AT_SCHOOL = 0.9
"""The part of its sessions that a child attends who is back at school. Our own default."""
ONE_MOVE_DAYS = 7
"""Tellings of one move lie within so many days, as the sign of broken placements counts them."""

Speaks = Callable[[Known, Sequence[Entry]], Iterator[Evidence]]


class Looked(NamedTuple):
    """Hold what a machine looks for, in words, and the function that finds it."""

    words: str
    find: Speaks


def speaks_against(code: str, known: Known, findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """Give what speaks against a sign that rests on the findings: the ids of entries, each with what it says.

    Against an area's own reading of a national sign speaks what speaks against that sign.
    """
    looks = AGAINST.get(code.removeprefix(LOCAL_READING), ())
    if not looks:
        return ()
    rests_on = list({e.entry.id: e.entry for finding in findings for e in finding.evidence}.values())
    told = {e.entry.id: e for look in looks for e in look.find(known, rests_on)}
    return tuple((e.entry.id, e.worded()) for e in sorted(told.values(), key=in_order))


def looked_for(code: str) -> tuple[str, ...]:
    """Say in words what is looked for; nothing where only a person can tell."""
    return tuple(look.words for look in AGAINST.get(code, ()))


def _home_there(known: Known, rests_on: Sequence[Entry]) -> Iterator[Evidence]:
    """Find a home, or a planned placement, told for the force area in which the child was met."""
    forces = {e.place.force for e in rests_on if e.place and e.place.force and e.kind != "missing.reported"}
    for entry in known.kinds("child.home", "care.placement"):
        if entry.place and entry.place.force in forces and (entry.kind == "child.home" or said_yes(entry, "planned")):
            what = "A home" if entry.kind == "child.home" else "A planned placement"
            yield Evidence(entry, f"{what} in the area of {entry.place.force}, where the child was met, told {{when}}")


def _interviewed(known: Known, rests_on: Sequence[Entry]) -> Iterator[Evidence]:
    """Find a return interview that was held after the newest of the entries."""
    newest = rests_on[-1]
    for entry in known.kind("missing.return-interview"):
        if said_yes(entry, "held") and entry.id != newest.id and may_follow(entry.at, newest.at):
            yield Evidence(entry, "A return interview was held {when}: read what the child said")


def _back_at_school(known: Known, rests_on: Sequence[Entry]) -> Iterator[Evidence]:
    """Find a later period in which the child was at school."""
    newest = rests_on[-1]
    for entry in known.kind("school.attendance"):
        possible, attended = number(entry, "possible"), number(entry, "attended")
        later = entry.id != newest.id and may_follow(entry.at, newest.until or newest.at)
        if later and possible and attended is not None and attended >= BACK_AT_SCHOOL * possible:
            yield Evidence(entry, f"Attended {attended:g} of {possible:g} sessions in the period from {{when}}",
                           at=entry.at)


def _on_a_roll(known: Known, rests_on: Sequence[Entry]) -> Iterator[Evidence]:
    """Find a school that the child joined, or education that began, after the newest of the entries."""
    newest = rests_on[-1]
    for entry in known.kinds("school.joined", "school.provision"):
        if all(entry.id != one.id for one in rests_on) and may_follow(entry.at, newest.at):
            what = "Joined a school" if entry.kind == "school.joined" else "Education was provided from"
            yield Evidence(entry, f"{what} {{when}}")


def _planned(known: Known, rests_on: Sequence[Entry]) -> Iterator[Evidence]:
    """Find that one of the moves was told as planned, too."""
    window = timedelta(days=ONE_MOVE_DAYS)
    for entry in known.kinds("care.placement", "care.placement-ended"):
        near = any(-window <= least_gap(move.at, entry.at) <= window for move in rests_on)
        if near and said_yes(entry, "planned"):
            yield Evidence(entry, "A move about that time was told as planned, {when}")


def _ended(known: Known, rests_on: Sequence[Entry]) -> Iterator[Evidence]:
    """Find that the placement has ended since."""
    placed = [e for e in rests_on if e.kind == "care.placement"]
    for entry in known.kind("care.placement-ended"):
        if placed and may_follow(entry.at, placed[-1].at) and entry.id != placed[-1].id:
            yield Evidence(entry, "A placement ended {when}: the child may be elsewhere now")


def _screened(known: Known, rests_on: Sequence[Entry]) -> Iterator[Evidence]:
    """Find a recorded decision about one of the arrests or stops, or a victim screen after the first of them."""
    about = {entry.id.casefold() for entry in rests_on}
    for entry in known.kind("decision.made"):
        screen = word(entry, "about").startswith(SCREEN.casefold()) and may_follow(entry.at, rests_on[0].at)
        if screen or word(entry, "about") in about:
            outcome = entry.facts.get("outcome")
            yield Evidence(entry, f"Decided about it {{when}}: {outcome}" if outcome else "Decided about it {when}")


def _no_further_action(known: Known, rests_on: Sequence[Entry]) -> Iterator[Evidence]:
    """Find that the police took no further action after the first of the arrests or stops."""
    met = [e for e in rests_on if e.kind.startswith("police.")]
    for entry in known.kind("police.no-further-action"):
        if met and may_follow(entry.at, met[0].at):
            yield Evidence(entry, "The police decided {when} on no further action")


def _negative(known: Known, rests_on: Sequence[Entry]) -> Iterator[Evidence]:
    """Find a negative decision that came later."""
    for entry in known.kinds("slavery.reasonable-grounds", "slavery.conclusive-grounds"):
        if word(entry, "decision") == "negative" and may_follow(entry.at, rests_on[0].at):
            yield Evidence(entry, "A decision {when} was negative")


HOME_THERE = Looked("a home or a planned placement in the force area where the child was met", _home_there)
INTERVIEWED = Looked("a return interview held since", _interviewed)
SCREENED = Looked("a screen or another decision about the arrest or stop", _screened)
NO_ACTION = Looked("no further action by the police", _no_further_action)

AGAINST: Mapping[str, tuple[Looked, ...]] = {
    "C01": (HOME_THERE, SCREENED, NO_ACTION),
    "C02": (HOME_THERE, INTERVIEWED),
    "C03": (INTERVIEWED,),
    "C07": (Looked(f"a later period with {BACK_AT_SCHOOL:.0%} or more of the sessions attended", _back_at_school),),
    "C08": (Looked("a school joined, or education provided, since", _on_a_roll),),
    "C13": (SCREENED, NO_ACTION),
    "C14": (SCREENED, NO_ACTION),
    "C20": (Looked(f"one of the moves told as planned, within {ONE_MOVE_DAYS} days", _planned),),
    "C21": (Looked("the placement ended since", _ended),),
    "C26": (INTERVIEWED,),
    "C27": (HOME_THERE,),
    "C28": (Looked("a negative decision that came later", _negative),),
    "X01": (INTERVIEWED,),
}
