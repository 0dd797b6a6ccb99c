"""What the database holds of warning signs, a file a subject."""

from sightline.apps.signs.models.found import Closing, Found, PersonReading

__all__ = ["Closing", "Found", "PersonReading"]
