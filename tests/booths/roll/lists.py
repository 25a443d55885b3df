"""Small booth lists of the shapes that offices send, and the invented seats that they need."""

import csv
import io

from booths.roll.drafts import FIELDS
from booths.roll.reading import Reading
from booths.roll.reading import read as read_with
from booths.roll.seats import Directory, Seat

SEATS = [
    Seat(101, 1, ("Bharatpur-Sonhat", "भरतपुर-सोनहत", "Bharatpur Sonhat"), 11),
    Seat(102, 2, ("Manendragarh", "मनेन्द्रगढ़"), 11),
    Seat(148, 48, ("Raipur Rural", "रायपुर ग्रामीण", "Raipur City Gramin"), 12),
    Seat(149, 49, ("Raipur City West", "रायपुर नगर पश्चिम"), 12),
]
DISTRICTS = [(11, ("Koriya", "कोरिया", "Korea")), (12, ("Raipur", "रायपुर"))]
SECTORS = [(7, 148, ("सेक्टर 1", "Sector 1"))]

NO, NAME, AC = "Polling Station No.", "Polling Station Name", "AC No. & Name"
SCHOOL, SHALA = {"name_en": "School"}, {"name_hi": "शाला"}
NUMBERS = {seat.id: seat.number for seat in SEATS}


def directory() -> Directory:
    return Directory(1, "CG", "Chhattisgarh", SEATS, DISTRICTS, SECTORS)


def csv_of(*rows: tuple, delimiter: str = ",") -> bytes:
    sheet = io.StringIO()
    csv.writer(sheet, delimiter=delimiter).writerows(rows)
    return sheet.getvalue().encode()


def read(*rows: tuple, seat: int | None = 48) -> Reading:
    """What a CSV file of these rows says; the first is the headings."""
    return read_with(csv_of(*rows), "list.csv", directory=directory(), seat=seat)


def labels(reading: Reading) -> list[str]:
    return [record.label for record in reading.records]


def reasons(reading: Reading) -> dict[int, str]:
    """The reason of each remark, by row."""
    return {problem.row: problem.reason for problem in reading.problems}


def value(reading: Reading, field: str, index: int = 0):
    return reading.records[index].values[FIELDS.index(field)]


def balances(reading: Reading) -> bool:
    return reading.rows == len(reading.records) + reading.faulty + reading.skipped


def booth(label: str, seat: int = 48, **values) -> tuple:
    """A booth as `said` has it: the number of its seat, its own, and its filled fields."""
    return seat, label, values


def schools(*labels: str) -> list[tuple]:
    return [booth(label, **SCHOOL) for label in labels]


def numbered(*cells: str) -> list[tuple]:
    return [(NO, NAME), *((cell, "School") for cell in cells)]


def said(reading: Reading) -> tuple[list[tuple], dict[int, str]]:
    booths = [
        (
            NUMBERS[record.seat_id],
            record.label,
            {
                field: str(value) if "itude" in field else value
                for field, value in zip(FIELDS, record.values, strict=True)
                if value not in ("", None)
            },
        )
        for record in reading.records
    ]
    return booths, {problem.row: problem.reason for problem in reading.problems}
