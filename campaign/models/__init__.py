"""When, and how far."""

from campaign.models.campaigns import (
    Campaign,
    Directive,
    DirectiveQuerySet,
    DirectiveReading,
    SeatContest,
)
from campaign.models.reviews import Commitment, Decision, ReviewMeeting, Snapshot, SnapshotRow

__all__ = [
    "Campaign",
    "Commitment",
    "Decision",
    "Directive",
    "DirectiveQuerySet",
    "DirectiveReading",
    "ReviewMeeting",
    "SeatContest",
    "Snapshot",
    "SnapshotRow",
]
