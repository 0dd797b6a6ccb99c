"""The custody path: from the arrest of a child to the end of custody, as one table of states and steps.

Pages offer and refuse steps by it and say its words; the database refuses by the same rows, whoever writes
(`kept_as`, SQL over the same facts, `f`). A property test holds the two sides together. What a file tells is not
refused: it happened. It is kept with what was missing, and counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sightline.domain.duties.catalogue import RULES
from sightline.domain.duties.rule import Basis

LAW_CODES = tuple(sorted({rule.code for rule in RULES if rule.basis is Basis.LAW}))
"""The duties of which the law gives the number, or says "without delay": no custody record is closed over one."""


class CustodyState(StrEnum):
    """Say how far a child's custody has come; their order is the order of the path."""

    DETAINED = "detained"
    CHARGED = "charged"
    BAIL_REFUSED = "bail-refused"
    KEPT = "kept-for-court"
    RELEASED = "released"
    ARRIVED = "arrived"
    AT_COURT = "at-court"
    CLOSED = "closed"


STATE_WORDS = {
    CustodyState.DETAINED: "Detained, not charged",
    CustodyState.CHARGED: "Charged",
    CustodyState.BAIL_REFUSED: "Charged, and bail refused: council accommodation is owed",
    CustodyState.KEPT: "Kept for court: why no council accommodation is certified",
    CustodyState.RELEASED: "Released, and not yet received",
    CustodyState.ARRIVED: "Arrived, and received",
    CustodyState.AT_COURT: "Brought before the court",
    CustodyState.CLOSED: "Closed",
}
IN_THE_SUITE = (CustodyState.DETAINED, CustodyState.CHARGED, CustodyState.BAIL_REFUSED, CustodyState.KEPT)


@dataclass(frozen=True, slots=True)
class PathFacts:
    """Hold what the table asks about: how far custody has come, and how the gates beside the path stand.

    `taken` are the codes of steps that were taken. `charging` are the codes by which the charging gate fails; a gate
    that nobody opened fails. `release` is the state of the release, "" where none is under way.
    """

    state: CustodyState = CustodyState.DETAINED
    taken: frozenset[str] = frozenset()
    screened: bool = False
    charging: tuple[str, ...] = ("not-opened",)
    release: str = ""
    to_council: bool = False
    law_open: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """Hold one condition beside the path: its code, what to do where it fails, the claim, and the same in SQL."""

    code: str
    refusal: str
    holds: Callable[[PathFacts], bool]
    kept_as: str


@dataclass(frozen=True, slots=True)
class PathStep:
    """Hold one step: where it may be taken, what must have been before, where it leads, and where that comes from.

    `after` None leaves the state as it is. `needs` are codes of steps. `told_by` is the kind of entry by which the
    record tells it, and `about` what the entry must name; without a kind a step needs no entry of its own.
    `excepted` says who may go past what is needed, with a reason that is counted; empty: nobody.
    """

    code: str
    title: str
    before: tuple[CustodyState, ...]
    after: CustodyState | None
    told_by: str
    authority: str
    source: str
    verified: bool
    about: str = ""
    needs: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    excepted: str = ""


GATES: dict[str, Gate] = {gate.code: gate for gate in (
    Gate("screen", "Screen the child as a possible victim first, and record the decision with its reasons.",
         lambda facts: facts.screened, "f.screened"),
    Gate("charging", "Record the charging gate first: section 45, the referral mechanism, coercion, the adult.",
         lambda facts: not facts.charging, "cardinality(f.charging) = 0"),
    Gate("release", "Release the child through the release gate: who receives, checked and accepted, and the journey.",
         lambda facts: facts.release in ("released", "arrived"),
         "f.release in ('released', 'arrived')"),
    Gate("to-council", "Bail is refused: the child leaves to council accommodation, and nowhere else.",
         lambda facts: facts.state not in (CustodyState.BAIL_REFUSED, CustodyState.KEPT) or facts.to_council,
         "f.state not in ('bail-refused', 'kept-for-court') or f.to_council"),
    Gate("arrival", "Confirm the arrival: who received the child says so.",
         lambda facts: facts.release == "arrived",
         "f.release = 'arrived'"),
    Gate("law", "A duty of the law about this custody is still open. Do it first: the list says which.",
         lambda facts: not facts.law_open, "not f.law_open"),
)}

PACE, OURS = "Police and Criminal Evidence Act 1984", "Our own rule, after HMICFRS 2020"

