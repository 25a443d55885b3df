"""The form of what the trail says never changes: a digest once stored must come out again."""

import hashlib
import json
import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st

from booths.models import Booth, Kind
from zones.models import Look, Seal
from zones.trail import digests
from zones.trail.digests import Writer, digested_fields, plain, row_digest, version_digests
from zones.trail.seals import trail_tables

TEXT = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["", "राम", '"\\/', "%s %%", "\u2028\x00\x7f", "१२", *Kind]),
)
WHOLE = st.one_of(st.integers(-(2**63), 2**63 - 1), st.sampled_from([True, "17", " 17 ", 17.0]))
INSTANT = st.datetimes(
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]),
    min_value=datetime(1900, 1, 2),
    max_value=datetime(2200, 1, 1),
)
ANY_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
DAY = st.one_of(st.dates(), st.just("2018-08-01"), INSTANT)
VALUES: dict[type[models.Field], st.SearchStrategy] = {
    models.CharField: TEXT,
    models.SlugField: TEXT,
    models.TextField: TEXT,
    models.BigAutoField: WHOLE,
    models.BigIntegerField: WHOLE,
    models.IntegerField: WHOLE,
    models.PositiveIntegerField: WHOLE,
    models.PositiveSmallIntegerField: WHOLE,
    models.BooleanField: st.sampled_from([True, False, 1, 0, "True"]),
    models.DateField: DAY,
    models.DateTimeField: st.one_of(INSTANT, st.just("2018-08-01 12:00:00+00:00")),
    models.DecimalField: st.one_of(
        st.decimals(-999, 999, places=6), st.sampled_from([1, "21.25", Decimal("1E+1")])
    ),
    models.UUIDField: st.one_of(st.uuids(), st.just(str(uuid.UUID(int=7)))),
    models.JSONField: ANY_JSON,
}
PINNED = [
    "d07c2f4f6d021110a22b3715bceb5a73c470781e168d9f2c0136862cd50ddc32",
    "83ef6f5f9fabf20be55a6b632e664a85ee3165586f77a0daeb04f784ac4a9846",
    "7209fbb471162aa4de8bc6cc8fb07957be6d4a6ea1d5af0eb80b393427aca04f",
]
FIELDS = [field for model in trail_tables().values() for field in digested_fields(model)]


def held(field: models.Field) -> models.Field:
    return held(field.target_field) if isinstance(field, models.ForeignKey) else field


def values_of(field: models.Field) -> st.SearchStrategy:
    return st.one_of(st.none(), VALUES[type(held(field))])


def general(model, values: dict) -> str:
    """The digest as it has been made from the first day on, with nothing of what is quick."""
    says = {field.attname: plain(field, values[field.attname]) for field in digested_fields(model)}
    text = json.dumps(says, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    parts = (model._meta.db_table, text)
    return hashlib.sha256("".join(f"{len(p)}:{p}" for p in parts).encode()).hexdigest()


@st.composite
def rows(draw) -> tuple:
    """A table of the trail and a few rows of it."""
    model = draw(st.sampled_from([*trail_tables().values()]))
    row = st.fixed_dictionaries({f.attname: values_of(f) for f in digested_fields(model)})
    return model, draw(st.lists(row, min_size=1, max_size=3))


def test_every_class_of_field_that_is_written_straight_is_tried():
    assert set(digests.STRAIGHT) <= set(VALUES)
    assert {type(held(field)) for field in FIELDS} <= set(VALUES)


@settings(max_examples=40)
@given(rows())
def test_the_quick_ways_give_the_digests_of_the_general_one(drawn):
    model, values = drawn
    right = [general(model, row) for row in values]

    own = {name: [row[name] for row in values] for name in values[0]}
    assert version_digests(model, own, {}) == right
    for row, expected in zip(values, right, strict=True):
        assert version_digests(model, {name: [row[name]] for name in row}, {}) == [expected]
        assert row_digest(model(**row)) == expected


@settings(max_examples=40)
@given(rows(), st.data())
def test_what_all_rows_have_may_be_said_once(drawn, data):
    model, values = drawn
    same = data.draw(st.sets(st.sampled_from(sorted(values[0])), max_size=len(values[0]) - 1))
    for row in values:
        row |= {name: values[0][name] for name in same}

    own = {name: [row[name] for row in values] for name in values[0] if name not in same}
    found = version_digests(model, own, {name: values[0][name] for name in same})

    assert found == [general(model, row) for row in values]


def test_a_sign_of_percent_in_what_all_have_stays_one():
    look = {f.attname: None for f in digested_fields(Look)} | {"where": "100% %s %%", "count": 1}
    same = {name: value for name, value in look.items() if name != "count"}
    assert version_digests(Look, {"count": [1]}, same) == [general(Look, look)]


@pytest.mark.parametrize("many", [0, 1, digests.CHUNK, digests.CHUNK + 1])
def test_the_digest_of_many_parts_is_that_of_all_at_once(many):
    parts = [f"राम {n}" for n in range(many)]
    assert digests.digest_of_many(iter(parts)) == digests.digest(*parts)


@settings(max_examples=60)
@given(st.data())
def test_each_value_is_written_as_the_general_way_does(data):
    for kind, strategy in VALUES.items():
        field = kind(max_digits=9, decimal_places=6) if kind is models.DecimalField else kind()
        values = data.draw(st.lists(st.one_of(st.none(), strategy), max_size=3))
        right = [digests.canonical(plain(field, value)) for value in values]
        assert [Writer(field)(value) for value in values] == right
        assert Writer(field).column(values) == right


class Loud(models.CharField):
    def to_python(self, value):
        return f"{value}!"


class Word(str):
    def __str__(self):
        return "word"


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (Loud(), "a", '"a!"'),
        (models.CharField(), Word("a"), '"word"'),
        (models.PositiveIntegerField(), True, "1"),
        (models.DateField(), datetime(2018, 8, 1, 23, tzinfo=UTC), '"2018-08-02"'),
    ],
)
def test_what_is_derived_goes_the_general_way(field, value, text):
    assert Writer(field)(value) == text
    assert Writer(field).column([value, value]) == [text, text]


def test_digests_of_the_first_release_come_out_again():
    at = datetime(2018, 8, 1, 12, 30, tzinfo=UTC)
    batch = uuid.UUID(int=18)
    look = Look(
        what="list", where="/cg/?q=…", agents=[3, 1], users=[], members=[], count=2, at=at, by_id=7,
        batch=batch, address="127.0.0.1",
    )  # fmt: skip
    booth = Booth.history.model(
        id=5, batch=batch, address="", personal="", related={}, number=12, suffix="A",
        number_as_written="12 क", name_hi='शाला "देवगढ़"', name_en="", building="100%", locality="",
        electors_male=1, electors_female=2, electors_third=None, electors_total=3,
        latitude=Decimal("21.25"), longitude=None, flags={"b": [1], "a": "अ"},
        listed_on=date(2018, 8, 1), retired_on=None, assembly_seat_id=48, sector_id=None,
        district_id=None, history_date=at, history_type="+", history_change_reason="x.csv",
        history_user_id=7,
    )  # fmt: skip
    seal = Seal(batch=batch, at=at, by_id=7, address="", why="", rows={"t": 1}, digest="0" * 64)
    then = [f for f in digested_fields(type(booth)) if f.name != "as_written"]  # it came later
    assert [row_digest(look), row_digest(booth, then), row_digest(seal)] == PINNED
