"""Write the pictures of an estimate of extent into a folder, each with its table beside it, and every other table."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sightline.config.refusal import Refusal
from sightline.interfaces.extent.drawing import letters, models_drawing, overlaps_drawing, written
from sightline.interfaces.extent.tables import Reader, Table, tables
from sightline.interfaces.web.importing.harmless import harmless

MODELS, OVERLAPS = "models.svg", "overlaps.svg"
PICTURED = "What each model says, by its weight: the range shaded, the known children as a broken line"


class FolderRefused(Refusal):
    """The folder for pictures cannot be written to; the message says which."""


def write_files(
    folder: Path, record: Mapping[str, Any], *, lists: Sequence[str], histories: Mapping[int, int]
) -> list[str]:
    """Write SVG pictures and CSV tables, and name the files. Raises FolderRefused.

    Without a range there is neither the picture of models nor a table of methods and models. Counts of children are
    told as they are: the folder is for those who may see them.
    """
    inside = Reader(outside=False)
    texts = {f"{slug}.csv": _csv(table) for slug, table in tables(
        record, lists=lists, histories=histories, reader=inside).items()}
    if histories:
        named = ", ".join(f"{letter} is {name}" for letter, name in letters(lists))
        texts[OVERLAPS] = written(overlaps_drawing(lists, histories, inside),
                                  f"Children on exactly these lists: {named}")
    if record["range"] is not None:
        texts[MODELS] = written(models_drawing(record), PICTURED)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError:
        raise FolderRefused(f"{folder.name} cannot be written to. Name a folder of your own.") from None
    return sorted(texts)


def _csv(table: Table) -> str:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(table.columns)
    rows.writerows([harmless(one) if isinstance(one, str) else one for one in row] for row in table.rows)
    return text.getvalue()
