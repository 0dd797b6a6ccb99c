"""Find duties in the rule book: by words or code, by who owes them, by nation, and by whether they start now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sightline.domain.duties.catalogue import RULES
from sightline.domain.duties.nations import NATION_WORDS, Nation
from sightline.domain.duties.rule import Basis, DutyRule
from sightline.domain.vocabulary.duty import Part
from sightline.interfaces.web.shown import Choice, Filter

LONGEST_WORDS = 100

STATES = {"now": "Starts now", "waiting": "Waits for records", "coming": "Coming: law not in force",
          "earlier": "Earlier law"}
BASIS_WORDS = {Basis.LAW: "by law", Basis.GUIDANCE: "by guidance", Basis.LOCAL: "our own target"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what somebody looks for; an empty text asks for any."""

    words: str = ""
    part: str = ""
    nation: str = ""
    state: str = ""

    @property
    def narrowed(self) -> bool:
        """Tell whether anything was asked for."""
        return bool(self.words or self.part or self.nation or self.state)


def read_asked(told: Mapping[str, str]) -> Asked:
    """Read what was asked from the query of an address; what is no choice asks for any."""
    return Asked(
        " ".join(told.get("words", "")[:LONGEST_WORDS].split()),
        _one_of(told.get("part", ""), {part.value for part in Part}),
        _one_of(told.get("nation", ""), {nation.value for nation in Nation}),
        _one_of(told.get("state", ""), STATES))


def state_of(rule: DutyRule) -> str:
    """Say whether a row starts now, waits for records, is law to come, or held only for what was before."""
    if rule.valid_to is not None:
        return "earlier"
    return "coming" if not rule.commenced else "waiting" if rule.waits_for is not None else "now"


def when_words(rule: DutyRule) -> str:
    """Say by when it is due and whose number that is: the law's, guidance's, or a target of our own."""
    target = rule.clock.local_target
    if target is None:
        return f"{rule.clock.words}, {BASIS_WORDS[rule.basis]}"
    named = "" if rule.basis is Basis.LOCAL else f", {BASIS_WORDS[rule.basis]}, which gives no number"
    return f"without delay{named}; our own target is {target.words}"


def found(asked: Asked, rules: Iterable[DutyRule] = RULES) -> list[DutyRule]:
    """Give the rows that hold everything that was asked, in the order of the rule book."""
    return [rule for rule in rules if _holds(asked, rule)]


def filters(asked: Asked) -> tuple[Filter, ...]:
    """Give the choices of the form, with those that were made."""
    parts = sorted({part.value for rule in RULES for part in _parts(rule)})
    owing = {value: value[:1].upper() + value[1:] for value in parts}
    return (
        _filter("part", "Who owes it", owing, asked.part, "Anybody"),
        _filter("nation", "Nation", {nation.value: NATION_WORDS[nation] for nation in Nation}, asked.nation, "Any"),
        _filter("state", "Does it start?", STATES, asked.state, "All"))


def _holds(asked: Asked, rule: DutyRule) -> bool:
    return (not asked.part or asked.part in {part.value for part in _parts(rule)}) and (
        not asked.nation or asked.nation in {nation.value for nation in rule.nations}) and (
        not asked.state or asked.state == state_of(rule)) and all(
        word in _text(rule) for word in asked.words.casefold().split())


def _parts(rule: DutyRule) -> tuple[Part, ...]:
    other = rule.owed_by_if_looked_after
    return (rule.owed_by,) if other is None else (rule.owed_by, other)


def _text(rule: DutyRule) -> str:
    owed_to = (part.value if isinstance(part, Part) else part for part in rule.owed_to)
    said = (rule.code, rule.title, rule.what, rule.owed_by.value, *owed_to, rule.authority, rule.clock.words,
            rule.waits_for or "", *rule.evidence)
    return " ".join(said).casefold()


def _one_of(told: str, allowed: Iterable[str]) -> str:
    return told if told in set(allowed) else ""


def _filter(name: str, words: str, offered: Mapping[str, str], chosen: str, any_words: str) -> Filter:
    choices = {"": any_words, **offered}
    return Filter(name, words, tuple(Choice(value, says, value == chosen) for value, says in choices.items()))
