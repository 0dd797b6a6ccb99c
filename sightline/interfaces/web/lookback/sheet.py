"""Write sheets of PDF: headings, paragraphs and tables in a font that ships with us; nothing of a text is ever lost.

The file has a title, a language and an outline, but no tags: the page says the same and is the accessible form.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import CoreFont, TTFFont

FONTS = Path(__file__).parents[1] / "fonts"
FAMILY = "DejaVu"
BODY, SMALL, LINE = 9.5, 8.0, 5.0
LONGEST_CELL = 400
"""A longer text in a table stands in full below it: a row that is higher than a sheet could not be printed."""

RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


class Sheets(FPDF):
    """Write sheets in A4, landscape, each with a head and a foot; `foot` stands beside the page number."""

    def __init__(self, *, title: str, head: str, foot: str, made_at: datetime) -> None:
        super().__init__(orientation="landscape", format="A4")
        self.add_font(FAMILY, "", FONTS / "DejaVuSans.ttf")
        self.add_font(FAMILY, "B", FONTS / "DejaVuSans-Bold.ttf")
        self.head, self.foot = head, foot
        self.glyphs = frozenset(_ours(self.fonts[FAMILY.lower()]).cmap)
        self.set_lang("en-GB")
        self.set_title(title)
        self.set_creation_date(made_at)
        self.set_margins(14, 12, 14)
        self.set_auto_page_break(auto=True, margin=16)
        self.set_font(FAMILY, size=BODY)
        self.add_page()

    def header(self) -> None:
        """Say on each sheet what it is: sheets fall out of a folder."""
        self.set_font(FAMILY, size=SMALL)
        self.cell(0, LINE, self.head, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)

    def footer(self) -> None:
        """Number each sheet, beside what it rests on."""
        self.set_y(-12)
        self.set_font(FAMILY, size=SMALL)
        self.cell(0, LINE, f"Page {self.page_no()} of {{nb}}. {self.foot}")

    def heading(self, words: str, *, level: int = 1) -> None:
        """Write a heading, which stands in the outline, too."""
        self.set_font(FAMILY, "B", 17 - 4 * level)
        self.ln(2)
        if self.will_page_break(3 * LINE):
            self.add_page()
            self.set_font(FAMILY, "B", 17 - 4 * level)
        self.start_section(words, level=level - 1)
        self._lines(words, 7)
        self.set_font(FAMILY, size=BODY)

    def paragraph(self, words: str, *, bullet: bool = False, bold: bool = False) -> None:
        """Write a paragraph, or a point of a list."""
        self.set_font(FAMILY, "B" if bold else "", BODY)
        self._lines(f"•  {words}" if bullet else words, LINE)
        self.ln(1)

    def rows(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Write a table; its head is repeated on each sheet."""
        notes: list[str] = []
        told = [[self._short(readable(cell, self.glyphs), notes) for cell in row] for row in (columns, *rows)]
        self.set_font(FAMILY, size=SMALL)
        self.set_text_shaping(any(_turns(cell) for row in told for cell in row))
        with self.table(line_height=LINE - 0.6, text_align="LEFT", padding=1, headings_style=self.font_face()) as table:
            for row in told:
                drawn = table.row()
                for cell in row:
                    drawn.cell(cell)
        self.set_text_shaping(False)
        for number, note in enumerate(notes, 1):
            self._lines(f"Note {number}: {note}", LINE)
        self.ln(3)

    def _lines(self, words: str, height: float) -> None:
        text = readable(words, self.glyphs)
        self.set_text_shaping(_turns(text))
        self.multi_cell(0, height, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_text_shaping(False)

    def _short(self, text: str, notes: list[str]) -> str:
        if len(text) <= LONGEST_CELL:
            return text
        notes.append(text)
        return f"{text[:LONGEST_CELL // 4]}… (in full in note {len(notes)} below this table)"


def readable(text: str, glyphs: frozenset[int]) -> str:
    """Give a text with what the font cannot show, and what turns or hides other text, as its number: [U+202E]."""
    return "".join(char if ord(char) in glyphs and unicodedata.category(char)[0] != "C" else f"[U+{ord(char):04X}]"
                   for char in unicodedata.normalize("NFC", text))


def _ours(font: CoreFont | TTFFont) -> TTFFont:
    assert isinstance(font, TTFFont)  # nosec B101
    return font


def _turns(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in text)
