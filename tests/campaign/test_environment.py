"""What a start is refused for, and that what starts is safe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from campaign.environment import DEMO_KEY, Environment

ROOT = Path(__file__).resolve().parents[2]
KEY = "7hW0q-sNdc3LxB_u9ZkTfY2mVgRj5aPeCi1oEtKbQwD8nXl4"
KEY += KEY[::-1]
GOOD = {
    "SECRET_KEY": KEY,
    "DATABASE_URL": "postgres://booth_pragati:Xr7-q0Lz_pWn3@db.example/booth_pragati",
    "ALLOWED_HOSTS": "booth.example",
    "TRUSTED_PROXY_COUNT": "1",
}


def refused(**changes: str | None) -> list[str]:
    values = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return Environment(values).refusals()


def database(password: str, host: str = "db.example") -> dict[str, str]:
    return {"DATABASE_URL": f"postgres://booth_pragati{password}@{host}/booth_pragati"}


def owner(password: str, host: str = "db.example") -> dict[str, str]:
    return {"MIGRATION_DATABASE_URL": f"postgres://owner{password}@{host}/booth_pragati"}


def local(**values: str) -> dict[str, str | None]:
    return dict.fromkeys(GOOD) | values


ACCEPTED = {
    "production": {},
    "SQLite by name": {"DATABASE_URL": "sqlite:////var/lib/booth/pragati.sqlite3"},
    "a socket of this machine": database("", "%2Fvar%2Frun%2Fpostgresql"),
    "an owner of the tables": owner(":Qk4_vv8-Tz1nP"),
    "an owner by a socket": owner("", "%2Fvar%2Frun%2Fpostgresql"),
    "a demo with an owner": local(DEMO="1", **owner("")),
    "a mail server": {"EMAIL_HOST": "mail.example", "EMAIL_PORT": "465"},
    "origins": {"CSRF_TRUSTED_ORIGINS": "https://booth.example, https://b.example"},
    "no proxy": {"TRUSTED_PROXY_COUNT": None},
    "a demo": local(DEMO="1"),
    "a demo for others": local(DEMO="1", ALLOWED_HOSTS="demo.example", TRUSTED_PROXY_COUNT="1"),
    "a demo on PostgreSQL": local(DEMO="1", **database("", "%2Ftmp%2Fx")),
    "a demo on a database elsewhere": local(DEMO="1", SECRET_KEY=KEY, **database(":demo")),
    "work on the program": local(DEBUG="1", ALLOWED_HOSTS="localhost,127.0.0.1"),
}
REFUSED = {
    "no key": ({"SECRET_KEY": None}, "Set SECRET_KEY"),
    "an empty key": ({"SECRET_KEY": " "}, "Set SECRET_KEY"),
    "a short key": ({"SECRET_KEY": KEY[:49]}, "SECRET_KEY is too short"),
    "one letter": ({"SECRET_KEY": "x" * 60}, "SECRET_KEY is too short"),
    "the demo's key": ({"SECRET_KEY": DEMO_KEY}, "SECRET_KEY is an example"),
    "Django's key": ({"SECRET_KEY": f"django-insecure-{KEY}"}, "SECRET_KEY is an example"),
    "an example key": ({"SECRET_KEY": "ChangeMe" + KEY}, "SECRET_KEY is an example"),
    "an earlier key of the demo": (
        {"SECRET_KEY_FALLBACKS": f"{KEY}, {DEMO_KEY}"},
        "SECRET_KEY is an example",
    ),
    "no hosts": ({"ALLOWED_HOSTS": None}, "Set ALLOWED_HOSTS"),
    "no host between commas": ({"ALLOWED_HOSTS": " , "}, "Set ALLOWED_HOSTS"),
    "any host": ({"ALLOWED_HOSTS": "booth.example,*"}, "ALLOWED_HOSTS must name"),
    "any host of": ({"ALLOWED_HOSTS": "*.example"}, "ALLOWED_HOSTS must name"),
    "an open origin": ({"CSRF_TRUSTED_ORIGINS": "http://booth.example"}, "CSRF_TRUSTED_ORIGINS"),
    "any origin": ({"CSRF_TRUSTED_ORIGINS": "https://*.example"}, "CSRF_TRUSTED_ORIGINS"),
    "no database": ({"DATABASE_URL": None}, "Set DATABASE_URL"),
    "no password": (database(""), "DATABASE_URL has no password"),
    "an empty password": (database(":"), "DATABASE_URL has no password"),
    "the README's password": (database(":…"), "The password of DATABASE_URL"),
    "a password like the user": (database(":booth_pragati"), "The password of DATABASE_URL"),
    "a guessed password": (database(":Postgres"), "The password of DATABASE_URL"),
    "an example password": (database(":change-me-1"), "The password of DATABASE_URL"),
    "an address cut up": (database(":a[b", "[x"), "DATABASE_URL cannot be read"),
    "an owner without a password": (owner(""), "MIGRATION_DATABASE_URL has no password"),
    "an owner's empty password": (owner(":"), "MIGRATION_DATABASE_URL has no password"),
    "an owner's name as password": (owner(":owner"), "The password of MIGRATION_DATABASE_URL"),
    "an owner's guessed password": (owner(":postgres"), "The password of MIGRATION_DATABASE_URL"),
    "the README's owner": (owner(":…"), "The password of MIGRATION_DATABASE_URL"),
    "an owner cut up": (owner(":a[b", "[x"), "MIGRATION_DATABASE_URL cannot be read"),
    "a mail port in words": ({"EMAIL_PORT": "smtps"}, "EMAIL_PORT is a number"),
    "a proxy in words": ({"TRUSTED_PROXY_COUNT": "yes"}, "TRUSTED_PROXY_COUNT is a number"),
    "debugging on a server": ({"DEBUG": "1"}, "DEBUG=1 shows"),
    "debugging behind a proxy": (local(DEBUG="1", TRUSTED_PROXY_COUNT="1"), "DEBUG=1 shows"),
    "a known key for others' data": (local(DEMO="1", **database(":x")), "A database on another"),
}


@pytest.mark.parametrize("changes", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_what_is_safe_starts(changes):
    assert refused(**changes) == []


@pytest.mark.parametrize(("changes", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_default_or_an_example_does_not_start(changes, reason):
    said = refused(**changes)
    assert len(said) == 1
    assert said[0].startswith(reason)


def test_all_that_is_wrong_is_said_at_once():
    assert len(refused(**dict.fromkeys(GOOD))) == 3


def manage(*arguments: str, said: str = "", **environment: str) -> subprocess.CompletedProcess:
    """The command as it runs in production: nothing of the environment of the tests but PATH."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | environment,
        input=said,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_check_for_deployment_finds_nothing():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **GOOD)
    assert (done.returncode, done.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    )


