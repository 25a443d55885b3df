"""The project's settings, made fast, quiet and harmless for tests.

DATABASE_URL chooses the database, as it does for the project; SQLite without it.
"""

import os
import tempfile

os.environ["DEMO"] = "1"
os.environ.pop("DEBUG", None)
# Playwright keeps an event loop in the thread of the tests, in which Django would refuse every
# query; nothing of ours runs inside that loop.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from campaign.settings import *  # noqa: F403
from campaign.settings import DATABASES, STORAGES

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in use: in memory there is no WAL, and all threads would share one connection.
    TEST_FOLDER = tempfile.TemporaryDirectory(prefix="booth-pragati-")
    DATABASES["default"]["TEST"] = {"NAME": f"{TEST_FOLDER.name}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

# What waits for a worker is done at once; tests of the queue have a worker of their own.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Pages find their static files without collectstatic.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
