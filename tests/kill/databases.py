"""A fresh copy of a database for each round, on either engine."""

import os
import shutil
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

RECOVERED_WITHIN = 120  # seconds


class Sqlite:
    name, BASE = "SQLite", "base"
    victims = {"worker": 8, "web": 2}  # and how often; the database has no process of its own

    def __init__(self, folder: Path):
        self.folder = folder

    def address(self, copy: str) -> str:
        return f"sqlite:///{self.folder / copy}.sqlite3"

    def copy(self, name: str) -> None:
        """Called with nobody connected to the base, so that all of it is in the one file."""
        shutil.copy(self.folder / "base.sqlite3", self.folder / f"{name}.sqlite3")

    def drop(self, name: str) -> None:
        for file in self.folder.glob(f"{name}.sqlite3*"):
            file.unlink()


class Postgresql:
    name, BASE = "PostgreSQL", "kill_base"
    victims = {"worker": 5, "web": 2, "database": 3}

    def __init__(self, url: str):
        self.url = url
        self._execute(f"DROP DATABASE IF EXISTS {self.BASE}", f"CREATE DATABASE {self.BASE}")

    def address(self, copy: str) -> str:
        return urlsplit(self.url)._replace(path=f"/{copy}").geturl()

    def copy(self, name: str) -> None:
        self._execute(f"CREATE DATABASE {name} TEMPLATE {self.BASE}")

    def drop(self, name: str) -> None:
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def writer(self, name: str) -> int | None:
        """The server process of whoever imports; killed, it takes the whole server down with it,
        which comes back by itself."""
        found = self._execute(
            "SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database"
            f" WHERE locktype = 'advisory' AND objid > 0 AND datname = '{name}'"
        )
        return found[0][0] if found else None

    def _connection(self):
        """The server refuses everybody while it recovers from the death of one of its processes."""
        import psycopg2

        until = monotonic() + RECOVERED_WITHIN
        while True:
            try:
                return psycopg2.connect(self.url)
            except psycopg2.OperationalError:
                if monotonic() > until:
                    raise
                sleep(0.2)

    def _execute(self, *statements: str) -> list[tuple]:
        connection = self._connection()
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()


def database_in(folder: Path) -> Sqlite | Postgresql:
    url = os.environ.get("DATABASE_URL", "")
    return Postgresql(url) if url.startswith("postgres") else Sqlite(folder)
