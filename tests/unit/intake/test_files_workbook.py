"""An XLSX file is looked through byte by byte before anything lays it out in memory."""

import io
import struct
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import MAIN, column_letters, workbook

from sightline.domain.intake.files.workbook import read_workbook
from sightline.domain.intake.row import FileRefused

SAMPLE = Path(__file__).parents[2] / "samples" / "annex_a" / "Annex_A_2024_Jan.xlsx"


def read(content):
    records, note = read_workbook(io.BytesIO(content), len(content))
    return list(records), note


def refusal_of(content):
    with pytest.raises(FileRefused) as refused:
        read(content)
    return refused.value.because


def sheet(body):
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def strings(*texts):
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return {"xl/sharedStrings.xml": f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{MAIN}">{items}</sst>'}


def test_days_stay_days_and_whole_numbers_lose_their_point():
    records, note = read(workbook([["upn", "start", "n"], ["A1", date(2025, 6, 2), 10.0], ["Zoë", "", 4.5]]))
    assert records == [
        (1, ["upn", "start", "n"], None),
        (2, ["A1", "2025-06-02", "10"], None),
        (3, ["Zoë", "", "4.5"], None),
    ]
    assert note is None


def test_rows_keep_the_numbers_of_the_sheet_and_empty_ones_are_passed_over():
    body = '<row r="3"><c r="C3"><v>1</v></c></row><row r="5"><c r="D5"><v>2</v></c></row>'
    records = read(workbook(sheet(body)))[0]
    assert [(number, cells) for number, cells, _ in records] == [(3, ["1", ""]), (5, ["", "2"])]


def test_cells_that_do_not_say_where_they_are_follow_one_another():
    body = '<row><c t="inlineStr"><is><t>a</t></is></c><c><v>1</v></c></row><row><c><v>2</v></c></row>'
    assert [cells for _, cells, _ in read(workbook(sheet(body)))[0]] == [["a", "1"], ["2", ""]]


def test_only_the_first_sheet_is_read_and_the_sender_is_told():
    records, note = read(workbook([["a"]], [["b"]], [["c"]]))
    assert [cells for _, cells, _ in records] == [["a"]]
    assert "2 more" in note


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><f>1+1</f><v>2</v></c>',
        '<c r="A1"><f t="shared" ref="A1:A9" si="0">B1</f><v>2</v></c>',
        '<c r="A1"><f\n>1+1</f></c>',
        '<c r="A1"><f/></c>',
        f'<x:c xmlns:x="{MAIN}" r="A1"><x:f>1+1</x:f></x:c>',
    ],
)
def test_a_formula_element_refuses_the_workbook(cell):
    assert "formulas" in refusal_of(workbook(sheet(f'<row r="1">{cell}</row>')))


def test_a_real_workbook_with_formulas_is_refused():
    assert "formulas" in refusal_of(SAMPLE.read_bytes())


def test_a_text_cell_that_is_a_formula_is_refused_and_named():
    assert "Row 2, cell 2" in refusal_of(workbook([["a", "b"], ["x", "\u200b=cmd|' /C calc'!A0"]]))
    assert "Row 1, cell 3" in refusal_of(workbook([["", "", "=1"]]))


@pytest.mark.parametrize(
    "body",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c r="SA900000"><v>1</v></c></row>',
        "<row r = '1'><c r\t=\n'XFD1048576'><v>1</v></c></row>",
        '<row r="99999999999999999999"><c r="A99999999999999999999"><v>1</v></c></row>',
        "<row>" + "<c><v>7</v></c>" * 3_000 + "</row>",
        "<row>" + "<c><v>7</v></c>" * 499 + "</row>" + "<row><c/></row>" * 70_000,
        f'<x:row xmlns:x="{MAIN}">' + "<x:c><x:v>7</x:v></x:c>" * 3_000 + "</x:row>",
    ],
)
def test_cells_far_apart_that_would_fill_memory_are_refused(body):
    because = refusal_of(workbook(sheet(body), compression=zipfile.ZIP_STORED))
    assert "wider than" in because


def test_a_long_text_used_very_often_is_refused():
    rows = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{column_letters(place)}{row}" t="s"><v>0</v></c>' for place in range(1, 41))
        + "</row>"
        for row in range(1, 600)
    )
    assert "repeats very long texts" in refusal_of(workbook(sheet(rows), more=strings("A" * 30_000)))


