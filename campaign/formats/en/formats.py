"""The same in English: India writes the day first and groups by lakh in both languages."""

from campaign.formats.hi.formats import *  # noqa: F403
