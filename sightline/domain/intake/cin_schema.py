"""Check one child of the children in need census against its schema, and say in plain words what is wrong and where.

What the schema does not allow is a note, not a reason to lose the child: earlier years wrote GenderCurrent for Sex and
true for 1, and both are understood.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from sightline.domain.intake.files.elements import Element, line_of
from sightline.domain.intake.problem import LONGEST_SHOWN
from sightline.reference.codes import cin_schema

FORMER_SEX = {"0": "U", "1": "M", "2": "F", "9": "U"}
FORMER_YES_NO = {"true": "1", "false": "0"}
YES_NO_ELEMENTS = ("ReferralNFA", "ICPCnotRequired")

_SCHEMA = "{http://www.w3.org/2001/XMLSchema}"
_PLACE = re.compile(r"/CINdetails(?:\[(\d+)\])?")
_MISSING = re.compile(r"Expected is (?:one of )?\( (.*?) \)")


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one thing that the schema does not allow: line, element, value, and which CINdetails it is in (from 1)."""

    line: int
    element: str
    value: str
    words: str
    details: int | None


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(cin_schema()))


@cache
def _known_elements() -> frozenset[str]:
    root = etree.fromstring(cin_schema())
    return frozenset(element.get("name", "") for element in root.iter(f"{_SCHEMA}element"))


def findings_of(child: Element) -> list[Finding]:
    """Check a child; what is understood all the same is mended in it, and elements that are not known are taken out."""
    found = [*_mend(child), *_take_out_unknown(child)]
    message = etree.Element("Message")
    etree.SubElement(message, "Children").append(child)
    schema = _schema()
    if schema.validate(message):
        return found
    seen: set[tuple[int, str]] = set()
    log: Any = schema.error_log
    for entry in log:
        place = (entry.line, str(entry.path))
        if place not in seen:
            seen.add(place)
            found.append(_finding(entry, message))
    return found


def _mend(child: Element) -> Iterator[Finding]:
    for former in child.findall("ChildIdentifiers/GenderCurrent"):
        identifiers = former.getparent()
        value = (former.text or "").strip()
        if value in FORMER_SEX and identifiers is not None and identifiers.find("Sex") is None:
            yield _note(former, f"Since 2025 this is called Sex; it was read as {FORMER_SEX[value]}.")
            former.tag, former.text = "Sex", FORMER_SEX[value]
    for name in YES_NO_ELEMENTS:
        for element in child.iter(name):
            mended = FORMER_YES_NO.get((element.text or "").strip().casefold())
            if mended is not None:
                yield _note(element, f"The census writes 1 or 0 here; it was read as {mended}.")
                element.text = mended


def _take_out_unknown(child: Element) -> Iterator[Finding]:
    for element in list(child.iter()):
        parent = element.getparent()
        if parent is None or not isinstance(element.tag, str) or element.tag in _known_elements():
            continue
        if child not in element.iterancestors():
            continue  # it went with its parent
        yield _note(element, "This element is not known to the census of 2026; it was not read.")
        element.tail = None
        parent.remove(element)


def _note(element: Element, words: str) -> Finding:
    return Finding(line_of(element), str(element.tag), _text(element), words, _details_of(element))


def _text(element: Element) -> str:
    return (element.text or "").strip()[:LONGEST_SHOWN]


def _details_of(element: Element) -> int | None:
    """Tell in which CINdetails an element is, counted from 1."""
    inner: Element | None = element
    while inner is not None and inner.tag != "CINdetails":
        inner = inner.getparent()
    return None if inner is None else 1 + sum(1 for _ in inner.itersiblings("CINdetails", preceding=True))


def _finding(entry: "etree._LogEntry", message: Element) -> Finding:
    path = str(entry.path)
    found = message.xpath(path)
    element = found[0] if isinstance(found, list) and found else None
    place = _PLACE.search(path)
    name = path.rpartition("/")[2].partition("[")[0]
    value = _text(element) if isinstance(element, etree._Element) else ""
    details = int(place[1] or 1) if place else None
    return Finding(entry.line, name, value, _words(entry), details)


def _words(entry: "etree._LogEntry") -> str:
    kind, said = entry.type_name, str(entry.message)
    if kind == "SCHEMAV_CVC_ENUMERATION_VALID":
        return "This is no code of the census of 2026."
    if kind == "SCHEMAV_CVC_PATTERN_VALID":
        return "This has not the form that the census asks for."
    if kind.startswith("SCHEMAV_CVC_DATATYPE"):
        return "This is no day that exists, written 2025-12-31." if "date" in said else "This is no number."
    if kind == "SCHEMAV_CVC_COMPLEX_TYPE_2_3":
        return "Text stands here where only elements may stand; it was not read."
    if kind == "SCHEMAV_ELEMENT_CONTENT":
        missing = _MISSING.search(said)
        if "Missing child element" in said and missing:
            return f"Within this element something is missing; next would be {missing[1].replace(', ', ' or ')}."
        return "This element stands in the wrong place; the census has a fixed order."
    return "This is not as the schema of the census asks."
