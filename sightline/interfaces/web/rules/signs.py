"""Find warning signs in the rule book: by words or code, by part of life, by who can see them, by how soon to look."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.sign import Family
from sightline.interfaces.web.rules.searching import LONGEST_WORDS
from sightline.interfaces.web.shown import Choice, Filter

BY = {"records": "Shown by records", "person": "Recorded by a person"}
SOON = {"critical": "Now", "other": "Not at once"}
FAMILIES = {family.value: family.value.capitalize() for family in Family}


@dataclass(frozen=True, slots=True)
class AskedSigns:
    """Hold what somebody looks for; an empty text asks for any."""

    words: str = ""
    family: str = ""
    by: str = ""
    soon: str = ""

    @property
    def narrowed(self) -> bool:
        """Tell whether anything was asked for."""
        return bool(self.words or self.family or self.by or self.soon)


def read_asked_signs(told: Mapping[str, str]) -> AskedSigns:
    """Read what was asked from the query of an address; what is no choice asks for any."""
    chosen = {name: told.get(name, "") if told.get(name, "") in offered else ""
              for name, offered in (("family", FAMILIES), ("by", BY), ("soon", SOON))}
    return AskedSigns(" ".join(told.get("words", "")[:LONGEST_WORDS].split()), **chosen)


def found_signs(asked: AskedSigns, rules: Iterable[Rule] = RULES) -> list[Rule]:
    """Give the signs that hold everything that was asked, in the order of the rule book."""
    words = asked.words.casefold().split()
    return [rule for rule in rules
            if asked.family in ("", rule.family.value)
            and (asked.by != "person" or rule.for_people) and (asked.by != "records" or not rule.for_people_alone)
            and asked.soon in ("", "critical" if rule.critical else "other")
            and all(word in _text(rule) for word in words)]


def sign_filters(asked: AskedSigns) -> tuple[Filter, ...]:
    """Give the choices of the form, with those that were made."""
    return (_filter("family", "Part of life", FAMILIES, asked.family), _filter("by", "Who sees it", BY, asked.by),
            _filter("soon", "How soon must a person look", SOON, asked.soon))


def who_sees(rule: Rule) -> str:
    """Say whether records show a sign, a person records it, or both."""
    if rule.for_people_alone:
        return "A person sees it and records it"
    return "Records show it, or a person records it" if rule.for_people else "Records show it"


def kinds_read(rule: Rule) -> str:
    """Say which entries a sign reads, in words."""
    return "; ".join(dict.fromkeys(
        KINDS[kind].title if kind in KINDS else f"every entry of {kind.rstrip('.')}" for kind in rule.needs))


def _text(rule: Rule) -> str:
    said = (rule.code, rule.title, rule.explanation, rule.family.value, rule.source, rule.not_evidence_of,
            rule.cancelled_by, kinds_read(rule))
    return " ".join(said).casefold()


def _filter(name: str, words: str, offered: Mapping[str, str], chosen: str) -> Filter:
    choices = {"": "Any", **offered}
    return Filter(name, words, tuple(Choice(value, says, value == chosen) for value, says in choices.items()))
