"""What the database holds of warning signs, a file a subject."""

from sightline.apps.signs.models.found import Closing, Found, Keeping, PersonReading
from sightline.apps.signs.models.local import LocalSettings, SettingsReview
from sightline.apps.signs.models.looks import LastLook
from sightline.apps.signs.models.measured import Measurement, Switch

__all__ = [
    "Closing", "Found", "Keeping", "LastLook", "LocalSettings", "Measurement", "PersonReading", "SettingsReview",
    "Switch",
]
