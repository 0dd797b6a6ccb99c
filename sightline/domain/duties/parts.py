"""Name who plays a part for the child, as far as the timeline tells it, else say the part in words."""

from collections.abc import Callable, Iterable

from sightline.domain.duties.enquiries import open_enquiry
from sightline.domain.duties.life import Life, withdraws
from sightline.domain.vocabulary.duty import Part
from sightline.domain.vocabulary.entry import Entry
from sightline.reference.geography import UnknownAuthority, authority

# Words that the names of councils are written with or without.
COUNCIL_WORDS = frozenset({"council", "borough", "city", "county", "metropolitan", "district", "london", "royal", "of",
                           "the", "unitary", "authority", "and", "&"})


def name_of(part: Part | str, life: Life, entry: Entry) -> str:
    """Name who plays the part at the moment of an entry; a part given in words is said as it is."""
    if not isinstance(part, Part):
        return part
    told = _NAMED[part](life, entry) if part in _NAMED else None
    return told or part.value


def names_of(parts: Iterable[Part | str], life: Life, entry: Entry, *, owing: str) -> str:
    """Name several parts in one phrase, each once; nobody owes what they told to themselves."""
    named = ((part, name_of(part, life, entry)) for part in parts)
    *others, last = dict.fromkeys(
        part.value if part is Part.TELLER and name == owing else name for part, name in named)
    return f"{', '.join(others)} and {last}" if others else last


def caring_council(life: Life, entry: Entry) -> str | None:
    """Name the council that looks after the child at the moment of an entry."""
    own = entry.facts.get("authority")
    if own:
        return str(own)
    telling = [other for other in life.of("care.looked-after", "care.placement")
               if other.starts <= entry.starts and other.facts.get("authority")]
    return str(max(telling, key=lambda other: other.starts).facts["authority"]) if telling else None


def same_council(one: str | None, other: str | None) -> bool | None:
    """Tell whether two names mean one council (Knowsley, Knowsley Borough Council); None where one is unknown."""
    if not one or not other:
        return None
    return _bare(one) == _bare(other)


def _bare(name: str) -> frozenset[str]:
    words = frozenset(name.lower().replace(",", " ").replace("-", " ").split())
    return words - COUNCIL_WORDS or words


def _school(life: Life, entry: Entry) -> str | None:
    exclusion = _exclusion_of(life, entry)
    return life.school_of(entry) if exclusion is None else str(exclusion.facts.get("school") or exclusion.by)


def _exclusion_of(life: Life, entry: Entry) -> Entry | None:
    """Give the exclusion that an entry is, withdraws or decides about."""
    if entry.kind == "school.exclusion":
        return entry
    if entry.kind not in ("record.withdrawn", "decision.made"):
        return None
    named = {*withdraws(entry), str(entry.facts.get("about"))}
    exclusions = [*life.of("school.exclusion"), *life.withdrawn.values()]
    return next((other for other in exclusions if other.id in named and other.kind == "school.exclusion"), None)


def _home_council(life: Life, entry: Entry) -> str | None:
    home = life.home_of(entry)
    return None if home is None else home.council


def _home_force(life: Life, entry: Entry) -> str | None:
    home = life.home_of(entry)
    return None if home is None else home.force


def _force(_: Life, entry: Entry) -> str | None:
    if entry.place is not None and entry.place.force:
        return entry.place.force
    return entry.by if is_police(entry.by) else None


def is_police(name: str) -> bool:
    """Tell whether an agency's name is that of a police force."""
    return any(word in name.lower() for word in ("police", "constabulary"))


def _council_there(_: Life, entry: Entry) -> str | None:
    return None if entry.place is None else entry.place.council


def _force_there(_: Life, entry: Entry) -> str | None:
    return None if entry.place is None else entry.place.force


def _teller(_: Life, entry: Entry) -> str | None:
    return entry.by


def _plan_council(life: Life, entry: Entry) -> str | None:
    """Name the council that tells of the plan; the home council where that is the same, or where no council tells."""
    home = _home_council(life, entry)
    if same_council(entry.by, home) is not False or not _is_council(entry.by):
        return home or (entry.by if _is_council(entry.by) else None)
    return entry.by


def _enquiring_council(life: Life, entry: Entry) -> str | None:
    enquiry = open_enquiry(life, entry)
    return None if enquiry is None else enquiry.by


def _asked_council(_: Life, entry: Entry) -> str | None:
    return str(entry.facts.get("council") or "") or None


def _is_council(name: str) -> bool:
    try:
        return bool(authority(name))
    except UnknownAuthority:
        return "council" in name.lower()


_NAMED: dict[Part, Callable[[Life, Entry], str | None]] = {
    Part.SCHOOL: _school,
    Part.RECEIVING_SCHOOL: _school,
    Part.HOME_COUNCIL: _home_council,
    Part.HOME_FORCE: _home_force,
    Part.FOUND_COUNCIL: _council_there,
    Part.HOST_COUNCIL: _council_there,
    Part.HOST_FORCE: _force_there,
    Part.CARING_COUNCIL: caring_council,
    Part.FORCE: _force,
    Part.TELLER: _teller,
    Part.PLAN_COUNCIL: _plan_council,
    Part.ENQUIRING_COUNCIL: _enquiring_council,
    Part.ASKED_COUNCIL: _asked_council,
}
