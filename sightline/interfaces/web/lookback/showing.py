"""Turn a look back into the tables and lists that its page and its paper both show, in the same words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sightline.domain.duties.catalogue import rules_of
from sightline.domain.lookback.knowing import AgencyKnew
from sightline.domain.lookback.looking_back import Day, LookBack
from sightline.domain.lookback.replaying import DutyTurned, SignShown, Turn
from sightline.domain.lookback.wording import difference, outcome, sentences
from sightline.domain.vocabulary.duty import Duty
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.moment import last_instant
from sightline.interfaces.web.moments import moment_in_words
from sightline.reference.schools import school_names

NEVER = "Never"
MOST_LISTED = 30
"""So many of an agency's newest entries are listed for one day."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Hold a table: its caption, the names of its columns, and its rows in words."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class KnewShown:
    """Show what one agency knew at the end of a day: the signs that it alone could see, and its entries."""

    agency: str
    signs: tuple[str, ...]
    entries: tuple[str, ...]
    earlier: int


@dataclass(frozen=True, slots=True)
class DayShown:
    """Show what was known on one day: all together, and by each agency."""

    on: date
    together: tuple[str, ...]
    agencies: tuple[KnewShown, ...]


@dataclass(frozen=True, slots=True)
class BackShown:
    """Show a look back."""

    says: tuple[str, ...]
    difference: str
    sights: Rows
    duties: Rows
    recognitions: Rows
    days: Rows
    editions: tuple[str, ...]


def back_shown(back: LookBack) -> BackShown:
    """Show a look back as sentences and tables."""
    return BackShown(
        says=sentences(back), difference=difference(back.sights) if back.sights else "",
        sights=_sights(back),
        duties=Rows("What was owed", ("Duty", "Owed by", "Known to be owed", "Due", "What became of it"),
                    tuple(_duty(begun, last) for begun, last in back.replayed.duties())),
        recognitions=Rows("Who recognised it, and when", ("When", "What", "By", "Known here"), tuple(
            (moment_in_words(one.at), one.words, one.by, moment_in_words(one.known_at)) for one in back.recognitions)),
        days=Rows("Day by day", ("Day", "What changed"), tuple(
            (moment_in_words(day.on), list(_changes(day))) for day in back.days)),
        editions=back.editions)


def _sights(back: LookBack) -> Rows:
    agencies = [one.agency for one in back.agencies]
    columns = ("Sign", "All together", "Sightline, as told", *(f"{agency} alone" for agency in agencies))
    return Rows("When each sign could first have been seen", columns, tuple(
        (_named(sight.sign.code, sight.sign.title), _seen(sight.together), _seen(sight.told),
         *(_seen(sight.alone[agency]) for agency in agencies)) for sight in back.sights))


def _seen(one: SignShown | None) -> str:
    return NEVER if one is None else moment_in_words(one.seen)


def _named(code: str, title: str) -> str:
    return f"{title} ({code})"


def _title(duty: Duty) -> str:
    rules = rules_of(duty.code)
    return _named(duty.code, rules[-1].title if rules else duty.what)


def _duty(begun: DutyTurned, last: DutyTurned) -> tuple[object, ...]:
    duty = last.duty
    met = f", {moment_in_words(duty.met_at)}" if duty.met_at is not None and last.turn is Turn.MET else ""
    return (_title(duty), _owed_by(duty), moment_in_words(begun.at), _due(duty),
            f"{outcome(last).capitalize()}{met}")


def _owed_by(duty: Duty) -> str:
    """Name who owes a duty; a school that was told by its number by its name."""
    return school_names().get(duty.owed_by, duty.owed_by)


def _due(duty: Duty) -> str:
    if duty.due_at is not None:
        return moment_in_words(duty.due_at)
    return "No date" if duty.local_target_at is None else f"{moment_in_words(duty.local_target_at)} (our target)"


def _changes(day: Day) -> Iterator[str]:
    """Say what changed on a day, the weightier first; a date or home told again says little, but it was told."""
    yield from (f"Recognised: {one.words}, by {one.by}" for one in day.recognised)
    yield from (f"Sign first visible: {_named(one.sign.code, one.sign.title)}" for one in day.seen)
    yield from (f"Sign no longer visible: {_named(one.sign.code, one.sign.title)}" for one in day.gone)
    yield from (f"Duty {turned.turn}: {_title(turned.duty)}, owed by {_owed_by(turned.duty)}" for turned in day.turns)
    yield from (f"Told by {entry.by}: {entry_words(entry)}" for entry in day.told)


def entry_words(entry: Entry) -> str:
    """Say an entry in a line: what, and when it was."""
    kind = KINDS.get(entry.kind)
    return f"{kind.title if kind else entry.kind}, {moment_in_words(entry.at)}"


def day_shown(back: LookBack, on: date) -> DayShown:
    """Show what each agency knew at the end of a day, and which signs that showed, alone and together."""
    at = min(last_instant(on) - timedelta(microseconds=1), back.until)
    return DayShown(on, _signs(back.together.signs_at(at)),
                    tuple(_knew(one, _signs(back.alone[one.agency].signs_at(at)), at) for one in back.agencies))


def _signs(shown: Iterable[SignShown]) -> tuple[str, ...]:
    return tuple(_named(one.sign.code, one.sign.title) for one in shown if one.sign.code[0] != "F")


def _knew(knew: AgencyKnew, signs: tuple[str, ...], at: datetime) -> KnewShown:
    known = [entry for entry in knew.history.known_at(at)
             if entry.id in knew.events and knew.events[entry.id][0] <= at and entry.starts <= at]
    newest = sorted(known, key=lambda entry: entry.starts, reverse=True)
    return KnewShown(
        knew.agency, signs, tuple(f"{entry_words(e)}: {knew.events[e.id][1]}" for e in newest[:MOST_LISTED]),
        max(len(known) - MOST_LISTED, 0))
