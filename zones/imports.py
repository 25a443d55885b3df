"""Loads a state's territory: either all of it is right and loaded, or nothing changes.

Seats and zones are known by their numbers, districts by their English names, so that the same
files again change nothing and corrected ones correct. What the files lack is left as it is.
"""

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zones.models import (
    AssemblySeat,
    District,
    LokSabhaSeat,
    SchemeTerm,
    State,
    Zone,
    ZoneScheme,
    ZoneSeat,
)
from zones.territory_files import Territory, clean, read_territory
from zones.trail.keeping import keep

# The seats of today are those of the delimitation of 2008. Unless a day is given, the first scheme
# of a state holds from then, so that the zones are there on every day that one may ask for.
FIRST_SCHEME_FROM = date(2008, 1, 1)
STATE_NAMES = Path(__file__).parent / "state_names.csv"
COUNTED = {
    1: ("एक", "One"),
    2: ("दो", "Two"),
    3: ("तीन", "Three"),
    4: ("चार", "Four"),
    5: ("पाँच", "Five"),
    6: ("छह", "Six"),
    7: ("सात", "Seven"),
    8: ("आठ", "Eight"),
    9: ("नौ", "Nine"),
}


@dataclass
class Tally:
    """What became of the rows of one kind; `left` stands in the database but not in the files."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    left: int = 0


@dataclass
class Report:
    state: State
    tallies: dict[type, Tally] = field(default_factory=dict)
    scheme: ZoneScheme | None = None
    # Assembly seats whose main district changed: counts by district are no longer right.
    moved: list[int] = field(default_factory=list)


@transaction.atomic
def import_territory(
    path: Path,
    *,
    code: str,
    names: dict[str, str] | None = None,
    scheme: dict[str, str] | None = None,
    from_on: date | None = None,
) -> Report:
    """Loads the files of the folder into the state; `names` (of the state), `scheme` (names of the
    zone scheme) and `from_on` (its first day) go before what the files say.

    Raises ValidationError with a sentence for each thing that is wrong.
    """
    territory = read_territory(path, code)
    territory.state |= names or {}
    territory.scheme = scheme or territory.scheme
    territory.from_on = from_on or territory.from_on
    report = Report(state=_save_state(code, territory.state))
    _save_places(report, territory)
    if territory.zones:
        _save_zones(report, territory)
    return report


def _save_state(code: str, names: dict[str, str]) -> State:
    state = State.objects.filter(code=code).first()
    if state is None:
        names = _known_names(code) | names
        if not any(names.values()):
            raise ValidationError(
                _("The state %(code)s is not known: give its name with --name-hi and --name-en.")
                % {"code": code}
            )
        return State.objects.create(code=code, **names)
    _correct(state, names)
    return state


def _known_names(code: str) -> dict[str, str]:
    with STATE_NAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row.pop("code") == code:
                return {column: clean(name) for column, name in row.items()}
    return {}


def _save_places(report: Report, territory: Territory) -> None:
    state = report.state
    report.tallies[District] = _upsert(
        District.objects.filter(state=state), "slug", territory.districts, state=state
    )
    report.tallies[LokSabhaSeat] = _upsert(
        LokSabhaSeat.objects.filter(state=state), "number", territory.lok_sabha_seats, state=state
    )
    seats = AssemblySeat.objects.filter(state=state)
    wanted = _with_ids(state, territory.assembly_seats)
    before = dict(seats.values_list("number", "district_id"))
    report.moved = [
        number
        for number, fields in wanted.items()
        if before.get(number, fields["district_id"]) != fields["district_id"]
    ]
    report.tallies[AssemblySeat] = _upsert(seats, "number", wanted, state=state)


def _with_ids(state: State, seats: dict[int, dict]) -> dict[int, dict]:
    lok_sabha_seats = dict(state.lok_sabha_seats.values_list("number", "pk"))
    districts = dict(state.districts.values_list("slug", "pk"))
    return {
        number: {
            **{name: fields[name] for name in ("name_hi", "name_en", "reservation", "aliases")},
            "lok_sabha_seat_id": lok_sabha_seats[fields["lok_sabha_seat"]],
            "district_id": districts[fields["district"]],
        }
        for number, fields in seats.items()
    }


def _save_zones(report: Report, territory: Territory) -> None:
    scheme = report.scheme = _save_scheme(report.state, territory)
    zones = Zone.objects.filter(scheme=scheme)
    known = set(zones.values_list("number", flat=True))
    wanted = {
        # A zone that no file names keeps the name that it has.
        number: names or ({} if number in known else _zone_names(number))
        for number, names in territory.zones.items()
    }
    report.tallies[Zone] = _upsert(zones, "number", wanted, scheme=scheme)
    report.tallies[ZoneSeat] = _save_zone_seats(report.state, scheme, territory)
    report.tallies[SchemeTerm] = _save_term(scheme, territory.from_on)


def _zone_names(number: int) -> dict[str, str]:
    return {"name_hi": clean(f"ज़ोन {number}"), "name_en": f"Zone {number}"}


def _save_scheme(state: State, territory: Territory) -> ZoneScheme:
    count = len(territory.zones)
    hindi, english = COUNTED.get(count, (str(count), str(count)))
    names = {"name_hi": clean(f"{hindi} ज़ोन"), "name_en": f"{english} zones"}
    if "name_en" in territory.scheme:
        names["name_hi"] = territory.scheme["name_en"]
    names |= territory.scheme
    scheme, created = ZoneScheme.objects.get_or_create(
        state=state, name_en=names["name_en"], defaults=names
    )
    if not created:
        _correct(scheme, territory.scheme)
    return scheme


def _save_zone_seats(state: State, scheme: ZoneScheme, territory: Territory) -> Tally:
    """A Lok Sabha seat whose zone is blank leaves the scheme; one that no file names stays."""
    zones = dict(scheme.zones.values_list("number", "pk"))
    seats = dict(state.lok_sabha_seats.values_list("number", "pk"))
    wanted = {seats[number]: {"zone_id": zones[zone]} for number, zone in territory.zone_of.items()}
    without = [seats[number] for number in territory.lok_sabha_seats.keys() - territory.zone_of]
    left_out, _by_model = scheme.zone_seats.filter(lok_sabha_seat__in=without).delete()
    tally = _upsert(scheme.zone_seats.all(), "lok_sabha_seat_id", wanted, scheme=scheme)
    tally.changed += left_out
    return tally


def _save_term(scheme: ZoneScheme, from_on: date | None) -> Tally:
    terms = SchemeTerm.objects.filter(state=scheme.state)
    if from_on is None and terms.filter(scheme=scheme).exists():
        return Tally(unchanged=1)
    if from_on is None and terms.exists():
        raise ValidationError(
            _("Say with --from from which day the zone scheme “%(scheme)s” is in force.")
            % {"scheme": scheme.name}
        )
    from_on = from_on or FIRST_SCHEME_FROM
    term, created = terms.get_or_create(
        from_on=from_on, defaults={"state": scheme.state, "scheme": scheme}
    )
    if term.scheme != scheme:
        raise ValidationError(
            _("From %(day)s the zone scheme “%(other)s” is in force: give another day with --from.")
            % {"day": from_on.isoformat(), "other": term.scheme.name}
        )
    return Tally(new=int(created), unchanged=int(not created))


def _upsert(rows: QuerySet, key: str, wanted: dict, **fixed) -> Tally:
    """Makes the rows what `wanted` (key -> fields) says; `fixed` is what new ones have besides."""
    known = {getattr(row, key): row for row in rows}
    tally = Tally(left=len(known.keys() - wanted.keys()))
    new = []
    for value, fields in wanted.items():
        if value not in known:
            new.append(rows.model(**fixed, **{key: value}, **fields))
        elif _correct(known[value], fields):
            tally.changed += 1
        else:
            tally.unchanged += 1
    tally.new = len(rows.model.objects.bulk_create(new))
    keep(new, "+")
    return tally


def _correct(row, fields: dict) -> bool:
    different = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    if different:
        row.save(update_fields=list(different))
    return bool(different)
