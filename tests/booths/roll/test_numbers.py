import pytest

from booths.roll.numbers import BadNumber, Number, parse, split, undoubled

NUMBERS = {
    "12": "12",
    "012": "12",
    "0012": "12",
    " 12 ": "12",
    "12.0": "12",
    "१२": "12",
    "12A": "12A",
    "12a": "12A",
    "012A": "12A",
    "12-A": "12A",
    "12 A": "12A",
    "12/A": "12A",
    "72.A": "72A",
    "5(A)": "5A",
    "5 (a)": "5A",
    "22 (A)": "22A",
    "5 B": "5B",
    "12क": "12A",
    "१२क": "12A",
    "12 क": "12A",
    "12-ख": "12B",
    "67k": "67A",
    "131 K": "131A",
    "12 सहायक": "12A",
    "7M": "7M",
    "7 M": "7M",
    "207(M)": "207M",
    "9 W": "9W",
    "7A(W)": "7AW",
    "9AW": "9AW",
    "95Aw": "95AW",
    "68(AW)": "68AW",
    "110A\n(W)": "110AW",
    "104 A(W": "104AW",
    "155A(w)": "155AW",
    "]101": "101",
    "221]": "221",
    "230.": "230",
    "223'": "223",
    "'12": "12",
    "184M.": "184M",
    "1\u200d2\ufeff": "12",
    "12\xa0A": "12A",
}


@pytest.mark.parametrize(("written", "label"), NUMBERS.items())
def test_a_number_is_read_however_it_is_written(written, label):
    found = parse(written)
    assert isinstance(found, Number)
    assert found.label == label


FAULTS = {
    "": BadNumber("number_missing"),
    " \u200b\xa0": BadNumber("number_missing"),
    "-": BadNumber("number_missing"),
    "0": BadNumber("number_zero"),
    "000": BadNumber("number_zero"),
    "00(A": BadNumber("number_zero"),
    "-5": BadNumber("number_unreadable"),
    "5.5": BadNumber("number_unreadable"),
    "5/7": BadNumber("number_unreadable"),
    "12-13": BadNumber("number_unreadable"),
    "2 3": BadNumber("number_unreadable"),
    "12AB": BadNumber("number_unreadable"),
    "12MA": BadNumber("number_unreadable"),
    "12Q": BadNumber("number_unreadable"),
    "A12": BadNumber("number_unreadable"),
    "Total": BadNumber("number_unreadable"),
    "2021-05-01 00:00:00": BadNumber("number_unreadable"),
    "²": BadNumber("number_unreadable"),
    "9999": BadNumber("number_doubled", "99"),
    "5001": BadNumber("number_too_large"),
    "5876543210": BadNumber("number_too_large"),
    "119944AA": BadNumber("number_doubled", "194A"),
    "5555 AAAA((((WWWW))))": BadNumber("number_doubled", "5AW"),
    "8855": BadNumber("number_doubled", "85"),
    "2200": BadNumber("number_doubled", "20"),
}


@pytest.mark.parametrize(("written", "fault"), FAULTS.items())
def test_what_is_not_plainly_a_number_is_a_fault(written, fault):
    assert parse(written) == fault


def test_a_number_of_equal_digits_is_itself_and_what_it_may_be_can_be_asked():
    assert parse("55") == Number(55, "")
    assert undoubled("55") == Number(5, "")
    assert undoubled("56") is None


TOGETHER = {
    "1 - A. NAGI REDDY PALLI": ("1", "A. NAGI REDDY PALLI"),
    "184-देवगढ़-1 प्राथमिक शाला देवगढ़": ("184", "देवगढ़-1 प्राथमिक शाला देवगढ़"),
    "55-चिल्फी कक्ष क्रमांक 01": ("55", "चिल्फी कक्ष क्रमांक 01"),
    "12(A) Government School": ("12(A)", "Government School"),
    "12A - Government School": ("12A", "Government School"),
    "12-A Government School": ("12-A", "Government School"),
    "१२क - शाला": ("१२क", "शाला"),
    "12 Government School": ("12", "Government School"),
    "12": ("12", ""),
    "Government School": ("", "Government School"),
    "": ("", ""),
}


@pytest.mark.parametrize(("cell", "parts"), TOGETHER.items())
def test_number_and_name_in_one_cell_are_told_apart(cell, parts):
    assert split(cell) == parts
