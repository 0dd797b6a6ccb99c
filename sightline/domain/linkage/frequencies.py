"""How common first names, surnames and homes are among records: what many share says little."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sightline.domain.linkage.described import Described
from sightline.domain.linkage.names import borne, called, plain

Shares = Mapping[str, Mapping[str, float]]
COUNTED_FROM = 40
"""Bearers of a name from which its share is counted, where there are many records; rarer ones share one share."""
FEWEST_COUNTED = 10
"""And where there are few: a name of fewer might point to one family, so it stands in no file of weights."""
RAREST_SHARE = 0.00027
"""So rare a name must be to be counted as rare, where records are few: what the first model can tell apart."""


def shares_of_values(
    bearers: Iterable[tuple[object, Described]], *, homes: bool, counted_from: int | None = None
) -> tuple[Shares, Mapping[str, float]]:
    """Give the shares of first names, surnames and homes that are common enough to be counted, and of the rarest.

    `bearers` are records, each with who it is of: whoever has many records counts once for each name. Where no value is
    common enough, the rarest share is that which none reaches. Homes have no rarest share: the model knows one.
    """
    told: dict[str, set[tuple[object, str]]] = {"first_name": set(), "surname": set(), "home": set()}
    for person, one in bearers:
        if one.given and plain(one.given):
            told["first_name"].add((person, called(one.given)[0]))
        if one.family and plain(one.family):
            told["surname"].add((person, "".join(borne(one.family))))
        if homes:
            told["home"].update((person, home) for home in one.homes)
    shares: dict[str, dict[str, float]] = {}
    rarest: dict[str, float] = {}
    for name, pairs in told.items():
        fewest = counted_from or _counted_from(name, len(pairs))
        shares[name] = {value: float(f"{count / len(pairs):.3g}")
                        for value, count in Counter(value for _, value in pairs).items() if count >= fewest}
        if pairs and name != "home":
            rarest[name] = min(shares[name].values(), default=min(1.0, float(f"{fewest / len(pairs):.3g}")))
    return {name: values for name, values in shares.items() if values or name != "home"}, rarest


def _counted_from(name: str, told: int) -> int:
    """Give how many bearers make a value common; a home of fewer than many is as the model takes homes to be."""
    return COUNTED_FROM if name == "home" else max(FEWEST_COUNTED, min(COUNTED_FROM, round(told * RAREST_SHARE)))
