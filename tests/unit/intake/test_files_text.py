"""A text file is looked through before it is believed: encoding, NULs, endless lines, formulas, quotes."""

import io
import tracemalloc

import pytest

from sightline.domain.intake.feeds import FEEDS
from sightline.domain.intake.files.delimited import read_delimited
from sightline.domain.intake.files.formula import is_formula, may_hold_formula
from sightline.domain.intake.files.survey import WINDOWS_NOTE, kind_of, size_of, survey
from sightline.domain.intake.row import FileRefused, Sender


def rows_of(content):
    stream = io.BytesIO(content)
    look = survey(stream)
    return [cells for _, cells, _ in read_delimited(stream, look)], look


def refusal_of(content, read=rows_of):
    with pytest.raises(FileRefused) as refused:
        read(content)
    return refused.value.because


class Endless(io.RawIOBase):
    """A file of one line that is never held anywhere; it counts how much of it is read."""

    def __init__(self, size, byte=b"a"):
        self.size, self.byte, self.place, self.given = size, byte, 0, 0

    def seekable(self):
        return True

    def readable(self):
        return True

    def seek(self, offset, whence=0):
        self.place = offset if whence == 0 else self.size + offset
        return self.place

    def readinto(self, buffer):
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def read(self, size=-1):
        size = self.size - self.place if size < 0 else min(size, self.size - self.place)
        assert size < 33_000_000, "nobody may ask for so much at once"
        self.place += size
        self.given += size
        return self.byte * size


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_names_come_through_in_every_encoding_that_is_read(encoding):
    rows, look = rows_of("name\r\nZoë\r\nSeán\r\nO’Neill\r\n".encode(encoding))
    assert rows == [["name"], ["Zoë"], ["Seán"], ["O’Neill"]]
    assert look.note == (WINDOWS_NOTE if encoding == "cp1252" else None)


def test_a_mixture_of_encodings_is_refused_because_half_of_the_names_would_be_wrong():
    assert "names would be read wrongly" in refusal_of("Zoë\n".encode() + "Zoë\n".encode("cp1252"))


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_dos_and_macintosh_texts_are_refused_rather_than_read_wrongly(encoding):
    assert "save it as UTF-8" in refusal_of("name\nJosé Müller, Ængus, Häkan, Ênio\n".encode(encoding))


def test_a_letter_cut_off_at_the_end_is_no_utf8():
    rows, look = rows_of(b"name\nZo" + "ë".encode()[:1])
    assert look.note == WINDOWS_NOTE
    assert rows[1] == ["ZoÃ"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n1,\x002\n", "NUL"),
        ("a,b\n1,\x002\n".encode("utf-16"), "NUL"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "says that it is UTF-16"),
        (b"\n\n  \n", "no rows"),
        (b'a,b\n"x,1\n' + b"y,2\n" * 400_000, "never closed"),
        (b'a,b\n"x"y,1\n', "After row 1 the quotation marks"),
        (b'a,b\n"x,1\n', "After row 1 the quotation marks"),
        (b"a," * 600 + b"\n", "more than 500 columns"),
    ],
)
def test_what_is_no_table_is_refused_whole(content, words):
    assert words in refusal_of(content)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"\xd0\xcf\x11\xe0", "old Excel file"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "unpack it first"),
        (b"\x89PNG", "picture"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "UTF-32"),
    ],
)
def test_kinds_of_files_that_cannot_be_read_are_named(start, words):
    assert words in refusal_of(start, lambda content: kind_of(io.BytesIO(content)))


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"PK\x03\x04", "xlsx"),
        (b"\xef\xbb\xbf<?xml", "xml"),
        (b' \n{"a"', "json"),
        (b"[", "json"),
        ("[{".encode("utf-16"), "json"),
        (b"upn,name", "csv"),
        (b"\x00\x01\x02", "csv"),
    ],
)
def test_the_kind_of_a_file_is_seen_in_its_first_bytes(start, kind):
    assert kind_of(io.BytesIO(start)) == kind


def test_an_empty_file_and_a_file_above_the_limit_are_refused():
    assert "empty" in refusal_of(b"", lambda content: size_of(io.BytesIO(content), 10))
    assert "most that is read" in refusal_of(b"12345678901", lambda content: size_of(io.BytesIO(content), 10))


@pytest.mark.parametrize("byte", [b"a", b",", b'"', b"\xc3"])
def test_a_line_of_a_gigabyte_is_refused_after_its_first_million_bytes(byte):
    stream = Endless(1_000_000_000, byte)
    with pytest.raises(FileRefused, match="longer than 1,000,000 bytes"):
        survey(stream)
    assert stream.given < 2_000_000


