"""The truth, kept apart from the files: which row is about which child, and how each agency's record is wrong.

It is never imported. It is there to measure how well records are linked: by agency, by mistake, and by ethnic group.
"""

from pathlib import Path

from sightline.demonstration.families import Child
from sightline.demonstration.mistakes import Held
from sightline.demonstration.outgoing import CsvFile

FOLDER = "truth"
ROWS, RECORDS, CHILDREN = "rows.csv", "records.csv", "children.csv"
FILES = (*(f"{FOLDER}/{name}" for name in (ROWS, RECORDS, CHILDREN)), f"{FOLDER}/stories.csv")
RECORD_COLUMNS = (
    "record", "agency", "forename", "surname", "dob", "sex", "postcode", "upn", "nhs", "child", "mistakes",
)
CHILD_COLUMNS = (
    "child", "family", "forename", "surname", "dob", "sex", "upn", "nhs", "ethnicity", "naming_tradition", "twin_of",
)


class Truth:
    """Write the three files of the truth: rows of files, records of agencies, and children."""

    def __init__(self, folder: Path) -> None:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        self.rows = CsvFile(folder / FOLDER / ROWS, ("file", "row", "record", "child"), "utf-8")
        self.records = CsvFile(folder / FOLDER / RECORDS, RECORD_COLUMNS, "utf-8")
        self.children = CsvFile(folder / FOLDER / CHILDREN, CHILD_COLUMNS, "utf-8")

    def child(self, child: Child) -> None:
        """Write who a child really is."""
        self.children.write((
            child.id, child.family.id, child.given, child.surname, child.born_on.isoformat(), child.sex, child.upn,
            child.nhs, child.family.group, child.family.tradition.name, child.twin_of))

    def record(self, record: str, agency: str, held: Held) -> None:
        """Write who an agency says that the child is, and what is wrong with it."""
        self.records.write((
            record, agency, held.given, held.family, held.born_on and held.born_on.isoformat(), held.sex, held.postcode,
            held.upn, held.nhs, held.child.id, "; ".join(held.mistakes)))

    def row(self, file: str, row: int, record: str, child: Child) -> None:
        """Write which record and child a row of a file is about."""
        self.rows.write((file, row, record, child.id))

    def close(self) -> None:
        """Close the three files."""
        for file in (self.rows, self.records, self.children):
            file.close()
