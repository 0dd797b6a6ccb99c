"""Local settings: the file of an area that changes numbers of national signs or adds signs of its own, with its cases.

The national set always runs, as it is. A changed number adds a local reading of the sign under a code of its own
(L-C04); it takes nothing away. A local sign (L01) is made of the entries that everybody knows, by one of three
patterns. Each brings children of its own with what must be shown of them; without them, or where one comes out
otherwise, the file cannot take effect. The file is TOML; `docs/how-to/set-signs-for-an-area.md` shows one.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sightline.domain.signs.cases import CHILD, Case, CaseUnreadable, broken, read_cases, read_places
from sightline.domain.signs.catalogue import BY_CODE, RULES
from sightline.domain.signs.patterns import DAYS_LEAST, DAYS_MOST, TIMES_MOST, Told, again, together, without
from sightline.domain.signs.rule import LOCAL_READING, Find, Rule
from sightline.domain.signs.settable import NotSettable, bounds_of
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.sign import Family
from sightline.domain.vocabulary.timeline import Timeline

MUST_HAVE = ("Fires", "Just misses", "Wrong child", "Known only later")
MOST_BYTES = 200_000
MOST_SIGNS = 30
CODE = re.compile(r"L[0-9]{2}")
PATTERNS = {"again": ("kind", "where", "times", "days"), "without": ("kind", "where", "then", "then_where", "days"),
            "together": ("kind", "where", "with", "with_where", "days")}
HEAD = {"area", "edition", "from", "because", "places", "changed", "sign"}
CHANGED = {"sign", "numbers", "because", "cases"}
SIGN = {"code", "title", "because", "family", "cancelled_by", "not_evidence_of", "pattern", "cases"}


class SettingsUnreadable(ValueError):
    """Local settings cannot be read. The message says where and why."""


@dataclass(frozen=True, slots=True)
class LocalSign:
    """Hold one rule of an area with the text of its cases, and how it differs from the national one, in words."""

    rule: Rule
    cases: str
    differs: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold the settings of an area: which edition, from which day, why, and the signs."""

    area: str
    edition: str
    from_on: date
    because: str
    places: str
    signs: tuple[LocalSign, ...]


@lru_cache(maxsize=64)
def read_settings(text: str) -> Settings:
    """Read the settings of an area; raises SettingsUnreadable, with words for whoever wrote the file."""
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise SettingsUnreadable(f"the file is longer than {MOST_BYTES} bytes")
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsUnreadable(f"this is no TOML: {error}") from None
    _only(told, HEAD, "the file")
    edition, from_on = _words(told, "edition", "the file", most=40), told.get("from")
    if not isinstance(from_on, date) or isinstance(from_on, datetime):
        raise SettingsUnreadable("the file: “from” must be a day, as 2026-12-01, from which it takes effect")
    area = _words(told, "area", "the file", most=200)
    tables = [(name, one) for name in ("changed", "sign") for one in _tables(told, name)]
    if not tables or len(tables) > MOST_SIGNS:
        raise SettingsUnreadable(f"the file: say from 1 to {MOST_SIGNS} [[changed]] or [[sign]]")
    named = f"{edition} of {area}"
    signs = tuple(_changed(one, named, from_on) if name == "changed" else _own(one, named, from_on)
                  for name, one in tables)
    if len({sign.rule.code for sign in signs}) < len(signs):
        raise SettingsUnreadable("the file: one sign stands there twice")
    return Settings(area, edition, from_on, _words(told, "because", "the file"), str(told.get("places", "")), signs)


def rules_of(text: str) -> tuple[Rule, ...]:
    """Give the rules of settings that were applied."""
    return tuple(sign.rule for sign in read_settings(text).signs)


def assure(text: str) -> list[str]:
    """Say in words what stands against settings: what cannot be read, which cases lack, which come out otherwise."""
    try:
        settings = read_settings(text)
        places = read_places(settings.places)
    except (SettingsUnreadable, CaseUnreadable, ValueError, KeyError) as refused:
        return [str(refused)]
    return [f"{sign.rule.code}: {fault}" for sign in settings.signs for fault in _faults(sign, places)]


def _faults(sign: LocalSign, places: Mapping[str, Any]) -> Iterator[str]:
    try:
        cases = read_cases(sign.cases, places=places)
    except CaseUnreadable as unreadable:
        yield str(unreadable)
        return
    kinds = {case.title.partition(":")[0] for case in cases}
    if lacking := [kind for kind in MUST_HAVE if kind not in kinds]:
        yield f"there is no case whose title begins with: {', '.join(lacking)}"
    if extra := sorted(kinds - set(MUST_HAVE)):
        yield f"a title must begin with one of: {', '.join(MUST_HAVE)}; not with: {', '.join(extra)}"
    rules = (*RULES, sign.rule)
    for case in cases:
        yield from broken(case, rule=sign.rule, rules=rules)
        yield from _proves_nothing(case, sign.rule, rules)


def _proves_nothing(case: Case, rule: Rule, rules: Sequence[Rule]) -> Iterator[str]:
    """Say where a case would hold whatever the rule did: the child or the telling must be what makes the difference."""
    kind = case.title.partition(":")[0]
    if kind == "Fires" and not any(expected.because for expected in case.expectations):
        yield f"{case.title}: it never says that the sign is shown"
    if kind == "Just misses" and any(expected.because for expected in case.expectations):
        yield f"{case.title}: it says that the sign is shown"
    told: list[list[Entry]] = []
    if kind == "Wrong child":
        # Each other child alone, since neighbours of a circle must stay who they are; and all of them, as one family.
        others = {entry.child for entry in case.timeline}
        told = [[replace(entry, child=CHILD) if entry.child in hers else entry for entry in case.timeline]
                for hers in (others, *({child} for child in others))]
    elif kind == "Known only later":
        told = [[replace(entry, recorded_at=None) for entry in case.timeline if entry.kind != "record.withdrawn"]]
    if told and not any(broken(replace(case, timeline=Timeline.of(CHILD, one)), rule=rule, rules=rules)
                        for one in told):
        otherwise = "for the right child" if kind == "Wrong child" else "had it been known at once"
        yield f"{case.title}: it would come out the same {otherwise}, so it proves nothing"


