"""Append entries about a child in custody, in the name of the officer at work."""

from datetime import datetime
from uuid import UUID

from sightline.apps.access.acting import Acting
from sightline.apps.people.actions import own_identity
from sightline.apps.record.actions import Origin, Telling, append
from sightline.domain.intake.row import Told


def tell_of(acting: Acting, person: UUID, *told: Told, at: datetime) -> dict[str, UUID]:
    """Append entries about the child, and give their ids by their keys."""
    identity = own_identity(person=person, agency=acting.agency, at=at)
    origin = Origin(agency=acting.agency, agency_name=acting.agency_name, officer=acting.officer)
    appended = append([Telling(0, identity, one) for one in told], origin=origin, at=at)
    return {key: id_ for (_, key), id_ in appended.begun.items()}
