"""Look through a zip file before anything else unpacks it: its directory, and every byte that it unpacks to.

A directory can lie about sizes, and another program can believe other parts of it than this one does. So every member
is unpacked here once, in chunks, and must unpack to exactly the size that the directory says; anything unusual is
refused rather than understood.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from sightline.domain.intake.files.limits import (
    CHUNK_BYTES,
    HIGHEST_ZIP_RATIO,
    LARGEST_UNPACKED_BYTES,
    LARGEST_WORKBOOK_BYTES,
    LARGEST_ZIP_DIRECTORY_BYTES,
    MOST_ZIP_MEMBERS,
    RATIO_FROM_BYTES,
)
from sightline.domain.intake.row import FileRefused

OVERLAP_BYTES = 4096
"""Chunks overlap by so much, so that what is looked for cannot hide across their border."""

_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
    IndexError,
    struct.error,
    zlib.error,
)
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_DIRECTORY_END = struct.Struct("<4s4xHHII")

_DAMAGED = "The file is damaged, or was made to mislead: it is no proper XLSX. Save it anew."
_TOO_LARGE = (
    f"The file unpacks to more than {LARGEST_UNPACKED_BYTES // 1_000_000} million bytes. Send it as CSV, or in parts."
)

_FORBIDDEN_XML = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_XML_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")

Watcher = Callable[[bytes, int], None]
"""Looks at successive chunks of one member; so many bytes at the start of a chunk were seen before."""


def members_of(stream: BinaryIO, size: int) -> list[zipfile.ZipInfo]:
    """Give the members of a zip file after judging its directory. Raises FileRefused."""
    if size > LARGEST_WORKBOOK_BYTES:
        raise FileRefused(
            f"An XLSX file is read up to {LARGEST_WORKBOOK_BYTES // 1_000_000} million bytes. Send CSV, or send parts."
        )
    _require_small_directory(stream, size)
    try:
        members = zipfile.ZipFile(stream).infolist()
    except _BROKEN:
        raise FileRefused(_DAMAGED) from None
    names = [member.filename.casefold() for member in members]
    if not members or len(members) > MOST_ZIP_MEMBERS or len(set(names)) < len(names):
        raise FileRefused(_DAMAGED)
    for member in members:
        _judge(member)
    if sum(member.file_size for member in members) > LARGEST_UNPACKED_BYTES:
        raise FileRefused(_TOO_LARGE)
    return members


def _require_small_directory(stream: BinaryIO, size: int) -> None:
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    stream.seek(0)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < _DIRECTORY_END.size or tail.rfind(b"PK\x06\x07") >= 0:
        raise FileRefused(_DAMAGED)
    _, _, count, directory_size, _ = _DIRECTORY_END.unpack_from(tail, place)
    if count > MOST_ZIP_MEMBERS or directory_size > LARGEST_ZIP_DIRECTORY_BYTES:
        raise FileRefused("The file holds far more parts than an XLSX has.")


def _judge(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & 0x1:
        raise FileRefused("The file is locked with a password; send it unlocked over a safe channel.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileRefused(_DAMAGED)
    if member.filename.casefold().endswith("vbaproject.bin"):
        raise FileRefused("The file holds macros, which are programs; save it as .xlsx without macros.")
    ratio = member.file_size / max(member.compress_size, 1)
    if member.file_size > RATIO_FROM_BYTES and ratio > HIGHEST_ZIP_RATIO:
        raise FileRefused("The file unpacks to far more than its size, as a zip bomb does. Save it anew, or send CSV.")


def look_through(stream: BinaryIO, member: zipfile.ZipInfo, watcher_for: Callable[[bytes], Watcher | None]) -> None:
    """Unpack one member in chunks; `watcher_for` its first chunk gives who looks at them. Raises FileRefused."""
    rest, watch, is_xml = b"", None, None
    for piece in _unpacked(stream, member):
        chunk = rest + piece
        if is_xml is None:
            is_xml = _is_xml(chunk)
            watch = watcher_for(chunk) if is_xml else None
        if is_xml and _FORBIDDEN_XML.search(chunk):
            raise FileRefused("The file holds a document type with entities, which no XLSX needs. Save it anew.")
        if watch is not None:
            watch(chunk, len(rest))
        rest = chunk[-OVERLAP_BYTES:]


def _is_xml(start: bytes) -> bool:
    if start.startswith((b"\xfe\xff", b"\xff\xfe", b"\x00", b"<\x00")):
        raise FileRefused(_DAMAGED)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    encoding = _XML_ENCODING.match(text)
    if encoding is not None and encoding[1].lower() not in (b"utf-8", b"us-ascii"):
        raise FileRefused(_DAMAGED)
    return text.startswith(b"<")


def _unpacked(stream: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a member and insist that it is as large as the directory says."""
    try:
        stream.seek(member.header_offset)
        signature, name_length, extra_length = _LOCAL_HEADER.unpack(stream.read(_LOCAL_HEADER.size))
        if signature != b"PK\x03\x04":
            raise FileRefused(_DAMAGED)
        stream.seek(name_length + extra_length, 1)
        size = 0
        for piece in _inflated(stream, member):
            size += len(piece)
            if size > member.file_size:
                raise FileRefused(_DAMAGED)
            yield piece
    except _BROKEN as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused(_DAMAGED) from None
    if size != member.file_size:
        raise FileRefused(_DAMAGED)


def _inflated(stream: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    left = member.compress_size
    inflater = zlib.decompressobj(-zlib.MAX_WBITS) if member.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        packed = stream.read(min(left, CHUNK_BYTES))
        if not packed:
            raise EOFError
        left -= len(packed)
        if inflater is None:
            yield packed
            continue
        while packed and not inflater.eof:
            piece = inflater.decompress(packed, CHUNK_BYTES)
            packed = inflater.unconsumed_tail
            if piece:
                yield piece
        if inflater.unused_data:
            raise EOFError
    if inflater is not None and not inflater.eof:
        raise EOFError
