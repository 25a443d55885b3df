"""The admin of booths and of those who staff them."""

from booths.admin import agents, appointments, booths, jobs, places, records

__all__ = ["agents", "appointments", "booths", "jobs", "places", "records"]
