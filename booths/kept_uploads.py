"""Uploaded lists between preview and import: in a folder that nobody else reads, and removed when
nobody confirms them.

What is swept goes by the age of a file alone, so that any number of processes may sweep at once.
"""

import os
import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from import_export.tmp_storages import TempFolderStorage

UPLOADS = "uploads"  # of a session
PREVIEW = timedelta(hours=1)  # a session lasts no longer without a page
DAY = timedelta(days=1)


def folder() -> Path:
    """Of this user of the machine, and readable by no other."""
    own = Path(tempfile.gettempdir()) / f"booth-pragati-uploads-{os.getuid()}"
    own.mkdir(mode=0o700, exist_ok=True)
    found = own.lstat()
    # Everybody may make a folder of this name there before us.
    if own.is_symlink() or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError(f"{own} is not ours alone")
    return own


class KeptUpload(TempFolderStorage):
    name: str | None

    def _open(self, mode="r"):
        if self.name:
            return super()._open(mode)
        number, self.name = tempfile.mkstemp(dir=folder())
        return open(number, "wb")


def remove(stored: str) -> None:
    # Somebody may have tidied the folder; all that matters is that the file is gone.
    with suppress(OSError):
        os.remove(stored)


def remove_all_of(session) -> None:
    """For a session about to end, which forgets where they lie."""
    for known in session.get(UPLOADS, {}).values():
        remove(known["stored"])


def remove_older(than: timedelta, *, now: datetime) -> None:
    for file in folder().iterdir():
        # Gone meanwhile is gone: another process was sooner.
        with suppress(FileNotFoundError):
            if datetime.fromtimestamp(file.stat().st_mtime, UTC) < now - than:
                file.unlink()
