"""On which devices somebody is signed in now."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from zones.models import User

# The first that the browser's long name of itself contains: Chrome says that it is Safari too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class SignedIn:
    session: UserSession
    is_here: bool

    @property
    def browser(self) -> str:
        said = self.session.user_agent
        found = [next((name for word, name in table if word in said), "") for table in
                 (BROWSERS, SYSTEMS)]  # fmt: skip
        return ", ".join(filter(None, found))


def signed_in(user: User, here: str | None, at: datetime) -> list[SignedIn]:
    """This device first, then by the last page asked for; `here` is the key of this session.
    What a new password has shut is gone from the list with the next sign-in."""
    kept = Session.objects.filter(expire_date__gt=at).values("session_key")
    sessions = UserSession.objects.filter(user=user, session_key__in=kept)
    shown = [SignedIn(session, session.session_key == here) for session in sessions]
    return sorted(shown, key=lambda one: (one.is_here, one.session.last_seen_at), reverse=True)
