"""What real lists do in their names and counts, and in Chhattisgarh; see test_quirks.py."""

from tests.booths.roll.lists import NAME, NO, SCHOOL, SHALA, booth, numbered, schools

# What it does: (the list, the booths in it, the reason of each remark by row)
NAMES = {
    "one name for many booths": (numbered("1", "2", "3"), schools("1", "2", "3"), {}),
    "number and name in one cell": (
        [("Polling Station No & Name", "Male"), ("1 - B. KOTRA PALLI", "9")],
        [booth("1", name_en="B. KOTRA PALLI", electors_male=9)],
        {},
    ),
    "Hindi and English mixed": (
        [
            (NO, NAME),
            ("1", "कोटरा\tPRIMARY SCHOOL"),
            ("2", "School Kotra (पूर्वी भाग)"),
            ("3", "Gram Bhaूan"),
        ],
        [
            booth("1", name_hi="कोटरा PRIMARY SCHOOL"),
            booth("2", name_hi="School Kotra (पूर्वी भाग)"),
            booth("3", name_hi="Gram Bhaूan"),
        ],
        {4: "letters_mixed"},
    ),
    "digits in Devanagari": (
        [(NO, NAME, "पुरुष"), ("१", "ROOM NO २", "४०"), ("2", "कक्ष-३", "५")],
        [
            booth("1", name_en="ROOM NO 2", electors_male=40),
            booth("2", name_hi="कक्ष-3", electors_male=5),
        ],
        {},
    ),
    "joiners that cannot be seen": (
        [(NO, NAME), ("1", "मध्\u200dय शाला"), ("1", "मध्\u200cय\ufeff शाला")],
        [booth("1", name_hi="मध्य शाला")],
        {3: "repeat"},
    ),
    "nukta letters in one sign and in two": (
        [(NO, NAME), ("1", "ग\u095d"), ("1", "ग\u0922\u093c")],
        [booth("1", name_hi="ग\u0922\u093c")],
        {3: "repeat"},
    ),
    "anusvara, half nasal, chandrabindu, long and short vowels": (
        [("AC Name", NO, NAME)]
        + [(name, n, "शाला") for n, name in enumerate(("मनेंद्रगढ", "मनेन्द्रगढ़", "मनेँद्रगढ"), 1)],
        [booth(str(n), 2, **SHALA) for n in (1, 2, 3)],
        {},
    ),
    "blanks around and inside": (
        [(NO, NAME), ("1", "  School\t Kotra \n East\xa0 ")],
        [booth("1", name_en="School Kotra East")],
        {},
    ),
    "letter O for the digit 0 and the reverse": (
        [("Polling Station N0.", NAME, "Male"), ("1", "School N0. 2", ""), ("1O", "School", "")],
        [booth("1", name_en="School N0. 2")],
        {3: "number_unreadable"},
    ),
    "0 as the sign of an abbreviation": (
        [("मतदेय स्थल सं0", "भवन"), ("1", "कमरा नं0 01")],
        [booth("1", building="कमरा नं0 01")],
        {},
    ),
    "commas, quotation marks and brackets in names": (
        [(NO, NAME), ("1", 'School "East", (new), room 2')],
        [booth("1", name_en='School "East", (new), room 2')],
        {},
    ),
}

ELECTORS = (NO, NAME, "Male", "Female", "Other", "Total")
COUNTS = {
    "electors missing in cells": (
        [ELECTORS, ("1", "School", "", "", "", ""), ("2", "School", "4", "", "", "9")],
        [booth("1", **SCHOOL), booth("2", **SCHOOL, electors_male=4, electors_total=9)],
        {},
    ),
    "only men or only women": (
        [ELECTORS, ("1", "School", "9", "0", "0", "9")],
        [
            booth(
                "1",
                **SCHOOL,
                electors_male=9,
                electors_female=0,
                electors_third=0,
                electors_total=9,
            )
        ],
        {},
    ),
    "a sum that differs from the total": (
        [ELECTORS, ("1", "School", "4", "5", "", "10")],
        [booth("1", **SCHOOL, electors_male=4, electors_female=5, electors_total=10)],
        {2: "electors_sum"},
    ),
    "more electors than a booth should have": (
        [(NO, NAME, "Total No. of electors"), ("1", "School", "2105")],
        [booth("1", **SCHOOL, electors_total=2105)],
        {},
    ),
    "words for nothing": (
        [
            (NO, NAME, "Building", "Male", "District", "Sector", "Lat", "Long"),
            ("1", "School", "NULL", "N/A", "NIL", ".", "N/A", "NULL"),
            ("NULL", "School", "", "", "", "", "", ""),
        ],
        schools("1"),
        {3: "number_missing"},
    ),
    "degrees with the letter of the direction": (
        [(NO, NAME, "Lat", "Long"), ("1", "School", "21.15000 N", "81.04536 E")],
        [booth("1", **SCHOOL, latitude="21.150000", longitude="81.045360")],
        {},
    ),
    "degrees that lost a point or a digit, or exchanged": (
        [
            (NO, NAME, "Lat", "Long"),
            ("1", "School", "21.15", "8160790487"),
            ("2", "School", "21.15", "8.473195"),
            ("3", "School", "81.6", "21.25"),
        ],
        [*schools("1", "2"), booth("3", **SCHOOL, latitude="21.250000", longitude="81.600000")],
        {2: "place_unreadable", 3: "place_unreadable", 4: "places_exchanged"},
    ),
    "yes and no of what we do not keep": (
        [(NO, NAME, "Ramp", "Toilet"), ("1", "School", "YES", "N0"), ("2", "School", "Y", "N/A")],
        schools("1", "2"),
        {},
    ),
}

CHHATTISGARH = {
    "the words of the state": (
        [
            ("मतदान केन्द्र क्रमांक", "मतदान केन्द्र का प्रकार", "मतदान केन्द्र का नाम"),
            ("1", "मुख्य", "शास. प्राथमिक शाला कोटरा, कक्ष-2"),
            ("1", "सहायक मतदान केन्द्र", "आंगनबाड़ी केन्द्र कोटरा, अतिरिक्त कक्ष"),
        ],
        [
            booth("1", name_hi="शास. प्राथमिक शाला कोटरा, कक्ष-2"),
            booth("1A", name_hi="आंगनबाड़ी केन्द्र कोटरा, अतिरिक्त कक्ष"),
        ],
        {},
    ),
    "a station named for its village and a number": (
        [("मतदान केन्द्र क्रमांक एवं नाम", "भवन"), ("184-कोटरा-1, प्राथमिक शाला", "शाला")],
        [booth("184", name_hi="कोटरा-1, प्राथमिक शाला", building="शाला")],
        {},
    ),
    "auxiliary stations that come late": (
        numbered("5", "5A", "81", "81क"),
        schools("5", "5A", "81", "81A"),
        {},
    ),
    "a seat that lies in two districts": (
        [(NO, NAME, "जिला"), ("1", "School", "रायपुर"), ("2", "School", "कोरिया")],
        [booth("1", **SCHOOL, district_id=12), booth("2", **SCHOOL, district_id=11)],
        {},
    ),
}
