"""A one-time link as the office hands it over: on the screen, by WhatsApp, by mail, on paper."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaign import qr, wording
from zones.models import User
from zones.one_time_links import OneTimeLink

COUNTRY = "91"


@dataclass(frozen=True)
class Letter:
    """A link with all that is said beside it; `site` is the address of the whole, without path."""

    person: User
    url: str
    site: str
    valid_until: date

    @property
    def text(self) -> str:
        """In the language of the person, not of who sends it."""
        with override(self.person.language):
            return _(
                "Namaste %(name)s. Your user name in Booth Pragati is %(username)s. "
                "Set your password here: %(url)s It works once, until %(day)s. "
                "Give this link to nobody."
            ) % {
                "name": self.person.name,
                "username": self.person.username,
                "url": self.url,
                "day": wording.day_and_year(self.valid_until),
            }

    @property
    def whatsapp(self) -> str:
        number = f"{COUNTRY}{self.person.mobile}" if self.person.mobile else ""
        return f"https://wa.me/{number}?text={quote(self.text)}"

    @property
    def qr(self) -> SafeString:
        return qr.drawn(self.url, _("QR code of the link"))


def letter(person: User, link: OneTimeLink, *, site: str) -> Letter:
    path = reverse("welcome", args=[link.uid, link.token])
    return Letter(person, f"{site}{path}", site, link.valid_until)


def may_mail(person: User) -> bool:
    return bool(settings.EMAIL_HOST and person.email)


def mail(letter: Letter) -> None:
    """Raises OSError (smtplib's errors are such) if the mail server does not take it."""
    with override(letter.person.language):
        subject = _("Booth Pragati: set your password")
    send_mail(subject, letter.text, None, [letter.person.email])
