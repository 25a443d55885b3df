"""Which booths of a seat a new list has under another number: by name, building and place."""

import re
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booths.roll.likeness import Place
from booths.roll.renumbering import NEAR, ORDER, SAME, closed, matches
from booths.roll.siblings import Standing

KOTRA, BEMETARA, AMDI = "प्राथमिक शाला भवन कोटरा", "प्राथमिक शाला भवन बेमेतरा", "पंचायत भवन आमदी"
SELUD, PATAN, UTAI = "माध्यमिक शाला सेलूद", "कन्या शाला पाटन", "हाई स्कूल उतई"


def places(text: str, electors=None) -> list[Place]:
    """Of "5 name, 6A name": the number, then the name."""
    found = []
    for each in filter(None, text.split(", ")):
        label, name = each.split(" ", 1)
        number, suffix = re.fullmatch(r"(\d+)(\w*)", label).groups()
        name, _, area = name.partition(" @ ")
        known = (electors or {}).get(label)
        found.append(Place(int(number), suffix, (name, "", "", area), known))
    return found


def moved(old: str, new: str, before=None, after=None) -> list[str]:
    found = matches(places(old, before), places(new, after))
    return [f"{match.old.label}>{match.new.label} {match.how_sure}" for match in found]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        # Nothing moved
        (f"5 {KOTRA}, 6 {AMDI}", f"5 {KOTRA}, 6 {AMDI}", []),
        (f"5 {KOTRA}, 6 {AMDI}", f"5 {KOTRA}, 6 {AMDI}, 7 {SELUD}", []),
        (f"5 {KOTRA}, 6 {AMDI}", f"6 {AMDI}", []),
        # A new booth at 5 shifts those that follow
        (
            f"5 {KOTRA}, 6 {AMDI}, 7 {SELUD}",
            f"5 {PATAN}, 6 {KOTRA}, 7 {AMDI}, 8 {SELUD}",
            ["5>6 same", "6>7 same", "7>8 same"],
        ),
        # One gone: those that follow move up
        (
            f"5 {KOTRA}, 6 {AMDI}, 7 {SELUD}",
            f"5 {AMDI}, 6 {SELUD}",
            ["6>5 same", "7>6 same"],
        ),
        # Two change places
        (f"5 {KOTRA}, 6 {AMDI}", f"5 {AMDI}, 6 {KOTRA}", ["5>6 same", "6>5 same"]),
        # Only the suffix, or the number too
        (f"5A {KOTRA}, 6 {AMDI}", f"6 {KOTRA}, 7 {AMDI}", ["5A>6 same", "6>7 same"]),
        # Spelt otherwise, it is the same name
        (
            "5 प्राथमिक शाला कुरूद, 6 पंचायत भवन चन्द्रपुर",
            "6 प्राथमिक  शाला कुरुद, 7 पंचायत भवन चंद्रपुर",
            ["5>6 same", "6>7 same"],
        ),
        # Nearly the name
        (f"5 {KOTRA}, 6 {AMDI}", f"6 {KOTRA} पूर्वी भाग, 7 {AMDI}", ["5>6 near", "6>7 same"]),
        # Whoever still has nearly the name at its number stays there
        (f"5 {KOTRA}, 6 {AMDI}", f"5 {KOTRA} नवीन, 6 {AMDI}", []),
        # unless the very name stands elsewhere: then it is asked, and not taken for granted
        (
            "5 प्राथमिक शाला ग्राम कोटरा, 6 पंचायत भवन",
            "5 प्राथमिक शाला ग्राम कोटरी, 6 पंचायत भवन, 7 प्राथमिक शाला ग्राम कोटरा",
            ["5>7 near"],
        ),
        # Another digit is another room
        ("5 शाला कक्ष 1, 6 पंचायत", "6 शाला कक्ष 2, 7 पंचायत", ["6>7 same"]),
        # Of an unlike name nothing is said
        (f"5 {KOTRA}, 6 {AMDI}", f"5 {SELUD}, 6 {PATAN}", []),
        # Booths of one name: told apart by their areas
        (
            f"5 {KOTRA} @ वार्ड 1, 6 {KOTRA} @ वार्ड 2",
            f"6 {KOTRA} @ वार्ड 1, 7 {KOTRA} @ वार्ड 2",
            ["5>6 same", "6>7 same"],
        ),
        # by their order, where as many are there, which is sure where its neighbours bear it out
        (
            f"5 {KOTRA}, 6 {KOTRA}",
            f"6 {KOTRA}, 7 {KOTRA}",
            ["5>6 order", "6>7 order"],
        ),
        (
            f"4 {AMDI}, 5 {KOTRA}, 6 {KOTRA}",
            f"5 {AMDI}, 6 {KOTRA}, 7 {KOTRA}",
            ["4>5 same", "5>6 same", "6>7 same"],
        ),
        (
            f"5 {KOTRA}, 7 {KOTRA}, 8 {AMDI}",
            f"6 {KOTRA}, 6A {KOTRA}, 8 {AMDI}",
            ["5>6 order", "7>6A order"],
        ),
        # and where not, not at all
        (f"5 {KOTRA}, 6 {KOTRA}", f"7 {KOTRA}, 8 {KOTRA}, 9 {KOTRA}", []),
        # One becomes two: the main station keeps the identity
        (f"5 {KOTRA}, 6 {AMDI}", f"6 {KOTRA}, 6A {KOTRA}, 7 {AMDI}", ["5>6 same", "6>7 same"]),
    ],
)
def test_a_booth_that_moved_to_another_number_is_found(old, new, found):
    assert moved(old, new) == found


