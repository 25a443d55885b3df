"""The admin of campaigns and reviews, and the admin as a whole."""

from campaign.admin import campaigns, reviews, site

__all__ = ["campaigns", "reviews", "site"]