PATH: tuple[PathStep, ...] = (
    PathStep("arrested", "Arrest", (), CustodyState.DETAINED, "police.arrest", f"{PACE} s.24", "MEMORY", False),
    PathStep("authorised", "Detention authorised", (CustodyState.DETAINED,), None, "police.detention",
             f"{PACE} s.37; Code C 1.5: who appears under 18 is treated as a child", "APP", False, about="authorised"),
    PathStep("reviewed", "Detention reviewed", IN_THE_SUITE, None, "police.detention",
             f"{PACE} s.40: at 6 hours, then every 9", "APP", True, about="reviewed", needs=("authorised",)),
    PathStep("extended", "Detention extended", (CustodyState.DETAINED,), None, "police.detention",
             f"{PACE} ss.42 to 43: to 36 hours by a superintendent, then by warrant", "APP", True, about="extended",
             needs=("reviewed",)),
    PathStep("adult-asked", "Appropriate adult asked to attend", IN_THE_SUITE, None, "notice.sent",
             "D-ARR-3: PACE Code C", "APP", True, about="D-ARR-3"),
    PathStep("adult-there", "Appropriate adult with the child", IN_THE_SUITE, None, "police.appropriate-adult",
             "D-ARR-3: PACE Code C; Crime and Disorder Act 1998 s.38(4)", "APP", True),
    PathStep("screened", "Victim screen decided", IN_THE_SUITE, None, "decision.made",
             f"D-ARR-4-SCREEN: {OURS.lower()}", "OURS", False, about="D-ARR-4-SCREEN", gates=("screen",)),
    PathStep("referred", "Referral sent to social care", (), None, "care.referral",
             f"D-ARR-4: {OURS.lower()}; Children Act 2004 s.11", "OURS", False),
    PathStep("interviewed", "Interview", (CustodyState.DETAINED,), None, "police.interview",
             "PACE Code C 11: no interview of a child without the appropriate adult, but urgent by a superintendent; "
             "D-ARR-4-SCREEN", "MEMORY", False, needs=("adult-there", "screened"),
             excepted="a superintendent, who gives the reason (an urgent interview)"),
    PathStep("no-action", "No further action", (CustodyState.DETAINED,), None, "police.no-further-action",
             f"{PACE} s.37", "MEMORY", False),
    PathStep("disposed", "Disposal out of court", (CustodyState.DETAINED,), None, "police.disposal",
             "D-OOC-1 to D-OOC-3", "L23", True, needs=("screened",)),
    PathStep("charged", "Charge", (CustodyState.DETAINED,), CustodyState.CHARGED, "police.charge",
             "D-CHG-1: Modern Slavery Act 2015 s.45(4), Schedule 4", "L14", True, gates=("charging",)),
    PathStep("bail-refused", "Bail refused", (CustodyState.CHARGED,), CustodyState.BAIL_REFUSED, "police.bail-refused",
             f"{PACE} s.38(1)", "MEMORY", False),
    PathStep("asked", "Council accommodation asked for", (CustodyState.BAIL_REFUSED, CustodyState.KEPT), None,
             "care.accommodation-asked", f"D-CHG-2: {PACE} s.38(6)", "L5", True),
    PathStep("answered", "The council has answered", (CustodyState.BAIL_REFUSED, CustodyState.KEPT), None,
             "care.accommodation-answered", "D-CHG-3: Children Act 1989 s.21(2)(b)", "L3", True, needs=("asked",)),
    PathStep("certified", "Why no council accommodation: certified", (CustodyState.BAIL_REFUSED,), CustodyState.KEPT,
             "decision.made", f"D-CHG-2: {PACE} s.38(6), (6A), (7)", "L5", True, about="D-CHG-2", needs=("asked",)),
    PathStep("released", "Release", IN_THE_SUITE, CustodyState.RELEASED, "police.release",
             "D-REL-1 to D-REL-4; the release gate", "HM2", False, gates=("release", "to-council")),
    PathStep("arrived", "Arrival", (CustodyState.RELEASED,), CustodyState.ARRIVED, "",
             f"D-REL-3: {OURS.lower()}", "HM2", False, gates=("arrival",)),
    PathStep("court", "Brought before the court", (CustodyState.KEPT,), CustodyState.AT_COURT, "police.court",
             f"{PACE} ss.38(7), 46", "MEMORY", False, needs=("certified",)),
    PathStep("closed", "Custody record closed", (CustodyState.ARRIVED, CustodyState.AT_COURT), CustodyState.CLOSED, "",
             "Our own rule: nothing that the law asks of the force is left open", "OURS", False, gates=("law",)),
)
STEP = {step.code: step for step in PATH}
IN_ORDER = tuple(CustodyState)
"""The states by how far they are: what a file tells moves custody on, and never back."""


def missing(step: PathStep, facts: PathFacts) -> tuple[str, ...]:
    """Give the codes of what is missing for a step as things stand; nothing means that it may be taken."""
    found = ["state"] if step.before and facts.state not in step.before else []
    found += [code for code in step.needs if code not in facts.taken]
    return (*found, *(code for code in step.gates if not GATES[code].holds(facts)))


def words_of(code: str, *, state: CustodyState) -> str:
    """Say what to do about one thing that is missing."""
    if code == "state":
        return f"Not at this point of the case ({STATE_WORDS[state].lower()})."
    return GATES[code].refusal if code in GATES else f"First: {STEP[code].title.lower()}."


def may_be_excepted(step: PathStep, found: Sequence[str]) -> bool:
    """Tell whether a reason by who may except suffices: for steps that are needed, never for the state or a gate."""
    return bool(step.excepted) and set(found) <= set(step.needs)
