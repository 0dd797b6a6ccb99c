"""Sheets of PDF lose nothing of a text: other scripts, signs that turn text round, and names without an end."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from sightline.interfaces.web.lookback.sheet import Sheets, readable

AT = datetime(2026, 5, 1, tzinfo=UTC)


def sheets() -> Sheets:
    return Sheets(title="Look back", head="Confidential", foot="As of today", made_at=AT)


def text_of(made: Sheets) -> tuple[str, int]:
    pages = PdfReader(BytesIO(bytes(made.output()))).pages
    return "".join(page.extract_text() for page in pages), len(pages)


@pytest.mark.parametrize("name", [
    "Zoë Ní Bhriain-Ó Súilleabháin", "Łukasz Žižka", "Δημήτρης", "Оксана", "Nguyễn Thị Minh Khai", "😀",
])
def test_a_name_that_the_font_can_show_stands_as_it_was_told(name: str):
    made = sheets()
    made.paragraph(f"Child: {name}")
    made.rows(("Name",), [(name,)])
    assert text_of(made)[0].count(name) == 2


def test_what_cannot_be_shown_or_turns_other_text_round_stands_as_its_number():
    glyphs = sheets().glyphs
    assert readable("李\u202eevil\x00\n", glyphs) == "[U+674E][U+202E]evil[U+0000][U+000A]"
    assert readable("محمد שלום", glyphs) == "محمد שלום"


def test_text_from_right_to_left_is_printed_and_not_lost():
    made = sheets()
    made.paragraph("Child: محمد שלום")
    told, _ = text_of(made)
    assert all(letter in told for letter in "שלום")


def test_ten_thousand_letters_are_all_there_over_several_sheets():
    made = sheets()
    made.paragraph("W" * 10_000, bullet=True)
    made.rows(("Who", "What"), [("V" * 10_000, "told"), ("next", "row")])
    made.heading("Q" * 10_000, level=2)
    told, pages = text_of(made)
    assert (told.count("V"), told.count("Q")) == (10_000, 10_000)
    assert told.count("W") == 10_000 + told.count("Who") + told.count("What")
    assert pages > 5
    assert f"Page {pages} of {pages}." in told


def test_each_sheet_says_what_it_is_and_the_head_of_a_table_is_repeated():
    made = sheets()
    made.rows(("Duty", "Owed by"), [(f"duty {n}", "school") for n in range(120)])
    told, pages = text_of(made)
    assert told.count("Confidential") == told.count("Owed by") == pages
    assert pages > 2
    assert [f"duty {n}" for n in range(120) if f"duty {n}" not in told] == []
