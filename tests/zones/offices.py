"""Two states with an office each, and people posted in one or the other."""

from dataclasses import dataclass
from datetime import date

from tests.makers import (
    make_assembly_seat,
    make_district,
    make_lok_sabha_seat,
    make_state,
    make_user,
)
from zones.models import AssemblySeat, District, Posting, State, User

TODAY = date(2018, 8, 18)


@dataclass
class Offices:
    state: State
    raipur: District
    durg: District
    seat: AssemblySeat  # 48, of Raipur
    office: User
    staff: User  # of Raipur
    other_state: State
    other_office: User
    stranger: User  # of the other state, mobile 5999999999

    @property
    def now(self) -> dict:
        return {"by": self.office, "on": TODAY}


def make_offices() -> Offices:
    state, other = make_state("CG"), make_state("MP")
    raipur = make_district(state, "raipur")
    seat = make_assembly_seat(48, make_lok_sabha_seat(state), raipur, name_hi="रायपुर ग्रामीण")
    far = make_district(other, "sagar", name_hi="सागर")
    return Offices(
        state=state,
        raipur=raipur,
        durg=make_district(state, "durg", name_hi="दुर्ग"),
        seat=seat,
        office=make_user("office", "state_office", state, first_name="कार्यालय"),
        staff=make_user(
            "staff", "district_staff", raipur, first_name="राम साहू", mobile="5876543210"
        ),
        other_state=other,
        other_office=make_user("office-mp", "state_office", other),
        stranger=make_user(
            "stranger", "district_staff", far, first_name="गुप्त", mobile="5999999999"
        ),
    )


def postings_of(user: User) -> list[tuple]:
    rows = Posting.objects.filter(user=user).order_by("since", "pk")
    return [(row.role, str(row.area), row.since, row.until) for row in rows]
