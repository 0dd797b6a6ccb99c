"""Draw the floors and rooms of the house from the contracts that hold them (.importlinter)."""

import ast
import re
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

from sightline.interfaces.printed.table import table

ROOT = Path(__file__).parents[3]
PACKAGE = "sightline"
ROOMS_OF = {f"{PACKAGE}.apps": "apps", f"{PACKAGE}.domain": "domain"}


def drawing() -> str:
    """Draw the floors from top to bottom, each with its rooms from top to bottom."""
    lines = ["```text"]
    for number, floor in enumerate(_floors()):
        if number:
            lines.append("        |")
        names = " | ".join(name.removeprefix(f"{PACKAGE}.") for name in floor)
        rooms = "  >  ".join(_layers(ROOMS_OF[floor[0]])) if floor[0] in ROOMS_OF else ", ".join(_folders(floor))
        lines.append(f"  {names:<22}{rooms}".rstrip())
    return "\n".join([*lines, "```"])


def rooms() -> str:
    """List the rooms of each floor with what each is for, in the words of its own first sentence."""
    rows = []
    for floor in _floors():
        for package in floor:
            rows.append([f"`{_path(package)}`", _first_sentence(package)])
            rows += [[f"`{_path(room)}`", _first_sentence(room)] for room in _below(package)]
    return table(["where", "what for"], rows)


def _contracts() -> ConfigParser:
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    return contracts


def _layers(contract: str) -> list[str]:
    return [line.strip() for line in _contracts()[f"importlinter:contract:{contract}"]["layers"].splitlines() if line]


def _floors() -> list[list[str]]:
    return [re.findall(r"[\w.]+", layer) for layer in _layers("floors")]


def _folders(floor: list[str]) -> list[str]:
    """Name the packages of a floor whose rooms no contract orders, where it is one package with packages in it."""
    return [room.rpartition(".")[2] for package in floor for room in _below(package)]


def _below(package: str) -> Iterator[str]:
    folder = ROOT / Path(*package.split("."))
    if package in ROOMS_OF:
        for layer in _layers(ROOMS_OF[package]):
            yield from (f"{package}.{room}" for room in re.findall(r"\w+", layer))
    elif package == f"{PACKAGE}.interfaces":
        yield from (f"{package}.{path.parent.name}" for path in sorted(folder.glob("*/__init__.py")))


def _path(package: str) -> str:
    path = Path(*package.split("."))
    return f"{path.as_posix()}/" if (ROOT / path).is_dir() else f"{path.as_posix()}.py"


def _first_sentence(package: str) -> str:
    path = ROOT / Path(*package.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    words = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return " ".join(words.partition("\n\n")[0].split())
