"""The charging gate: what must be considered and recorded before a child is charged, as one table.

The pages refuse by it and say its words; the database refuses by the same rows, whoever writes and by whatever way
(`kept_as`, SQL over the row of a charging decision). A property test holds the two sides of each row together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sightline.domain.custody.tools import ASKED

CODE = "D-CHG-1"
"""The duty that a decision answers."""


class Said(StrEnum):
    """Say what was found of one question of the law."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "not known"


class Defence(StrEnum):
    """Say what the force concludes of the defence of section 45."""

    APPLIES = "applies"
    MAY_APPLY = "may apply"
    DOES_NOT = "does not apply"


DEFENCE_WORDS = {
    Defence.APPLIES: "The defence applies: the child acted as a victim",
    Defence.MAY_APPLY: "The defence may apply",
    Defence.DOES_NOT: "The defence does not apply",
}


class Referral(StrEnum):
    """Say how the National Referral Mechanism stands for the child."""

    NONE = "not referred"
    REFERRED = "referred, no decision"
    REASONABLE = "reasonable grounds: positive"
    NOT_REASONABLE = "reasonable grounds: negative"
    CONCLUSIVE = "conclusive grounds: positive"
    NOT_CONCLUSIVE = "conclusive grounds: negative"


class Outcome(StrEnum):
    """Name what is decided on a charge."""

    CHARGE = "charge"
    PROSECUTOR = "refer to the prosecutor"
    NO_CHARGE = "do not charge"


OUTCOME_WORDS = {
    Outcome.CHARGE: "Proceed to charge", Outcome.PROSECUTOR: "Ask the prosecutor, with this record",
    Outcome.NO_CHARGE: "Do not charge",
}


class ChargeState(StrEnum):
    """Say how a charging decision stands."""

    CONSIDERING = "considering"
    REFERRED = "referred"
    MAY_CHARGE = "may-charge"
    CHARGED = "charged"
    NOT_CHARGED = "not-charged"


STATE_WORDS = {
    ChargeState.CONSIDERING: "Being considered: the child is not charged",
    ChargeState.REFERRED: "With the prosecutor",
    ChargeState.MAY_CHARGE: "Decided: the child may be charged",
    ChargeState.CHARGED: "Charged",
    ChargeState.NOT_CHARGED: "Not charged",
}
STATE_OF = {Outcome.CHARGE: ChargeState.MAY_CHARGE, Outcome.PROSECUTOR: ChargeState.REFERRED,
            Outcome.NO_CHARGE: ChargeState.NOT_CHARGED}
