"""Read JSON, a document or JSON Lines, into objects with their numbers.

JSON is UTF-8 by its standard; no other encoding is guessed. Of a key that comes twice in an object the last counts.
"""

import codecs
import math
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from pydantic_core import from_json

from sightline.domain.intake.files.limits import DEEPEST_JSON, LARGEST_JSON_BYTES, LONGEST_LINE_BYTES
from sightline.domain.intake.files.survey import UTF8, survey
from sightline.domain.intake.row import FileRefused

Numbered = tuple[int, dict[str, Any] | str]
"""The number of an object, with the object, or with the words that say why it could not be read."""

_WHERE = re.compile(r"line (\d+) column (\d+)")
_ENORMOUS = re.compile(rb"[0-9][eE]\+?[0-9]{3}|[0-9]{309}")
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def read_objects(stream: BinaryIO, size: int) -> Iterator[Numbered]:
    """Read one object, a list of objects, or one object a line, whichever the file is.

    Objects of a list are numbered from 1, those of JSON Lines by their lines. `size` of the file in bytes. Raises
    FileRefused where a document is broken or too large; a broken line of JSON Lines only loses itself.
    """
    if _is_lines(stream):
        yield from read_object_lines(stream)
        return
    document = read_document(stream, size)
    if isinstance(document, list):
        for number, item in enumerate(document, start=1):
            yield number, item if isinstance(item, dict) else "This is no object with keys and values."
    elif isinstance(document, dict):
        yield 1, document
    else:
        raise FileRefused("The file holds JSON, but neither an object nor a list of objects.")


def read_document(stream: BinaryIO, size: int) -> Any:
    """Read a whole JSON document. Raises FileRefused."""
    if size > LARGEST_JSON_BYTES:
        raise FileRefused(
            f"A JSON document is read up to {LARGEST_JSON_BYTES // 1_000_000} million bytes; this one is larger. Send "
            "it as JSON Lines (one object a line), or in parts."
        )
    _require_utf8(stream, longest_line=None)
    value = _parse(stream.read().removeprefix(codecs.BOM_UTF8))
    if isinstance(value, str):
        raise FileRefused(value)
    return value[0]


def read_object_lines(stream: BinaryIO) -> Iterator[Numbered]:
    """Read JSON Lines: one object a line, empty lines passed over. Raises FileRefused."""
    _require_utf8(stream, longest_line=LONGEST_LINE_BYTES)
    number = 0
    while line := stream.readline(LONGEST_LINE_BYTES + 2):
        number += 1
        line = (line.removeprefix(codecs.BOM_UTF8) if number == 1 else line).strip()
        if not line:
            continue
        value = _parse(line)
        if isinstance(value, str):
            yield number, value
        elif isinstance(value[0], dict):
            yield number, value[0]
        else:
            yield number, "This line is no object with keys and values, written {...}."
    if number == 0:
        raise FileRefused("The file holds no rows.")


def _is_lines(stream: BinaryIO) -> bool:
    """Tell whether the first, or else the second, line of a file is a whole JSON object."""
    stream.seek(0)
    lines: list[bytes] = []
    while len(lines) < 2 and (line := stream.readline(LONGEST_LINE_BYTES + 2)):
        if line := line.removeprefix(codecs.BOM_UTF8).strip():
            lines.append(line)
    stream.seek(0)
    if not lines or not lines[0].startswith(b"{"):
        return False
    for line in lines:
        value = _parse(line)
        if not isinstance(value, str) and isinstance(value[0], dict):
            return True
    return False


def _require_utf8(stream: BinaryIO, *, longest_line: int | None) -> None:
    if survey(stream, longest_line=longest_line).encoding != UTF8:
        raise FileRefused("The file is not UTF-8, as JSON must be; save it anew as UTF-8.")


def _parse(raw: bytes) -> tuple[Any] | str:
    """Parse JSON into a tuple with the value, or say in words why that cannot be."""
    if b"\\u0000" in raw and _NUL.search(raw):
        return "This holds a NUL character, which no text has."
    try:
        value = from_json(raw, allow_inf_nan=False)
    except (ValueError, RecursionError) as error:
        where = _WHERE.search(str(error))
        if "recursion" in str(error):
            return "This is nested deeper than any record is."
        if where is None:
            return "This is no JSON."
        line = f"line {where[1]}, " if b"\n" in raw else ""
        return f"This is no JSON: it breaks at {line}character {where[2]}."
    if _depth(value) > DEEPEST_JSON:
        return "This is nested deeper than any record is."
    if _ENORMOUS.search(raw) and _holds_infinity(value):
        return "This holds a number that is larger than any number of a record."
    return (value,)


def _holds_infinity(value: Any) -> bool:
    """Tell whether a number was too large to be held: two such numbers would be one, and two children one child."""
    level = [value]
    while level:
        if any(isinstance(v, float) and math.isinf(v) for v in level):
            return True
        level = [inner for v in level if isinstance(v, dict | list)
                 for inner in (v.values() if isinstance(v, dict) else v)]
    return False


def _depth(value: Any) -> int:
    """Give how deep lists and objects are nested, looking level by level."""
    depth, level = 0, [value]
    while level := [v for v in level if isinstance(v, dict | list)]:
        depth += 1
        if depth > DEEPEST_JSON:
            return depth
        level = [inner for v in level for inner in (v.values() if isinstance(v, dict) else v)]
    return depth
