"""Signs at home and in care: violence between adults, placements that break, placements far away.

What is one move, and what is far away, are definitions. C21 looks back 180 days for signs, which is as far as every
sign is sure to be found: none of its numbers is an area's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sightline.domain.signs.areas import PLACED_FAR_KM, council_of, placed_at_a_distance
from sightline.domain.signs.counting import once_told, repeated, windows
from sightline.domain.signs.facts import said_no, said_yes, word
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.gaps import least_gap, may_follow
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import Rule
from sightline.domain.signs.settable import AGAIN, APART, number
from sightline.domain.signs.wording import ordinal
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.sign import Family

MOVES, MOVES_DAYS = 2, 180
ONE_MOVE_DAYS = 7
BEHAVIOUR_CODE = "creqb"
SIGNS_BEFORE_DAYS = 180
INCIDENTS, INCIDENTS_DAYS = 3, 365
COUNCIL_MOVES, COUNCIL_MOVES_DAYS = 2, 365
GRADES = {"low": 1, "standard": 1, "medium": 2, "high": 3}
ASK = "ask for a strategy discussion"


@dataclass(frozen=True, slots=True)
class Moves:
    """Hold how many unplanned moves within how many days make the sign."""

    moves: int = number(MOVES, least=2, most=5, means="unplanned moves", why=AGAIN)
    days: int = number(MOVES_DAYS, least=30, most=365, means="days within which they lie", why=APART)


@dataclass(frozen=True, slots=True)
class Incidents:
    """Hold how many incidents within how many days ask for a strategy discussion; a single one is a sign anyway."""

    times: int = number(INCIDENTS, least=2, most=6, means="incidents that ask for a strategy discussion", why=AGAIN)
    days: int = number(INCIDENTS_DAYS, least=90, most=730, means="days within which incidents are seen together",
                       why=APART)


@dataclass(frozen=True, slots=True)
class Councils:
    """Hold how many moves between councils within how many days make the sign."""

    moves: int = number(COUNCIL_MOVES, least=2, most=5, means="moves to another council", why=AGAIN)
    days: int = number(COUNCIL_MOVES_DAYS, least=90, most=1095, means="days within which they lie", why=APART)


UNPLANNED_MOVES, SEVERAL_INCIDENTS, MOVES_OF_HOME = Moves(), Incidents(), Councils()


def placement_breaks(known: Known, numbers: Moves = UNPLANNED_MOVES) -> Iterator[Finding]:
    """Find two unplanned moves in 180 days, or an end that the carers asked for because of the child's behaviour."""
    told = known.kinds("care.placement", "care.placement-ended")
    for entry in told:
        if _behaviour_named(entry):
            says = "A placement ended at the carers' request, behaviour given as the reason, {when}"
            yield Finding(entry.at, (Evidence(entry, says),))
    moves = [Evidence(move, "Moved without a plan {when}") for move in _unplanned_moves(told)]
    yield from repeated(moves, "unplanned move", times=numbers.moves, days=numbers.days, since=known.since)


def _behaviour_named(entry: Entry) -> bool:
    return BEHAVIOUR_CODE in word(entry, "reason").split()


def _unplanned_moves(told: Sequence[Entry]) -> list[Entry]:
    """Give the first telling of each unplanned move: the end of one placement and the start of the next are one move.

    The first placement that is known is how the child came into care, not a move.
    """
    moves: list[list[Entry]] = []
    placed = False
    for entry in told:
        came_into_care = entry.kind == "care.placement" and not placed
        placed = placed or entry.kind == "care.placement"
        if came_into_care or not (said_no(entry, "planned") or _behaviour_named(entry)):
            continue
        if moves and _one_move(moves[-1], entry):
            moves[-1].append(entry)
        else:
            moves.append([entry])
    return [move[0] for move in moves]


def _one_move(move: list[Entry], entry: Entry) -> bool:
    alike = [told for told in move if told.kind == entry.kind]
    if alike:
        return any(told.on == entry.on and told.by != entry.by for told in alike)
    return least_gap(move[0].at, entry.at) <= timedelta(days=ONE_MOVE_DAYS)