GATED = frozenset({ChargeState.REFERRED, ChargeState.MAY_CHARGE, ChargeState.CHARGED})
"""Nobody comes to these states while the gate refuses."""


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one step from state to state, with what must hold for it, in words."""

    before: ChargeState
    after: ChargeState
    words: str


STEPS: tuple[Step, ...] = (
    Step(ChargeState.CONSIDERING, ChargeState.MAY_CHARGE, "the gate holds; the force decides with reasons"),
    Step(ChargeState.CONSIDERING, ChargeState.REFERRED, "the gate holds; the prosecutor gets the record"),
    Step(ChargeState.CONSIDERING, ChargeState.NOT_CHARGED, "the force decides with reasons; nothing else is needed"),
    Step(ChargeState.REFERRED, ChargeState.MAY_CHARGE, "a named prosecutor decides so, and the gate still holds"),
    Step(ChargeState.REFERRED, ChargeState.NOT_CHARGED, "a named prosecutor decides so"),
    Step(ChargeState.REFERRED, ChargeState.CONSIDERING, "something new is known: everything is looked at again"),
    Step(ChargeState.MAY_CHARGE, ChargeState.CONSIDERING, "something new is known: everything is looked at again"),
    Step(ChargeState.MAY_CHARGE, ChargeState.CHARGED, "the gate holds; the force records when the child was charged"),
    Step(ChargeState.MAY_CHARGE, ChargeState.NOT_CHARGED, "the force says why"),
)
"""Every way from state to state; there is no other, on pages or in the database."""


@dataclass(frozen=True, slots=True)
class Considered:
    """Hold what is recorded before a decision; what is not recorded is empty or None.

    `screened_by` decided the victim screen, empty where none was decided. `decided_by` decides here. `supervisor`
    stands by a "no" to the defence, `same_by` lets one officer decide both. `speaks_for` and `speaks_against` count
    the evidence of coercion; `tools` are the codes of those that were answered, each with its reason.
    """

    outcome: Outcome | None = None
    decided_by: str = ""
    offence: str = ""
    screened_by: str = ""
    same_by: str = ""
    same_reason: str = ""
    direct: Said | None = None
    direct_why: str = ""
    reasonable: Said | None = None
    reasonable_why: str = ""
    schedule_4: Said | None = None
    schedule_4_how: str = ""
    referral: Referral | None = None
    referral_why: str = ""
    speaks_for: int = 0
    speaks_against: int = 0
    tools: frozenset[str] = frozenset()
    defence: Defence | None = None
    defence_why: str = ""
    supervisor: str = ""
    supervisor_reason: str = ""
    prosecutor: str = ""
    prosecutor_words: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Hold one condition: its code, what it asks, what to do where it fails, and where it comes from.

    `holds` is the claim about what is recorded; `kept_as` the same in SQL, where `r` is the charging decision,
    `screen` the newest decision of the victim screen (NULL where none ends it), `evidence` counts what speaks for and
    against coercion, and `tools` how many of those that are asked for were answered.
    """

    code: str
    title: str
    refusal: str
    authority: str
    source: str
    verified: bool
    holds: Callable[[Considered], bool]
    kept_as: str


def _said(text: str) -> bool:
    return bool(text.strip())


def _offence_named(one: Considered) -> bool:
    return _said(one.offence)


def _screened(one: Considered) -> bool:
    return bool(one.screened_by)


def _another(one: Considered) -> bool:
    if not one.screened_by or one.decided_by != one.screened_by:
        return True
    return bool(one.same_by) and _said(one.same_reason) and one.same_by != one.decided_by


def _direct(one: Considered) -> bool:
    return one.direct is not None and _said(one.direct_why)


def _reasonable(one: Considered) -> bool:
    return one.reasonable is not None and _said(one.reasonable_why)


def _schedule_4(one: Considered) -> bool:
    return one.schedule_4 is not None and _said(one.schedule_4_how)


def _referral(one: Considered) -> bool:
    return one.referral is not None and (one.referral is not Referral.NONE or _said(one.referral_why))


def _evidence(one: Considered) -> bool:
    return one.speaks_for > 0 and one.speaks_against > 0


def _tools(one: Considered) -> bool:
    return all(tool.code in one.tools for tool in ASKED)


def _concluded(one: Considered) -> bool:
    return one.defence is not None and _said(one.defence_why)


def _supervised(one: Considered) -> bool:
    if one.defence is not Defence.DOES_NOT:
        return True
    return bool(one.supervisor) and _said(one.supervisor_reason) and one.supervisor != one.decided_by


def _prosecutor(one: Considered) -> bool:
    if one.outcome is not Outcome.CHARGE or one.defence is Defence.DOES_NOT:
        return True
    return _said(one.prosecutor) and _said(one.prosecutor_words)


SECTION_45 = "Modern Slavery Act 2015 s.45(4)"
OURS = "Our own rule, after HMICFRS 2020"

