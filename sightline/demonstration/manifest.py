"""What was written: the files in the order in which to import them, the agencies that sent them, their officers."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from sightline.domain.vocabulary.agency import AgencyKind

NOBODY = (
    "Everybody in these files is invented. Places, councils, police forces, schools and formats are real; nothing that "
    "is told of them happened. Telephone numbers are kept for drama, e-mail addresses lead nowhere."
)


@dataclass(frozen=True, slots=True)
class Officer:
    """Hold one invented officer with the role in plain words."""

    name: str
    role: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Agency:
    """Hold one agency of the partnership.

    `code` is its ONS code, LAESTAB or Ofsted number, `covers` the codes of the councils whose children it works with,
    `duty_phone` the number of whoever is on duty out of hours.
    """

    name: str
    kind: AgencyKind
    code: str | None
    covers: tuple[str, ...]
    phone: str
    duty_phone: str
    email: str
    officers: tuple[Officer, ...]


@dataclass(frozen=True, slots=True)
class SentFile:
    """Hold one file: `path` from the folder, the feed it is read as, the agency that sent it, and when it came."""

    path: str
    feed: str
    sent_by: str
    arrived_at: datetime
    rows: int
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """Hold all that was written; `truth` names files that are never imported: they tell who is who."""

    seed: int
    children: int
    today: date
    files: tuple[SentFile, ...]
    agencies: tuple[Agency, ...]
    truth: tuple[str, ...]
    counts: dict[str, int]

    def write(self, folder: Path) -> None:
        """Write it as manifest.json, with a note that nobody in it exists."""
        document = {"note": NOBODY, **asdict(self)}
        text = json.dumps(document, indent=1, default=_plain, ensure_ascii=False)
        (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError
