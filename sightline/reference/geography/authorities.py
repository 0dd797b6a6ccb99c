"""The councils that are responsible for children, under the names and codes by which people know them.

In England, Wales and Scotland that is the upper tier: 153, 22 and 32 councils. In Northern Ireland the five health and
social care trusts are responsible; the 11 districts stand here with the trust that (approximately) covers them.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from sightline.reference.geography.spellings import did_you_mean, first_known, forms, plain
from sightline.reference.geography.tables import read_table

ADJOINING = frozenset({"land", "touching", "water"})
"""Kinds of border that make two councils adjoining; "near" (a gap under 1 km, no shared border) does not."""

COUNTY, DISTRICT = "E10", "E07"
"""How the codes of counties begin, and those of their districts."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Hold one council with children's services.

    `code` is its ONS (GSS) code, `dfe_code` the Department for Education's three digits (England and Wales), `name`
    what practitioners call it, `lat` and `lon` the middle of its area in WGS 84 degrees, `trust` the health and social
    care trust in Northern Ireland, `region` the English region, empty elsewhere.
    """

    code: str
    dfe_code: str | None
    name: str
    official_name: str
    kind: str
    nation: str
    force_code: str
    lat: float
    lon: float
    trust: str | None
    region: str = ""


class UnknownAuthority(ValueError):
    """No council with children's services is known by this name or code. The message says what to try."""


@cache
def authorities() -> dict[str, Authority]:
    """Give all 218 authorities by ONS code, as of May 2025."""
    return {
        row["code"]: Authority(
            code=row["code"], dfe_code=row["dfe_code"] or None, name=row["name"], official_name=row["official_name"],
            kind=row["kind"], nation=row["nation"], force_code=row["force_code"], lat=float(row["lat"]),
            lon=float(row["lon"]), trust=row["trust"] or None, region=row["region"],
        )
        for row in read_table("authorities")
    }


def authority(name_or_code: str) -> Authority:
    """Give the authority by name, spelling, ONS code or three-digit code of the Department for Education.

    A district, today's or abolished, gives the authority it lies in now ("Preston": Lancashire). Raises
    UnknownAuthority, also for a council that was divided ("Cumbria"): the message names the councils of today.
    """
    found = candidates(name_or_code)
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownAuthority("More than one council stands behind this name today. Say which is meant: "
                               f"{'; '.join(one.name for one in found)}.")
    suggestion = did_you_mean(name_or_code, [one.name for one in authorities().values()])
    raise UnknownAuthority("No council with children's services is known by this name or code. Give its name "
                           f"(Knowsley), its ONS code (E08000011) or its three-digit code (340).{suggestion}")


def authority_on(name_or_code: str, on: date) -> Authority:
    """Give the authority that was meant on a day: before councils were merged or divided, the one of then.

    "Cumbria" and "Carlisle" give Cumbria up to 31 March 2023, and a postcode's Cumberland does too. Known are the ends
    of councils since 2009; police force and place are those of the successor. An abolished district gives the county
    that it lay in ("Christchurch" Dorset, up to 31 March 2019). Raises UnknownAuthority, also where several councils of
    then stand behind one of today: the message names them.
    """
    ended = _ended_after(on)
    if not ended:
        return authority(name_or_code)
    named = [old for form in forms(name_or_code) for old in ended
             if form in (plain(old.name), plain(old.code), old.dfe_code)]
    if named:
        return named[0]
    today = authority(name_or_code)
    before = [old for old in ended if today.code in _successors()[old.code]]
    if not before or any(old.name == today.name for old in before):
        return today
    if len(before) > 1 and (county := _county_of(name_or_code, before)) is not None:
        return county
    if len(before) > 1:
        raise UnknownAuthority(f"On that day there was no {today.name}. Its area was that of "
                               f"{', '.join(old.name for old in before)}: say which is meant.")
    return before[0]


def successors(name_or_code: str) -> tuple[Authority, ...]:
    """Give the authorities of today that took over from one that ended, by name; nothing for any other name."""
    written = set(forms(name_or_code))
    ended = {old.code for _, old in _ended() if not written.isdisjoint((plain(old.name), plain(old.code)))}
    codes = {code for old in ended for code in _successors()[old]}
    return tuple(sorted((authorities()[code] for code in codes), key=lambda one: one.name))


def _county_of(name_or_code: str, before: list[Authority]) -> Authority | None:
    """Give the county of an abolished district among the councils of then: only counties had districts."""
    counties = [old for old in before if old.code.startswith(COUNTY)]
    known = any(form in _abolished_districts() for form in forms(name_or_code))
    return counties[0] if known and len(counties) == 1 else None


def _ended_after(on: date) -> list[Authority]:
    return [old for last_day, old in _ended() if on <= last_day]


@cache
def _ended() -> tuple[tuple[date, Authority], ...]:
    """Give the authorities with children's services that ended, each with its last day."""
    found = []
    for row in read_table("abolished"):
        if row["dfe_code"] and row["ended_on"]:
            successor = authorities()[row["successor_codes"].split()[0]]
            old = replace(successor, code=row["code"], dfe_code=row["dfe_code"], name=row["name"],
                          official_name=row["name"])
            found.append((date.fromisoformat(row["ended_on"]), old))
    return tuple(found)


@cache
def _abolished_districts() -> frozenset[str]:
    return frozenset(plain(row[column]) for row in read_table("abolished") if row["code"].startswith(DISTRICT)
                     for column in ("code", "name"))


@cache
def _successors() -> dict[str, frozenset[str]]:
    return {row["code"]: frozenset(row["successor_codes"].split()) for row in read_table("abolished")}


@lru_cache(maxsize=8192)
def candidates(name_or_code: str) -> tuple[Authority, ...]:
    """Give the authority that is meant, the successors of one that was divided, or nothing."""
    return tuple(authorities()[code] for code in first_known(name_or_code, _names()))


def neighbours(name_or_code: str) -> tuple[Authority, ...]:
    """Give the authorities that adjoin this one, by name in alphabetical order.

    Councils that meet in the middle of tidal water (Liverpool and Wirral) adjoin; that list is from memory and not
    verified. Raises UnknownAuthority.
    """
    codes = _adjoining().get(authority(name_or_code).code, frozenset())
    return tuple(sorted((authorities()[code] for code in codes), key=lambda one: one.name))


def at_a_distance(home_authority: str, placement_authority: str) -> bool:
    """Tell whether a placement is at a distance: neither in the home authority nor in one that adjoins it.

    The words of the Care Planning, Placement and Case Review (England) Regulations 2010, regulation 11. Raises
    UnknownAuthority.
    """
    home, placement = authority(home_authority), authority(placement_authority)
    return placement.code != home.code and placement.code not in _adjoining().get(home.code, frozenset())


@cache
def _adjoining() -> dict[str, frozenset[str]]:
    pairs: dict[str, set[str]] = {}
    for row in read_table("authority_adjacency"):
        if row["kind"] in ADJOINING:
            pairs.setdefault(row["code"], set()).add(row["other_code"])
            pairs.setdefault(row["other_code"], set()).add(row["code"])
    return {code: frozenset(others) for code, others in pairs.items()}


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Map every known form to codes. What comes first wins: authorities, spellings, districts, abolished councils."""
    names: dict[str, tuple[str, ...]] = {}

    def add(name: str, *codes: str) -> None:
        if form := plain(name):
            names.setdefault(form, codes)

    rows = read_table("authorities")
    for column in ("code", "dfe_code", "name", "ons_name", "official_name"):
        for row in rows:
            add(row[column], row["code"])
    for row in read_table("spellings"):
        add(row["name"], *row["codes"].split())
    for row in read_table("districts"):
        for column in ("code", "name", "ons_name"):
            add(row[column], row["authority_code"])
    for row in read_table("abolished"):
        for column in ("code", "dfe_code", "name"):
            add(row[column], *row["successor_codes"].split())
    for row in rows:
        if row["name"] != "City of London":
            add(list(forms(row["name"]))[-1], row["code"])
    return names

