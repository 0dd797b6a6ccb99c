"""One module alone knows Splink, and only what it publishes."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2] / "sightline"
ENGINE = "interfaces/linking/engine.py"
IMPORTS = re.compile(r"^\s*(?:from|import) (splink[\w.]*)", re.MULTILINE)


def known() -> dict[str, list[str]]:
    found = {path.relative_to(ROOT).as_posix(): IMPORTS.findall(path.read_text("utf-8")) for path in ROOT.rglob("*.py")}
    return {name: modules for name, modules in found.items() if modules}


def test_splink_is_known_to_the_engine_alone():
    assert list(known()) == [ENGINE]


def test_the_engine_uses_what_splink_publishes():
    assert {"splink", "splink.backends.duckdb", "splink.backends.spark"} <= set(known()[ENGINE])
    assert not [module for module in known()[ENGINE] if "internals" in module]
    assert "._" not in re.sub(r"self\._\w+", "", (ROOT / ENGINE).read_text("utf-8"))
