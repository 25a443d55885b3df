"""Small booth lists of the shapes that offices send, and the invented seats that they need."""

import csv
import io

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
    from booths.roll.clean import FIELDS

    return reading.records[index].values[FIELDS.index(field)]


def balances(reading: Reading) -> bool:
    return reading.rows == len(reading.records) + reading.faulty + reading.skipped
