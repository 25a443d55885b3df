"""Guessing is stopped by account and by address, and locks nobody out on a device of their own.

Wrong tries are counted over a quarter of an hour. Strangers, all together, have some tries for an
account, and those of one address some more for all accounts; each known device has tries of its
own. What is refused counts no further, so that no lock grows longer by knocking at it. A table row
says who tried what from where, never with which password; a name that is nobody's is kept as a
digest, since people type passwords into the wrong field.
"""

from dataclasses import dataclass
from hashlib import sha256

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import F
from django.utils.crypto import salted_hmac

from campaign.sign_in import devices
from zones.accounts import account_named
from zones.mobiles import bare_mobile
from zones.visitors import address_of, network_of

FOR_AN_ACCOUNT = 10  # tries of all strangers
FOR_AN_ADDRESS = 50  # tries of its strangers: a mobile network has one for hundreds of people
FOR_A_DEVICE = 10  # tries of a known device for its account
STRANGER = "stranger"


@dataclass(frozen=True)
class Try:
    account: str  # the user name, or a digest of what is none
    network: str
    device: str  # STRANGER, or the name of a known device


def try_of(request, credentials: dict) -> Try:
    typed = credentials.get("username") or ""
    user = account_named(typed)
    known = devices.knows(request, user) if user else ""
    return Try(
        account=user.username if user else _digest(bare_mobile(typed) or typed),
        network=network_of(address_of(request)),
        device=sha256(known.encode()).hexdigest() if known else STRANGER,
    )


def _digest(typed: str) -> str:
    return f"?{salted_hmac('campaign.sign_in.lock_out', typed).hexdigest()}"


class LockOut(AxesDatabaseHandler):
    """The library calls it before a password is looked at, and after it was wrong."""

    def is_locked(self, request, credentials=None) -> bool:
        tried = try_of(request, credentials or {})
        of_account = self._wrong(request, username=tried.account, user_agent=tried.device)
        if tried.device != STRANGER:
            return of_account >= FOR_A_DEVICE
        of_address = self._wrong(request, ip_address=tried.network or None, user_agent=STRANGER)
        return of_account >= FOR_AN_ACCOUNT or of_address >= FOR_AN_ADDRESS

    def _wrong(self, request, **whose) -> int:
        since = request.axes_attempt_time - settings.AXES_COOLOFF_TIME
        tries = AccessAttempt.objects.filter(attempt_time__gte=since, **whose)
        return sum(tries.values_list("failures_since_start", flat=True))

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        if request is None or request.axes_locked_out:
            return
        self.clean_expired_user_attempts(request)
        tried = try_of(request, credentials)
        kept, _new = AccessAttempt.objects.get_or_create(
            username=tried.account,
            ip_address=tried.network or None,
            user_agent=tried.device,
            defaults={"failures_since_start": 0},
        )
        AccessAttempt.objects.filter(pk=kept.pk).update(
            failures_since_start=F("failures_since_start") + 1,
            attempt_time=request.axes_attempt_time,
        )

    def user_logged_in(self, sender, request, user, **kwargs):
        """Forgets the wrong tries of a known device. Those of strangers stay: who has an account
        could otherwise sign in between guesses at another."""
        if known := devices.knows(request, user):
            name = sha256(known.encode()).hexdigest()
            AccessAttempt.objects.filter(username=user.username, user_agent=name).delete()

    def user_logged_out(self, sender, request, user, **kwargs):
        pass


def address_if_known(request) -> str | None:
    return address_of(request) or None


def say_so(request, response, credentials):
    """The page that was asked for says what to do; only its status is the lock's."""
    response.status_code = 429
    return response
