"""A row of every model in another state, each with a word that nothing here has: even the office
of this state is a stranger there."""

from django.db import models

from tests.admin_world import World, make_appointed, make_listed_booth
from tests.doors.world import Doorstep, make_rows
from tests.makers import (
    make_assembly_seat,
    make_district,
    make_lok_sabha_seat,
    make_state,
    make_user,
)

WORD = "परराज्य"
NAMED = ("name_hi", "name", "text_hi", "text", "person", "file_name", "first_name", "minutes")
EVERYWHERE = {"post"}  # the same in every state


def make_abroad(doorstep: Doorstep) -> None:
    world = make_world_abroad()
    for name, row in make_rows(world).items():
        if name in EVERYWHERE:
            continue
        doorstep.rows[f"abroad_{name}"] = row
        known = {field.name for field in row._meta.get_fields() if isinstance(field, models.Field)}
        told = {field: f"{WORD} {name}" for field in NAMED if field in known}
        type(row).objects.filter(pk=row.pk).update(**told)
        row.refresh_from_db()


def make_world_abroad() -> World:
    state = make_state("MP")
    district = make_district(state, "indore")
    lok_sabha_seat = make_lok_sabha_seat(state, 26)
    seat = make_assembly_seat(204, lok_sabha_seat, district, state)
    staff = make_user("staff-abroad", "district_staff", district, mobile="5299999999")
    booth = make_listed_booth(7, seat=seat)
    mine = make_appointed(booth, "कोई", by=staff, mobile="5288888888")
    office = make_user("office-abroad", "state_office", state, first_name=WORD)
    return World(booth, booth, mine, mine, office, staff, staff)
