"""What the pages of measures show: rows with their intervals drawn, and the series of snapshots."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from sightline.apps.insight.queries import CaseFacts, FigureFacts, SnapshotFacts
from sightline.domain.insight.figures import Share
from sightline.domain.insight.frameworks import framework
from sightline.domain.insight.measures import TOPICS_OF, Measure, MeasureKind, measures
from sightline.domain.insight.told import length, percent, rarely
from sightline.domain.vocabulary.moment import Moment, day_of, first_instant
from sightline.interfaces.printed.measures import ALL
from sightline.interfaces.web.chart import Figure
from sightline.interfaces.web.moments import day_in_words
from sightline.interfaces.web.published.lines import Lines, Series, lines

WIDTH, MARGIN = 200.0, 6.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold a share and its interval on a scale from 0 to 100 %, and between what chance alone would lie."""

    at: float
    low: float
    high: float
    chance: tuple[float, float] | None
    far: bool
    width: float = WIDTH


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one row of a table of figures: its words, its drawing where it has a share, and the way to its cases."""

    name: str
    events: int
    untold: int
    share: str
    drawn: Drawn | None
    half: str
    ninety: str
    waiting: int | None
    never: str
    known: str
    cases: str
    code: str = ""
    newest: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """Hold one case behind a figure in words."""

    person: UUID
    name: str
    began: Moment
    done: Moment | None
    took: str
    counts: str
    agency: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Hold a topic of the framework with the rows of its measures."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Hold a measure from snapshot to snapshot, a line for each edition of its definition, and the same as a table."""

    drawing: Lines
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    broken: bool


def topics(figures: Iterable[FigureFacts], *, address: Callable[[FigureFacts], str]) -> list[Topic]:
    """Give the measures that have figures under the topics of the framework, all agencies together."""
    known, held = measures(), list(figures)
    found = []
    for topic in framework(TOPICS_OF).topics:
        rows = [row(one, f"{measure.title}{': ' + one.part if one.part else ''}", address(one), code=code)
                for code, measure in known.items() if measure.topic == topic.code
                for one in held if one.measure == code]
        found.append(Topic(topic.title, tuple(rows)))
    return found


def row(one: FigureFacts, name: str, cases: str, *, code: str = "") -> Row:
    """Write a figure as a row."""
    shared = one.share or one.within
    return Row(
        name, one.n, one.untold, "" if shared is None or not shared.n else percent(shared, outside=False), drawn(one),
        length(one.median) if one.waiting is not None and one.n else "",
        length(one.ninety) if one.waiting is not None and one.n else "", one.waiting, rarely(one.never),
        "" if one.known_after is None else length(one.known_after), cases, code, one.newest_at)


def drawn(one: FigureFacts) -> Drawn | None:
    """Draw the share of a figure, or the share that was done in time; None where there is none."""
    shared = one.share or one.within
    if shared is None or not shared.n or shared.share is None:
        return None
    chance = None if one.by_chance is None else (_place(one.by_chance[0]), _place(one.by_chance[1]))
    far = one.by_far is not None and not one.by_far[0] <= shared.share <= one.by_far[1]
    return Drawn(_place(shared.share), _place(shared.low), _place(shared.high), chance, far)


def case_row(one: CaseFacts, name: str) -> CaseRow:
    """Write a case as a row; what only a day is known of shows the day."""
    took = length(one.done - one.began) if one.done and one.done > one.began else ""
    counts = "Not told" if one.counts is None else "Yes" if one.counts else "No"
    return CaseRow(one.person, name, _moment(one.began), _moment(one.done) if one.done else None, took, counts,
                   one.agency or "Nobody here")


def _moment(at: datetime) -> Moment:
    """Give the day of what stands at its first instant: it was told by the day."""
    return day_of(at) if first_instant(day_of(at)) == at else at


def address(base: str, *, snapshot: UUID, part: str | None = None, agency: int | None = None) -> str:
    """Give the address of the cases behind a figure."""
    asked = {"snapshot": str(snapshot)} | ({} if part is None else {"part": part})
    return f"{base}?{urlencode(asked | ({} if agency is None else {'agency': str(agency)}))}"


def who(one: FigureFacts) -> str:
    """Name whose figure it is."""
    return one.agency or ALL.capitalize()


def trend(measure: Measure, found: Sequence[SnapshotFacts], held: dict[UUID, list[FigureFacts]]) -> Trend | None:
    """Give the series of a measure over snapshots, the oldest first; None under two of them.

    A change of its definition begins a new line: what was counted by two editions is never joined.
    """
    ordered = sorted((one for one in found if measure.code in one.editions), key=lambda one: one.made_at)
    if len(ordered) < 2:
        return None
    parts = sorted({figure.part for figures in held.values() for figure in figures})[:3]
    editions = list(dict.fromkeys(one.editions[measure.code] for one in ordered))
    series = [Series(_line(part, edition, editions), tuple(
        Figure(day_in_words(one.made_at), _percent(_of(held[one.id], part)) if one.editions[measure.code] == edition
               else None, "") for one in ordered)) for part in parts for edition in editions]
    columns = ("Snapshot", "Period", "Definition", *(part.capitalize() or "Share" for part in parts))
    rows = tuple((day_in_words(one.made_at), f"{day_in_words(one.from_at)} to {day_in_words(one.until_at)}",
                  f"edition {one.editions[measure.code]}",
                  *(_words(_of(held[one.id], part)) for part in parts)) for one in ordered)
    return Trend(lines(series), columns, rows, broken=len(editions) > 1)


def has_share(measure: Measure) -> bool:
    """Say whether a measure gives a share: of what counts, or of what was done within its standard."""
    return measure.kind is MeasureKind.SHARE or (measure.kind is MeasureKind.TIME and measure.standard is not None)


def _line(part: str, edition: str, editions: Sequence[str]) -> str:
    return ", ".join(words for words in (part, f"edition {edition}" if len(editions) > 1 else "") if words) or "All"


def _of(figures: Sequence[FigureFacts], part: str) -> Share | None:
    return next(((one.share or one.within) for one in figures if one.part == part), None)


def _percent(shared: Share | None) -> float | None:
    return None if shared is None or shared.share is None else round(shared.share * 100, 1)


def _words(shared: Share | None) -> str:
    return "Not told" if shared is None else percent(shared, outside=False)


def _place(share: float) -> float:
    return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)
