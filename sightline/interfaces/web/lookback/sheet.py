"""Write sheets of PDF: headings, paragraphs and tables in a font that ships with us; nothing of a text is ever lost.

The file has a title, a language and an outline, but no tags: the page says the same and is the accessible form.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import CoreFont, TTFFont

FONTS = Path(__file__).parents[1] / "fonts"
FAMILY = "DejaVu"
BODY, SMALL, LINE = 9.5, 8.0, 5.0
ROW_LINE = 4.2
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
        self.c_margin = 0
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
        """Write a heading, which stands in the outline, too; never as the last line of a sheet."""
        self.ln(2)
        self._room(4 * LINE)
        self.set_font(FAMILY, "B", 17 - 4 * level)
        self.start_section(words, level=level - 1)
        self._lines(words, height=7, indent=0)

    def paragraph(self, words: str, *, bullet: bool = False, bold: bool = False) -> None:
        """Write a paragraph, or a point of a list."""
        self.set_font(FAMILY, "B" if bold else "", BODY)
        if bullet:
            self._room(LINE)
            self.text(self.l_margin, self.get_y() + 0.7 * LINE, "•")
        self._lines(words, height=LINE, indent=4 if bullet else 0)
        self.ln(1)

    def small(self) -> None:
        """Write on in small letters."""
        self.set_font(FAMILY, size=SMALL)

    def rows(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Write a table, its columns of one width; its head is repeated on each sheet, and a long row goes on."""
        self._row(columns, bold=True)
        for row in rows:
            if self.get_y() + 2 * LINE > self.page_break_trigger:
                self.add_page()
                self._row(columns, bold=True)
            self._row(row, bold=False)
        self.ln(3)

    def _row(self, cells: Sequence[str], *, bold: bool) -> None:
        self.set_font(FAMILY, "B" if bold else "", SMALL)
        width = self.epw / len(cells)
        wrapped = [self._wrapped(cell, width - 3) for cell in cells]
        for number in range(max(map(len, wrapped))):
            self._room(ROW_LINE)
            for place, lines in enumerate(wrapped):
                if number < len(lines):
                    self._line(self.l_margin + place * width, lines[number], ROW_LINE)
            self.ln(ROW_LINE)
        self.set_draw_color(160)
        self.line(self.l_margin, self.get_y() + 0.8, self.l_margin + self.epw, self.get_y() + 0.8)
        self.set_draw_color(0)
        self.ln(1.8)

    def _lines(self, words: str, *, height: float, indent: float) -> None:
        for line in self._wrapped(words, self.epw - indent):
            self._room(height)
            self._line(self.l_margin + indent, line, height)
            self.ln(height)

    def _room(self, height: float) -> None:
        """Begin another sheet where this one has no room, in the same font."""
        if self.get_y() + height > self.page_break_trigger:
            style, size = self.font_style, self.font_size_pt
            self.add_page()
            self.set_font(FAMILY, style, size)

    def _line(self, x: float, line: str, height: float) -> None:
        if not any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in line):
            self.text(x, self.get_y() + 0.7 * height, line)
            return
        y = self.get_y()
        self.set_text_shaping(True)
        self.set_xy(x, y)
        self.cell(0, height, line)
        self.set_text_shaping(False)
        self.set_xy(self.l_margin, y)

    def _wrapped(self, words: str, width: float) -> list[str]:
        """Break a text into lines by the widths of its letters; a word that is longer than a line is broken."""
        widths, most = self._widths(), width
        lines, line, used = [], "", 0.0
        for word in re.findall(r"\S+\s*|\s+", readable(words, self.glyphs)):
            for piece in _pieces(word, widths, most):
                long = sum(widths[char] for char in piece)
                if line and used + sum(widths[char] for char in piece.rstrip()) > most:
                    lines.append(line)
                    line, used = "", 0.0
                line, used = line + piece, used + long
        return [*lines, line]

    def _widths(self) -> "Widths":
        return Widths(_ours(self.fonts[self.font_family + self.font_style]), self.font_size)


class Widths(dict[str, float]):
    """Hold the width of each letter of a font at a size, in millimetres, as it is asked for."""

    def __init__(self, font: TTFFont, size: float) -> None:
        super().__init__()
        self._font, self._size = font, size

    def __missing__(self, char: str) -> float:
        """Measure a letter once."""
        self[char] = self._font.cw[ord(char)] * self._size / 1000
        return self[char]


def _pieces(word: str, widths: Widths, most: float) -> Iterator[str]:
    piece, used = "", 0.0
    for char in word:
        if piece and used + widths[char] > most and not char.isspace():
            yield piece
            piece, used = "", 0.0
        piece, used = piece + char, used + widths[char]
    yield piece


def readable(text: str, glyphs: frozenset[int]) -> str:
    """Give a text with what the font cannot show, and what turns or hides other text, as its number: [U+202E]."""
    return "".join(char if ord(char) in glyphs and unicodedata.category(char)[0] != "C" else f"[U+{ord(char):04X}]"
                   for char in unicodedata.normalize("NFC", text))


def _ours(font: CoreFont | TTFFont) -> TTFFont:
    assert isinstance(font, TTFFont)  # nosec B101
    return font
