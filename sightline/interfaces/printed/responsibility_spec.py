"""Read the specs of responsibility: one text file a rule, each case the facts and what must be answered.

    case Found in one council, home in another
      found_in=Lancashire home_in=Liverpool concern=significant-harm
      -> owner_now=Lancashire enquires=Lancashire long_term=Liverpool

`status` is a list with commas; `None` says that a question stays open.
"""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class FactCase:
    """Hold one case: its title, the facts as they would come in a file, and what must be answered."""

    title: str
    facts: dict[str, Any] = field(default_factory=dict)
    expected: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """Hold the cases of one rule."""

    code: str
    cases: tuple[FactCase, ...]


def read_rule_specs(folder: Path) -> tuple[RuleSpec, ...]:
    """Read every spec of a folder: a file R1.txt is the spec of the rule R1."""
    return tuple(_read(path) for path in sorted(folder.glob("R*.txt"), key=lambda path: int(path.stem[1:])))


def _read(path: Path) -> RuleSpec:
    cases: list[FactCase] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.strip()
        if text.startswith("case "):
            cases.append(FactCase(text.removeprefix("case ").strip()))
        elif text:
            cases[-1].lines.append(text)
            words = shlex.split(text)
            if words[0] == "->":
                cases[-1].expected.update(_pairs(words[1:]))
            else:
                cases[-1].facts.update((key, _value(key, value)) for key, value in _pairs(words))
    return RuleSpec(path.stem, tuple(cases))


def _pairs(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        key, _, value = word.partition("=")
        yield key, value


def _value(key: str, value: str) -> Any:
    if key == "status":
        return value.split(",")
    return {"yes": True, "no": False}[value] if key == "on_railway" else value


def said(answer: Mapping[str, Any], wanted: Mapping[str, str]) -> dict[str, str]:
    """Say the parts of an answer that a case asks for, lists with commas."""
    return {key: ",".join(value) if isinstance(value := answer[key], list | tuple) else str(value) for key in wanted}
