"""From the bytes of a file to sheets of text cells; the name of the file is not trusted.

What is no list, or is damaged so that rows would be lost unseen, is refused.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from operator import itemgetter

from booths.roll import workbooks
from booths.roll.columns import columns_of
from booths.roll.fonts import is_in_such_a_font
from booths.roll.krutidev import as_drawn
from booths.roll.limits import (
    MAX_BYTES,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_LINES,
    MAX_ROWS,
    MEGABYTE,
)
from booths.roll.problems import Refused
from booths.roll.sheets import Sheet
from booths.roll.text import MISREAD

SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "document"),
)
WEB_PAGE = re.compile(rb"\s*<(!doctype|html|head|body|table|\?xml|meta)", re.IGNORECASE)
CONTROLS = bytes({*range(32)} - {*b"\t\n\v\f\r\x1a"})
# What a spreadsheet of an English list saved as plain "CSV" adds to ASCII: dashes, curly quotes,
# the no-break space. Any other such byte may be a letter of an unknown alphabet.
TYPOGRAPHIC = re.compile(rb"[\x00-\x7f\x85\x91-\x97\xa0\xb0\xb7\xbc-\xbe]*")
LOST = re.compile(r"\?{2,}")
UTF_32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
# Every letter of a list is below this; ASCII read with its two bytes exchanged is above.
BEYOND_A_LIST = "\u3000"
DELIMITERS = ",\t;|"
# Title rows come before the headings; three is usual, this many are looked at.
HEAD_LINES = 40
HEAD_LETTERS = 100_000
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def decode(data: bytes) -> list[Sheet]:
    """The sheets of a file; a text file is one sheet without a name."""
    refuse_too_large(len(data))
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise Refused("empty")
    for signature, reason in SIGNATURES:
        if data.startswith(signature):
            raise Refused(reason)
    if workbooks.is_workbook(data):
        return workbooks.sheets(data)
    if WEB_PAGE.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise Refused("web_page")
    return [Sheet("", rows_of(text_of(data)))]


def refuse_too_large(size: int) -> None:
    """Also for a file not yet read into memory."""
    if size > MAX_BYTES:
        raise too_large(size)


def too_large(size: int) -> Refused:
    return Refused("too_large", size=size // MEGABYTE, limit=MAX_BYTES // MEGABYTE)


def text_of(data: bytes) -> str:
    text = _decoded(data).rstrip("\x1a")
    if not text.strip():
        raise Refused("empty")
    if max(text.count("\n"), text.count("\r")) > MAX_LINES:
        raise Refused("too_many_rows", limit=MAX_ROWS)
    if "??" in text and is_destroyed(_lines(text), LOST):
        raise Refused("destroyed")
    if "à" in text and is_destroyed(_lines(text), MISREAD):
        raise Refused("encoding")
    return text


def is_destroyed(lines: Iterable[str], sign: re.Pattern[str]) -> bool:
    """One odd row is a fault of that row; a tenth of the rows is a file saved the wrong way."""
    count = lost = 0
    for line in lines:
        count += 1
        lost += sign.search(line) is not None
    return lost > 1 and lost * 10 >= count - 1


def _decoded(data: bytes) -> str:
    if data.startswith(UTF_32):
        return _in_encoding(data, "utf-32")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _in_encoding(data, "utf-16")
    if b"\0" in data and (text := _without_mark(data)):
        return text
    # A letter that a conversion lost is left as a control character; many are no text at all.
    controls = len(data) - len(data.translate(None, CONTROLS))
    if controls * 20 > len(data):
        raise Refused("not_text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if TYPOGRAPHIC.fullmatch(data):
            return data.decode("cp1252")
        # Hindi in a font of its own, as a spreadsheet saves it.
        if not controls and is_in_such_a_font(text := as_drawn(data.decode("latin-1"))):
            return text
        raise Refused("not_text" if controls else "encoding") from None


def _in_encoding(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("not_text") from None


def _without_mark(data: bytes) -> str:
    """UTF-16 that does not say so at its beginning; '' if it is not that."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and "\n" in text and max(text) < BEYOND_A_LIST:
            return text
    return ""


def rows_of(text: str) -> list[list[str]]:
    head = "".join(line for line, _ in zip(_lines(text), range(HEAD_LINES), strict=False))
    delimiter = _delimiter_of(head[:HEAD_LETTERS])
    if text.count(delimiter) > MAX_CELLS:
        raise Refused("too_many_cells")
    rows = []
    for row in _records(text, delimiter, strict=True):
        rows.append(row)
        if len(rows) > MAX_ROWS:
            raise Refused("too_many_rows", limit=MAX_ROWS)
    return rows


def _delimiter_of(head: str) -> str:
    """The sign that, taken for the delimiter, shows the most headings, else stands most often."""
    found = {sign: _headings_found(head, sign) for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: (found[sign], head.count(sign)))


def _headings_found(head: str, delimiter: str) -> int:
    rows = _records(head, delimiter, strict=False)
    return max((columns_of(row).score for row in rows if len(row) <= MAX_COLUMNS), default=0)


def _records(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    # Strict: a quotation mark left open would swallow the rows up to the next one.
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=strict)
    try:
        yield from reader
    except csv.Error as error:
        if strict:
            too_long = "field limit" in str(error)
            reason = "cell_too_long" if too_long else "quotation_marks"
            raise Refused(reason, line=reader.line_num) from None


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends; StringIO would take four bytes for each letter."""
    return map(itemgetter(0), LINE.finditer(text))
