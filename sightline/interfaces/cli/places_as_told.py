"""Places by the names that are told, for commands that look nothing up.

A postcode or a point needs the geography of the country; here it is refused in words.
"""

import re

from sightline.domain.responsibility.facts import Area, FactsRefused, Gazetteer

POSTCODE_OR_POINT = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}|[-0-9.]+,[-0-9.]+", re.IGNORECASE)


def area_as_told(told: str) -> Area:
    """Take a council by its name as it stands.

    Raises FactsRefused for a postcode or a point.
    """
    if POSTCODE_OR_POINT.fullmatch(told):
        raise FactsRefused("a postcode or a point cannot be looked up here. Give the name of the council.")
    return Area(" ".join(told.split()))


def force_as_told(told: str) -> str:
    """Take a police force by its name as it stands."""
    return " ".join(told.split())


AS_TOLD = Gazetteer(area_as_told, force_as_told)
