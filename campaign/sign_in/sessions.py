"""Sessions in the database that know how long they are kept, and are prolonged in one small query.

Django ends a session that was not prolonged for SESSION_COOKIE_AGE seconds.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends import db

REFRESHED_EVERY = timedelta(minutes=1)


class SessionStore(db.SessionStore):
    kept_until: datetime | None = None

    def _get_session_from_db(self):
        row = super()._get_session_from_db()
        self.kept_until = row.expire_date if row else None
        return row

    def is_due(self, at: datetime) -> bool:
        """Whether it was last prolonged so long ago that it should be again."""
        fresh = timedelta(seconds=settings.SESSION_COOKIE_AGE) - REFRESHED_EVERY
        return self.kept_until is not None and self.kept_until - at < fresh

    def prolong(self, at: datetime) -> None:
        until = at + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        rows = self.get_model_class().objects.filter(session_key=self.session_key)
        rows.update(expire_date=until)
