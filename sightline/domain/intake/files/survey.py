"""Look through a whole file once before its first row is believed: kind, encoding, NULs, lines without end.

A file that is no UTF-8 is read as Windows-1252, which councils still send, only where nothing speaks against it:
every byte must be one that Windows text has a use for, and no run of bytes may be valid UTF-8 (such a file is a
mixture, and half of its names would be read wrongly). Losing a letter of a name is worse than refusing the file, so
in doubt it is refused. Old DOS and Macintosh texts betray themselves by bytes that Windows uses for rare marks only.
"""

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

from sightline.domain.intake.files.limits import CHUNK_BYTES, LONGEST_LINE_BYTES
from sightline.domain.intake.row import FileRefused

UTF8, UTF16, WINDOWS = "utf-8-sig", "utf-16", "cp1252"

KIND_WORDS = {"csv": "CSV", "xlsx": "XLSX", "json": "JSON", "xml": "XML"}

WINDOWS_NOTE = (
    "The file is not UTF-8; it was read as Windows-1252. Look whether letters with accents came through rightly, and "
    "better save it as UTF-8."
)

_KNOWN_KINDS = (
    (b"PK\x03\x04", "xlsx"),
    (b"PK\x05\x06", "xlsx"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls), or one locked with a password; save it as .xlsx or CSV"),
    (b"%PDF", "a PDF; send the table itself as CSV or XLSX"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"Rar!", "an archive; unpack it first"),
    (b"7z\xbc\xaf", "an archive; unpack it first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format", "a database; send an export of the table"),
    (b"PAR1", "a Parquet file; send CSV"),
    (b"{\\rtf", "a text document; send the table itself as CSV or XLSX"),
)

_CONTROLS = bytes(c for c in range(32) if c not in (9, 10, 13)) + b"\x7f"
_NEITHER = "The letters of this file are encoded neither as UTF-8 nor as Windows-1252; save it as UTF-8."
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_STRANGE_TO_WINDOWS = frozenset(b"\x81\x82\x83\x84\x86\x87\x88\x89\x8b\x8d\x8f\x90\x98\x9b\x9d\x9f")
_CAPITAL_INSIDE = re.compile(rb"[a-z][\x8a\x8c\x8e]")
"""Windows reads these bytes as capitals (S, OE, Z with marks); after a small letter they are no Windows letters."""


@dataclass(frozen=True, slots=True)
class Survey:
    """Hold what a look through a text file showed: its encoding, a note for the sender, and what rows must expect."""

    encoding: str
    note: str | None
    may_hold_formulas: bool
    may_hold_controls: bool


def size_of(stream: BinaryIO, limit_bytes: int) -> int:
    """Give the size in bytes and go back to the start; raises FileRefused for an empty or too large file."""
    size = stream.seek(0, 2)
    stream.seek(0)
    if size == 0:
        raise FileRefused("The file is empty.")
    if size > limit_bytes:
        raise FileRefused(
            f"The file has {size / 1e6:,.0f} million bytes; the most that is read is {limit_bytes / 1e6:,.0f} million. "
            "Send it in parts."
        )
    return size


