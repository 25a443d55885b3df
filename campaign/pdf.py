"""Printed pages as PDF, by weasyprint, which is installed only where somebody wants it.

What a page refers to comes from our own static files: no host is asked for anything.
"""

import os
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

OURS = "https://prints.invalid"  # reserved: no host has such a name, and none is asked


class NoWeasyprint(Exception):
    """Neither it nor the Debian packages that it draws with need be there."""

    def __str__(self):
        return _(
            "PDFs need weasyprint: pip install '.[pdf]', and of Debian the packages "
            "libpango-1.0-0, libpangoft2-1.0-0 and fonts-noto-core."
        )


def rendered(template: str, context: dict):
    """The laid-out document, with its pages."""
    try:
        # Not at the top: the rest of the project runs without it.
        import weasyprint
    except (ImportError, OSError) as error:
        raise NoWeasyprint from error
    html = render_to_string(template, context)

    class OnlyOurs(weasyprint.urls.URLFetcher):
        def fetch(self, url, headers=None):
            try:
                path = own_file(url)
            except (
                ValueError,
                SuspiciousOperation,
            ) as error:  # else it would be left out, and the sheet be wrong
                raise weasyprint.urls.FatalURLFetchingError(str(error)) from error
            return weasyprint.urls.URLFetcherResponse(url, path.read_bytes(), _headers(path))

    page = weasyprint.HTML(string=html, base_url=f"{OURS}/", url_fetcher=OnlyOurs())
    return page.render()


def _headers(path: Path) -> dict[str, str]:
    kinds = {".css": "text/css", ".svg": "image/svg+xml"}
    return {"Content-Type": kinds.get(path.suffix, "application/octet-stream")}


def own_file(url: str) -> Path:
    """The file behind the address of a static file of ours; anything else is refused."""
    begins = f"{OURS}{settings.STATIC_URL}"
    if not url.startswith(begins):
        raise ValueError(f"{url} is none of our static files")
    name = unquote(urlsplit(url.removeprefix(begins)).path)
    found = finders.find(name) or _gathered(name)
    if not found:
        raise ValueError(f"{url} is not there")
    return Path(found)


def _gathered(name: str) -> str | None:
    """Where collectstatic has put it under a name of its own, if it has run."""
    try:
        path = staticfiles_storage.path(name)
    except ImproperlyConfigured:
        return None
    return path if os.path.isfile(path) else None


def write_whole(file: Path, content: bytes) -> None:
    """Under its name there is either the whole file or what was there before."""
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        os.replace(beside, file)
    except BaseException:
        os.unlink(beside)
        raise
