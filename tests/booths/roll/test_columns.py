import csv

import pytest

from booths.roll.columns import columns_of, meanings

MEANT = {
    "AC_NO": "seat",
    "AC No. & Name": "seat",
    "विधान सभा संख्या": "seat",
    "विधानसभा क्रमांक": "seat",
    "AC_NAME_V1": "seat_name",
    "विधान सभा का नाम": "seat_name",
    "District": "district",
    "जिला": "district",
    "Electoral Roll Part No.": "number",
    "Polling Station No.": "number",
    "Polling Station No": "number",
    "boothNumber": "number",
    "भाग संख्या": "number",
    "मतदान केंद्र क्रमांक": "number",
    "मतदान केन्द्र क्रमांक": "number",
    "  मतदान केन्‍द्र  क्रमांक ": "number",
    "मतदान केन्द्र क्रमांक / Polling Station No.": "number",
    "Polling Station No & Name": "number_and_name",
    "booth": "number_and_name",
    "PART_NAME_EN": "name_en",
    "Polling Station Name": "name",
    "मतदान केंद्र का नाम एवं पता": "name",
    "Building": "building",
    "मतदान केंद्र भवन का नाम": "building",
    "Polling Areas": "locality",
    "अनुभाग का नाम": "section",
    "Main/Auxiliary Polling Station (M/A)": "type",
    "पुरुष": "electors_male",
    "महिला": "electors_female",
    "थर्ड जेंडर": "electors_third",
    "Total No. of electors": "electors_total",
    "Latitude of Polling Station Building": "latitude",
    "ps_lat_long": "lat_long",
    "Sl. No": "serial",
    "Elector Serial No. From": "other",
    "Total Valid Votes": "votes",
    "NOTA": "votes",
    "electors_male": "electors_male",
    "name_hi": "name_hi",
}


@pytest.mark.parametrize(("heading", "field"), MEANT.items())
def test_a_heading_means_its_field(heading, field):
    found = columns_of([heading, "Male", "Female", "Building Name"]).of
    assert 0 in found[field]


def test_no_two_headings_of_the_table_say_the_same():
    from booths.roll import columns

    with open(columns.__file__.replace("columns.py", "headers.csv"), encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(meanings()) == len(rows)


MAPPINGS = [
    # क्रमांक is the booth number only where none is better, and only in a list of booths
    (("क्रमांक", "भवन"), {"number": (0,), "building": (1,)}),
    (
        ("क्रमांक", "मतदान केन्द्र क्रमांक", "भवन"),
        {"number": (1,), "building": (2,)},
    ),
    (("क्रमांक", "नाम", "मोबाइल"), {"name": (1,)}),
    # the station's own number goes before that of its part of the roll
    (("Part No", "Polling Station No.", "Building"), {"number": (1, 0), "building": (2,)}),
    (("Part No", "Polling Station No & Name"), {"number_and_name": (1,)}),
    # a bare total counts electors only beside men and women
    (("Booth No", "Name", "Total"), {"number": (0,), "name": (1,)}),
    (
        ("Booth No", "Male", "Female", "Total"),
        {"number": (0,), "electors_male": (1,), "electors_female": (2,), "electors_total": (3,)},
    ),
    (("Booth", "Name"), {"number_and_name": (0,), "name": (1,)}),
]


@pytest.mark.parametrize(("headings", "of"), MAPPINGS)
def test_headings_are_weighed_against_each_other(headings, of):
    assert columns_of(headings).of == of
