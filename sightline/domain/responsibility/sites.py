"""Custody suites and children's homes as a partnership tells them: where each is, whose, and from when to when.

No public list of them is held here. A file has one line a site, under the headings kind, name, postcode, council,
force, from, to. A suite that closed last year still answers for last year.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from sightline.domain.duties.saying import say_day

COLUMNS = ("kind", "name", "postcode", "council", "force", "from", "to")
MOST_SITES = 20_000
LONGEST_NAME = 200
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d\d)/(\d\d)/(\d{4})", re.ASCII)
# Words at the end of a name that only say what it is.
ENDINGS = (" custody suite", " custody", " police station", " childrens home", " home")


class SiteKind(StrEnum):
    """Name what a site is."""

    SUITE = "custody-suite"
    HOME = "childrens-home"


SITE_WORDS = {SiteKind.SUITE: "custody suite", SiteKind.HOME: "children's home"}


class SitesRefused(ValueError):
    """The file cannot be kept; the message says which line and why, in words for whoever wrote it."""


class UnknownSite(ValueError):
    """No such site is known on that day; the message says which are."""


@dataclass(frozen=True, slots=True)
class Site:
    """Hold one site; `postcode` or `council` says where it is, `since` and `until` are the first and last day."""

    kind: SiteKind
    name: str
    postcode: str | None = None
    council: str | None = None
    force: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def where(self) -> str:
        """Give what says where it is: its postcode, else its council."""
        return str(self.postcode or self.council)

    def open_on(self, day: date | None) -> bool:
        """Tell whether it was open on a day; without a day, whether no end of it is known."""
        if day is None:
            return self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def meets(self, other: "Site") -> bool:
        """Tell whether two tellings of a site overlap in time."""
        last, first = self.until or date.max, self.since or date.min
        return first <= (other.until or date.max) and (other.since or date.min) <= last


@dataclass(frozen=True, slots=True)
class Sites:
    """Hold the sites that are kept."""

    all: tuple[Site, ...] = ()

    def at(self, kind: SiteKind, told: str, *, on: date | None, force: str | None = None) -> Site:
        """Give the one site that a name ("Preston", or "Preston, Lancashire") means on a day.

        Raises UnknownSite, in words: none of that name, none open then, or several.
        """
        bare, _, whose = told.partition(",")
        named = [site for site in self.all if site.kind is kind and _plain(site.name) in (_plain(told), _plain(bare))]
        whose = " ".join(whose.split()) or force or ""
        if len({_plain(site.force or "") for site in named}) > 1 and whose:
            named = [site for site in named if _of_force(site, whose)]
        standing = [site for site in named if site.open_on(on)]
        if len(standing) == 1:
            return standing[0]
        raise UnknownSite(_why_none(kind, named, standing, on))


NO_SITES = Sites()


def read_sites(text: str) -> tuple[Site, ...]:
    """Read the sites of a CSV file.

    Raises SitesRefused at the first line that cannot be kept.
    """
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), restkey="more", strict=True)
    found: list[Site] = []
    try:
        headings = [str(heading).strip().lower() for heading in rows.fieldnames or ()]
        missing = [column for column in ("kind", "name") if column not in headings]
        unknown = [heading[:40] for heading in headings if heading not in COLUMNS]
        if missing or unknown or len(headings) != len(set(headings)):
            raise SitesRefused(f"The headings must be some of {', '.join(COLUMNS)}, each once; kind and name must be.")
        rows.fieldnames = headings
        for row in rows:
            found.append(_site(row, line=rows.line_num))
            if len(found) > MOST_SITES:
                raise SitesRefused(f"More than {MOST_SITES} sites: this is no list of suites and homes.")
    except csv.Error:
        raise SitesRefused(f"Line {rows.line_num} is not CSV. Save the list as CSV (UTF-8) and try again.") from None
    if not found:
        raise SitesRefused("The file has no site in it.")
    require_no_overlap(found)
    return tuple(found)


def require_no_overlap(sites: Iterable[Site]) -> None:
    """Refuse two tellings of one site for the same days.

    Raises SitesRefused.
    """
    by_name: dict[tuple[str, str, str], list[Site]] = {}
    for site in sites:
        by_name.setdefault((site.kind.value, _plain(site.name), _plain(site.force or "")), []).append(site)
    for same in by_name.values():
        for one, other in pairwise(sorted(same, key=lambda site: site.since or date.min)):
            if one.meets(other):
                raise SitesRefused(f"{one.name} is told twice for the same days. End the first with a day under “to”.")


def _site(row: Mapping[str | None, str | list[str] | None], *, line: int) -> Site:
    if row.get("more"):
        raise SitesRefused(f"Line {line} has more columns than headings.")
    told = {str(key): " ".join(str(value or "").split()) for key, value in row.items()}
    if any(len(value) > LONGEST_NAME for value in told.values()):
        raise SitesRefused(f"Line {line} holds a text of more than {LONGEST_NAME} letters.")
    if told.get("kind") not in set(SiteKind):
        raise SitesRefused(f"Line {line}: kind must be one of {', '.join(SiteKind)}.")
    if not told.get("name"):
        raise SitesRefused(f"Line {line} has no name.")
    if not told.get("postcode") and not told.get("council"):
        raise SitesRefused(f"Line {line}: give the postcode, or the council in whose area it is.")
    since, until = _day(told.get("from", ""), line), _day(told.get("to", ""), line)
    if since is not None and until is not None and until < since:
        raise SitesRefused(f"Line {line}: it ends ({say_day(until)}) before it begins ({say_day(since)}).")
    return Site(SiteKind(told["kind"]), told["name"], told.get("postcode") or None, told.get("council") or None,
                told.get("force") or None, since, until)


def _day(told: str, line: int) -> date | None:
    if not told:
        return None
    found = DAY.fullmatch(told)
    try:
        if found is not None:
            year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
            return date(int(year), int(month), int(day))
    except ValueError:
        pass
    raise SitesRefused(f"Line {line}: write days as 2026-09-01 or 01/09/2026.")


def _plain(name: str) -> str:
    words = " ".join(re.sub(r"[^a-z0-9 ]", " ", name.casefold().replace("’", "").replace("'", "")).split())
    ending = next((ending for ending in ENDINGS if words.endswith(ending)), "")
    return words.removesuffix(ending)


def _of_force(site: Site, whose: str) -> bool:
    one, other = _plain(site.force or ""), _plain(whose)
    return bool(one) and (one.startswith(other) or other.startswith(one))


def _why_none(kind: SiteKind, named: list[Site], standing: list[Site], on: date | None) -> str:
    what = SITE_WORDS[kind]
    if len(standing) > 1:
        which = "; ".join(f"{one.name}, {one.force or one.where}" for one in standing)
        return f"Several are called so. Say which: {which}."
    if named:
        return f"That {what} was not open{f' on {say_day(on)}' if on else ''}: {'; '.join(_spans(named))}."
    return (f"No {what} of that name is kept. Check the name, add it with sightline sites keep, or give council and "
            "police force.")


def _spans(sites: Iterable[Site]) -> Iterator[str]:
    for site in sites:
        since = f"from {say_day(site.since)} " if site.since else ""
        yield f"{since}{f'to {say_day(site.until)}' if site.until else 'with no end known'}".strip()
