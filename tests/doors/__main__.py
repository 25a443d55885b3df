"""Prints the lines that the door table lacks, or holds otherwise: read each before you take it."""

import logging
import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    logging.disable()  # a refusal is what is asked for

    from django.db import transaction
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from tests.doors.lacking import differing

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with transaction.atomic():
            for line in differing():
                print(line, flush=True)
            transaction.set_rollback(True)
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
