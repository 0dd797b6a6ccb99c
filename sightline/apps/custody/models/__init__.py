"""What the database holds of children in custody, a file a subject."""

from sightline.apps.custody.models.charging import (
    Charging,
    ChargingStep,
    Evidence,
    Restraint,
    ToldCharge,
    ToolAnswer,
)
from sightline.apps.custody.models.path import CustodyRecord, PathStep
from sightline.apps.custody.models.referral import Referral, ReferralAddition, ReferralTo
from sightline.apps.custody.models.release import JourneyStep, Leg, MissingDraft, Release, ToldRelease
from sightline.apps.custody.models.saved import SavedForm
from sightline.apps.custody.models.screen import ScreenDecision, ScreenTalk

__all__ = [
    "Charging", "ChargingStep", "CustodyRecord", "Evidence", "JourneyStep", "Leg", "MissingDraft", "PathStep",
    "Referral", "ReferralAddition", "ReferralTo", "Release", "Restraint", "SavedForm", "ScreenDecision", "ScreenTalk",
    "ToldCharge", "ToldRelease", "ToolAnswer",
]
