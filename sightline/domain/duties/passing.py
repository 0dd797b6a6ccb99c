"""Which duties pass with a protection plan: those of the council of origin end, those of the receiver begin.

An ordinary row is started by one kind of entry. The first review and the core group of a plan are owed by whoever
holds it: when a transfer-in conference accepts the plan, they are new duties of that conference's council, counted from
that conference.
"""

from collections.abc import Iterator

from sightline.domain.duties.answering import Started
from sightline.domain.duties.life import Life
from sightline.domain.duties.parts import same_council
from sightline.domain.duties.plans import TransferIn, is_protection_plan, plans_told
from sightline.domain.duties.rule import Counting, DutyRule
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import first_instant

PASS_ON = ("D-CP-1", "D-CP-1-CORE")


def passed_started(life: Life, rules: tuple[DutyRule, ...]) -> Iterator[Started]:
    """Start what a plan asks for at the conference by which it passed; not where its council then made its own plan."""
    if "care.conference" not in life.by_kind:
        return
    for rule in rules:
        if rule.code not in PASS_ON:
            continue
        for one in passings(life):
            on = life.on(one.entry)
            if rule.holds_in(life.where.nation) and rule.holds_on(on) and not life.adult_on(on) and not _own(life, one):
                origin = ", ".join(held.council for held in one.passed_from) or "another council"
                counting = Counting(one.entry.at, note=f"The plan passed from {origin} by this conference.")
                yield Started(rule, one.entry, counting, first_instant(one.entry.at))


def passings(life: Life) -> tuple[TransferIn, ...]:
    """Give the conferences by which a plan passed, in order."""
    return tuple(one for one in plans_told(life.happened).conferences if one.accepted)


def passed_on(life: Life, started: Entry, act: Entry) -> bool:
    """The transfer-in conference of another council accepts the plan; what a review of the plan started passes too."""
    return any(one.entry.id == act.id and any(
        held.since.id == started.id or (started.kind == "care.conference"
                                        and same_council(held.council, started.by) is True)
        for held in one.passed_from) for one in passings(life))


def _own(life: Life, one: TransferIn) -> bool:
    return any(is_protection_plan(plan) and plan.by == one.entry.by for plan in life.since(one.entry, "care.plan"))
