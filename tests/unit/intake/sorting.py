"""Sort small files in tests: from text, or from rows of cells."""

import io
from datetime import date

from sightline.domain.intake.feeds import FEEDS
from sightline.domain.intake.row import Sender

KNOWSLEY = Sender("Knowsley", "council", "E08000011")
LANCASHIRE = Sender("Lancashire Constabulary", "police", "E23000003")
ON = date(2026, 6, 1)


def sort(feed, content, *, sender=KNOWSLEY, on=ON, **more):
    """Sort text or bytes."""
    content = content.encode() if isinstance(content, str) else content
    return list(FEEDS[feed].sort(io.BytesIO(content), sender, on=on, **more))


def sort_cells(feed, *rows, **more):
    """Sort rows given as dictionaries from column to cell; all columns of all rows make the heading row."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(names)]
    for row in rows:
        cells = (str(row.get(name, "")) for name in names)
        lines.append(
            ",".join('"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\n') else cell for cell in cells)
        )
    return sort(feed, "\n".join(lines) + "\n", **more)


def faults_of(rows, *, turns_back=None):
    """Give (column, words) of all faults."""
    return [
        (fault.column, fault.fault)
        for row in rows
        for fault in row.faults
        if turns_back is None or fault.turns_back == turns_back
    ]


def only(rows):
    """Give the one row there is, with everything it tells by kind."""
    (row,) = rows
    return row


def told(row, kind):
    """Give the one telling of this kind."""
    (found,) = [one for one in row.told if one.kind == kind]
    return found


def kinds(row):
    """Give the kinds that a row tells, in order."""
    return [one.kind for one in row.told]
