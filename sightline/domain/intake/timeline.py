"""Timelines as JSON Lines: one entry a line, in the form in which Sightline itself writes them."""

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from sightline.domain.intake.entry_line import IDENTIFIERS, IDENTITY_KEYS, NEEDED, EntryLine
from sightline.domain.intake.feed import Column, Feed, Table
from sightline.domain.intake.files.limits import LARGEST_FILE_BYTES
from sightline.domain.intake.files.objects import read_object_lines
from sightline.domain.intake.files.survey import require_kind, size_of
from sightline.domain.intake.order import before, birth, future
from sightline.domain.intake.problem import LONGEST_SHOWN
from sightline.domain.intake.row import Fault, FileRefused, Sender, SortedRow, Told
from sightline.domain.vocabulary.agency import AgencyKind
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.identity import Identity
from sightline.domain.vocabulary.timeline import Timeline

SCHEME = "timeline"

ANOTHER_CHILD = "This is another child than that of the first line; a timeline holds one child."
SAID_BEFORE = "This entry came before, with the same content; it counts once."
SAID_OTHERWISE = "This id came before with other content; this line counts, as a correction."


def read_timeline(stream: BinaryIO, *, limit_bytes: int = LARGEST_FILE_BYTES) -> tuple[Timeline, list[Fault]]:
    """Read the timeline of one child, with the ids that stand in the file, and all that is wrong with it.

    A line that is turned back is left out; so is a line of another child than the first. Of two lines with one id the
    later counts, as it does in an import. Raises FileRefused.
    """
    entries: dict[str, Entry] = {}
    faults: list[Fault] = []
    child = ""
    for number, line, problems in _read_lines(stream, limit_bytes):
        faults += problems
        if line is None:
            continue
        entry = line.entry
        child = child or entry.child
        if entry.child != child:
            faults.append(Fault(number, "child", entry.child[:LONGEST_SHOWN], ANOTHER_CHILD))
            continue
        if entry.id in entries:
            words = SAID_BEFORE if entries[entry.id] == entry else SAID_OTHERWISE
            faults.append(Fault(number, "id", entry.id[:LONGEST_SHOWN], words, turns_back=False))
        entries[entry.id] = entry
    if not entries and not faults:
        raise FileRefused("The file holds no entries.")
    return Timeline.of(child, entries.values()), faults


def _read_lines(
    stream: BinaryIO, limit_bytes: int, on: date | None = None
) -> Iterator[tuple[int, EntryLine | None, list[Fault]]]:
    """Read line by line: the number, the line unless it is turned back, and its faults."""
    size_of(stream, limit_bytes)
    require_kind(stream, ("json",))
    for number, item in read_object_lines(stream):
        if isinstance(item, str):
            yield number, None, [Fault(number, "", "", item)]
            continue
        line = EntryLine(item)
        if line.is_good:
            line.problems += before("until", line.entry.until, "at", line.entry.at)
            line.problems += future("at", line.entry.at, on, announced=True)
            line.problems += birth("identity.born_on", _born(line), line.entry.at, on)
        faults = [Fault(number, p.column, _shown(item, p.column), p.fault, p.turns_back) for p in line.problems]
        yield number, line if line.is_good else None, faults


def _shown(item: object, path: str) -> str:
    """Give the value at a path such as facts.category, short enough to show."""
    for key in path.split("."):
        item = item.get(key) if isinstance(item, dict) else None
    return "" if item is None or isinstance(item, dict | list) else str(item)[:LONGEST_SHOWN]


def sort(
    stream: BinaryIO, sender: Sender, *, on: date | None = None, limit_bytes: int = LARGEST_FILE_BYTES
) -> Iterator[SortedRow]:
    """Sort a file of timelines; it may hold many children."""
    for number, line, faults in _read_lines(stream, limit_bytes, on):
        if line is None:
            yield SortedRow(number, None, faults=tuple(faults))
        else:
            yield SortedRow(number, _identity(line), (_told(line.entry, sender),), faults=tuple(faults))


def _born(line: EntryLine) -> date | None:
    born_on = line.identity.get("born_on")
    return born_on if isinstance(born_on, date) else None


def _told(entry: Entry, sender: Sender) -> Told:
    return Told(
        kind=entry.kind,
        at=entry.at,
        key=entry.id,
        facts=entry.facts,
        until=entry.until,
        place=entry.place,
        people=entry.people,
        things=entry.things,
        grade=entry.grade,
        by=None if entry.by == sender.name else entry.by,
    )


def _identity(line: EntryLine) -> Identity:
    told, entry = line.identity, line.entry
    return Identity(
        scheme=SCHEME,
        key=entry.child,
        given=told.get("given"),
        family=told.get("family"),
        born_on=_born(line) or (entry.at if entry.kind == "child.born" and type(entry.at) is date else None),
        sex=told.get("sex"),
        identifiers={kind: told[kind] for kind in IDENTIFIERS if kind in told},
        postcode=told.get("postcode"),
        school=told.get("school"),
        carers=told.get("carers", ()),
        phones=told.get("phones", ()),
    )


_MEANING = {
    "id": ("Id of the entry, unique for the child", "text", "key"),
    "child": ("The child, by the sender's own key", "text", "identity"),
    "kind": ("Kind of entry", "a kind of the vocabulary, such as missing.reported", "kind"),
    "at": ("When it was", "instant with offset, or day", "time"),
    "by": ("Agency that told it", "text", "teller"),
    "until": ("When it ended", "instant with offset, or day", "until"),
    "facts": ("Facts of the kind; one that is absent is unknown", "object", "facts"),
    "place": ("Where it was", "object with postcode, council, force, lat, lon", "place"),
    "people": ("Who was there", "list of objects with id, role, age", "people"),
    "things": ("Phones, lines, addresses, vehicles", "list of objects with kind, id", "things"),
    "grade": ("Grade of the risk or of the information", "text", "grade"),
    "recorded_at": (
        "When it became known; read by the commands that look at a file, while an import is known from its own time",
        "instant with offset",
        "",
    ),
    "identity": ("Who the child is", f"object with {', '.join(IDENTITY_KEYS)}", "identity"),
}

TABLE = Table(
    "timeline",
    "One entry a line",
    tuple(
        Column(name, means, form, name in NEEDED, becomes or "kept with the source row only")
        for name, (means, form, becomes) in _MEANING.items()
    ),
)

FEED = Feed(
    name="timeline",
    title="Timeline",
    about="Entries in Sightline's own form, of one child or of many; the same that `sightline signs` reads.",
    sent_by=tuple(kind.value for kind in AgencyKind if kind is not AgencyKind.INSPECTORATE),
    formats=("jsonl",),
    tables=(TABLE,),
    source="A format of our own.",
    sort=sort,
)
