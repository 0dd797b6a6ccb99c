"""Print the worked cases of every sign for the page of its rule."""

import json
from collections.abc import Iterator
from itertools import groupby

from sightline.domain.signs.catalogue import RULES
from sightline.interfaces.printed.duties import SPECS

FOLDER = SPECS.parent / "signs"


def text() -> str:
    """Give sightline/interfaces/web/rules/sign_cases.json: by code, titles with tables and expectations."""
    cases = {rule.code: list(_cases((FOLDER / f"{rule.code}.md").read_text(encoding="utf-8"))) for rule in RULES}
    return json.dumps(cases, ensure_ascii=False, indent=0) + "\n"


def _cases(spec: str) -> Iterator[dict[str, object]]:
    for part in spec.split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        yield {"title": title.strip(), "tables": list(_tables(body)),
               "expected": [line for line in body.splitlines() if line.startswith("At ")]}


def _tables(body: str) -> Iterator[dict[str, object]]:
    """Give each table of a case: what was told and, where there is one, what waits in our own books."""
    for is_table, lines in groupby(body.splitlines(), key=lambda line: line.startswith("|")):
        if is_table:
            columns, _, *rows = ([cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines)
            yield {"columns": columns, "rows": rows}
