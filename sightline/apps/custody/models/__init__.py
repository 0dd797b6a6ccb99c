"""What the database holds of children in custody, a file a subject."""

from sightline.apps.custody.models.release import JourneyStep, Leg, MissingDraft, Release, ToldRelease
from sightline.apps.custody.models.saved import SavedForm

__all__ = ["JourneyStep", "Leg", "MissingDraft", "Release", "SavedForm", "ToldRelease"]
