"""A small gazetteer for the specs: real places, with the forces and nations that they lie in."""

from sightline.domain.duties.nations import Nation
from sightline.domain.responsibility.facts import Area, FactsRefused, Gazetteer

AREAS = {
    area.council: area
    for area in (
        Area("Lancashire", "Lancashire Constabulary", Nation.ENGLAND),
        Area("Blackpool", "Lancashire Constabulary", Nation.ENGLAND),
        Area("Liverpool", "Merseyside Police", Nation.ENGLAND),
        Area("Knowsley", "Merseyside Police", Nation.ENGLAND),
        Area("Cumberland", "Cumbria Constabulary", Nation.ENGLAND),
        Area("Wandsworth", "Metropolitan Police Service", Nation.ENGLAND),
        Area("Cardiff", "South Wales Police", Nation.WALES),
        Area("Glasgow City", "Police Scotland", Nation.SCOTLAND),
        Area("Belfast", "Police Service of Northern Ireland", Nation.NORTHERN_IRELAND,
             "Belfast Health and Social Care Trust"),
    )
}
POSTCODES = {"PR1 2HE": "Lancashire", "L36 9YZ": "Knowsley", "53.41,-2.98": "Liverpool"}


def area(told):
    try:
        return AREAS[POSTCODES.get(told, told)]
    except KeyError:
        raise FactsRefused("no such place is known.") from None


GAZETTEER = Gazetteer(area, lambda told: told)
