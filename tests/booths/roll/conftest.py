import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english():
    """The sentences are compared as they are written in the source."""
    with translation.override("en"):
        yield
