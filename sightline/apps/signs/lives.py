"""Ask for all that a reading of signs rests on, the same for one child and for everybody."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sightline.apps.people.parts import answering
from sightline.apps.signs.local import local_rules
from sightline.apps.signs.queries import closed_signs
from sightline.apps.signs.said import said_of
from sightline.domain.signs.population import Life
from sightline.domain.vocabulary.moment import day_of
from sightline.domain.vocabulary.timeline import Timeline


def lives_of(timelines: Mapping[UUID, Timeline], *, at: datetime) -> dict[UUID, Life]:
    """Give for each person the timeline, what people said of signs, and the rules of the area that answers.

    What waits in our own books and the circle of neighbours are asked for beside it: they are kept by the reading
    itself.
    """
    people = list(timelines)
    closed, councils = closed_signs(people), answering(people)
    said, local = said_of(people, answering=councils, at=at), local_rules(set(councils.values()), on=day_of(at))
    return {person: Life(timeline, closed=closed.get(person, {}), said=said[person],
                         local=tuple(local.get(councils.get(person, 0), ())))
            for person, timeline in timelines.items()}
