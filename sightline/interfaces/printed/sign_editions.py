"""Print every edition of every sign with a digest of what it looks for: a printed line never changes again.

The digest covers what the rule says of itself, and the numbers and words in its function and in all that the function
reaches within the rule book. Who changes a number without a new edition is found out: yesterday must stay readable
with yesterday's rules.
"""

import ast
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, timedelta
from enum import Enum
from functools import cached_property, partial
from hashlib import sha256
from inspect import getsource, isfunction
from typing import Any

from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.editions import SUPERSEDED
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import Rule
from sightline.domain.signs.settable import bounds_of
from sightline.domain.signs.wording import day_in_words

SAID = ("code", "edition", "family", "title", "explanation", "needs", "critical", "shown_days", "alone", "upon_signs",
        "police_detail")
BOOK = "sightline.domain.signs."
HEAD = """# Editions of the warning signs

<!-- scripts/rule-book adds a line for each new edition and never changes one. -->

Each rule of the [rule book](signs/index.md) has an edition. A change of a number, of a word of the rule or of what it
looks for is a new edition: the old one stays in the code with the last day on which it held, so that a
[look back](../how-to/look-back.md) can read a day with the rules of that day. The digest is over what the rule says and
over the numbers and words of its function; a test compares it.

| edition | in force from | digest |
|---|---|---|
"""


def printed(page: str) -> dict[str, str]:
    """Read the digests that are printed already, by edition."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("|")]
    return {row[0]: row[2] for row in rows[2:]}


def page(before: str, rules: Iterable[Rule] = (*RULES, *SUPERSEDED)) -> str:
    """Print the page: the lines that stand in it as they are, and a line for each new edition behind them."""
    held = printed(before)
    new = [f"| {rule.edition_name} | {day_in_words(rule.valid_from)} | {digest_of(rule)} |"
           for rule in rules if rule.edition_name not in held]
    old = [line for line in before.splitlines() if line.startswith("|")][2:]
    return HEAD + "\n".join([*old, *new]) + "\n"


def changed(before: str, rules: Iterable[Rule] = (*RULES, *SUPERSEDED)) -> list[str]:
    """List the editions that are printed with another digest than they have, and those that are not printed."""
    held = printed(before)
    return [rule.edition_name for rule in rules if held.get(rule.edition_name) != digest_of(rule)]


def digest_of(rule: Rule) -> str:
    """Give the digest of one edition of a rule."""
    said = [f"{name}={_stable(getattr(rule, name))}" for name in SAID if name in {field.name for field in fields(rule)}]
    said += [f"by number {one.name}={getattr(rule.numbers, one.name)}" for one in bounds_of(rule.numbers)]
    return sha256("\n".join([*said, *sorted(_reached(rule.find))]).encode()).hexdigest()[:16]


def _reached(find: Any) -> Iterator[str]:
    """Give the numbers and words in a function and in what it reaches within the rule book."""
    waiting, seen = [find], set[Callable[..., Any]]()
    while waiting:
        one = waiting.pop()
        if isinstance(one, partial):
            yield f"given {_stable(one.args)} {_stable(one.keywords)}"
            waiting.append(one.func)
        elif isfunction(one) and one.__module__.startswith(BOOK) and one not in seen:
            seen.add(one)
            yield from _constants(one)
            yield f"{one.__qualname__} by default {_stable(one.__defaults__)} {_stable(one.__kwdefaults__)}"
            for name, value in _names(one).items():
                if isinstance(value, partial) or isfunction(value):
                    waiting.append(value)
                elif (written := _stable(value)) is not None:
                    yield f"{name}={written}"


def _constants(one: Callable[..., Any]) -> Iterator[str]:
    tree = ast.parse(textwrap.dedent(getsource(one)))
    docs = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
            and isinstance(node.body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docs and isinstance(node.value, int | float | str):
            yield f"{one.__qualname__}: {node.value!r}"


def _names(one: Callable[..., Any]) -> Mapping[str, Any]:
    """Give what the names in a function stand for: of its module, of what it closed over, and of what is known."""
    code, kept = one.__code__, one.__globals__
    closed = dict(zip(code.co_freevars, (cell.cell_contents for cell in one.__closure__ or ()), strict=True))
    found = closed | {name: kept[name] for name in _all_names(code) if name in kept}
    known = {f"Known.{name}": _function(Known.__dict__[name]) for name in _all_names(code) if name in Known.__dict__}
    return found | known


def _all_names(code: Any) -> set[str]:
    inner = [name for const in code.co_consts if hasattr(const, "co_names") for name in _all_names(const)]
    return {*code.co_names, *inner}


def _function(member: Any) -> Any:
    if isinstance(member, cached_property):
        return member.func
    return getattr(member, "fget", None) or getattr(member, "__func__", member)


def _stable(value: Any) -> str | None:
    """Write a value that is plain data, in an order that never varies; None for anything else."""
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if value is None or isinstance(value, int | float | str | date | timedelta):
        return repr(value)
    if isinstance(value, Mapping):
        pairs = [(_stable(key), _stable(held)) for key, held in value.items()]
        return None if any(None in pair for pair in pairs) else repr(sorted(map(str, pairs)))
    if isinstance(value, tuple | list | frozenset | set):
        parts = [_stable(part) for part in value]
        if None in parts:
            return None
        return repr(sorted(map(str, parts)) if isinstance(value, frozenset | set) else parts)
    return None
