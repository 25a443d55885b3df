"""When a team is ready, and what is said where it is not; the tally says the same."""

from datetime import timedelta
from random import Random

import pytest
from django.utils.translation import override

from booths import tallies, teams
from booths.models import Block, Post, TeamMember
from booths.tallies import Teams
from booths.teams import Held
from tests.makers import FIRST_DAY, make_assembly_seat, make_scheme, make_sector

LEADS, PLAIN = Held(True, "local"), Held(False, "local")
FROM_STATE = Held(False, "state_executive")


@pytest.mark.parametrize(
    ("level", "held", "lacks"),
    [
        ("sector", [], {"lead": 1, "members": 3}),
        ("sector", [PLAIN], {"lead": 1, "members": 2}),
        ("sector", [PLAIN] * 4, {"lead": 1}),
        ("block", [LEADS], {"members": 2}),
        ("block", [LEADS, LEADS, FROM_STATE], {}),
        ("zone", [], {"state_executive": 1, "local": 1}),
        ("zone", [LEADS] * 5, {"state_executive": 1}),
        ("zone", [FROM_STATE], {"local": 1}),
        ("zone", [FROM_STATE, PLAIN], {}),
    ],
)
def test_what_a_team_lacks(level, held, lacks):
    assert teams.lacking(level, held, size=3) == lacks


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        ({"lead": 1, "members": 2}, ["no president", "2 members short"]),
        ({"members": 1}, ["1 member short"]),
        (
            {"state_executive": 1, "local": 1},
            ["no member of the state executive", "no local member"],
        ),
        ({}, []),
    ],
)
def test_what_is_said_of_it(lacks, said):
    with override("en"):
        assert teams.reasons(lacks) == said


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_the_tally_counts_as_ready_whoever_lacks_nothing(seed):
    random, seat = Random(seed), make_assembly_seat()
    scheme = make_scheme(zones={number: [] for number in range(1, 25)})
    units = {
        "sector": [make_sector(seat, f"सेक्टर {n}") for n in range(12)],
        "block": [Block.objects.create(assembly_seat=seat, name_hi=f"ब्लॉक {n}") for n in range(12)],
        "zone": list(scheme.zones.all()),
    }
    size, day = random.randint(1, 3), FIRST_DAY + timedelta(days=5)
    for level, of_level in units.items():
        posts = [
            Post.objects.create(level=level, name_hi=f"पद {is_lead}", is_lead=is_lead)
            for is_lead in (True, False)
        ]
        for unit in of_level:
            for _nth in range(random.randint(0, 6)):
                make_member(random, random.choice(posts), **{level: unit})
    found = tallies.teams_by_place(
        seats=[seat.pk],
        zones=[zone.pk for zone in units["zone"]],
        sizes={"sector": size, "block": size},
        days={level: [day] for level in units},
    )
    ready = {level: [is_ready(level, unit, day, size) for unit in units[level]] for level in units}
    assert found["sector"] == {seat.pk: Teams(12, (sum(ready["sector"]),))}
    assert found["block"] == {seat.pk: Teams(12, (sum(ready["block"]),))}
    zones = zip(units["zone"], ready["zone"], strict=True)
    assert found["zone"] == {zone.pk: Teams(1, (int(is_so),)) for zone, is_so in zones}
    assert {True, False} == set(ready["zone"])


def make_member(random, post, **team) -> TeamMember:
    since = FIRST_DAY + timedelta(days=random.randint(0, 6))
    return TeamMember.objects.create(
        name="डेमो",
        post=post,
        origin=random.choice(["local", "state_executive"]),
        since=since,
        until=random.choice([None, None, since, since + timedelta(days=2)]),
        **team,
    )


def is_ready(level, unit, day, size) -> bool:
    current = TeamMember.objects.current(day).filter(**{level: unit}).select_related("post")
    held = [Held(member.post.is_lead, member.origin) for member in current]
    return not teams.lacking(level, held, size)
