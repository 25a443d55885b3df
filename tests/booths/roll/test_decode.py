import gzip
import random

import pytest

from booths.roll.decode import decode, refuse_too_large
from booths.roll.limits import MAX_BYTES
from booths.roll.problems import Refused
from booths.roll.reading import read as read_with
from tests.booths.roll.lists import csv_of, directory, labels

ROWS = [("मतदान केन्द्र क्रमांक", "भवन"), ("1", "प्राथमिक शाला, कोटरा"), ("2", "पंचायत भवन")]
TEXT = csv_of(*ROWS).decode()

READABLE = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with BOM": TEXT.encode("utf-8-sig"),
    "UTF-16": TEXT.encode("utf-16"),
    "UTF-16, high byte first": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "UTF-16 without its mark": TEXT.encode("utf-16-le"),
    "UTF-16, high byte first, without its mark": TEXT.encode("utf-16-be"),
    "UTF-32": TEXT.encode("utf-32"),
    "LF": TEXT.replace("\r\n", "\n").encode(),
    "CR": TEXT.replace("\r\n", "\r").encode(),
    "no line end at the end": TEXT.strip().encode(),
    "semicolons": csv_of(*ROWS, delimiter=";"),
    "tabs": csv_of(*ROWS, delimiter="\t"),
    "bars": csv_of(*ROWS, delimiter="|"),
    "end of file mark of old": TEXT.encode() + b"\x1a",
}


@pytest.mark.parametrize("data", READABLE.values(), ids=READABLE.keys())
def test_a_text_file_is_read_however_it_was_saved(data):
    (sheet,) = decode(data)
    assert sheet.rows == [list(row) for row in ROWS]


def test_english_with_curly_quotes_from_a_plain_csv_is_read():
    data = b"Polling Station No.,Building\r\n1,St. John\x92s School \x96 North\r\n"
    assert decode(data)[0].rows[1] == ["1", "St. John’s School – North"]


JUNK = random.Random(7).randbytes(200_000)
REFUSED = {
    "empty": (b"", "empty"),
    "only a BOM": (b"\xef\xbb\xbf\r\n", "empty"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + JUNK, "picture"),
    "JPEG": (b"\xff\xd8\xff\xe0" + JUNK, "picture"),
    "gzip": (gzip.compress(TEXT.encode()), "archive"),
    "RAR": (b"Rar!\x1a\x07" + JUNK, "archive"),
    "RTF": (b"{\\rtf1 list}", "document"),
    "web page": (b"\r\n<!DOCTYPE html><table><tr><td>1</td></tr></table>", "web_page"),
    "junk": (b"\x01" + JUNK, "not_text"),
    "zeros": (b"\x00" * 1000, "not_text"),
    "read as Windows-1252 on the way": (
        ("Booth No,Building\n" + "1,शाला शाला\n" * 5).encode().decode("cp1252", "replace").encode(),
        "encoding",
    ),
    "UTF-16 cut in a letter": (b"\xff\xfe" + TEXT.encode("utf-16-le") + b"a", "not_text"),
    "a legacy font or code page": (
        "Building,ब्लॉक".encode("cp1252", "replace") + b"\xe9\x82",
        "encoding",
    ),
    "letters lost": (("No,Name\n" + "1,????? ???\n" * 5).encode(), "destroyed"),
    "a quotation mark left open": (b'Booth No,Building\n1,"School\n2,Hall\n', "quotation_marks"),
    "a quotation mark closed late": (b'No,Building\n1,"School\n2,"Hall"\n', "quotation_marks"),
    "an endless cell": (b"Booth No,Building\n" + b"a" * 300_000, "cell_too_long"),
    "endless commas": (b"Booth No,Building\n" + b"," * 5_000_000, "too_many_cells"),
    "too many rows": (b"Booth No\n" + b"1\n" * 200_000, "too_many_rows"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_list_is_refused_with_its_reason(data, reason):
    with pytest.raises(Refused) as refused:
        decode(data)
    assert refused.value.code == reason
    assert len(refused.value.messages[0]) > 10


def test_fifty_megabytes_are_refused_before_they_are_looked_at():
    for act in (lambda: decode(b"x" * (50 * 2**20)), lambda: refuse_too_large(50 * 2**20)):
        with pytest.raises(Refused, match="50 MB") as refused:
            act()
        assert refused.value.code == "too_large"
    refuse_too_large(MAX_BYTES)


def test_the_same_list_in_any_encoding_says_the_same():
    found = {
        tuple(labels(read_with(data, "x.csv", directory=directory(), seat=48)))
        for data in READABLE.values()
    }
    assert found == {("1", "2")}


def test_a_text_whose_headings_say_nothing_is_read_to_its_end():
    (sheet,) = decode(b"a,b\n" * 1000)
    assert len(sheet.rows) == 1000
