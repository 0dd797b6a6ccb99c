"""What the database holds of children in custody, a file a subject."""

from sightline.apps.custody.models.path import CustodyRecord, PathStep
from sightline.apps.custody.models.release import JourneyStep, Leg, MissingDraft, Release, ToldRelease

__all__ = ["CustodyRecord", "JourneyStep", "Leg", "MissingDraft", "PathStep", "Release", "ToldRelease"]
