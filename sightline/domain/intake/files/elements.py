"""Read an XML file child by child, with bounded memory and without any of the powers of XML documents.

No document type, no entities, no network: a file that holds a document type is refused before it is parsed. Encodings
in which such a thing could hide from a plain search are refused too.
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from sightline.domain.intake.files.limits import CHUNK_BYTES, LONGEST_LINE_BYTES
from sightline.domain.intake.row import FileRefused

Element = etree._Element


def line_of(element: Element) -> int:
    """Give the line of the file on which an element starts."""
    line: Any = element.sourceline
    return int(line or 0)


_PIECE_BYTES = 65_536
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_PLAIN_ENCODINGS = frozenset((b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"))
_FORBIDDEN = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def require_plain(stream: BinaryIO) -> None:
    """Look through the file for what must not be in it, and go back to its start. Raises FileRefused."""
    stream.seek(0)
    start = stream.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = _DECLARED.match(start)
    if not start.startswith(b"<") or (declared is not None and declared[1].lower() not in _PLAIN_ENCODINGS):
        raise FileRefused("The file is not encoded as UTF-8; save it anew as UTF-8.")
    stream.seek(0)
    rest = b""
    while chunk := stream.read(CHUNK_BYTES):
        if b"\0" in chunk:
            raise FileRefused("The file holds NUL bytes: it is not a text file, or it was damaged on the way.")
        if _FORBIDDEN.search(rest + chunk):
            raise FileRefused("The file holds a document type or entities, which no census file needs. Export it anew.")
        rest = chunk[-64:]
    stream.seek(0)


def read_elements(stream: BinaryIO, *, root: str, parent: str, child: str) -> Iterator[Element]:
    """Read the elements `child` within `parent` one by one, each taken out of the tree and without namespaces.

    Raises FileRefused for XML that is broken, has another root, or holds a child too large to be one.
    """
    require_plain(stream)
    parser = etree.XMLPullParser(
        events=("end",), tag=f"{{*}}{child}", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    since_child, found = 0, False
    while piece := stream.read(_PIECE_BYTES):
        since_child += len(piece)
        _feed(parser, piece)
        for event in parser.read_events():
            element = event[1]
            if not isinstance(element, Element) or _name(element.getparent()) != parent:
                continue
            if not found:
                _require_root(element, root)
            found, since_child = True, 0
            yield _taken_out(element)
        if since_child > LONGEST_LINE_BYTES:
            raise FileRefused(
                f"For more than 1 million bytes no {child} ends; this is no census file, or it is damaged."
            )
    _close(parser, root, found, child)


def _feed(parser: "etree.XMLPullParser", piece: bytes) -> None:
    try:
        parser.feed(piece)
    except etree.XMLSyntaxError as error:
        raise _broken(error.lineno) from None
    for entry in parser.feed_error_log:
        if entry.level_name == "FATAL":
            raise _broken(entry.line)


def _close(parser: "etree.XMLPullParser", root: str, found: bool, child: str) -> None:
    try:
        top = parser.close()
    except etree.XMLSyntaxError as error:
        raise _broken(error.lineno) from None
    if _name(top) != root:
        raise FileRefused(f"The outermost element is not {root}; this is another kind of file.")
    if not found:
        raise FileRefused(f"The file holds no {child}.")


def _broken(line: int | None) -> FileRefused:
    where = f" at line {line}" if line else ""
    return FileRefused(f"The XML is broken{where}. Nothing of the file was kept; export it anew.")


def _require_root(element: Element, root: str) -> None:
    if _name(element.getroottree().getroot()) != root:
        raise FileRefused(f"The outermost element is not {root}; this is another kind of file.")


def _name(element: "Element | None") -> str:
    if element is None or not isinstance(element.tag, str):
        return ""
    return etree.QName(element).localname


def _taken_out(element: Element) -> Element:
    """Take an element out of its tree, with everything that came before it, so that memory stays bounded."""
    parent = element.getparent()
    element.tail = None
    if parent is not None:
        while (earlier := element.getprevious()) is not None:
            parent.remove(earlier)
        parent.remove(element)
    for inner in element.iter():
        if isinstance(inner.tag, str) and inner.tag.startswith("{"):
            inner.tag = etree.QName(inner).localname
    return element