def kind_of(stream: BinaryIO) -> str:
    """Tell by its first bytes whether a file is xlsx, xml, json or csv (any other text); leave it at its start.

    Raises FileRefused for kinds that are known and cannot be read.
    """
    start = stream.read(4096)
    stream.seek(0)
    for magic, kind in _KNOWN_KINDS:
        if start.startswith(magic):
            if kind == "xlsx":
                return kind
            raise FileRefused(f"This is {kind}.")
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise FileRefused("The file is encoded as UTF-32; save it as UTF-8.")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = start[: len(start) // 2 * 2].decode("utf-16", "replace")
    else:
        text = start.removeprefix(codecs.BOM_UTF8).decode("latin-1")
    first = text.lstrip("\ufeff \t\r\n")[:1]
    return {"<": "xml", "{": "json", "[": "json"}.get(first, "csv")


def require_kind(stream: BinaryIO, formats: tuple[str, ...]) -> str:
    """Give the kind of a file; raises FileRefused where this feed is not read from it."""
    kind = kind_of(stream)
    if kind not in formats:
        wanted = " or ".join(KIND_WORDS[name] for name in formats)
        raise FileRefused(f"This feed is read from {wanted}; this file looks like {KIND_WORDS[kind]}.")
    return kind


def survey(stream: BinaryIO, *, longest_line: int | None = LONGEST_LINE_BYTES) -> Survey:
    """Look through a text file once, in chunks, and go back to its start.

    `longest_line` in bytes; None where lines do not matter. Raises FileRefused.
    """
    stream.seek(0)
    start = stream.read(2)
    stream.seek(0)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return _survey_utf16(stream, longest_line)
    look = _Look(longest_line)
    while chunk := stream.read(CHUNK_BYTES):
        look.at(chunk)
    look.end()
    stream.seek(0)
    encoding, note = (UTF8, None) if look.is_utf8 else (WINDOWS, WINDOWS_NOTE)
    if encoding == WINDOWS:
        _require_windows(stream)
    return Survey(encoding, note, look.may_hold_formulas, look.may_hold_controls)


class _Look:
    """Keep what was seen so far while the chunks of a file go by."""

    def __init__(self, longest_line: int | None) -> None:
        self.longest_line = longest_line
        self.is_utf8 = True
        self.may_hold_formulas = False
        self.may_hold_controls = False
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._between_letters = False
        self._since_line_end = 0

    def at(self, chunk: bytes) -> None:
        """Look at the next chunk; raises FileRefused."""
        if b"\0" in chunk:
            raise FileRefused("The file holds NUL bytes: it is not a text file, or it was damaged on the way.")
        self._watch_lines(chunk)
        if not self.may_hold_formulas:
            self.may_hold_formulas = any(mark in chunk for mark in (b"=", b"(", b"|", b"\xef\xbc", b"\xef\xb9"))
        if not self.may_hold_controls:
            self.may_hold_controls = len(chunk.translate(None, _CONTROLS)) != len(chunk)
        if self.is_utf8 and (self._between_letters or not chunk.isascii()):
            try:
                self._decoder.decode(chunk)
            except UnicodeDecodeError:
                self.is_utf8 = False
            else:
                self._between_letters = bool(self._decoder.getstate()[0])

    def end(self) -> None:
        """Note an end in the middle of a letter."""
        if self._between_letters:
            self.is_utf8 = False

    def _watch_lines(self, chunk: bytes) -> None:
        if self.longest_line is None:
            return
        ends = [place for place in (chunk.find(b"\n"), chunk.find(b"\r")) if place >= 0]
        first = min(ends) if ends else len(chunk)
        if self._since_line_end + first > self.longest_line:
            raise _too_long(self.longest_line)
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        self._since_line_end = len(chunk) - last - 1 if ends else self._since_line_end + len(chunk)


def _too_long(longest_line: int) -> FileRefused:
    return FileRefused(
        f"A line of the file is longer than {longest_line:,} bytes, so it is no table of rows. Look whether line ends "
        "were lost."
    )


def _survey_utf16(stream: BinaryIO, longest_line: int | None) -> Survey:
    decoder = codecs.getincrementaldecoder("utf-16")("strict")
    since_line_end = 0
    try:
        while True:
            chunk = stream.read(CHUNK_BYTES)
            text = decoder.decode(chunk, final=not chunk)
            if "\0" in text:
                raise FileRefused("The file holds NUL characters: it is not a text file, or it was damaged on the way.")
            parts = text.replace("\r", "\n").split("\n")
            longest = max(map(len, parts[:-1]), default=0) + (since_line_end if len(parts) > 1 else 0)
            since_line_end = len(parts[-1]) + (since_line_end if len(parts) == 1 else 0)
            if longest_line is not None and max(longest, since_line_end) > longest_line:
                raise _too_long(longest_line)
            if not chunk:
                break
    except UnicodeDecodeError:
        raise FileRefused("The file says that it is UTF-16 and is not; save it as UTF-8.") from None
    stream.seek(0)
    return Survey(UTF16, None, may_hold_formulas=True, may_hold_controls=True)


def _require_windows(stream: BinaryIO) -> None:
    """Refuse a file that is no UTF-8 and no plain Windows-1252 either."""
    rest = b""
    while chunk := stream.read(CHUNK_BYTES):
        chunk = rest + chunk
        cut = len(chunk)
        while cut and chunk[cut - 1] >= 0x80 and len(chunk) - cut < 64:
            cut -= 1
        if _CAPITAL_INSIDE.search(chunk):
            raise FileRefused(_NEITHER)
        for run in _HIGH_RUN.finditer(chunk, 0, cut):
            _require_windows_run(run[0])
        rest = chunk[cut:]
    if rest:
        _require_windows_run(rest)
    stream.seek(0)


def _require_windows_run(run: bytes) -> None:
    if not _STRANGE_TO_WINDOWS.isdisjoint(run):
        raise FileRefused(_NEITHER)
    try:
        run.decode("utf-8")
    except UnicodeDecodeError:
        return
    raise FileRefused(
        "Some letters of this file are encoded as UTF-8 and others are not, so names would be read wrongly; "
        "save it anew as UTF-8."
    )