def placed_far_away_after_signs(known: Known) -> Iterator[Finding]:
    """Find a placement at a distance of a child who showed any sign in the 180 days before."""
    for placement in known.kind("care.placement"):
        home = known.home_at(placement.at)
        told_by = placement.facts.get("authority")
        own = told_by if isinstance(told_by, str) and told_by else home.council if home else None
        if not placed_at_a_distance(home, own, placement.place):
            continue
        before = [e for e in _signs_before(known, placement) if e.entry.id != placement.id]
        if before:
            council = placement.place.council if placement.place else ""
            placed = Evidence(placement, f"Placed in {council}, neither the own council nor next to it, {{when}}")
            yield Finding(placement.at, (*before, placed), "signs were shown in the 180 days before")


def _signs_before(known: Known, placement: Entry) -> Iterator[Evidence]:
    """Quote, for each sign shown in the 180 days before, the entry that completed it."""
    for found in known.found:
        at = found.finding.at
        if found.family is Family.SYSTEM or not may_follow(placement.at, at):
            continue
        if least_gap(at, placement.at) <= timedelta(days=SIGNS_BEFORE_DAYS):
            yield found.finding.evidence[-1].quoted(found.code)


def domestic_abuse(known: Known, numbers: Incidents = SEVERAL_INCIDENTS) -> Iterator[Finding]:
    """Find every incident; the third in 365 days, or a rising grade, asks for a strategy discussion."""
    incidents = once_told(known.kind("police.domestic-incident"))
    told = [Evidence(incident, "Domestic abuse incident {when}") for incident in incidents]
    for window in windows(told, days=numbers.days, since=known.since):
        yield Finding(window[-1].moment, window[-1:])
        if len(window) >= numbers.times:
            makes = f"the {ordinal(len(window))} incident in {numbers.days} days: {ASK}"
            yield Finding(window[-1].moment, window, makes)
        graded = [e for e in window if _grade(e.entry)]
        if len(graded) > 1 and graded[-1] is window[-1] and _grade(graded[-1].entry) > _grade(graded[-2].entry):
            yield Finding(window[-1].moment, tuple(graded[-2:]), f"graded higher than the one before: {ASK}")


def heard_as_high_risk(known: Known) -> Iterator[Finding]:
    """Find every time that domestic abuse at home was heard as high risk."""
    for entry in known.kind("police.high-risk-case"):
        yield Finding(entry.at, [Evidence(entry, "Domestic abuse at home was heard as high risk {when}")])


def dealt_with_as_the_one_who_harms(known: Known) -> Iterator[Finding]:
    """Find every domestic abuse incident in which the child was dealt with as a suspect."""
    for entry in known.kind("police.domestic-incident"):
        if said_yes(entry, "suspect"):
            says = "Domestic abuse incident {when}, in which the child was dealt with as a suspect"
            yield Finding(entry.at, [Evidence(entry, says)])


def _grade(incident: Entry) -> int:
    """Give the place of the recorded grade among those that police use; nought for one that is not known."""
    return GRADES.get(word(incident, "grade") or (incident.grade or "").strip().casefold(), 0)


def moved_between_councils(known: Known, numbers: Councils = MOVES_OF_HOME) -> Iterator[Finding]:
    """Find two moves of home from one council to another within a year."""
    moves: list[Evidence] = []
    council = None
    for home in known.kind("child.home"):
        there = council_of(home.place)
        if there and council and there != council:
            moves.append(Evidence(home, "Home moved to another council {when}"))
        council = there or council
    return repeated(moves, "move to another council", times=numbers.moves, days=numbers.days, since=known.since)


