"""Imports the lists that wait for it, one after the other; any number of these may run."""

from threading import Thread
from time import sleep

from django.core.management.base import CommandError
from django.db import Error, connection
from django_tasks_db.management.commands import db_worker as library

from booths import alive, tasks

BEAT = 2  # seconds


class Command(library.Command):
    help = __doc__

    def handle(self, **options):
        Thread(target=be_seen, daemon=True).start()
        try:
            super().handle(**options)
        except Error:
            # With its place and data it would be long, and say no more.
            raise CommandError("The database is away. Start the worker again.") from None


def be_seen() -> None:
    """Holds the lock by which pages know that a worker is there; of several one does. Puts back
    into the queue what fell out of it."""
    while True:
        try:
            with alive.held(alive.WORKER):
                while True:
                    tasks.ask_for_lost()
                    sleep(BEAT)
        except Error:  # the database was away: begin anew with a connection of this day
            connection.close()
            sleep(BEAT)