def test_booths_of_one_name_are_told_apart_by_their_electors():
    before, after = {"5": 700, "6": 900}, {"7": 900, "8": 700}
    told = moved(f"5 {KOTRA}, 6 {KOTRA}", f"7 {KOTRA}, 8 {KOTRA}", before, after)
    assert told == ["5>8 order", "6>7 order"]


def test_a_list_that_says_no_names_says_of_nobody_that_they_moved():
    old = places(f"5 {KOTRA}, 6 {AMDI}")
    assert matches(old, [Place(number, "", ("", "", "", "")) for number in (6, 7)]) == []


@pytest.mark.parametrize(
    ("stay", "found"),
    [("", ["5>6", "6>7"]), ("7", []), ("56", ["5>6", "6>7"])],
)
def test_a_number_must_become_free(stay, found):
    old = places(f"5 {KOTRA}, 6 {AMDI}, 7 {SELUD}")
    every = matches(old, places(f"6 {KOTRA}, 7 {AMDI}"))
    left = closed(every, lambda place: place.label in stay, old)
    assert [f"{match.old.label}>{match.new.label}" for match in left] == found


NAMES = st.sampled_from([KOTRA, BEMETARA, AMDI, SELUD, PATAN, UTAI])
SEATS = st.dictionaries(
    st.tuples(st.integers(1, 8), st.sampled_from(["", "A"])), NAMES, max_size=10
).map(lambda found: [Place(*key, (name, "", "", "")) for key, name in sorted(found.items())])


@given(SEATS, SEATS)
def test_nobody_moves_twice_and_no_number_is_given_twice(old, new):
    found = matches(old, new)
    assert len({match.old.key for match in found}) == len(found)
    assert len({match.new.key for match in found}) == len(found)
    for match in found:
        assert match.old.key != match.new.key
        assert match.how_sure in (SAME, NEAR, ORDER)
    assert matches(old, old) == []


def test_the_work_does_not_grow_with_the_square_of_a_seat():
    """Four hundred booths, none of which is where it was; the figure is printed, not asserted."""
    names = [
        f"शासकीय प्राथमिक शाला भवन ग्राम {chr(0x915 + n % 30)}{chr(0x915 + n // 30)}ा"
        for n in range(400)
    ]
    old = [Place(n + 1, "", (name, "", "", "")) for n, name in enumerate(names)]
    new = [Place(n + 2, "", (f"{name} कक्ष", "", "", "")) for n, name in enumerate(names)]
    began = perf_counter()
    found = matches(old, new)
    print(f"{len(found)} of 400 in {(perf_counter() - began) * 1000:.0f} ms")
    assert {match.shift for match in found} <= {1}


# What belongs together


@pytest.mark.parametrize(
    ("standing", "new", "parent"),
    [
        (f"12 {KOTRA}, 13 {AMDI}", f"12A {SELUD}", "12"),
        (f"12 {KOTRA}, 13 {AMDI}", f"14 {AMDI}", "13"),
        (f"12 {KOTRA}, 13 {AMDI}", f"15 {AMDI}", None),
        (f"12 {KOTRA}, 13 {AMDI}", f"14 {SELUD}", None),
    ],
)
def test_a_new_booth_is_split_from_its_main_station_or_its_neighbour(standing, new, parent):
    found = Standing(places(standing)).parent_of(places(new)[0])
    assert (found.label if found else None) == parent


@pytest.mark.parametrize(
    ("standing", "gone", "heir"),
    [
        (f"12 {KOTRA}, 40 {AMDI}", f"13 {KOTRA}", "12"),
        (f"12 {KOTRA}, 40 {AMDI}", f"39 {AMDI}", "40"),
        (f"12 {KOTRA}, 40 {AMDI}", f"12A {SELUD}", "12"),
        (f"12 {KOTRA}, 40 {AMDI}", f"13 {SELUD}", None),
        # What many are called tells neighbours only
        (", ".join(f"{n} शाला" for n in range(1, 8)), "30 शाला", None),
        (", ".join(f"{n} शाला" for n in range(1, 8)), "9 शाला", "7"),
    ],
)
def test_a_booth_that_is_gone_is_merged_into_one_of_its_building(standing, gone, heir):
    found = Standing(places(standing)).heir_of(places(gone)[0])
    assert (found.label if found else None) == heir
