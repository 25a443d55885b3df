"""What several browser tests ask for."""

import pytest

from tests.doors.world import Doorstep, make_doorstep


@pytest.fixture
def doorstep(transactional_db) -> Doorstep:
    return make_doorstep()
