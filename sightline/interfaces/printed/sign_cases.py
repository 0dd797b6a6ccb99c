"""Print the worked cases of every sign for the page of its rule."""

import json
from collections.abc import Iterator

from sightline.domain.signs.catalogue import RULES
from sightline.interfaces.printed.duties import SPECS

FOLDER = SPECS.parent / "signs"


def text() -> str:
    """Give sightline/interfaces/web/rules/sign_cases.json: by code, titles with columns, rows and expectations."""
    cases = {rule.code: list(_cases((FOLDER / f"{rule.code}.md").read_text(encoding="utf-8"))) for rule in RULES}
    return json.dumps(cases, ensure_ascii=False, indent=0) + "\n"


def _cases(spec: str) -> Iterator[dict[str, object]]:
    for part in spec.split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        lines = body.splitlines()
        table = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines if line.startswith("|")]
        yield {"title": title.strip(), "columns": table[0], "rows": [_filled(row, len(table[0])) for row in table[2:]],
               "expected": [line for line in lines if line.startswith("At ")]}


def _filled(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))