C20 = Rule(
    code="C20",
    family=Family.HOME,
    title="Placement broke down",
    explanation=(
        f"{MOVES} or more unplanned moves within {MOVES_DAYS} days, or a placement that ended because the carers asked "
        "for it and gave behaviour as the reason (code CREQB). A move counts as unplanned where it was told so. The "
        f"end of one placement and the start of the next within {ONE_MOVE_DAYS} days are one move; the first placement "
        "that is known is not a move."),
    source="Plymouth exploitation pathway; Standard Safeguarding Dataset codes",
    source_key="G14, R3",
    needs=("care.placement", "care.placement-ended"),
    cancelled_by="The move was planned, or was told twice with different days.",
    not_evidence_of="a fault of the child: it says that carers could not hold on",
    find=placement_breaks,
    numbers=UNPLANNED_MOVES,
)

C21 = Rule(
    code="C21",
    family=Family.HOME,
    title="Placed far from home after signs were shown",
    explanation=(
        "A placement at a distance, which is neither in the council that looks after the child nor in one next to it, "
        f"when any sign (failures of agencies aside) was completed in the {SIGNS_BEFORE_DAYS} days before. Where it is "
        f"not known which councils adjoin, another council more than {PLACED_FAR_KM} km from the home of that moment. "
        "A council or place that is not known makes no sign."),
    source="Both sides of the coin, HMICFRS 2020; NWG Network",
    source_key="HM2, NWG",
    needs=("care.placement", "child.home"),
    cancelled_by="The placement was told with the wrong place, or every sign before it was closed as wrong.",
    not_evidence_of="a wrong placement: distance can protect",
    find=placed_far_away_after_signs,
    upon_signs=True,
)

H01 = Rule(
    code="H01",
    family=Family.HOME,
    title="Domestic abuse where the child lives",
    explanation=(
        f"Any domestic abuse incident linked to the child. {INCIDENTS} or more within {INCIDENTS_DAYS} days, or a "
        "grade higher than that of the incident before (standard or low, medium, high), asks for a strategy "
        "discussion. What two agencies tell of one day is one incident."),
    source="Operation Encompass statutory guidance 2025; Sightline's own choice of numbers",
    source_key="G1, D",
    needs=("police.domestic-incident",),
    cancelled_by="The incident was not at the child's home, or was linked to the wrong family.",
    not_evidence_of="a failing of the parent who was harmed",
    find=domestic_abuse,
    numbers=SEVERAL_INCIDENTS,
)

H02 = Rule(
    code="H02",
    family=Family.HOME,
    title="Domestic abuse at home, heard as high risk",
    explanation=(
        "An adult of the child's home was heard at a multi-agency risk assessment conference (MARAC) as a victim of "
        "domestic abuse at high risk, and the child is on its list."),
    source="Sightline's own choice, after lists on violence at home; the row is from memory",
    source_key="M",
    needs=("police.high-risk-case",),
    cancelled_by="The adult no longer lives with the child, or the list names another family.",
    not_evidence_of="a failing of the parent who was harmed",
    find=heard_as_high_risk,
)

H03 = Rule(
    code="H03",
    family=Family.HOME,
    title="The child was taken for the one who harms at home",
    explanation=(
        "A domestic abuse incident in which the police dealt with the child as a suspect. Look whether somebody makes "
        "the child do it, and whether the child lives with violence between adults (H01)."),
    source="Sightline's own choice, after lists on violence at home; the row is from memory",
    source_key="M",
    needs=("police.domestic-incident",),
    cancelled_by="The police withdrew it, or the incident was linked to the wrong child.",
    not_evidence_of="guilt: a child who hits may be defending somebody",
    find=dealt_with_as_the_one_who_harms,
)

H07 = Rule(
    code="H07",
    family=Family.HOME,
    title="The family moved from council to council",
    explanation=(
        f"{COUNCIL_MOVES} or more moves of the child's home from one council to another within {COUNCIL_MOVES_DAYS} "
        "days, as addresses were told. An address without a known council is passed over."),
    source="Procedures for children and families moving across boundaries (Tees, Bolton, Suffolk)",
    source_key="G8",
    needs=("child.home",),
    cancelled_by="There is a plain reason to move, or two agencies held different addresses at one time.",
    not_evidence_of="hiding: families in temporary housing are moved",
    find=moved_between_councils,
    numbers=MOVES_OF_HOME,
)

RULES = (C20, C21, H01, H02, H03, H07)
