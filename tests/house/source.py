"""Read the source as the guards of the house need it: modules, their imports, texts and names, and the order of apps.

Every guard is a function from modules to what offends, so that a test can hand it an offence and see it found.
"""

import ast
import configparser
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]
CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "time.time", "time.time_ns",
    "time.monotonic", "time.perf_counter", "uuid.uuid1", "uuid.uuid4", "os.urandom",
}
CHANCE = {"random", "secrets"}
CHANCE_NAMES = {("uuid", "uuid1"), ("uuid", "uuid4"), ("time", "time"), ("time", "monotonic"), ("os", "urandom"),
                ("time", "perf_counter"), ("time", "time_ns"), ("django.utils.timezone", "now")}
VAGUE = {"utils", "util", "helpers", "helper", "common", "core", "base", "service", "services", "manager", "managers",
         "handler", "handlers", "processor", "processors", "misc"}
FUNCTION_MADE = re.compile(r"create (?:or replace )?function (sightline_\w+)")


@dataclass(frozen=True, slots=True)
class Module:
    """Hold one module: its dotted name, and its tree."""

    name: str
    tree: ast.Module

    @property
    def app(self) -> str | None:
        """Give the app that the module belongs to, or None outside the apps."""
        parts = self.name.split(".")
        return parts[2] if parts[:2] == ["sightline", "apps"] and len(parts) > 2 else None


def module(name: str, text: str) -> Module:
    """Make a module from its text."""
    return Module(name, ast.parse(text))


@cache
def modules(*folders: str) -> list[Module]:
    """Read every module below these folders of the project."""
    paths = sorted(path for folder in folders for path in (PROJECT / folder).rglob("*.py"))
    return [module(_dotted(path), path.read_text("utf-8")) for path in paths]


def order_of_apps() -> list[str]:
    """Give the apps from the lowest to the highest, as the layers say that the linter holds."""
    told = configparser.ConfigParser()
    told.read(PROJECT / ".importlinter")
    return told["importlinter:contract:apps"]["layers"].split()[::-1]


def is_above(app: str, other: str) -> bool:
    """Tell whether an app stands above another."""
    order = order_of_apps()
    return order.index(app) > order.index(other)


def tables_above(found: Iterable[Module], tables: Mapping[str, str]) -> list[str]:
    """List the tables of ours that a module's SQL names though they belong to a higher app, or to any from outside."""
    return _above(found, re.compile(r"\b\w+_\w+\b"), tables)


def functions_above(found: Iterable[Module], made: Mapping[str, str]) -> list[str]:
    """List the SQL functions that a module names though a higher app makes them."""
    return _above(found, re.compile(r"\bsightline_\w+"), made)


def functions_made(found: Iterable[Module]) -> dict[str, str]:
    """Give the SQL functions that migrations make, each with its app."""
    return {name: one.app for one in found if one.app for _, text in _texts(one.tree)
            for name in FUNCTION_MADE.findall(text)}


def models_of_others(found: Iterable[Module]) -> list[str]:
    """List imports of an app's models by anybody else."""
    offences = []
    for one in found:
        for line, name in _imports(one.tree):
            parts = name.split(".")
            if parts[:2] == ["sightline", "apps"] and parts[3:4] == ["models"] and parts[2] != one.app:
                offences.append(f"{one.name}:{line} imports {'.'.join(parts[:4])}")
    return sorted(set(offences))


def clocks_read(found: Iterable[Module]) -> list[str]:
    """List where a module reads the clock, or leaves something to chance."""
    offences = []
    for one in found:
        for line, name in _imports(one.tree):
            parent, _, last = name.rpartition(".")
            if name.split(".")[0] in CHANCE or (parent, last) in CHANCE_NAMES:
                offences.append(f"{one.name}:{line} imports {name}")
        for node in ast.walk(one.tree):
            if isinstance(node, ast.Attribute) and ".".join(ast.unparse(node).split(".")[-2:]) in CLOCKS:
                offences.append(f"{one.name}:{node.lineno} reads {ast.unparse(node)}")
    return offences


def without_a_sentence(found: Iterable[Module]) -> list[str]:
    """List the modules whose first words are not a sentence that says what stands in them."""
    return [one.name for one in found if not _is_sentence(ast.get_docstring(one.tree) or "")]


def vague_names(found: Iterable[Module]) -> list[str]:
    """List the modules and packages that are named after nothing in particular."""
    return [one.name for one in found if VAGUE & set(one.name.split("."))]


def _above(found: Iterable[Module], pattern: re.Pattern[str], homes: Mapping[str, str]) -> list[str]:
    offences = []
    for one in found:
        for line, text in _texts(one.tree):
            for name in pattern.findall(text):
                home = homes.get(name)
                if home is not None and (one.app is None or is_above(home, one.app)):
                    offences.append(f"{one.name}:{line} names {name} of {home}")
    return sorted(set(offences))


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Give the texts of a module, docstrings excepted; the fixed parts of f-strings are texts of their own."""
    said = {id(node.body[0].value) for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body
            and isinstance(node.body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _is_sentence(text: str) -> bool:
    first = text.partition("\n\n")[0].strip()
    return " " in first and not first[0].islower() and first.endswith((".", "?", ":"))


def _dotted(path: Path) -> str:
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