def test_a_long_line_is_found_wherever_the_chunks_fall():
    fine = b"x" * 999_000 + b"\n"
    assert survey(io.BytesIO(fine * 3)).note is None
    assert "longer than" in refusal_of(fine + b"y" * 1_000_001 + b"\n" + fine)


def test_old_macintosh_line_ends_are_line_ends():
    rows, _ = rows_of(b"a,b\r1,2\r3,4\r")
    assert rows == [["a", "b"], ["1", "2"], ["3", "4"]]


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_other_delimiters_are_found_by_the_first_line(mark):
    rows, _ = rows_of(f"a{mark}b{mark}c\n1{mark}2,5{mark}3\n".encode())
    assert rows[1] == ["1", "2,5", "3"]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them():
    stream = io.BytesIO(b'a,b\n\n"one\ntwo",2\n3,4\n')
    assert [(number, cells) for number, cells, _ in read_delimited(stream, survey(stream))] == [
        (1, ["a", "b"]),
        (3, ["one\ntwo", "2"]),
        (4, ["3", "4"]),
    ]


def test_a_control_character_turns_its_row_back_and_no_other():
    stream = io.BytesIO(b"a,b\n1,x\x0by\n2,z\n")
    assert [damage is not None for _, _, damage in read_delimited(stream, survey(stream))] == [False, True, False]


FORMULAS = [
    "=1+1", "= 1", '="00123"', "\t=1", "\u200b=1", "\ufeff=1", "\u00a0\u2060=1", "\uff1d1+1", "@SUM(1+1)*cmd",
    "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@HYPERLINK(\"x\")", "+SUM (1)", "-a.b(1)", "\u202e=1", "\x01=1",
    "\U000e0001=1", "+\uff33UM\uff081)", "\u2212SUM(1)",
]  # fmt: skip
HARMLESS = [
    "+44 (0)20 7946 0000", "-1.0", "-", "+", "@", "@jamie", "a=b", "O'Neill", "1=1", "-Smith", "(=1)", "", "'=1",
    "07700 900123", "+447700900123", "-3 to 4", "x|y",
]  # fmt: skip


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_is_one_whatever_hides_it(cell):
    assert is_formula(cell)


@pytest.mark.parametrize("cell", HARMLESS)
def test_telephone_numbers_and_names_are_no_formulas(cell):
    assert not is_formula(cell)


@pytest.mark.parametrize("cell", [cell for cell in FORMULAS if "\x00" not in cell])
def test_a_file_with_a_formula_in_any_cell_is_refused_and_the_cell_is_named(cell):
    quoted = '"' + cell.replace('"', '""') + '"'
    assert "Row 3, cell 2 holds a formula" in refusal_of(f"a,b\nx,y\nz,{quoted}\n".encode())
    for mark in ";\t|":
        if mark not in cell:
            assert "Row 2, cell 2" in refusal_of(f'"a"{mark}"b"\n"x"{mark}{quoted}\n'.encode())
    if not set(cell) & set('",|\t'):
        assert "Row 2, cell 1 holds a formula" in refusal_of(f"a,b\n{cell},z\n".encode())


def test_a_row_of_endless_cells_is_refused_before_it_fills_memory():
    assert "never closed" in refusal_of(b"a,b\n" + b'"x\n",' * 300_000)


@pytest.mark.parametrize("size", [1_000_000_000, 30_000_000])
@pytest.mark.parametrize(
    ("name", "byte"),
    [("exclusions", b"a"), ("ssda903", b'"'), ("police-custody", b"{"), ("timeline", b"{"), ("social-care-api", b"["),
     ("cin-census", b"<")],
)  # fmt: skip
def test_a_line_without_end_is_refused_by_every_kind_of_feed_with_little_memory(name, byte, size):
    stream = io.BufferedReader(Endless(size, byte))
    tracemalloc.start()
    with pytest.raises(FileRefused):
        list(FEEDS[name].sort(stream, Sender("Knowsley", "council"), limit_bytes=2_000_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000_000


@pytest.mark.parametrize("cell", ["+" + "a" * 130_000, "+" + "a." * 60_000, "-" + "a \u200b" * 40_000, "\t" * 130_000])
def test_a_long_cell_is_judged_in_the_time_of_its_length(cell):
    assert not is_formula(cell)


@pytest.mark.parametrize("line", ['"' * 900_000, "\t" * 900_000, " " * 900_000, "x\t" * 400_000, ", " * 400_000])
def test_a_long_line_is_looked_at_in_the_time_of_its_length(line):
    assert not may_hold_formula(line + "x")
    assert may_hold_formula('"x"\t=1')
    assert may_hold_formula(line + "=1")