def _changed(told: Mapping[str, Any], edition: str, from_on: date) -> LocalSign:
    code = _words(told, "sign", "[[changed]]")
    where = f"[[changed]] {code}"
    _only(told, CHANGED, where)
    national = BY_CODE.get(code)
    if national is None:
        raise SettingsUnreadable(f"{where}: there is no national sign with this code")
    numbers = told.get("numbers")
    try:
        rule = national.with_numbers(numbers if isinstance(numbers, dict) else {})
    except NotSettable as refused:
        raise SettingsUnreadable(f"{where}: {refused}") from None
    means = {one.name: one for one in bounds_of(national.numbers)}
    differs = "; ".join(f"{means[name].means}: {value} (nationally {means[name].default})"
                        for name, value in (numbers or {}).items())
    because = _words(told, "because", where)
    return LocalSign(replace(
        rule, code=f"{LOCAL_READING}{code}", edition=edition, valid_from=from_on, critical=False, upon_signs=False,
        explanation=f"The national sign {code} with other numbers. {differs[:1].upper()}{differs[1:]}. {because}",
        title=f"{national.title} (numbers of the area)"), _words(told, "cases", where), differs)


def _own(told: Mapping[str, Any], edition: str, from_on: date) -> LocalSign:
    code = _words(told, "code", "[[sign]]")
    where = f"[[sign]] {code}"
    pattern = told.get("pattern")
    if not CODE.fullmatch(code):
        raise SettingsUnreadable(f"{where}: a code of an area is L and two figures, as L01")
    if pattern not in PATTERNS:
        raise SettingsUnreadable(f"{where}: “pattern” must be one of: {', '.join(PATTERNS)}")
    _only(told, SIGN | set(PATTERNS[pattern]), where)
    families = {one.value: one for one in Family if one is not Family.SYSTEM}
    family = families.get(str(told.get("family")))
    if family is None:
        raise SettingsUnreadable(f"{where}: “family” must be one of: {', '.join(families)}")
    find, needs, differs = _find(told, pattern, where)
    because = _words(told, "because", where)
    rule = Rule(
        code=code, family=family, title=_words(told, "title", where, most=200), explanation=f"{differs}. {because}",
        source=f"Local settings, {edition}", source_key="local", needs=needs,
        cancelled_by=_words(told, "cancelled_by", where), not_evidence_of=_words(told, "not_evidence_of", where),
        find=find, edition=edition, valid_from=from_on)
    return LocalSign(rule, _words(told, "cases", where), differs)


def _find(told: Mapping[str, Any], pattern: str, where: str) -> tuple[Find, tuple[str, ...], str]:
    days = _number(told, "days", where, least=DAYS_LEAST, most=DAYS_MOST)
    one = _told(told, "kind", "where", where)
    if pattern == "again":
        times = _number(told, "times", where, least=1, most=TIMES_MOST)
        return again(one, times=times, days=days), (one.kind,), f"{_said(one)}: {times} or more within {days} days"
    if pattern == "without":
        then = _told(told, "then", "then_where", where)
        return (without(one, then, days=days), (one.kind, then.kind),
                f"{_said(one)}, and not within {days} days: {_said(then)}")
    other = _told(told, "with", "with_where", where)
    return (together(one, other, days=days), (one.kind, other.kind),
            f"{_said(one)} and {_said(other)} within {days} days of each other")


def _told(told: Mapping[str, Any], key: str, facts: str, where: str) -> Told:
    kind, says = told.get(key), told.get(facts, {})
    if kind not in KINDS:
        raise SettingsUnreadable(f"{where}: “{key}” must be a kind of entry, as rail.contact; this is none: {kind}")
    known = {fact.key: fact for fact in KINDS[kind].facts}
    if not isinstance(says, dict) or not all(isinstance(value, str) for value in says.values()):
        raise SettingsUnreadable(f"{where}: “{facts}” must be words by fact, as {{ offence = \"weapon\" }}")
    for name, value in says.items():
        if name not in known or (known[name].allowed and value not in known[name].allowed):
            raise SettingsUnreadable(f"{where}: {kind} has no fact “{name}” that says “{value}”")
    return Told(kind, says)


def _said(told: Told) -> str:
    facts = ", ".join(f"{name} {value}" for name, value in told.where.items())
    return KINDS[told.kind].title + (f" ({facts})" if facts else "")


def _tables(told: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    tables = told.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise SettingsUnreadable(f"the file: write [[{name}]], in two brackets")
    return tables


def _only(told: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(set(told) - known):
        raise SettingsUnreadable(f"{where}: nothing is known by: {', '.join(unknown)}; there are: "
                                 f"{', '.join(sorted(known))}")


def _words(told: Mapping[str, Any], key: str, where: str, *, most: int = 20_000) -> str:
    value = told.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        raise SettingsUnreadable(f"{where}: “{key}” must be words, at the most {most} letters")
    return value.strip()


def _number(told: Mapping[str, Any], key: str, where: str, *, least: int, most: int) -> int:
    value = told.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise SettingsUnreadable(f"{where}: “{key}” must be a whole number from {least} to {most}")
    return value
