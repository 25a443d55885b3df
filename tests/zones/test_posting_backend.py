"""Django's permissions follow from the postings of today."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, Permission

from tests.makers import (
    make_agent,
    make_assembly_seat,
    make_booth,
    make_district,
    make_posting,
    make_state,
    make_user,
)
from zones.models import User
from zones.scope import PERMISSIONS, PostingBackend

# Models that nobody opens by themselves: the day-book.
WITHOUT_DOORS = {"booths.chosencolumns", "booths.coverday", "booths.rollday", "zones.seatmap"}

VIEW_NUMBERS = {
    "booths.export_booth",
    *(f"booths.view_{model}" for model in ["agentneed", "block", "booth", "post", "sector"]),
    *(
        f"campaign.view_{model}"
        for model in [
            "campaign",
            "directive",
            "directivereading",
            "seatcontest",
            "snapshot",
            "snapshotrow",
        ]
    ),
    *(
        f"zones.view_{model}"
        for model in [
            "assemblyseat",
            "district",
            "loksabhaseat",
            "schemeterm",
            "state",
            "zone",
            "zonescheme",
            "zoneseat",
        ]
    ),
}
VIEW_PEOPLE = {
    f"booths.view_{model}" for model in ["agent", "appointment", "appointmentevent", "teammember"]
}
STAFF = {
    *(f"booths.{verb}_agent" for verb in ["add", "change", "import", "export"]),
    *(f"booths.{verb}_appointment" for verb in ["add", "change", "import", "export"]),
    *(f"booths.{verb}_block" for verb in ["add", "change", "delete"]),
    *(f"booths.{verb}_sector" for verb in ["add", "change", "delete"]),
    *(f"booths.{verb}_teammember" for verb in ["add", "change", "import", "export"]),
    *(f"campaign.{verb}_directivereading" for verb in ["add", "change"]),
    "booths.view_importbatch",
    "booths.view_importjob",
}
MEETINGS = {
    *(f"campaign.{verb}_reviewmeeting" for verb in ["view", "add", "change"]),
    *(f"campaign.{verb}_commitment" for verb in ["view", "add", "change", "delete"]),
    *(f"campaign.{verb}_decision" for verb in ["view", "add", "change", "delete"]),
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "permissions"),
    [
        ("state_office", set(PERMISSIONS)),
        ("state_in_charge", VIEW_NUMBERS | VIEW_PEOPLE | MEETINGS),
        ("seat_in_charge", VIEW_NUMBERS | VIEW_PEOPLE),
        ("district_staff", VIEW_NUMBERS | VIEW_PEOPLE | STAFF),
        ("observer", VIEW_NUMBERS),
    ],
)
def test_a_role_gives_its_permissions_and_no_other(role, permissions):
    seat = make_assembly_seat()
    area = {"seat_in_charge": seat, "district_staff": seat.district}.get(role, seat.state)
    user = make_user(role=role, area=area)

    assert user.get_all_permissions() == permissions
    assert {name for name in PERMISSIONS if user.has_perm(name)} == permissions


def test_permissions_are_for_models_and_verbs_that_there_are():
    models = {
        model._meta.label_lower
        for app in ("zones", "booths", "campaign")
        for model in apps.get_app_config(app).get_models()
        if model._meta.default_permissions  # what the trail keeps has none
    }
    doors = {f"{name.split('.')[0]}.{name.split('_')[-1]}" for name in PERMISSIONS}
    verbs = {name.split(".")[1].rsplit("_", 1)[0] for name in PERMISSIONS}

    assert doors | WITHOUT_DOORS == models
    assert verbs == {"view", "add", "change", "delete", "import", "export"}


@pytest.mark.django_db
def test_rows_of_djangos_own_tables_grant_nothing():
    user = make_user()
    permission = Permission.objects.get(codename="view_agent")
    user.user_permissions.add(permission)
    group = Group.objects.create(name="all")
    group.permissions.add(permission)
    user.groups.add(group)

    user = User.objects.get(pk=user.pk)
    assert not user.has_perm("booths.view_agent")
    assert not user.has_module_perms("booths")
    assert user.get_group_permissions() == set()


@pytest.mark.django_db
def test_permissions_end_with_the_posting_and_the_account():
    state = make_state()
    ended = make_user("ended", "state_office", state, until="2018-09-01")
    inactive = make_user("inactive", "state_office", state, is_active=False)

    for user in (ended, inactive, AnonymousUser()):
        assert not user.has_perm("booths.view_booth")
        assert not user.has_module_perms("booths")


@pytest.mark.django_db
def test_a_module_is_open_to_whom_anything_in_it_is():
    user = make_user(role="observer", area=make_state())

    apps_asked = ["zones", "booths", "campaign", "auth", "admin"]
    assert [app for app in apps_asked if user.has_module_perms(app)] == apps_asked[:3]


@pytest.mark.django_db
def test_a_permission_for_one_place_is_asked_at_that_place():
    raipur, durg = make_district(slug="raipur"), make_district(slug="durg")
    near = make_booth(seat=make_assembly_seat(48, district=raipur))
    far = make_booth(seat=make_assembly_seat(62, district=durg))
    user = make_user(role="district_staff", area=raipur)
    make_posting(user, "observer", durg)

    allowed = [
        place
        for place in (near, far, raipur, durg)
        if user.has_perm("booths.add_appointment", place)
    ]

    assert allowed == [near, raipur]
    # What is no place, the table cannot answer for.
    assert not user.has_perm("booths.change_agent", make_agent())


@pytest.mark.django_db
def test_sign_in_is_djangos_own():
    user = make_user("staff")
    backend = PostingBackend()

    assert backend.authenticate(None, username="staff", password="a-test-password-7") == user
    assert backend.authenticate(None, username="staff", password="wrong") is None
    assert backend.get_user(user.pk) == user
