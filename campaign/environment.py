"""What the environment says, and why a start is refused: in production nothing may be left at a
default or at an example that everyone can read, and nothing known may guard real people's data."""

from collections.abc import Mapping
from urllib.parse import SplitResult, unquote, urlsplit

KEY_LENGTH = 50
KEY_LETTERS = 5
DEMO_KEY = "only-for-a-demo-on-one-machine-" + "x" * 32
# Nobody's secret holds one of these by chance.
EXAMPLES = ("changeme", "change-me", "change_me", "django-insecure", "only-for-a-demo", "example")
EXAMPLES += ("your-secret", "your_secret", "secretkey", "secret-key", "secret_key", "…", "...")
PASSWORDS = {"password", "passwd", "postgres", "postgresql", "secret", "admin", "root", "test"}
PASSWORDS |= {"django", "db", "pass", "123456", "12345678", "booth_pragati", "demo-pragati"}
HERE = {"", "localhost", "127.0.0.1", "::1", "[::1]", "testserver", ".localhost"}
# What is read as a number, and what it says.
NUMBERS = {
    "TRUSTED_PROXY_COUNT": "0 without a proxy, else 1",
    "EMAIL_PORT": "587 or 465",
}
ADDRESSES = ("DATABASE_URL", "MIGRATION_DATABASE_URL")
# These signs of an address make urlsplit give up; a password with one must be written as %5B.
UNREADABLE = "{name} cannot be read: write signs such as [ ] / # of the password as %5B."
TLS_FROM_THE_START = 465  # on other ports a mail server is asked to turn to it: STARTTLS


class Environment:
    def __init__(self, values: Mapping[str, str]):
        self.values = values
        self.debug, self.demo = self.flag("DEBUG"), self.flag("DEMO")
        self.local = self.debug or self.demo
        self.hosts = self.words("ALLOWED_HOSTS")
        self.origins = self.words("CSRF_TRUSTED_ORIGINS")

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, "").strip() or default

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"1", "true", "yes", "on"}

    def words(self, name: str) -> list[str]:
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def number(self, name: str, default: int = 0) -> int:
        text = self.text(name)
        return int(text) if text.isdecimal() else default

    def refusals(self) -> list[str]:
        """Why it must not start as it stands, in sentences for whoever runs it."""
        found = [*map(self._number_fault, NUMBERS), *map(self._database, ADDRESSES)]
        found += [self._open_debug(), self._known_key()] if self.local else self._production()
        return [reason for reason in found if reason]

    @property
    def mail_port(self) -> int:
        return self.number("EMAIL_PORT", 587)

    @property
    def mail_by_tls(self) -> bool:
        return self.mail_port == TLS_FROM_THE_START

    @property
    def mail_by_starttls(self) -> bool:
        """In clear goes only what stays on this machine, and no password even there."""
        stays_here = self.text("EMAIL_HOST").lower() in HERE
        return not self.mail_by_tls and not (stays_here and not self.text("EMAIL_HOST_PASSWORD"))

    # Each answers with a sentence, or with nothing where all is well

    def _number_fault(self, name: str) -> str:
        right = self.text(name, "0").isdecimal()
        return "" if right else f"{name} is a number: {NUMBERS[name]}."

    def _production(self) -> list[str]:
        keys = [self.text("SECRET_KEY"), *self.words("SECRET_KEY_FALLBACKS")]
        return [*map(_key_fault, keys), self._host_fault(), self._origin_fault()]

    def _host_fault(self) -> str:
        if not self.hosts:
            return "Set ALLOWED_HOSTS to the names under which the pages are reached."
        if any("*" in host for host in self.hosts):
            return "ALLOWED_HOSTS must name its hosts; * would take any."
        return ""

    def _origin_fault(self) -> str:
        wrong = [o for o in self.origins if not o.startswith("https://") or "*" in o]
        return f"CSRF_TRUSTED_ORIGINS must be https://… without *: {wrong[0]}" if wrong else ""

    def _database(self, name: str) -> str:
        address = self.text(name)
        if not address:
            is_needed = name == "DATABASE_URL" and not self.local
            return "Set DATABASE_URL to the address of the database." if is_needed else ""
        try:
            parts = urlsplit(address)
            password = unquote(parts.password or "")
            _ = parts.port
        except ValueError:
            return UNREADABLE.format(name=name)
        if self.local or parts.scheme.startswith("sqlite"):
            return ""
        return _password_fault(name, parts, password)

    def _open_debug(self) -> str:
        if self.debug and (set(self.hosts) - HERE - {"*"} or self.number("TRUSTED_PROXY_COUNT")):
            return "DEBUG=1 shows settings and data to whoever meets an error: not on a server."
        return ""

    def _known_key(self) -> str:
        """Whoever knows the key of the demo can make a link that sets a new password."""
        address = self.text("DATABASE_URL")
        elsewhere = address and "://" in address and not _is_here(address)
        if elsewhere and self.text("SECRET_KEY", DEMO_KEY) == DEMO_KEY:
            return "A database on another machine needs a SECRET_KEY of its own, also for a demo."
        return ""


def _key_fault(key: str) -> str:
    if not key:
        return "Set SECRET_KEY (or DEMO=1 for a demo on this machine)."
    if len(key) < KEY_LENGTH or len(set(key)) < KEY_LETTERS:
        return f"SECRET_KEY is too short: at least {KEY_LENGTH} letters by chance."
    if any(example in key.lower() for example in EXAMPLES):
        return "SECRET_KEY is an example that everyone can read. Make one of your own."
    return ""


def _password_fault(name: str, parts: SplitResult, password: str) -> str:
    if not password:
        # Through a socket of this machine the database knows the user without a password.
        by_socket = not parts.hostname or _is_socket(parts.hostname)
        return "" if by_socket else f"{name} has no password."
    known = password.lower() in PASSWORDS or password == parts.username
    if known or any(example in password.lower() for example in EXAMPLES):
        return f"The password of {name} is an example that everyone can guess."
    return ""


def _is_here(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return host in HERE or _is_socket(host) or address.startswith("sqlite")


def _is_socket(host: str) -> bool:
    return host.lower().startswith("%2f")
