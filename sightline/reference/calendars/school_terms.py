"""Terms that are typical of a nation, for a school whose own calendar is not known."""

from functools import cache
from importlib.resources import files

TYPICAL = {
    "england": "school-terms-england.json", "wales": "school-terms-england.json",
    "scotland": "school-terms-scotland.json", "northern-ireland": "school-terms-northern-ireland.json",
}


@cache
def typical_terms(nation: str) -> str | None:
    """Give the text of the calendar file for a nation, or None where there is none.

    Wales follows the file of England, whose terms and half-terms differ by days; all are marked estimated.
    """
    name = TYPICAL.get(nation)
    return None if name is None else files(__name__.rpartition(".")[0]).joinpath(name).read_text(encoding="utf-8")