GATE: tuple[Condition, ...] = (
    Condition(
        "offence", "What the charge would be", "Say what the child would be charged with.", OURS, "OURS", False,
        _offence_named, "btrim(r.offence) <> ''"),
    Condition(
        "screened", "The child was screened as a possible victim",
        "Decide the victim screen first. It stands on a page of its own.", f"D-ARR-4: {OURS}", "OURS", False,
        _screened, "screen.decided_by_id is not null"),
    Condition(
        "another", "Another officer decides than at the victim screen",
        "You decided the victim screen. Let another officer decide here; or a supervisor records why you do both.",
        f"{OURS}: the screen is independent of the charge", "OURS", False,
        _another,
        "screen.decided_by_id is null or r.decided_by_id is distinct from screen.decided_by_id or ("
        "r.same_by_id is not null and btrim(r.same_reason) <> '' and r.same_by_id <> r.decided_by_id)"),
    Condition(
        "direct", "Was it a direct consequence of exploitation?",
        "Say whether the act was a direct consequence of the child being, or having been, exploited, and why. Nobody "
        "needs to have forced the child.", f"D-CHG-1: {SECTION_45}(b)", "L14", True,
        _direct, "r.direct is not null and btrim(r.direct_why) <> ''"),
    Condition(
        "reasonable", "Would a reasonable child have done it?",
        "Say whether a reasonable person of the same age and sex, with any disability the child has, would do the act "
        "in the same situation, and why.", f"D-CHG-1: {SECTION_45}(c)", "L14", True,
        _reasonable, "r.reasonable is not null and btrim(r.reasonable_why) <> ''"),
    Condition(
        "schedule-4", "Is the offence in Schedule 4?",
        "Say whether the defence is shut out because the offence stands in Schedule 4, and how you checked it.",
        "D-CHG-1: Modern Slavery Act 2015 s.45(7), Schedule 4", "L14", True,
        _schedule_4, "r.schedule_4 is not null and btrim(r.schedule_4_how) <> ''"),
    Condition(
        "referral", "How the National Referral Mechanism stands",
        "Say how the referral stands. Where there is none, say why not.", "D-CHG-1; D-NRM-1", "L14", True,
        _referral, f"r.referral is not null and (r.referral <> '{Referral.NONE.value}'"
                   " or btrim(r.referral_why) <> '')"),
    Condition(
        "evidence", "Evidence of coercion, for and against",
        "Record at least one thing that speaks for coercion and one against, each with its source. Where you found "
        "nothing, say where you looked.", f"D-CHG-1: {OURS}", "OURS", False,
        _evidence, "evidence.speaks_for > 0 and evidence.speaks_against > 0"),
    Condition(
        "tools", "Tools against who exploits the child",
        "Answer each tool: used, being considered, or not used because. The adult comes first.",
        f"{OURS} (M15)", "OURS", False,
        _tools, f"tools.answered = {len(ASKED)}"),
    Condition(
        "concluded", "What follows for the defence", "Conclude: it applies, may apply, or does not apply, and why.",
        f"D-CHG-1: {SECTION_45}", "L14", True,
        _concluded, "r.defence is not null and btrim(r.defence_why) <> ''"),
    Condition(
        "supervised", "A supervisor stands by a “no”",
        "That the defence does not apply needs a supervisor of your force, signed in under their own name, who is not "
        "the one who decides.", OURS, "OURS", False,
        _supervised,
        f"r.defence is distinct from '{Defence.DOES_NOT.value}' or (r.supervisor_id is not null"
        " and btrim(r.supervisor_reason) <> '' and r.supervisor_id is distinct from r.decided_by_id)"),
    Condition(
        "prosecutor", "Where the defence may apply the prosecutor decides",
        "The defence applies or may apply: the force does not charge by itself. Ask the prosecutor, and record by name "
        "what they decided.", f"{OURS}; D-CHG-1", "OURS", False,
        _prosecutor,
        f"r.outcome is distinct from '{Outcome.CHARGE.value}' or r.defence is not distinct from "
        f"'{Defence.DOES_NOT.value}' or (btrim(r.prosecutor) <> '' and btrim(r.prosecutor_words) <> '')"),
)
CODES = tuple(condition.code for condition in GATE)


def refusals(one: Considered) -> tuple[Condition, ...]:
    """Give the conditions that do not hold yet; none means that the decision may be recorded."""
    return tuple(condition for condition in GATE if not condition.holds(one))
