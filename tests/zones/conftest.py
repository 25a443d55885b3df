import pytest
from django.utils import translation

from tests.zones.territory import write_territory


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def folder(tmp_path):
    return write_territory(tmp_path)
