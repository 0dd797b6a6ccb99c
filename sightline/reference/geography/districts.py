"""The 361 local authority districts of the United Kingdom: each lies in one authority and one police force."""

from dataclasses import dataclass
from functools import cache

from sightline.reference.geography.tables import read_table


@dataclass(frozen=True, slots=True)
class District:
    """Hold one district by its ONS code, with the codes of its children's services authority and police force."""

    code: str
    name: str
    authority_code: str
    force_code: str


@cache
def districts() -> dict[str, District]:
    """Give all districts by ONS code, as of May 2025."""
    return {
        row["code"]: District(row["code"], row["name"], row["authority_code"], row["force_code"])
        for row in read_table("districts")
    }
