"""How long a session lasts: some minutes after the last page, some hours in all."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings

from zones.visitors import address_of

BY_ITSELF = "X-By-Itself"


def keep(request, at: datetime) -> bool:
    """Whether the session goes on; it is prolonged at most once a minute, in two small queries, and
    never by a page that asks by itself: nobody may be there, and the database may be busy."""
    session = request.session
    began_at = session.get("began_at")
    if began_at and at.timestamp() - began_at > settings.SESSION_LONGEST.total_seconds():
        return False
    if session.is_due(at) and BY_ITSELF not in request.headers:
        if not began_at:
            session["began_at"] = at.timestamp()
        session.prolong(at)
        seen = UserSession.objects.filter(session_key=session.session_key)
        seen.update(last_seen_at=at, **({"ip": ip} if (ip := address_of(request)) else {}))
    return True
