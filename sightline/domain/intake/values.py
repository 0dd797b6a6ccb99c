"""Read one cell: a day, an instant, a number, a name. Forgiving of spelling, never of meaning.

Each reader takes text that is not empty and raises Unreadable, whose words go back to the sender.
"""

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import lru_cache

from sightline.domain.vocabulary.identifier import LONGEST, Check, check
from sightline.domain.vocabulary.moment import LONDON, Moment
from sightline.domain.vocabulary.place import Place

REMEMBERED = 8_192
"""Days, postcodes and codes come again and again in a file: so many of each are remembered."""

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
LONGEST_MOMENT = 60

_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_UK_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_CENSUS_DAY = re.compile(r"(\d{4})-([A-Za-z]{3})-(\d{1,2})", re.ASCII)
_SPOKEN_DAY = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})", re.ASCII)
_DAY_FORMS = ((_ISO_DAY, (1, 2, 3)), (_UK_DAY, (3, 2, 1)), (_CENSUS_DAY, (1, 2, 3)), (_SPOKEN_DAY, (3, 2, 1)))
"""Forms of a day, each with the places of year, month and day."""

_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d*)?)?", re.ASCII)
_ISO_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_OFFSET = re.compile(r"\s*(Z|[+-]\d{2}(?::?\d{2})?)$", re.IGNORECASE | re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?", re.ASCII)

_YES = frozenset(("yes", "y", "true", "t", "1"))
_NO = frozenset(("no", "n", "false", "f", "0"))


class Unreadable(ValueError):
    """A cell cannot be read as what its column holds; the message says what to write."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


DAY_WORDS = "This is no day that exists. Write it as 31/12/2025 or 2025-12-31."
INSTANT_WORDS = "This is no date with a time. Write it as 2026-05-10T23:15:00+01:00, or 10/05/2026 23:15 for UK time."


@lru_cache(REMEMBERED)
def read_day(text: str) -> date:
    """Read a day, written dd/mm/yyyy, yyyy-mm-dd or 2025-Jun-02; a time after it is passed over.

    A day and month are never swapped: 12/31/2025 is refused.
    """
    if len(text) == 10 and text[4] == "-":
        return _iso_day(text)
    if len(text) > LONGEST_MOMENT:
        raise Unreadable(DAY_WORDS)
    day, rest = _split_day(text)
    if rest and _TIME.fullmatch(_OFFSET.sub("", rest)) is None:
        raise Unreadable(DAY_WORDS)
    return day


def _iso_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Unreadable(DAY_WORDS) from None
    return _in_range(day)


def _in_range(day: date) -> date:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise Unreadable(f"The year lies outside {EARLIEST_YEAR} to {LATEST_YEAR}.")
    return day


def _split_day(text: str, words: str = DAY_WORDS) -> tuple[date, str]:
    """Read the day at the start of a text and give what comes after it."""
    match, order = None, (1, 2, 3)
    for pattern, places in _DAY_FORMS:
        if match is None:
            match, order = pattern.match(text), places
    if match is None:
        raise Unreadable(words)
    rest = text[match.end() :]
    if rest and rest[0] not in " T":
        raise Unreadable(words)
    year, month, day = (match[place] for place in order)
    try:
        read = date(int(year), int(month) if month.isdecimal() else _month(month), int(day))
    except ValueError:
        raise Unreadable(words) from None
    return _in_range(read), rest.strip(" T")


def _month(name: str) -> int:
    name = name.lower()
    if name in _MONTH_NAMES:
        return _MONTH_NAMES.index(name) + 1
    return _MONTHS.index(name) + 1


@lru_cache(REMEMBERED)
def read_instant(text: str) -> datetime:
    """Read a date with its time: with an offset, or without one as the time that clocks in the UK showed.

    A local time that did not exist (clocks go forward) or existed twice (they go back) is refused: then the offset
    is needed to say what is meant. The instant comes in UTC: two times of one zone compare by what clocks showed, which
    is wrong in the night in which they go back.
    """
    if len(text) > LONGEST_MOMENT:
        raise Unreadable(INSTANT_WORDS)
    if _ISO_INSTANT.fullmatch(text):
        return _iso_instant(text)
    day, rest = _split_day(text, INSTANT_WORDS)
    offset = _OFFSET.search(rest)
    time = _TIME.fullmatch(rest[: offset.start()] if offset else rest)
    if time is None:
        raise Unreadable(INSTANT_WORDS)
    hour, minute, second, fraction = time.groups()
    micro = int((fraction or "0").ljust(6, "0"))
    try:
        naive = datetime(day.year, day.month, day.day, int(hour), int(minute), int(second or 0), micro)  # noqa: DTZ001
        if offset is not None:
            return datetime.fromisoformat(naive.isoformat() + offset[1].upper()).astimezone(UTC)
    except ValueError:
        raise Unreadable(INSTANT_WORDS) from None
    return _in_london(naive)


def _iso_instant(text: str) -> datetime:
    """Read the form that machines write, by the quickest way."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable(INSTANT_WORDS) from None
    _in_range(instant.date())
    return _in_london(instant) if instant.tzinfo is None else instant.astimezone(UTC)


@lru_cache(REMEMBERED)
def read_moment_told(text: str) -> Moment:
    """Read a day, or a date with its time: a day stays a day."""
    if len(text) > LONGEST_MOMENT:
        raise Unreadable(INSTANT_WORDS)
    day, rest = _split_day(text)
    return read_instant(text) if rest else day


def _in_london(naive: datetime) -> datetime:
    local = naive.replace(tzinfo=LONDON)
    instant = local.astimezone(UTC)
    if instant.astimezone(LONDON).replace(tzinfo=None) != naive:
        raise Unreadable("This time did not exist: clocks went forward that night. Write the offset, such as +01:00.")
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise Unreadable(
            "This time was twice: clocks went back that night. Write the offset: +01:00 for the first, +00:00 for the "
            "second."
        )
    return instant


@lru_cache(REMEMBERED)
def read_name(text: str) -> str:
    """Read a forename or surname; a name with the mark of a lost letter is refused."""
    if len(text) > 100:
        raise Unreadable("This is longer than 100 characters; is it a name?")
    if "\ufffd" in text:
        raise Unreadable("A letter of this name was lost on the way (shown as \ufffd). Export the file anew as UTF-8.")
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(1024)
def read_yes_no(text: str) -> bool:
    """Read yes or no, true or false, 1 or 0."""
    word = text.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable("Write yes or no.")


@lru_cache(4096)
def read_number(text: str) -> int | float:
    """Read a number that is not negative, such as a count of sessions."""
    if _NUMBER.fullmatch(text) is None:
        raise Unreadable("Write a number, such as 10 or 4.5.")
    number = float(text)
    if number < 0:
        raise Unreadable("This cannot be less than 0.")
    return int(number) if number.is_integer() else number


def read_list(text: str) -> tuple[str, ...]:
    """Read items that are separated by semicolons."""
    if len(text) > 2000:
        raise Unreadable("This is longer than 2,000 characters.")
    return tuple(item for part in text.split(";") if (item := " ".join(part.split())))


def checked(kind: str, text: str) -> Check:
    """Check an identifier, remembering those that came before."""
    return _checked(kind, text) if len(text) <= LONGEST else check(kind, text)


_checked = lru_cache(REMEMBERED)(check)


def place_of(postcode: str | None) -> Place | None:
    """Give the place that a valid postcode names; None for one that is absent or cannot be right."""
    return None if postcode is None or len(postcode) > LONGEST else _place_of(postcode)


@lru_cache(REMEMBERED)
def _place_of(postcode: str) -> Place | None:
    answer = checked("postcode", postcode)
    return Place(postcode=answer.normal) if answer.valid else None
