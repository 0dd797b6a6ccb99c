"""The four nations, whose law, working days and schools differ."""

from enum import StrEnum


class Nation(StrEnum):
    """Name a nation of the United Kingdom."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


NATION_WORDS = {
    Nation.ENGLAND: "England",
    Nation.WALES: "Wales",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}

BANK_HOLIDAY_DIVISIONS = {
    Nation.ENGLAND: "england-and-wales",
    Nation.WALES: "england-and-wales",
    Nation.SCOTLAND: "scotland",
    Nation.NORTHERN_IRELAND: "northern-ireland",
}


class UnknownNation(ValueError):
    """The nation must be one of england, wales, scotland, northern-ireland."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def read_nation(text: str) -> Nation:
    """Read a nation, whatever its capitals and with a space for the hyphen.

    Raises UnknownNation.
    """
    try:
        return Nation("-".join(text.lower().replace("-", " ").split()))
    except ValueError:
        raise UnknownNation from None