def test_a_refused_start_is_told_in_words_without_the_secret():
    done = manage("check", **GOOD | {"SECRET_KEY": "hidden-and-short", "ALLOWED_HOSTS": "*"})
    assert done.returncode != 0
    assert "SECRET_KEY is too short" in done.stderr
    assert "ALLOWED_HOSTS must name its hosts" in done.stderr
    assert "hidden-and-short" not in done.stderr + done.stdout


PRINTED = """
from django.conf import settings as s
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)
print(s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE)
print(s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.SECURE_PROXY_SSL_HEADER, s.DEBUG, s.DEMO)
"""


@pytest.mark.parametrize(
    ("proxies", "header"), [("1", ("HTTP_X_FORWARDED_PROTO", "https")), ("0", None), ("", None)]
)
def test_in_production_cookies_are_safe_and_only_a_proxy_is_believed(proxies, header):
    done = manage("shell", "--no-imports", "-c", PRINTED, **GOOD | {"TRUSTED_PROXY_COUNT": proxies})
    assert done.stdout.splitlines() == [
        "__Host-session __Host-csrf True True",
        "True True Lax",
        f"True 31536000 {header} False False",
    ]


@pytest.mark.parametrize(
    ("port", "host", "password", "ways"),
    [
        ("465", "mail.example", "secret-1", (True, False)),
        ("587", "mail.example", "secret-1", (False, True)),
        ("", "mail.example", "secret-1", (False, True)),
        ("25", "mail.example", "secret-1", (False, True)),
        ("25", "mail.example", "", (False, True)),
        ("25", "localhost", "secret-1", (False, True)),
        ("465", "127.0.0.1", "", (True, False)),
        ("25", "Localhost", "", (False, False)),
        ("1025", "127.0.0.1", "", (False, False)),
    ],
)
def test_mail_leaves_the_machine_by_tls_and_a_password_is_never_said_in_clear(
    port, host, password, ways
):
    said = {"EMAIL_PORT": port, "EMAIL_HOST": host, "EMAIL_HOST_PASSWORD": password}
    found = Environment(GOOD | said)
    assert (found.mail_by_tls, found.mail_by_starttls) == ways


MAILED = (
    "from django.conf import settings as s; print(s.EMAIL_PORT, s.EMAIL_USE_SSL, s.EMAIL_USE_TLS)"
)


@pytest.mark.parametrize(("port", "settings"), [("465", "465 True False"), ("25", "25 False True")])
def test_the_settings_hold_how_mail_goes(port, settings):
    mail = {"EMAIL_HOST": "mail.example", "EMAIL_PORT": port}
    done = manage("shell", "--no-imports", "-c", MAILED, **GOOD | mail)
    assert done.stdout.splitlines() == [settings]


SENT = """
import socket, threading
from django.core.mail import send_mail

heard, door = [], socket.create_server(("127.0.0.1", 0))

def serve():
    line, _ = door.accept()
    with line, line.makefile("rwb", buffering=0) as talk:
        talk.write(b"220 here\\r\\n")
        for said in talk:
            heard.append(said)
            talk.write(b"250-here\\r\\n250 AUTH PLAIN LOGIN\\r\\n")

threading.Thread(target=serve, daemon=True).start()
from django.conf import settings
settings.EMAIL_PORT = door.getsockname()[1]
try:
    send_mail("s", "text", None, ["a@example.in"])
except OSError as error:
    print(type(error).__name__)
print(any(b"AUTH" in said or b"MAIL" in said for said in heard))
"""


def test_a_server_that_speaks_no_tls_hears_neither_password_nor_letter():
    mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": "25"}
    mail |= {"EMAIL_HOST_USER": "office", "EMAIL_HOST_PASSWORD": "pw-9"}
    done = manage("shell", "--no-imports", "-c", SENT, **GOOD | mail)
    assert done.stdout.splitlines() == ["SMTPNotSupportedError", "False"]
