"""Several offices post one person at the same moment, each in a process of its own."""

import pytest

from tests.makers import make_user
from tests.races import at_once
from tests.zones.offices import TODAY, make_offices, postings_of
from zones import staffing
from zones.models import District, User


def give(person, area, by):
    user, office = User.objects.get(pk=person), User.objects.get(pk=by)
    asked = {"role": "district_staff", "area": District.objects.get(pk=area), "since": TODAY}
    staffing.give_posting(user, **asked, by=office, on=TODAY)


@pytest.mark.django_db(transaction=True)
def test_of_four_offices_that_give_one_posting_one_succeeds():
    world = make_offices()
    offices = [make_user(f"office-{n}", "state_office", world.state) for n in range(4)]

    found = at_once(give, [(world.staff.pk, world.durg.pk, office.pk) for office in offices])

    assert found == ["done", "refused", "refused", "refused"]
    assert len(postings_of(world.staff)) == 2