def test_shared_texts_of_ordinary_length_are_read():
    body = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>'
    assert read(workbook(sheet(body), more=strings("one", "two")))[0] == [(1, ["two", "one"], None)]


def test_a_zip_bomb_is_refused_by_its_directory_before_it_is_unpacked():
    assert "zip bomb" in refusal_of(workbook([["a"]], more={"xl/media/big.xml": b"\0" * 50_000_000}))


def test_a_directory_that_lies_about_sizes_is_refused():
    content = workbook(sheet("<row r='1'><c r='A1'><v>1</v></c></row>" + "<row/>" * 5000))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = archive.getinfo("xl/worksheets/sheet1.xml")
        size, crc = member.file_size, zlib.crc32(archive.read(member)[:100])
    for header, at in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        place = content.rfind(
            header,
            0,
            content.find(b"xl/worksheets/sheet1.xml", content.find(b"PK\x01\x02") if header == b"PK\x01\x02" else 0),
        )
        assert struct.unpack_from("<I", content, place + at + 8)[0] == size
        content = content[: place + at] + struct.pack("<I", crc) + content[place + at + 4 :]
        content = content[: place + at + 8] + struct.pack("<I", 100) + content[place + at + 12 :]
    assert "mislead" in refusal_of(content)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({"xl/extra.xml": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'}, "document type"),
        ({"xl/extra.xml": " " * 5000 + "<a/>" + " " * 300_000 + "<!ENTITY b 'c'>"}, "document type"),
        ({"xl/extra.xml": "<a/>".encode("utf-16")}, "mislead"),
        ({"xl/extra.xml": '<?xml version="1.0" encoding="UTF-7"?><a/>'}, "mislead"),
        ({"XL/WORKBOOK.xml": "<a/>"}, "mislead"),
        ({f"x{n}": b"" for n in range(2100)}, "far more parts"),
    ],
)
def test_what_no_honest_workbook_holds_is_refused(more, words):
    assert words in refusal_of(workbook([["a"]], more=more))


def test_an_encrypted_member_is_refused():
    content = bytearray(workbook([["a"]]))
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    assert "password" in refusal_of(bytes(content))


@pytest.mark.parametrize("cut", [30, 200, -1, -30])
def test_a_damaged_workbook_is_refused(cut):
    assert "mislead" in refusal_of(workbook([["a"]])[:cut])


@pytest.mark.parametrize(
    "content",
    [workbook("<nosheet/>", more={"xl/workbook.xml": "<nothing/>"}), workbook([["a"]], more={"_rels/.rels": "<x"})],
)
def test_a_workbook_without_readable_sheets_is_refused_or_empty(content):
    try:
        records, _ = read(content)
    except FileRefused as refused:
        assert "cannot be read" in refused.because or "no sheet" in refused.because
    else:
        assert records == [] or records[0][1] == ["a"]


FRAGMENTS = (
    "<row>", "</row>", '<row r="3">', '<row r="0">', '<c r="A1">', '<c r="B2" t="s">', '<c t="s">', '<c t="b">',
    '<c t="e">', '<c t="d">', '<c t="n" s="1">', '<c r="A0">', '<c r="a1">', '<c r="">', '<c r="1A">', '<c r="AAA1">',
    "</c>", "<v>1</v>", "<v>999</v>", "<v>-1</v>", "<v>NaN</v>", "<v>1e400</v>", "<v>2025-06-02</v>",
    "<v>99999999999</v>", "<v>x</v>", "<v/>", "<is><t>Zo\u00eb</t></is>", "<is><t/></is>", "&lt;", "&bad;", "]]>",
    "<mergeCell ref='A1:XFD9'/>", "<dimension ref='A1:XFD1048576'/>", "text", "</sheetData>", "<sheetData>",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(body=st.lists(st.sampled_from(FRAGMENTS), max_size=20))
def test_no_sheet_makes_the_reading_fail_otherwise_than_in_words(body):
    content = workbook(sheet("".join(body)), more=strings("one", "two"), compression=zipfile.ZIP_STORED)
    try:
        records, _ = read(content)
    except FileRefused as refused:
        assert refused.because
    else:
        assert all(isinstance(cell, str) for _, cells, _ in records for cell in cells)
