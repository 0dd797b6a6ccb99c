"""What the database holds of children in custody, a file a subject."""

from sightline.apps.custody.models.referral import Referral, ReferralAddition, ReferralTo
from sightline.apps.custody.models.release import JourneyStep, Leg, MissingDraft, Release, ToldRelease

__all__ = ["JourneyStep", "Leg", "MissingDraft", "Referral", "ReferralAddition", "ReferralTo", "Release", "ToldRelease"]
