"""What must be staffed, and by whom."""

from booths.models.agents import (
    Agent,
    Appointment,
    AppointmentEvent,
    AppointmentQuerySet,
    BlaAuthorisation,
)
from booths.models.booths import AgentNeed, Booth, BoothQuerySet, Kind
from booths.models.consent import Consenting
from booths.models.jobs import ChosenColumns, ImportJob
from booths.models.records import CoverDay, ImportBatch, RollDay
from booths.models.teams import Block, Post, Sector, TeamMember, TeamMemberQuerySet

__all__ = [
    "Agent",
    "AgentNeed",
    "Appointment",
    "AppointmentEvent",
    "AppointmentQuerySet",
    "BlaAuthorisation",
    "Block",
    "Booth",
    "BoothQuerySet",
    "ChosenColumns",
    "Consenting",
    "CoverDay",
    "ImportBatch",
    "ImportJob",
    "Kind",
    "Post",
    "RollDay",
    "Sector",
    "TeamMember",
    "TeamMemberQuerySet",
]
