"""Which councils hold a child's protection plan, and how a plan passes from one council to another.

A council holds the plan that it makes, until it ends, until it closes its case, or until the plan has passed. Where the
child moves, the council of origin asks the other in writing, which acknowledges it (D-CP-2). The plan passes when the
transfer-in conference of that council accepts it, by somebody's explicit word, and not before: until then the origin is
responsible and must not withdraw (rules.md, R10 and D-CP-2).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sightline.domain.duties.life import not_before
from sightline.domain.duties.parts import same_council
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import first_instant

CHILD_PROTECTION = "child protection"
ASKED = "D-CP-2"
"""The duty under which one council asks another to take a plan over, and the other acknowledges."""

ACCEPTED, NOT_ACCEPTED = "accepted", "not-accepted"
"""What a transfer-in conference decided: the fact `transfer` of a conference."""


@dataclass(frozen=True, slots=True)
class PlanHeld:
    """Say that a council holds a protection plan, since which entry: its own plan, or its conference that accepted."""

    council: str
    since: Entry


@dataclass(frozen=True, slots=True)
class TransferIn:
    """Hold one transfer-in conference: whose it is, which request it answers, and from which councils a plan passed.

    `passed_from` is empty where the conference did not accept, or where nobody told of the plan before.
    """

    entry: Entry
    request: Entry
    passed_from: tuple[PlanHeld, ...]

    @property
    def accepted(self) -> bool:
        """Tell whether the conference accepted the plan."""
        return self.entry.facts.get("transfer") == ACCEPTED


@dataclass(frozen=True, slots=True)
class Plans:
    """Hold who holds a plan after all that was told, and every transfer-in conference in order."""

    held: tuple[PlanHeld, ...]
    conferences: tuple[TransferIn, ...]


def is_protection_plan(entry: Entry) -> bool:
    """Tell whether an entry is a child protection plan, not a plan for a child in need."""
    told = str(entry.facts.get("type") or "").lower().replace("-", " ")
    return entry.kind == "care.plan" and CHILD_PROTECTION in told


def plans_told(entries: Iterable[Entry]) -> Plans:
    """Say who holds a plan, from entries in the order in which they happened."""
    told = [entry for entry in entries if entry.kind in KINDS_READ]
    held: list[PlanHeld] = []
    conferences: list[TransferIn] = []
    for entry in told:
        held = [one for one in held if not _ended(one, entry)]
        if is_protection_plan(entry):
            held = [*(one for one in held if not _same(one.council, entry.by)), PlanHeld(entry.by, entry)]
        elif "transfer" in entry.facts and (request := _request(told, entry)) is not None:
            accepts = entry.facts["transfer"] == ACCEPTED
            passed = _passing(told, held, entry.by) if accepts else ()
            conferences.append(TransferIn(entry, request, passed))
            if accepts:
                held = [*(one for one in held if one not in passed and not _same(one.council, entry.by)),
                        PlanHeld(entry.by, entry)]
    return Plans(tuple(held), tuple(conferences))


KINDS_READ = frozenset({"care.plan", "care.conference", "care.closed", "notice.sent", "notice.acknowledged"})


def _same(one: str, other: str) -> bool:
    return same_council(one, other) is True


def _ended(one: PlanHeld, entry: Entry) -> bool:
    """Tell whether a plan was over by the moment of an entry: by its own end, or by its council's closing the case."""
    until = one.since.until if one.since.kind == "care.plan" else None
    if until is not None and first_instant(until) <= entry.starts:
        return True
    return entry.kind == "care.closed" and _same(entry.by, one.council)


def _asks(entry: Entry) -> bool:
    return str(entry.facts.get("duty") or "").partition(":")[0] == ASKED


def _request(told: Iterable[Entry], conference: Entry) -> Entry | None:
    """Give the last written request that the conference's council acknowledged by then, or None: no transfer in."""
    received = [entry for entry in told if entry.kind == "notice.acknowledged" and _asks(entry)
                and _same(entry.by, conference.by) and not_before(conference, entry.starts)]
    return received[-1] if received else None


def _passing(told: Iterable[Entry], held: Iterable[PlanHeld], receiver: str) -> tuple[PlanHeld, ...]:
    """Give what passes: the plans of the councils that asked; of the only other holder where nobody tells who asked."""
    others = tuple(one for one in held if not _same(one.council, receiver))
    asked = [entry.by for entry in told if entry.kind == "notice.sent" and _asks(entry)]
    passing = tuple(one for one in others if any(_same(one.council, name) for name in asked))
    return passing or (others if len(others) == 1 and not asked else ())
