"""From the bytes of a file to sheets of text cells; the name of the file is not trusted.

What is no list, or is damaged so that rows would be lost unseen, is refused.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from booths.roll import workbooks
from booths.roll.columns import columns_of
from booths.roll.encodings import encoding_of
from booths.roll.limits import MAX_COLUMNS, MEGABYTE, OF_AN_UPLOAD, Limits
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
LOST = re.compile(r"\?{2,}")
DELIMITERS = ",\t;|"
# Title rows come before the headings; three is usual, this many are looked at.
HEAD_LINES = 40
HEAD_LETTERS = 100_000
# What only may be a sign of lost letters, quickly found; the sign itself; and what is said then.
SIGNS_OF_LOSS = {"??": (LOST, "destroyed"), "à": (MISREAD, "encoding")}
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True)
class Text:
    """The letters of a file, in parts and in lines with their ends; both are called anew for every
    look, so that a long file need not be held."""

    parts: Callable[[], Iterable[str]]
    lines: Callable[[], Iterator[str]]


def decode(data: bytes) -> list[Sheet]:
    """The sheets of a file; a text file is one sheet without a name."""
    refuse_too_large(len(data))
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise Refused("empty")
    refuse_no_list(data)
    if workbooks.is_workbook(data):
        return workbooks.sheets(data)
    return [Sheet("", rows_of(text_of(data)))]


def refuse_too_large(size: int, limits: Limits = OF_AN_UPLOAD) -> None:
    """Also for a file not yet read into memory."""
    if size > limits.bytes:
        raise too_large(size, limits)


def too_large(size: int, limits: Limits = OF_AN_UPLOAD) -> Refused:
    return Refused("too_large", size=size // MEGABYTE, limit=limits.bytes // MEGABYTE)


def refuse_no_list(beginning: bytes) -> None:
    for signature, reason in SIGNATURES:
        if beginning.startswith(signature):
            raise Refused(reason)
    if WEB_PAGE.match(beginning.removeprefix(b"\xef\xbb\xbf")):
        raise Refused("web_page")


def text_of(data: bytes) -> str:
    encoding = encoding_of(lambda: [data])
    text = encoding.drawn(data.decode(encoding.codec)).rstrip("\x1a")
    refuse_unreadable(held(text), OF_AN_UPLOAD)
    return text


def held(text: str) -> Text:
    # StringIO would take four bytes for each letter.
    return Text(lambda: [text], lambda: map(itemgetter(0), LINE.finditer(text)))


def refuse_unreadable(text: Text, limits: Limits) -> None:
    """Whether it is text at all, and its letters are still there, is told from the whole of it."""
    is_empty, ends, signs = True, Counter[str](), set()
    for part in text.parts():
        is_empty = is_empty and not part.strip("\x1a").strip()
        ends.update({end: part.count(end) for end in "\r\n"})
        signs |= {sign for sign in SIGNS_OF_LOSS if sign in part}
    if is_empty:
        raise Refused("empty")
    if max(ends.values()) > limits.lines:
        raise Refused("too_many_rows", limit=limits.rows)
    for sign in sorted(signs):
        loss, reason = SIGNS_OF_LOSS[sign]
        if is_destroyed(text.lines(), loss):
            raise Refused(reason)


def is_destroyed(lines: Iterable[str], sign: re.Pattern[str]) -> bool:
    """One odd row is a fault of that row; a tenth of the rows is a file saved the wrong way."""
    count = lost = 0
    for line in lines:
        count += 1
        lost += sign.search(line) is not None
    return lost > 1 and lost * 10 >= count - 1


def rows_of(text: str) -> list[list[str]]:
    delimiter = delimiter_of(held(text))
    if text.count(delimiter) > OF_AN_UPLOAD.cells:
        raise Refused("too_many_cells")
    return list(no_more_than(OF_AN_UPLOAD.rows, records(held(text), delimiter)))


def no_more_than(limit: int, rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for count, row in enumerate(rows):
        if count == limit:
            raise Refused("too_many_rows", limit=limit)
        yield row


def delimiter_of(text: Text) -> str:
    """The sign that, taken for the delimiter, shows the most headings, else stands most often."""
    head = "".join(islice(text.lines(), HEAD_LINES))[:HEAD_LETTERS]
    found = {sign: _headings_found(head, sign) for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: (found[sign], head.count(sign)))


def _headings_found(head: str, delimiter: str) -> int:
    # The head may end within a cell in quotation marks.
    rows = _as_far_as_can_be(csv.reader(held(head).lines(), delimiter=delimiter))
    return max((columns_of(row).score for row in rows if len(row) <= MAX_COLUMNS), default=0)


def _as_far_as_can_be(reader: Iterable[list[str]]) -> Iterator[list[str]]:
    with suppress(csv.Error):
        yield from reader


def records(text: Text, delimiter: str) -> Iterator[list[str]]:
    # Strict: a quotation mark left open would swallow the rows up to the next one.
    reader = csv.reader(text.lines(), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        reason = "cell_too_long" if "field limit" in str(error) else "quotation_marks"
        raise Refused(reason, line=reader.line_num) from None
