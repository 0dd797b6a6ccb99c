"""Put a look back on paper, for a practice review: the words of the page, and what they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sightline
from sightline.interfaces.web.lookback.picture import Picture
from sightline.interfaces.web.lookback.sheet import Sheets
from sightline.interfaces.web.lookback.showing import BackShown, Rows
from sightline.interfaces.web.moments import moment_in_words

PART = ("This is a part of the record: what the agency of who exported it told, and what was shared with it. What "
        "others knew is not in it, so it cannot say what all could have seen together.")
LONG = ("This record is long: it is looked back on from {since} on. What could be seen then already stands with that "
        "moment. The command line looks back on all of it.")
RULES_SAY = {"today": "Every day is read with the rules of today.",
             "then": "Each day is read with the rules that were in force on that day; before the first there was none."}
AGENCIES_A_TABLE = 4
HEADING = 12.0
SCALE = 0.36
"""Millimetres on paper for a unit of the drawing."""


@dataclass(frozen=True, slots=True)
class Export:
    """Hold who exported what: the child's name, as of when, with which rules, by whom, and whether it is the whole."""

    name: str
    at: datetime
    rules: str
    by: str
    agency: str
    purpose: str
    whole: bool
    since: datetime | None
    joined: Sequence[tuple[datetime, str]]


def paper(shown: BackShown, drawn: Picture | None, export: Export) -> bytes:
    """Write the look back as PDF."""
    version = sightline.__version__
    as_of = moment_in_words(export.at)
    sheets = Sheets(
        title="Look back", head="Look back. Confidential: for the review of how this child was protected.",
        foot=f"As of {as_of}. Sightline {version}. Exported by {export.by}, {export.agency}."[:160],
        made_at=export.at)
    sheets.heading("Look back")
    sheets.paragraph(f"Child: {export.name}")
    sheets.paragraph(f"As of {as_of}. Exported by {export.by}, {export.agency}. Purpose: {export.purpose}. "
                     f"Sightline {version}.")
    sheets.paragraph(f"{RULES_SAY[export.rules]} Editions under which signs were found: "
                     f"{', '.join(shown.editions) or 'none'}.")
    if not export.whole:
        sheets.paragraph(PART, bold=True)
    if export.since is not None:
        sheets.paragraph(LONG.format(since=moment_in_words(export.since)), bold=True)
    sheets.heading("What this look back finds", level=2)
    for sentence in shown.says:
        sheets.paragraph(sentence, bullet=True, bold=sentence == shown.difference)
    if drawn is not None:
        _picture(sheets, drawn)
        _sights(sheets, shown.sights)
    for table in (shown.recognitions, shown.duties):
        if table.rows:
            sheets.heading(table.caption, level=2)
            sheets.rows(table.columns, [[str(cell) for cell in row] for row in table.rows])
    sheets.heading(shown.days.caption, level=2)
    for day, changes in shown.days.rows:
        sheets.paragraph(str(day), bold=True)
        for change in changes if isinstance(changes, list) else ():
            sheets.paragraph(str(change), bullet=True)
    for joined_at, because in export.joined:
        sheets.paragraph(f"Records were found to be this child's on {moment_in_words(joined_at)}: {because}.")
    return bytes(sheets.output())


def _sights(sheets: Sheets, sights: Rows) -> None:
    """Write who could see which sign, a few agencies to a table."""
    sheets.heading(sights.caption, level=2)
    agencies = len(sights.columns) - 3
    for first in range(0, max(agencies, 1), AGENCIES_A_TABLE):
        chosen = [0, *([1, 2] if first == 0 else []),
                  *range(3 + first, min(3 + first + AGENCIES_A_TABLE, len(sights.columns)))]
        sheets.rows([sights.columns[i] for i in chosen], [[str(row[i]) for i in chosen] for row in sights.rows])


def _picture(sheets: Sheets, drawn: Picture) -> None:
    """Draw what the page draws."""
    height = drawn.height * SCALE
    fits = height + HEADING <= sheets.eph - HEADING
    if fits and sheets.get_y() + height + HEADING > sheets.page_break_trigger:
        sheets.add_page()
    sheets.heading("When each sign could have been seen", level=2)
    if not fits:
        sheets.paragraph("There are too many signs to draw on one sheet: the table says the same.")
        return
    left, top = sheets.get_x(), sheets.get_y()
    sheets.small()

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * SCALE, top + y * SCALE

    for column in drawn.columns:
        sheets.set_draw_color(190)
        sheets.line(*at(column.place, 30), *at(column.place, drawn.bottom))
        x, y = at(column.place, drawn.height - 14)
        sheets.text(min(x, left + drawn.width * SCALE - 18), y, column.words)
    sheets.set_draw_color(0)
    if drawn.recognised_x is not None:
        sheets.set_dash_pattern(dash=2, gap=1.5)
        sheets.line(*at(drawn.recognised_x, 24), *at(drawn.recognised_x, drawn.bottom))
        sheets.set_dash_pattern()
        sheets.text(*at(drawn.recognised_x - 40, 18), "first recognised")
    for row in drawn.rows:
        sheets.text(*at(0, row.y + 6), row.code)
        sheets.set_fill_color(29, 112, 184)
        for x, width in row.bars:
            sheets.rect(*at(x, row.y - 5), width * SCALE, 10 * SCALE, style="F")
        sheets.set_fill_color(255)
        if row.told_x is not None:
            sheets.circle(*at(row.told_x, row.y), 8 * SCALE, style="DF")
        sheets.set_fill_color(0)
        if row.alone_x is not None:
            sheets.polygon([at(row.alone_x, row.y - 9), at(row.alone_x + 9, row.y), at(row.alone_x, row.y + 9),
                            at(row.alone_x - 9, row.y)], style="F")
    sheets.set_fill_color(255)
    sheets.set_xy(left, top + height)
    sheets.paragraph(LEGEND)


LEGEND = ("Bar: all agencies together could see it, had each told at once. Circle: Sightline had been told enough. "
          "Diamond: the first agency could see it alone; no diamond, no agency alone. Dashed line: the first "
          "recognition that an agency recorded.")
